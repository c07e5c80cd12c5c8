"""half_cosine: linear warm-up to the middle of a cosine, then its second half only.

With W = warmup_steps, T = total_steps, mid = floor + ½ (base − floor): low + (mid − low) · t / W
while t < W, then floor + (base − floor) · ½ (1 + cos(π · ½ (1 + (t − W) / (T − W)))), and the
floor from T on. The base LR is the peak of the whole cosine, which is never reached: OLMo-core's
``HalfCosWithWarmup``. low is warmup_min_lr.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    above_floor,
    absolute,
    branches,
    duration,
    fit_errors,
    floor_errors,
    floor_params,
    formula_spec,
    plus,
    span,
    steps,
)
from lrdesigner.schedulers._shapes import COSINE


def text(args: Args) -> str:
    """lr(t) = mid · t / W, then floor + (base − floor) · ½ (1 + cos(π · ½ (1 + p)))."""
    warmup, total = args["warmup_steps"], args["total_steps"]
    passed = f"(min(t, {steps(args)}){plus(-warmup)}) / {total - warmup}"
    fall = above_floor(args, COSINE.format(f"0.5 * (1 + {passed})"))
    if not warmup:
        return fall
    middle, low = above_floor(args, "0.5"), absolute(args["warmup_min_lr"])
    rise = f"({middle}) * t / {warmup}"
    if low != "0":
        rise = f"{low} + ({middle} - {low}) * t / {warmup}"
    return branches([warmup], [rise, fall])


def errors(args: Args) -> Iterator[str]:
    """A warm-up that is all there is, and two floors."""
    yield from fit_errors(args, "warmup_steps", spare=1)
    yield from floor_errors(args)


SPEC = formula_spec(
    key="half_cosine",
    title="Half cosine",
    category=Category.DECAY,
    order=155,
    summary="Warm-up to half the base LR, then the second half of a cosine: for going on with a "
    "model that was trained before.",
    formula="lr(t) = mid · t / W, then floor + (base − floor) · ½ (1 + cos(π · ½ (1 + p))), "
    "p = (t − W) / (T − W), mid = floor + ½ (base − floor)",
    source="OLMo-core, optim/scheduler.py HalfCosWithWarmup",
    keywords=("olmo", "olmo-core", "halfcoswithwarmup", "second half", "warmup cosine", "alpha_f"),
    params=(
        duration(text="T: steps of the warm-up and the fall together"),
        span("warmup_steps", "W: steps of the warm-up; 0: none."),
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
    starter_for=lambda length, base: {"warmup_steps": length // 10},
    errors=errors,
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(end_of("total_steps"), "total_steps", "min_lr_ratio", "min_lr"),
    ),
)
