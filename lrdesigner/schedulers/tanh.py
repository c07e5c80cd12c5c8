"""tanh: hyperbolic-tangent decay.

lr(t) = floor + (base − floor) · ½ (1 − tanh(lb · (1 − p) + ub · p)), p = t / total_steps (Hsueh et
al. 2019). At p = 1 it stands ½ (1 − tanh(ub)) above the floor.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    progress,
)
from lrdesigner.schedulers._sources import TIMM_TANH


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · ½ (1 − tanh(lb · (1 − p) + ub · p))."""
    p = progress(args)
    bound = f"{number(args['lb'])} * (1 - {p}) + {number(args['ub'])} * ({p})"
    return above_floor(args, f"0.5 * (1 - tanh({bound}))")


SPEC = formula_spec(
    key="tanh",
    title="Tanh",
    category=Category.DECAY,
    order=162,
    summary="Stays near the base LR, falls steeply and levels off, along a hyperbolic tangent.",
    formula="lr(t) = floor + (base − floor) · ½ (1 − tanh(lb · (1 − p) + ub · p)), p = "
    "min(1, t / total_steps), floor = min_lr or min_lr_ratio · base",
    source="Hsueh et al. 2019, arXiv:1806.01593; timm TanhLRScheduler",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot\frac{1-\tanh x}{2}",
        r"x=\mathit{lb}\cdot(1-p)+\mathit{ub}\cdot p",
        r"p=\min(1,\ t/\mathit{total\_steps})",
        FLOOR_LATEX,
    ),
    use="Image classification where the LR shall stay high for the first half and spend "
    "time at a small value in the end.",
    traps=(
        Trap(
            "It ends a little above the floor, at ½ (1 − tanh(ub)) of the way: with ub = "
            "3 a quarter of a percent.",
            "info",
        ),
        Trap("It starts a little below the base LR unless lb is well below −3.", "info"),
        Trap("With lb above ub it rises instead of falling."),
        FLOOR_TRAP,
    ),
    links={"timm TanhLRScheduler": TIMM_TANH},
    keywords=("timm", "htd", "hyperbolic tangent", "sigmoid"),
    params=(
        duration(),
        FloatParam(
            name="lb",
            default=-7.0,
            minimum=-100,
            maximum=100,
            help="Argument of tanh at the start: the lower, the longer the LR stays up.",
        ),
        FloatParam(
            name="ub",
            default=3.0,
            minimum=-100,
            maximum=100,
            help="Argument of tanh at the end: the greater, the longer it stays down.",
        ),
        *floor_params(),
    ),
    errors=floor_errors,
    text=text,
)
