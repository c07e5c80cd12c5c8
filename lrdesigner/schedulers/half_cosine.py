"""half_cosine: linear warm-up to the middle of a cosine, then its second half only.

With W = warmup_steps, T = total_steps, mid = floor + ½ (base − floor): low + (mid − low) · t / W
while t < W, then floor + (base − floor) · ½ (1 + cos(π · ½ (1 + (t − W) / (T − W)))), and the
floor from T on. The base LR is the peak of the whole cosine, which is never reached: OLMo-core's
``HalfCosWithWarmup``. low is warmup_min_lr.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
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
from lrdesigner.schedulers._sources import OLMO_CORE


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
    formula="lr(t) = l + (M − l) · t / W for t < W, then floor + (base − floor) · ½ (1 + "
    "cos(π / 2 · (1 + p))), p = (t − W) / (T − W), M = (base + floor) / 2, W = "
    "warmup_steps, T = total_steps, l = warmup_min_lr, floor = min_lr or "
    "min_lr_ratio · base",
    source="OLMo-core, optim/scheduler.py HalfCosWithWarmup",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"l+(M-l)\cdot t/W&t<W\\"
            r"\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot x&\text{otherwise}"
            r"\end{cases}"
        ),
        r"x=\frac{1}{2}(1+\cos\theta)",
        r"\theta=\frac{\pi}{2}(1+p)",
        r"p=\frac{\min(t,\ T)-W}{T-W}",
        r"M=(\mathrm{base}+\mathrm{floor})/2",
        r"W=\mathit{warmup\_steps}",
        r"T=\mathit{total\_steps}",
        r"l=\mathit{warmup\_min\_lr}",
        FLOOR_LATEX,
    ),
    use="Going on with a model that has seen a whole schedule before: a gentle peak and "
    "a long way down.",
    traps=(
        Trap("The base LR is never reached: the peak is half way between it and the floor."),
        Trap("warmup_min_lr is absolute: above half of a group's LR its warm-up falls.", "info"),
        FLOOR_TRAP,
    ),
    links={"OLMo-core, optim/scheduler.py": OLMO_CORE},
    keywords=("olmo", "olmo-core", "halfcoswithwarmup", "second half", "warmup cosine", "alpha_f"),
    params=(
        duration(text="Steps of the warm-up and the fall together; empty: the phase's length."),
        span("warmup_steps", "Steps of the warm-up; 0: none."),
        *floor_params(),
        FloatParam(
            name="warmup_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the first step of the warm-up, absolute and the same for every group.",
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
