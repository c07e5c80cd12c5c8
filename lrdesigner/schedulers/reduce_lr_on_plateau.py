"""ReduceLROnPlateau: falls when the metric stops improving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.grips import end as phase_end
from lrdesigner.grips import level
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._common import TORCH, Times

BLOCK = 4096


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """The reductions that the metric in ``args["metric"]`` (one value per tick) brings about.

    The decisions are those of torch, one tick at a time; ticks that decide nothing are skipped
    over, so that a preview of millions of them follows the mouse.
    """
    last = int(times.max(initial=0))
    ticks, levels = _reductions(args, index, last)
    values: FloatArray = levels[np.searchsorted(ticks, times, side="right") - 1]
    return values


def landmarks(args: Args, index: int) -> Landmarks:
    """Every reduction."""
    ticks, _ = _reductions(args, index, args.ticks)
    return Landmarks(tuple(ticks.astype(np.float64).tolist()))


def _reductions(args: Args, index: int, last: int) -> tuple[Times, FloatArray]:
    """The ticks at which the LR changes, 0 first, and the LR from there on."""
    # More than `last` makes no difference, and stays within NumPy's integers.
    patience, rest = min(args["patience"], last), min(args["cooldown"], last)
    fall = _Fall(args["factor"], args.group("min_lr", index), args["eps"])
    ticks, levels = [np.zeros(1, np.int64)], [np.array([args.bases[index]])]
    best = rested = 0  # the last improvement; the last tick at which no bad epoch counted
    for improved, end in _improvements(args, last):
        starts = np.concatenate([[best], improved])
        ends = np.concatenate([improved, [end + 1]])
        for gap in np.flatnonzero(ends - starts > patience + 1).tolist():
            first = max(int(starts[gap]), rested) + patience + 1
            due = np.arange(first, int(ends[gap]), patience + 1 + rest, dtype=np.int64)
            if not len(due):
                continue
            rested = int(due[-1]) + rest
            reached = fall.levels(float(levels[-1][-1]), len(due))
            if len(reached):
                ticks.append(due[: len(reached)])
                levels.append(reached)
            if len(reached) < len(due):  # what is skipped once is skipped for ever
                return np.concatenate(ticks), np.concatenate(levels)
        best = int(starts[-1])
    return np.concatenate(ticks), np.concatenate(levels)


@dataclass(frozen=True)
class _Fall:
    """How the LR falls, reduction after reduction."""

    factor: float
    min_lr: float
    eps: float

    def levels(self, lr: float, count: int) -> FloatArray:
        """What up to `count` reductions reach; fewer where they come to an end."""
        steps = np.full(count + 1, float(self.factor))
        steps[0] = lr
        products = np.multiply.accumulate(steps)
        reached: FloatArray = np.maximum(products[1:], self.min_lr)
        # The products are the LRs as long as none has been lifted to the minimum.
        before = np.maximum(products[:-1], self.min_lr)
        before[0] = lr
        skipped = ~(before - reached > self.eps)
        return reached[: int(skipped.argmax())] if skipped.any() else reached


def _improvements(args: Args, last: int) -> Iterator[tuple[Times, int]]:
    """The ticks at which the metric is better than its best, and how far they are known.

    A maximum is the minimum of the negated metric, bit for bit. The first tick is number 1.
    """
    threshold = float(args["threshold"])
    low, relative = args["mode"] == "min", args["threshold_mode"] == "rel"
    scale = 1.0 if not relative else 1.0 - threshold if low else threshold + 1.0
    shift = 0.0 if relative else threshold
    edge = np.inf * scale - shift
    for first in range(0, last, BLOCK):
        block = args["metric"][first : min(first + BLOCK, last)]
        values = block if low else -block
        end = first + len(values)
        found, edge = _better(values, edge, scale, shift)
        yield found + (first + 1), end


def _better(values: FloatArray, edge: float, scale: float, shift: float) -> tuple[Times, float]:
    """The places of improvements below `edge`, which each one moves; and the last edge."""
    below = values < edge
    if not below.any():
        return np.empty(0, np.int64), edge
    start = int(below.argmax())
    with np.errstate(over="ignore", invalid="ignore"):  # as Python's floats, which say nothing
        edges = values[start:] * scale - shift
    worse = ~(values[start + 1 :] < edges[:-1])
    if not worse.any():  # better every time
        return np.arange(start, len(values)), float(edges[-1])
    found = []
    for place, (value, then) in enumerate(
        zip(values[start:].tolist(), edges.tolist(), strict=True), start
    ):
        if value < edge:
            found.append(place)
            edge = then
    return np.array(found, np.int64), edge


SPEC = SchedulerSpec(
    key="ReduceLROnPlateau",
    title="Plateau",
    category=Category.ADAPTIVE,
    order=10,
    summary="Falls by a factor when the validation metric has not improved for a while.",
    formula="lr ← max(lr · factor, min_lr) after more than patience epochs without improvement",
    source=f"{TORCH}.ReduceLROnPlateau",
    latex=(
        r"\mathrm{lr}\leftarrow\max(\mathrm{lr}\cdot\mathit{factor},\ \mathit{min\_lr})",
        r"\text{after more than }\mathit{patience}\text{ bad epochs}",
    ),
    use="Runs of unknown length: wait until the validation metric stops improving, then "
    "reduce the LR.",
    traps=(
        Trap(
            "In mode min an accuracy never improves: the LR falls again and again.",
            rule="metric-opposed",
        ),
        Trap(
            "It needs the metric at each step: step() without one is an error, and "
            "SequentialLR and ChainedScheduler refuse it.",
            "error",
            rule="metric-unusable",
        ),
        Trap(
            "patience is put up with: the reduction comes in the epoch after it, number "
            "patience + 1 without improvement.",
            "info",
        ),
        Trap("A NaN as metric counts as a bad epoch."),
        Trap(
            "Reductions smaller than eps, 10⁻⁸ unless given, are skipped: tiny LRs stay "
            "where they are.",
            "info",
        ),
        Trap(
            "Improvement means by threshold, relative to the best value unless "
            "threshold_mode says abs.",
            "info",
        ),
    ),
    keywords=("metric", "validation", "adaptive", "patience"),
    params=(
        ChoiceParam(
            name="mode",
            default="min",
            choices=("min", "max"),
            help="Whether a smaller or a greater metric is better.",
        ),
        FloatParam(
            name="factor",
            default=0.1,
            minimum=0,
            below=1,
            unit="×",
            help="What each reduction multiplies the LR by.",
        ),
        IntParam(
            name="patience",
            default=10,
            minimum=0,
            unit="epochs",
            help="Epochs without improvement that are put up with before a reduction.",
        ),
        FloatParam(
            name="threshold",
            default=1e-4,
            minimum=0,
            help="How much better than the best value so far counts as an improvement.",
        ),
        ChoiceParam(
            name="threshold_mode",
            default="rel",
            choices=("rel", "abs"),
            help="Whether the threshold is relative to the best value or absolute.",
            advanced=True,
        ),
        IntParam(
            name="cooldown",
            default=0,
            minimum=0,
            unit="epochs",
            help="Epochs after a reduction in which no bad epoch counts.",
        ),
        FloatParam(
            name="min_lr",
            default=0,
            minimum=0,
            unit="lr",
            per_group=True,
            help="The LR is never reduced below this; a list gives each group its own.",
        ),
        FloatParam(
            name="eps",
            default=1e-8,
            minimum=0,
            unit="lr",
            advanced=True,
            help="A reduction smaller than this is skipped.",
        ),
    ),
    starter={"factor": 0.1, "patience": 2},
    curve=curve,
    realise=plain_call("ReduceLROnPlateau"),
    landmarks=landmarks,
    restarts_in_sequence=False,
    first_in_sequence=False,
    epoch_only=True,
    grips=(level(phase_end, "min_lr", "factor"),),
)
