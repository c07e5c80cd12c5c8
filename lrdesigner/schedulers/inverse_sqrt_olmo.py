"""inverse_sqrt_olmo: inverse square root above a floor, as OLMo-core defines it.

low + (base − low) · t / W while t < W = warmup_steps, then floor + (base − floor) · √(W / t): it
comes down towards the floor without ever reaching it. low is warmup_min_lr.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    above_floor,
    absolute,
    branches,
    floor_errors,
    floor_params,
    formula_spec,
    span,
)
from lrdesigner.schedulers._sources import OLMO_CORE


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
    formula="lr(t) = l + (base − l) · t / W for t < W, then floor + (base − floor) · √(W / "
    "t), W = warmup_steps, l = warmup_min_lr, floor = min_lr or min_lr_ratio · base",
    source="OLMo-core, optim/scheduler.py InvSqrtWithWarmup",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"l+(\mathrm{base}-l)\cdot t/W&t<W\\"
            r"\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot d&\text{otherwise}"
            r"\end{cases}"
        ),
        r"d=\sqrt{W/t}",
        r"W=\mathit{warmup\_steps}",
        r"l=\mathit{warmup\_min\_lr}",
        FLOOR_LATEX,
    ),
    use="OLMo-core runs without a planned end, with an LR that stays clear of 0.",
    traps=(
        Trap("warmup_steps is 1,000 unless given: in a shorter run the LR only ever rises."),
        Trap(
            "The floor is neared, never reached: after 100 times the warm-up a tenth of "
            "the way is left.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={"OLMo-core, optim/scheduler.py": OLMO_CORE},
    keywords=("olmo-core", "invsqrtwithwarmup", "rsqrt", "inverse square root", "alpha_f"),
    params=(
        span(
            "warmup_steps",
            "Steps of the warm-up, which also set the pace of the fall.",
            default=1000,
            minimum=1,
        ),
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
    starter_for=lambda length, base: {"warmup_steps": max(1, length // 10)},
    errors=floor_errors,
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(at_sum("warmup_steps"), "warmup_steps"),
        level(end, "min_lr_ratio", "min_lr"),
    ),
)
