"""deepspeed_warmup_decay: DeepSpeed's WarmupDecayLR, a warm-up and then a straight line down.

lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) (log) or t / W (linear) while
t < W = max(2, warmup_num_steps), then max(0, (N − t) / max(1, N − W)) with N = total_num_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import ChoiceParam, FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, span, steps
from lrdesigner.schedulers._shapes import deepspeed_level, deepspeed_ramp


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
    formula="lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) or t / W for t < W, "
    "then (N − t) / (N − W)",
    source="DeepSpeed, runtime/lr_schedules.py WarmupDecayLR",
    keywords=("deepspeed", "warmupdecaylr", "log", "linear", "warm-up"),
    params=(
        duration("total_num_steps", "N: steps until the minimum"),
        FloatParam(
            name="warmup_min_lr", default=0.0, minimum=0, unit="lr", help="Lowest LR, at both ends."
        ),
        FloatParam(
            name="warmup_max_lr",
            default=None,
            nullable=True,
            minimum=0,
            unit="lr",
            help="LR after the warm-up; empty: the base LR.",
        ),
        span("warmup_num_steps", "W: steps of the warm-up.", default=1000, minimum=1),
        ChoiceParam(
            name="warmup_type", default="log", choices=("log", "linear"), help="Shape of the rise."
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
