"""piecewise_cosine: half cosines through points.

lr(t) = b + (a − b) · (1 + cos(π p)) / 2 between two points (t_a, a) and (t_b, b), with
p = (t − t_a) / (t_b − t_a): level at each point, as in optax's cosine interpolation. The first
value holds before the first point, the last one after the last point.
"""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, Trap
from lrdesigner.params import ChoiceParam, TableParam
from lrdesigner.schedulers._family import formula_spec
from lrdesigner.schedulers._shapes import through
from lrdesigner.schedulers._sources import OPTAX
from lrdesigner.schedulers._tables import points


def text(args: Args) -> str:
    """lr(t) = b + (a − b) · (1 + cos(π p)) / 2 between two points, p = (t − t_a) / (t_b − t_a)."""
    piece = "{b} + ({a} - {b}) * 0.5 * (1 + cos(pi * {p}))"
    return through(args["points"], piece, is_factor=args["values"] == "factor")


def _between(a: FloatArray, b: FloatArray, passed: FloatArray, length: FloatArray) -> FloatArray:
    found: FloatArray = b + (a - b) * 0.5 * (1 + np.cos(np.pi * passed / length))
    return found


def starter_for(length: int, base: float) -> dict[str, object]:
    """Up, and down in two pieces."""
    times = dict.fromkeys([0, length // 10, length // 2, length])
    values = (0.1, 1.0, 0.5, 0.0)[-len(times) :]
    return {"points": [list(point) for point in zip(times, values, strict=True)]}


SPEC = formula_spec(
    key="piecewise_cosine",
    title="Points, cosine",
    category=Category.CUSTOM,
    order=130,
    summary="Half cosines through points of your own: smooth, and level at each point.",
    formula="lr(t) = b + (a − b) · (1 + cos(π p)) / 2, p = (t − t_a) / (t_b − t_a) between "
    "two points (t_a, a) and (t_b, b)",
    source="optax.piecewise_interpolate_schedule with interpolate_type cosine",
    latex=(
        r"\mathrm{lr}(t)=b+(a-b)\cdot\frac{1+\cos\pi p}{2}",
        r"p=\frac{t-t_a}{t_b-t_a}\text{ between }(t_a,a),\ (t_b,b)\text{ in }\mathit{points}",
    ),
    use="A curve drawn through a few points without corners.",
    traps=(
        Trap(
            "It is level at every point, so through many points on a slope it becomes a "
            "staircase; Points, linear does not."
        ),
        Trap(
            "Values are factors on the base LR unless values says lr; absolute ones are "
            "the same for every group.",
            "info",
        ),
    ),
    links={"optax.piecewise_interpolate_schedule": OPTAX},
    keywords=("optax", "interpolate", "smooth", "draw", "curve", "knots", "table", "combined_cos"),
    params=(
        TableParam(
            name="points",
            unit="ticks",
            columns=("time", "value"),
            help="Points of the curve: a time and a value each.",
        ),
        ChoiceParam(
            name="values",
            default="factor",
            choices=("factor", "lr"),
            help="Whether values are factors on the base LR or absolute LRs.",
        ),
    ),
    starter_for=starter_for,
    text=text,
    table=points(lambda args: args["points"], between=_between),
)
