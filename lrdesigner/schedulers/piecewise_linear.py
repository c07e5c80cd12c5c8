"""piecewise_linear: straight lines through points.

lr(t) = a + (b − a) · p between two points (t_a, a) and (t_b, b), with p = (t − t_a) / (t_b − t_a).
The first value holds before the first point, the last one after the last point, as in ignite's
``PiecewiseLinear``.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.params import ChoiceParam, TableParam
from lrdesigner.schedulers._family import formula_spec
from lrdesigner.schedulers._shapes import through
from lrdesigner.schedulers._sources import IGNITE, OPTAX
from lrdesigner.schedulers._tables import points


def text(args: Args) -> str:
    """lr(t) = a + (b − a) · p between two points, p = (t − t_a) / (t_b − t_a)."""
    piece = "{a} + ({b} - {a}) * {p}"
    return through(args["points"], piece, is_factor=args["values"] == "factor")


def starter_for(length: int, base: float) -> dict[str, object]:
    """Up, and down in two pieces."""
    times = dict.fromkeys([0, length // 10, length // 2, length])
    values = (0.1, 1.0, 0.5, 0.0)[-len(times) :]
    return {"points": [list(point) for point in zip(times, values, strict=True)]}


SPEC = formula_spec(
    key="piecewise_linear",
    title="Points, linear",
    category=Category.CUSTOM,
    order=120,
    summary="Straight lines through points of your own, given as factors or as LRs.",
    formula="lr(t) = a + (b − a) · p, p = (t − t_a) / (t_b − t_a) between two points (t_a, "
    "a) and (t_b, b)",
    source="PyTorch-Ignite, PiecewiseLinear; optax.piecewise_interpolate_schedule",
    latex=(
        r"\mathrm{lr}(t)=a+(b-a)\cdot p",
        r"p=\frac{t-t_a}{t_b-t_a}\text{ between }(t_a,a),\ (t_b,b)\text{ in }\mathit{points}",
    ),
    use="Any curve from a few points, drawn or copied from a plot.",
    traps=(
        Trap(
            "Before the first point its value holds, and after the last point that "
            "one's: the curve does not go on along its slope.",
            "info",
        ),
        Trap(
            "Values are factors on the base LR unless values says lr; absolute ones are "
            "the same for every group.",
            "info",
        ),
    ),
    links={
        "PyTorch-Ignite, PiecewiseLinear": IGNITE,
        "optax.piecewise_interpolate_schedule": OPTAX,
    },
    keywords=(
        "ignite",
        "optax",
        "interpolate",
        "milestones_values",
        "draw",
        "curve",
        "knots",
        "table",
    ),
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
    table=points(
        lambda args: args["points"],
        between=lambda a, b, passed, length: a + (b - a) * passed / length,
    ),
)
