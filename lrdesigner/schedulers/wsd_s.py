"""wsd_s: WSD for continued training, with a cooldown at the end of each period.

t / W · base while t < W = warmup_steps. In the period from s to e = the next of period_ends, the
base LR, then over its last D = round(decay_fraction · (e − s)) steps (D ≥ 1) down to the floor,
which stands at t = e; the next step is at the base LR again. linear: floor + (base − floor) ·
(e − t) / D; inverse: 1 / lr grows in a straight line, 1 / lr = q / floor + (1 − q) / base with
q = 1 − (e − t) / D (Wen et al. 2024). After the last period the floor holds. The first period
begins at 0, warm-up included. OLMo-core's ``WSDS`` is the linear one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, Trap
from lrdesigner.grips import ItemGrips, at_sum, time
from lrdesigner.i18n import tr
from lrdesigner.params import ChoiceParam, FloatParam, IntListParam
from lrdesigner.params.base import MAX_ROWS, shown
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    branches,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    span,
)
from lrdesigner.schedulers._sources import OLMO_CORE
from lrdesigner.schedulers._tables import Table, absolute_floor, floor_factor, place_of


def text(args: Args) -> str:
    """lr(t) = base until D steps before the period's end e, then down to the floor at t = e."""
    low = floor(args)
    periods = []
    for end, decay in zip(args["period_ends"], _decays(args), strict=True):
        left = f"min(1, ({end} - t) / {decay})"
        if args["decay_type"] == "inverse":
            periods.append(f"1 / ((1 - {left}) / ({low}) + {left})")
        else:
            periods.append(left if low == "0" else f"{low} + (1 - {low}) * {left}")
    curve = branches(args["period_ends"], [*periods, low], "<=")
    warmup = args["warmup_steps"]
    return branches([warmup], [f"t / {warmup}", curve]) if warmup else curve


def _factors(times: FloatArray, args: Args, base: float) -> FloatArray:
    low, warmup = floor_factor(args, base), args["warmup_steps"]
    ends = np.array(args["period_ends"], np.float64)
    place = place_of(times, ends, up_to=True)
    period = np.minimum(place, len(ends) - 1)
    left = np.minimum(1, (ends[period] - times) / np.array(_decays(args), np.float64)[period])
    if args["decay_type"] == "inverse":
        found: FloatArray = 1 / ((1 - left) / low + left)
    else:
        found = left if low == 0 else low + (1 - low) * left
    found = np.where(place == len(ends), low, found)
    return np.where(times < warmup, times / warmup, found) if warmup else found


def _decays(args: Args) -> list[int]:
    """The steps of each period's cooldown."""
    bounds = pairwise([0, *args["period_ends"]])
    return [max(1, round(args["decay_fraction"] * (end - start))) for start, end in bounds]


def _marks(args: Args) -> list[int]:
    ends = args["period_ends"]
    falls = [end - decay for end, decay in zip(ends, _decays(args), strict=True)]
    # The first tick after an end is where a period begins.
    return [args["warmup_steps"], *falls, *ends, *[end + 1 for end in ends]]


def errors(args: Args) -> Iterator[str]:
    """Periods of no length, a warm-up without room, and a floor that is missing."""
    ends = args["period_ends"]
    if not ends or ends[0] < 1 or len(set(ends)) < len(ends):
        yield (
            tr(
                "period_ends must be 1 or greater, each one once, not {value}; give the "
                "step at which each period ends, such as [100, 300]",
                value=shown(list(ends)),
            )
        )
        return
    decay = max(1, round(args["decay_fraction"] * ends[0]))
    if args["warmup_steps"] + decay > ends[0]:
        yield (
            tr(
                "warmup_steps: {warmup_steps:,} steps and a cooldown of {decay:,} do not "
                "fit into the first period of {period:,}; shorten the warm-up or "
                "decay_fraction",
                warmup_steps=args["warmup_steps"],
                decay=decay,
                period=ends[0],
            )
        )
    if args["decay_type"] == "inverse" and floor(args) == "0":
        yield tr("decay_type inverse needs a floor above 0; give min_lr_ratio, such as 0.1")
    yield from floor_errors(args)


def starter_for(length: int, base: float) -> dict[str, object]:
    """Three periods of about equal length."""
    ends = {max(1, length * part // 3) for part in (1, 2, 3)}
    return {"period_ends": sorted(ends), "warmup_steps": length // 30}


def _fall(args: Args, group: int) -> float:
    """Where the first cooldown begins."""
    first = args["period_ends"][0]
    return float(first - max(1, round(args["decay_fraction"] * first)))


SPEC = formula_spec(
    key="wsd_s",
    title="WSD-S",
    category=Category.CYCLIC,
    order=140,
    summary="A level LR with a cooldown at the end of each period, where a checkpoint is taken.",
    formula="lr(t) = base · t / W for t < W, then floor + (base − floor) · r, or 1 / ((1 − "
    "r) / floor + r / base), r = min(1, (n − t) / D), D = decay_fraction · (n − s) "
    "in the period from s to n, the next of period_ends, W = warmup_steps, floor = "
    "min_lr or min_lr_ratio · base",
    source="Wen et al. 2024, arXiv:2410.05192; OLMo-core, optim/scheduler.py WSDS",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"\mathrm{base}\cdot t/W&t<W\\"
            r"\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot r&\text{linear}\\"
            r"1/(\frac{1-r}{\mathrm{floor}}+\frac{r}{\mathrm{base}})&\text{inverse}"
            r"\end{cases}"
        ),
        r"r=\max(0,\ \min(1,\ (n-t)/D))",
        r"D=\max(1,\ \mathrm{round}(\mathit{decay\_fraction}\cdot(n-s)))",
        r"\text{in the period from }s\text{ to }n\text{, the next of }\mathit{period\_ends}",
        r"W=\mathit{warmup\_steps}",
        FLOOR_LATEX,
    ),
    use="Continued pre-training with a checkpoint every now and then, each after a "
    "cooldown of its own.",
    traps=(
        Trap("The step after a period's end is at full LR again, in one jump.", "info"),
        Trap("After the last period the floor holds: without a floor training stands still there."),
        Trap("decay_type inverse needs a floor above 0.", "error", rule="parameter-refused"),
        Trap(
            "The first cooldown takes its share of the first period with the warm-up in it.", "info"
        ),
        FLOOR_TRAP,
    ),
    links={"OLMo-core, optim/scheduler.py": OLMO_CORE},
    keywords=(
        "wsds",
        "olmo",
        "olmo-core",
        "levanter",
        "cooldown",
        "continual",
        "checkpoints",
        "warmup stable decay simplified",
    ),
    params=(
        IntListParam(
            name="period_ends",
            most=MAX_ROWS,
            unit="ticks",
            help="Steps at which the periods end, counted from the phase's start.",
        ),
        span("warmup_steps", "Steps of the warm-up, once at the start; 0: none."),
        FloatParam(
            name="decay_fraction",
            default=0.1,
            minimum=0,
            maximum=1,
            unit="of period",
            help="Fraction of each period that its cooldown takes.",
        ),
        ChoiceParam(
            name="decay_type",
            default="linear",
            choices=("linear", "inverse"),
            help="Whether the LR or its inverse goes along a straight line.",
        ),
        *floor_params(),
    ),
    starter={"decay_fraction": 0.2},
    starter_for=starter_for,
    errors=errors,
    text=text,
    table=Table(_factors, _marks, absolute_floor),
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(_fall, "decay_fraction"),
        ItemGrips("period_ends", ("min_lr_ratio", "min_lr")),
    ),
)
