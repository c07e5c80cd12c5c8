"""wsd_s_peaks: WSD-S with a length and a height for each period, as OLMo-core has it.

low + (peak_0 − low) · t / W while t < W = warmup_steps, which are part of the first period. In the
period from s to e, peak = base · its multiplier, then over its last D = round(decay_fraction ·
(e − s)) steps (D ≥ 1) end + (peak − end) · (e − t) / D, the end LR at t = e; the next step is at
the next period's peak. After the last period the end LR stays. low and end are warmup_min_lr and
decay_min_lr: ``WSDS`` with ``period_lr_multipliers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, Trap
from lrdesigner.grips import KnotGrips, at_sum, level, start, time
from lrdesigner.params import FloatParam, TableParam
from lrdesigner.schedulers._family import absolute, branches, formula_spec, number, span
from lrdesigner.schedulers._sources import OLMO_CORE
from lrdesigner.schedulers._tables import Table, place_of


def text(args: Args) -> str:
    """lr(t) = peak until D steps before the period's end e, then a line to the end LR at t = e."""
    rows, last = args["periods"], absolute(args["decay_min_lr"])
    ends = list(accumulate(length for length, _ in rows))
    periods = []
    for end, (length, peak) in zip(ends, rows, strict=True):
        decay, top = _decay(args, length), number(peak)
        left = f"min(1, ({end} - t) / {decay})"
        line = f"{top} * {left}" if last == "0" else f"{last} + ({top} - {last}) * {left}"
        periods.append(line)
    curve = branches(ends, [*periods, last], "<=")
    warmup = args["warmup_steps"]
    if not warmup:
        return curve
    low, top = absolute(args["warmup_min_lr"]), number(rows[0][1])
    rise = f"{top} * t / {warmup}" if low == "0" else f"{low} + ({top} - {low}) * t / {warmup}"
    return branches([warmup], [rise, curve])


def _factors(times: FloatArray, args: Args, base: float) -> FloatArray:
    last, warmup = np.float64(args["decay_min_lr"]) / base, args["warmup_steps"]
    lengths, tops = np.array(args["periods"], np.float64).T
    ends = np.cumsum(lengths)
    place = place_of(times, ends, up_to=True)
    period = np.minimum(place, len(ends) - 1)
    decays = np.array([_decay(args, length) for length, _ in args["periods"]], np.float64)
    left, top = np.minimum(1, (ends[period] - times) / decays[period]), tops[period]
    found: FloatArray = top * left if not args["decay_min_lr"] else last + (top - last) * left
    found = np.where(place == len(ends), last if args["decay_min_lr"] else 0.0, found)
    if not warmup:
        return found
    low = np.float64(args["warmup_min_lr"]) / base
    rise = tops[0] * times / warmup
    if args["warmup_min_lr"]:
        rise = low + (tops[0] - low) * times / warmup
    return np.where(times < warmup, rise, found)


def _marks(args: Args) -> list[int]:
    lengths = [length for length, _ in args["periods"]]
    ends = list(accumulate(lengths))
    falls = [end - _decay(args, length) for end, length in zip(ends, lengths, strict=True)]
    # The first tick after an end is where a period begins.
    return [args["warmup_steps"], *falls, *ends, *[end + 1 for end in ends]]


def _absolute(args: Args) -> bool:
    return bool(args["decay_min_lr"] or (args["warmup_steps"] and args["warmup_min_lr"]))


def _decay(args: Args, length: int) -> int:
    """The steps of a period's cooldown."""
    found: int = round(args["decay_fraction"] * length)
    return max(1, found)


def errors(args: Args) -> Iterator[str]:
    """A warm-up without room."""
    first = args["periods"][0][0]
    decay = _decay(args, first)
    if args["warmup_steps"] + decay > first:
        yield (
            f"warmup_steps: {args['warmup_steps']:,} steps and a cooldown of {decay:,} do not fit "
            f"into the first period of {first:,}; shorten the warm-up or decay_fraction"
        )


def starter_for(length: int, base: float) -> dict[str, object]:
    """Three periods of about equal length, each lower than the one before."""
    ends = sorted({max(1, length * part // 3) for part in (1, 2, 3)})
    lengths = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
    peaks = (1.0, 0.7, 0.5)
    return {
        "periods": [[each, peak] for each, peak in zip(lengths, peaks, strict=False)],
        "warmup_steps": length // 30,
    }


SPEC = formula_spec(
    key="wsd_s_peaks",
    title="WSD-S peaks",
    category=Category.CYCLIC,
    order=142,
    summary="A level LR with a cooldown at the end of each period; length and height of the "
    "periods come from a table.",
    formula="lr(t) = l + (k − l) · t / W for t < W, then e + (k − e) · min(1, (n − t) / D), "
    "k = base · h, D = decay_fraction · L in the row (L, h) of periods that ends at "
    "n, W = warmup_steps, l = warmup_min_lr, e = decay_min_lr",
    source="OLMo-core, optim/scheduler.py WSDS (period_lr_multipliers); Wen et al. 2024, "
    "arXiv:2410.05192",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"l+(k-l)\cdot t/W&t<W\\"
            r"e+(k-e)\cdot r&\text{otherwise}"
            r"\end{cases}"
        ),
        r"r=\max(0,\ \min(1,\ (n-t)/D))",
        r"D=\max(1,\ \mathrm{round}(\mathit{decay\_fraction}\cdot L))",
        r"k=\mathrm{base}\cdot h",
        r"\text{in the row }(L,h)\text{ of }\mathit{periods}\text{ that ends at }n",
        r"W=\mathit{warmup\_steps}",
        r"l=\mathit{warmup\_min\_lr}",
        r"e=\mathit{decay\_min\_lr}",
    ),
    use="Continued pre-training in which each stretch has a length and a peak of its own.",
    traps=(
        Trap("A row is the length of its period here; in WSD-S the list says where periods end."),
        Trap("The step after a period's end is at the next period's peak, in one jump.", "info"),
        Trap(
            "After the last period the end LR stays: with decay_min_lr 0 training stands "
            "still there."
        ),
    ),
    links={"OLMo-core, optim/scheduler.py": OLMO_CORE},
    keywords=("wsds", "olmo", "olmo-core", "period_lr_multipliers", "cooldown", "continual"),
    params=(
        TableParam(
            name="periods",
            unit="ticks",
            columns=("length", "peak"),
            rising=False,
            least=1,
            help="Rows of a number of steps and the peak as a factor on the base LR.",
        ),
        span("warmup_steps", "Steps of the warm-up, part of the first period; 0: none."),
        FloatParam(
            name="decay_fraction",
            default=0.1,
            minimum=0,
            maximum=1,
            unit="of period",
            help="Fraction of each period that its cooldown takes.",
        ),
        FloatParam(
            name="warmup_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the first step of the warm-up, absolute and the same for every group.",
        ),
        FloatParam(
            name="decay_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the end of each period, absolute and the same for every group.",
        ),
    ),
    starter={"decay_fraction": 0.2},
    starter_for=starter_for,
    errors=errors,
    text=text,
    table=Table(_factors, _marks, _absolute),
    grips=(
        level(start, "warmup_min_lr"),
        time(at_sum("warmup_steps"), "warmup_steps"),
        KnotGrips("periods", lambda args: True),
    ),
)
