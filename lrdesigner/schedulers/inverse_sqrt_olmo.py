"""inverse_sqrt_olmo: inverse square root above a floor, as OLMo-core defines it.

low + (base − low) · t / W while t < W = warmup_steps, then floor + (base − floor) · √(W / t): it
comes down towards the floor without ever reaching it. low is warmup_min_lr.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    above_floor,
    absolute,
    branches,
    floor_errors,
    floor_params,
    formula_spec,
    span,
)


def text(args: Args) -> str:
    """lr(t) = base · t / W, then floor + (base − floor) · √(W / t)."""
    warmup, low = args["warmup_steps"], absolute(args["warmup_min_lr"])
    rise = f"t / {warmup}" if low == "0" else f"{low} + (1 - {low}) * t / {warmup}"
    return branches([warmup], [rise, above_floor(args, f"sqrt({warmup} / t)")])


SPEC = formula_spec(
    key="inverse_sqrt_olmo",
    title="1/√t OLMo",
    category=Category.DECAY,
    order=228,
    summary="Linear warm-up to the base LR, then falls as 1 / √t towards a floor.",
    formula="lr(t) = base · t / W for t < W, then floor + (base − floor) · √(W / t)",
    source="OLMo-core, optim/scheduler.py InvSqrtWithWarmup",
    keywords=("olmo-core", "invsqrtwithwarmup", "rsqrt", "inverse square root", "alpha_f"),
    params=(
        span("warmup_steps", "W: steps of the warm-up.", default=1000, minimum=1),
        *floor_params(),
        FloatParam(
            name="warmup_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the first step of the warm-up.",
        ),
    ),
    starter={"min_lr_ratio": 0.1},
    starter_for=lambda length, base: {"warmup_steps": max(1, length // 10)},
    errors=floor_errors,
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(at_sum("warmup_steps"), "warmup_steps"),
        level(end, "min_lr_ratio", "min_lr"),
    ),
)
