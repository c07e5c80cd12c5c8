"""deepspeed_warmup: DeepSpeed's WarmupLR, logarithmic unless told otherwise, then constant.

lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) (log) or t / W (linear) while
t < W = max(2, warmup_num_steps), then 1. t is DeepSpeed's last_batch_iteration. Both LRs are
absolute; without warmup_max_lr the maximum is the optimizer's LR.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, level, start, time
from lrdesigner.params import ChoiceParam, FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec
from lrdesigner.schedulers._shapes import deepspeed_level, deepspeed_ramp
from lrdesigner.schedulers._sources import DEEPSPEED


def text(args: Args) -> str:
    """lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) or t / W, then 1."""
    gamma = branches([max(2, args["warmup_num_steps"])], [deepspeed_ramp(args), "1"])
    return deepspeed_level(args, gamma)


SPEC = formula_spec(
    key="deepspeed_warmup",
    title="WarmupLR",
    category=Category.WARM_UP,
    order=190,
    summary="Rises to the maximum along a logarithm (or a line) and stays there.",
    formula="lr(t) = m + (M − m) · g, g = ln(t + 1) / ln(W) or t / W for t < W, then 1, m = "
    "warmup_min_lr, M = warmup_max_lr, W = warmup_num_steps",
    source="DeepSpeed, runtime/lr_schedules.py WarmupLR",
    latex=(
        r"\mathrm{lr}(t)=m+(M-m)\cdot g",
        r"g=\begin{cases}1&t\ge W\\\ln(t+1)/\ln W&\text{log}\\t/W&\text{linear}\end{cases}",
        r"m=\mathit{warmup\_min\_lr}",
        r"M=\mathit{warmup\_max\_lr}",
        r"W=\max(2,\ \mathit{warmup\_num\_steps})",
    ),
    use="DeepSpeed configurations with a WarmupLR scheduler, drawn as they run.",
    traps=(
        Trap(
            "The default shape is a logarithm: half of the way is covered after √W steps already."
        ),
        Trap(
            "In DeepSpeed a missing warmup_max_lr is 0.001 and overrides the optimizer's "
            "LR; here an empty one is the base LR."
        ),
        Trap(
            "warmup_min_lr and warmup_max_lr are absolute: given, they hold for every group alike."
        ),
    ),
    links={"DeepSpeed, runtime/lr_schedules.py": DEEPSPEED},
    keywords=("deepspeed", "warmuplr", "log", "logarithmic", "linear", "constant"),
    params=(
        FloatParam(
            name="warmup_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the first step, absolute and the same for every group.",
        ),
        FloatParam(
            name="warmup_max_lr",
            default=None,
            nullable=True,
            minimum=0,
            unit="lr",
            help="LR after the warm-up, absolute; empty: the base LR.",
        ),
        duration("warmup_num_steps", "Steps of the warm-up; empty: the phase's length."),
        ChoiceParam(
            name="warmup_type",
            default="log",
            choices=("log", "linear"),
            help="Shape of the rise: a logarithm, steep at first, or a line.",
        ),
    ),
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(end_of("warmup_num_steps"), "warmup_num_steps", "warmup_max_lr"),
    ),
)
