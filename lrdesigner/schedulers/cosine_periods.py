"""cosine_periods: half cosines of lengths and heights of your own, from a table.

In a row's period P, s steps after its start, lr = floor + (base · weight − floor) · ½ (1 +
cos(π s / P)). After the last period its last value stays. mmengine's ``CosineRestartLR``, whose
``periods`` and ``restart_weights`` are the two columns.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, Trap
from lrdesigner.grips import Grip, KnotGrips, end, level
from lrdesigner.params import TableParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    branches,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    plus,
    tidy,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import MMENGINE
from lrdesigner.schedulers._tables import Table, absolute_floor, floor_factor, place_of


def text(args: Args) -> str:
    """lr(s) = floor + (base · weight − floor) · ½ (1 + cos(π s / P))."""
    low, rows = floor(args), args["periods"]
    starts = [0, *accumulate(period for period, _ in rows)]
    waves = []
    for start, (period, weight) in zip(starts, rows, strict=False):
        last = start + period == starts[-1]
        passed = f"min(t, {starts[-1] - 1}){plus(-start)}" if last else f"t{plus(-start)}"
        shape = COSINE.format(f"({passed}) / {period}")
        top = number(weight)
        waves.append(f"{top} * {shape}" if low == "0" else f"{low} + ({top} - {low}) * {shape}")
    return branches(starts[1:-1], waves)


def _factors(times: FloatArray, args: Args, base: float) -> FloatArray:
    low = floor_factor(args, base)
    lengths, tops = np.array(args["periods"], np.float64).T
    starts = np.concatenate([[0.0], np.cumsum(lengths)])
    place = place_of(times, starts[1:-1])
    # In the last period time stands still just before its end.
    until = np.where(place == len(lengths) - 1, np.minimum(times, starts[-1] - 1), times)
    passed = (until - starts[place]) / lengths[place]
    wave, tops = 1 + np.cos(np.pi * passed), tops[place]
    found: FloatArray = tops * 0.5 * wave if low == 0 else low + (tops - low) * 0.5 * wave
    return found


def _marks(args: Args) -> list[int]:
    ends = list(accumulate(period for period, _ in args["periods"]))
    return [*ends[:-1], ends[-1] - 1]


def starter_for(length: int, base: float) -> dict[str, object]:
    """A long period at full height, and two shorter ones at half of it."""
    first = max(1, length // 2)
    rest = [period for period in ((length - first) // 2, -(-(length - first) // 2)) if period]
    return {"periods": [[first, 1.0], *([period, tidy(0.5)] for period in rest)]}


_GRIPS: tuple[Grip | KnotGrips, ...] = (
    KnotGrips("periods", lambda args: True),
    level(end, "min_lr_ratio", "min_lr"),
)

SPEC = formula_spec(
    key="cosine_periods",
    title="Cosine periods",
    category=Category.CYCLIC,
    order=137,
    summary="Half cosines one after the other, each with a length and a height from a table.",
    formula="lr(t) = floor + (base · w − floor) · ½ (1 + cos(π s / P)), s steps into a row "
    "(P, w) of periods, floor = min_lr or min_lr_ratio · base",
    source="mmengine, optim/scheduler/param_scheduler.py CosineRestartParamScheduler",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}\cdot w-\mathrm{floor})"
            r"\cdot\frac{1+\cos\theta}{2}"
        ),
        r"\theta=\pi s/P",
        r"\text{after }s\text{ steps of a row }(P,w)\text{ of }\mathit{periods}",
        FLOOR_LATEX,
    ),
    use="Restarts whose lengths and heights are all different, as in mmengine's configurations.",
    traps=(
        Trap(
            "After the last period its last value stays, which is above the floor: a "
            "last period of 10 steps leaves 2.4 % of the height."
        ),
        Trap(
            "A weight so small that base · weight is below the floor turns its period upside down."
        ),
        FLOOR_TRAP,
    ),
    links={"mmengine, optim/scheduler/param_scheduler.py": MMENGINE},
    keywords=("mmengine", "openmmlab", "mmcv", "cosinerestartlr", "restart_weights", "sgdr"),
    params=(
        TableParam(
            name="periods",
            unit="ticks",
            columns=("period", "weight"),
            rising=False,
            least=1,
            help="Rows of a number of steps and the height as a factor on the base LR.",
        ),
        *floor_params(),
    ),
    starter_for=starter_for,
    errors=floor_errors,
    text=text,
    table=Table(_factors, _marks, absolute_floor),
    grips=_GRIPS,
)
