"""inverse_sqrt_megatron: inverse square root as Megatron-LM defines it.

lr(t) = init + (base − init) · t / W while t ≤ W = lr_warmup_steps (W > 0), then
max(min_lr, base · √max(W, 1) / √max(t, 1)), and min_lr after lr_decay_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    absolute,
    branches,
    duration,
    fit_errors,
    formula_spec,
    span,
    steps,
)


def text(args: Args) -> str:
    """lr(t) = max(min_lr, base · √(W / t)) after a linear warm-up of W steps."""
    warmup, low = args["lr_warmup_steps"], absolute(args["min_lr"])
    init = absolute(args["init_lr"])
    decay = f"sqrt({max(warmup, 1)} / max(t, 1))"
    decay = decay if low == "0" else f"max({low}, {decay})"
    curve = f"where(t > {steps(args, 'lr_decay_steps')}, {low}, {decay})"
    if not warmup:
        return curve
    rise = f"t / {warmup}"
    rise = rise if init == "0" else f"{init} + (1 - {init}) * {rise}"
    return branches([warmup], [rise, curve], "<=")


SPEC = formula_spec(
    key="inverse_sqrt_megatron",
    title="1/√t Megatron",
    category=Category.DECAY,
    order=224,
    summary="Linear warm-up to the base LR, then the square root of warm-up over time, floored.",
    formula="lr(t) = init + (base − init) · t / W for t ≤ W, then max(min_lr, base · √(W / t))",
    source="Megatron-LM, megatron/core/optimizer_param_scheduler.py, inverse-square-root",
    keywords=("nvidia", "megatron-lm", "rsqrt", "inverse-square-root", "warm-up"),
    params=(
        span("lr_warmup_steps", "W: steps of the warm-up; 0: none."),
        duration("lr_decay_steps", "Steps after which the LR is min_lr"),
        FloatParam(
            name="init_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="init: LR that the warm-up starts from.",
        ),
        FloatParam(name="min_lr", default=0.0, minimum=0, unit="lr", help="Lowest LR, absolute."),
    ),
    starter_for=lambda length, base: {"lr_warmup_steps": length // 10},
    errors=lambda args: fit_errors(args, "lr_warmup_steps", total="lr_decay_steps", spare=1),
    text=text,
    grips=(
        level(start, "init_lr"),
        time(at_sum("lr_warmup_steps"), "lr_warmup_steps"),
        time(end_of("lr_decay_steps"), "lr_decay_steps", "min_lr"),
    ),
)
