"""tanh: hyperbolic-tangent decay.

lr(t) = floor + (base − floor) · ½ (1 − tanh(lb · (1 − p) + ub · p)), p = t / total_steps (Hsueh et
al. 2019). At p = 1 it stands ½ (1 − tanh(ub)) above the floor.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    progress,
)


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
    formula="lr(t) = floor + (base − floor) · ½ (1 − tanh(lb · (1 − p) + ub · p)), "
    "p = t / total_steps",
    source="Hsueh et al. 2019, arXiv:1806.01593; timm TanhLRScheduler",
    keywords=("timm", "htd", "hyperbolic tangent", "sigmoid"),
    params=(
        duration(),
        FloatParam(
            name="lb",
            default=-7.0,
            minimum=-100,
            maximum=100,
            help="Argument of tanh at the start.",
        ),
        FloatParam(
            name="ub", default=3.0, minimum=-100, maximum=100, help="Argument of tanh at the end."
        ),
        *floor_params(),
    ),
    errors=floor_errors,
    text=text,
)
