"""deepspeed_warmup_decay: DeepSpeed's WarmupDecayLR, a warm-up and then a straight line down.

lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) (log) or t / W (linear) while
t < W = max(2, warmup_num_steps), then max(0, (N − t) / max(1, N − W)) with N = total_num_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import ChoiceParam, FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, span, steps
from lrdesigner.schedulers._shapes import deepspeed_level, deepspeed_ramp
from lrdesigner.schedulers._sources import DEEPSPEED


def text(args: Args) -> str:
    """lr(t) = min + (max − min) · γ(t), γ up to 1 at W and then (N − t) / (N − W)."""
    warmup = max(2, args["warmup_num_steps"])
    left = max(1, args["total_num_steps"] - warmup)
    fall = f"max(0, {steps(args, 'total_num_steps')} - t) / {left}"
    return deepspeed_level(args, branches([warmup], [deepspeed_ramp(args), fall]))


SPEC = formula_spec(
    key="deepspeed_warmup_decay",
    title="WarmupDecay",
    category=Category.DECAY,
    order=310,
    summary="Rises to the maximum along a logarithm (or a line), then falls on a line to the end.",
    formula="lr(t) = m + (M − m) · g, g = ln(t + 1) / ln(W) or t / W for t < W, then (N − t) "
    "/ (N − W), m = warmup_min_lr, M = warmup_max_lr, W = warmup_num_steps, N = "
    "total_num_steps",
    source="DeepSpeed, runtime/lr_schedules.py WarmupDecayLR",
    latex=(
        r"\mathrm{lr}(t)=m+(M-m)\cdot g",
        (
            r"g=\begin{cases}"
            r"\frac{\max(0,\ N-t)}{\max(1,\ N-W)}&t\ge W\\"
            r"\ln(t+1)/\ln W&\text{log}\\"
            r"t/W&\text{linear}"
            r"\end{cases}"
        ),
        r"m=\mathit{warmup\_min\_lr}",
        r"M=\mathit{warmup\_max\_lr}",
        r"W=\max(2,\ \mathit{warmup\_num\_steps})",
        r"N=\mathit{total\_num\_steps}",
    ),
    use="DeepSpeed configurations with a WarmupDecayLR scheduler, drawn as they run.",
    traps=(
        Trap("warmup_num_steps is 1,000 unless given: in a shorter run the LR only ever rises."),
        Trap(
            "In DeepSpeed a missing warmup_max_lr is 0.001 and overrides the optimizer's "
            "LR; here an empty one is the base LR."
        ),
        Trap(
            "warmup_min_lr and warmup_max_lr are absolute: given, they hold for every group alike."
        ),
    ),
    links={"DeepSpeed, runtime/lr_schedules.py": DEEPSPEED},
    keywords=("deepspeed", "warmupdecaylr", "log", "linear", "warm-up"),
    params=(
        duration(
            "total_num_steps",
            "Steps until warmup_min_lr is reached again; empty: the phase's length.",
        ),
        FloatParam(
            name="warmup_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="Lowest LR, at both ends, absolute and the same for every group.",
        ),
        FloatParam(
            name="warmup_max_lr",
            default=None,
            nullable=True,
            minimum=0,
            unit="lr",
            help="LR after the warm-up, absolute; empty: the base LR.",
        ),
        span("warmup_num_steps", "Steps of the warm-up.", default=1000, minimum=1),
        ChoiceParam(
            name="warmup_type",
            default="log",
            choices=("log", "linear"),
            help="Shape of the rise: a logarithm, steep at first, or a line.",
        ),
    ),
    starter_for=lambda length, base: {"warmup_num_steps": max(1, length // 10)},
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(at_sum("warmup_num_steps"), "warmup_num_steps", "warmup_max_lr"),
        time(end_of("total_num_steps"), "total_num_steps"),
    ),
)
