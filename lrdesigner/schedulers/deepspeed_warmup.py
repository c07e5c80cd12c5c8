"""deepspeed_warmup: DeepSpeed's WarmupLR, logarithmic unless told otherwise, then constant.

lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) (log) or t / W (linear) while
t < W = max(2, warmup_num_steps), then 1. t is DeepSpeed's last_batch_iteration. Both LRs are
absolute; without warmup_max_lr the maximum is the optimizer's LR.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, level, start, time
from lrdesigner.params import ChoiceParam, FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec
from lrdesigner.schedulers._shapes import deepspeed_level, deepspeed_ramp


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
    formula="lr(t) = min + (max − min) · γ(t), γ = ln(t + 1) / ln(W) or t / W for t < W, then 1",
    source="DeepSpeed, runtime/lr_schedules.py WarmupLR",
    keywords=("deepspeed", "warmuplr", "log", "logarithmic", "linear", "constant"),
    params=(
        FloatParam(
            name="warmup_min_lr", default=0.0, minimum=0, unit="lr", help="LR at the first step."
        ),
        FloatParam(
            name="warmup_max_lr",
            default=None,
            nullable=True,
            minimum=0,
            unit="lr",
            help="LR after the warm-up; empty: the base LR.",
        ),
        duration("warmup_num_steps", "W: steps of the warm-up"),
        ChoiceParam(
            name="warmup_type", default="log", choices=("log", "linear"), help="Shape of the rise."
        ),
    ),
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(end_of("warmup_num_steps"), "warmup_num_steps", "warmup_max_lr"),
    ),
)
