"""piecewise_constant: holds one value after another, from a table.

lr(t) = value_i for start_i ≤ t < start_(i + 1). Before the first start the first value holds. The
table may also say how long each value lasts: the hand-written list of (epochs, LR) pairs. Paddle's
``PiecewiseDecay`` and the LR lists of fairseq and diffusers (``step_rules``) are of this kind.
Keras' ``PiecewiseConstantDecay`` keeps a value at its boundary too: its starts are boundary + 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import KnotGrips
from lrdesigner.i18n import tr
from lrdesigner.params import ChoiceParam, TableParam
from lrdesigner.params.base import shown
from lrdesigner.schedulers._family import branches, formula_spec, number, tidy
from lrdesigner.schedulers._sources import DIFFUSERS, KERAS, PADDLE
from lrdesigner.schedulers._tables import points


def _rows(args: Args) -> list[tuple[int, float]]:
    """Where each value begins."""
    times = [time for time, _ in args["table"]]
    starts = [0, *accumulate(times)][:-1] if args["times"] == "length" else times
    return [(start, value) for start, (_, value) in zip(starts, args["table"], strict=True)]


def text(args: Args) -> str:
    """lr(t) = value of the last row whose start is not after t."""
    rows = _rows(args)
    found = branches([start for start, _ in rows[1:]], [number(value) for _, value in rows])
    return found if args["values"] == "factor" else f"({found}) / lr"


def errors(args: Args) -> Iterator[str]:
    """Times that do not rise, or lengths of nothing."""
    times = [time for time, _ in args["table"]]
    if args["times"] == "length" and min(times) < 1:
        yield tr("table: a length must be 1 or greater; remove the row that lasts for no step")
    if args["times"] == "start" and any(a >= b for a, b in pairwise(times)):
        yield (
            tr(
                "table must have rising starts, each one once: {times}; put the rows in "
                "rising order, and keep one row for each start",
                times=shown(times),
            )
        )


def starter_for(length: int, base: float) -> dict[str, object]:
    """Three levels over the phase."""
    starts = sorted({0, length // 2, length * 3 // 4})
    return {"table": [[start, tidy(0.1**place)] for place, start in enumerate(starts)]}


SPEC = formula_spec(
    key="piecewise_constant",
    title="Points, stairs",
    category=Category.CUSTOM,
    order=110,
    summary="Holds one value after another, as a table of times and values says.",
    formula="lr(t) = v_i for t_i ≤ t < t_(i + 1), (t_i, v_i) rows of table",
    source="Paddle PiecewiseDecay, Keras PiecewiseConstantDecay, diffusers step_rules",
    latex=(
        r"\mathrm{lr}(t)=v_i\text{ for }t_i\le t<t_{i+1}",
        r"(t_i,v_i)\text{ rows of }\mathit{table}",
    ),
    use="Hand-written lists of steps and LRs, as papers print them; Keras', Paddle's and "
    "diffusers' tables.",
    traps=(
        Trap(
            "times says whether the first column is when a value begins or how long it "
            "lasts. diffusers' step_rules read like lengths but count from the start of "
            "the run."
        ),
        Trap("Keras keeps a value at its boundary too: its boundary b is the start b + 1 here."),
        Trap(
            "Values are factors on the base LR unless values says lr; absolute ones are "
            "the same for every group.",
            "info",
        ),
    ),
    links={
        "Paddle PiecewiseDecay": PADDLE,
        "Keras PiecewiseConstantDecay": KERAS,
        "diffusers step_rules": DIFFUSERS,
    },
    keywords=(
        "table",
        "list",
        "boundaries",
        "manual",
        "fixed",
        "step_rules",
        "keras",
        "paddle",
        "tensorflow",
        "diffusers",
        "fairseq",
        "optax",
        "hand-written",
        "stairs",
    ),
    params=(
        TableParam(
            name="table",
            unit="ticks",
            columns=("start", "value"),
            rising=False,
            help="Rows of a time and a value; the last value stays.",
        ),
        ChoiceParam(
            name="times",
            default="start",
            choices=("start", "length"),
            help="Whether a time is when its value begins, or how long it lasts.",
        ),
        ChoiceParam(
            name="values",
            default="factor",
            choices=("factor", "lr"),
            help="Whether values are factors on the base LR or absolute LRs.",
        ),
    ),
    starter_for=starter_for,
    errors=errors,
    text=text,
    table=points(_rows),
    grips=(KnotGrips("table", lambda args: args["times"] == "length"),),
)
