"""What the lane of the metric shows: the curve, the best so far, every reduction. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lrdesigner import numerals
from lrdesigner.axes import FloatArray
from lrdesigner.engine.plateau_records import PlateauRun, Reduction, Stretch
from lrdesigner.gui.canvas.lane_content import (
    LaneLine,
    LaneMarks,
    LanePoint,
    LaneRule,
    LaneWindow,
    value_text,
)
from lrdesigner.gui.theme import Tokens, mix
from lrdesigner.gui.time_text import count_text
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Horizon
from lrdesigner.sentences import capital, ended, joined

_MOST_DOTS = 80
_MOST_TOLD = 12
_FAINT = 0.45


@dataclass(frozen=True, eq=False)
class Reactions:
    """The plateau phases of one part of the document.

    Attributes:
        runs: What each of them does.
        groups: The names of the groups they drive.
        word: What they reduce, such as ``LR``.
    """

    runs: tuple[PlateauRun, ...]
    groups: Sequence[str]
    word: str = "LR"

    def reason(self, reduction: Reduction) -> str:
        """Why and how far one reduction went."""
        return reduction.reason(self.groups, self.word)


@dataclass(frozen=True, eq=False)
class MetricPicture:
    """The content of the lane.

    Attributes:
        lines: The metric, its repeated end, the best so far.
        marks: Reductions, stretches, bests.
        note: One sentence about the whole.
        description: All of it in words.
    """

    lines: list[LaneLine]
    marks: LaneMarks
    note: str
    description: str


def picture(
    horizon: Horizon,
    series: FloatArray,
    given: int,
    reactions: Sequence[Reactions],
    tokens: Tokens,
    *,
    dots: bool = False,
) -> MetricPicture:
    """Draw the metric and what the plateaus make of it.

    Args:
        horizon: The run.
        series: The metric at the end of each epoch.
        given: How many of these the document gives; the last one repeats.
        reactions: The plateau phases.
        tokens: The colours.
        dots: Whether single values are marked, where there are few.
    """
    color = tokens.category_color("adaptive")
    per_epoch = float(horizon.steps_per_epoch)
    given = min(given, len(series))
    lines = [LaneLine(tr("metric"), color, series[:given], None, per_epoch, per_epoch, joined=True)]
    if given < len(series):
        tail = np.repeat(series[given - 1], 2)
        rest = (len(series) - given) * per_epoch
        lines.append(
            LaneLine(tr("repeats"), color, tail, None, rest, given * per_epoch, True, dashed=True)
        )
    runs = [(each, run) for each in reactions for run in each.runs]
    lines += [line for _, run in runs if (line := _best_line(run, per_epoch, tokens)) is not None]
    few = dots and len(series) <= _MOST_DOTS
    marks = LaneMarks(
        windows=_windows([run for _, run in runs], tokens),
        points=_points([run for _, run in runs], per_epoch, color, series[:given] if few else ()),
        rules=_rules(runs, tokens),
    )
    return MetricPicture(lines, marks, _note(series, given, runs), _words(series, given, runs))


def _best_line(run: PlateauRun, per_epoch: float, tokens: Tokens) -> LaneLine | None:
    """The best so far, from the epoch after which it was known."""
    known = np.flatnonzero(~np.isnan(run.best))
    if not known.size:
        return None
    begin = int(known[0])
    return LaneLine(
        tr("best"),
        tokens.hint,
        run.best[begin:],
        every=per_epoch,
        offset=(run.first + begin) * per_epoch,
        dashed=True,
    )


def _windows(runs: Sequence[PlateauRun], tokens: Tokens) -> list[LaneWindow]:
    found: dict[int, LaneWindow] = {}
    for run in runs:
        for stretch in run.stretches:
            # Plateaus at the same time, of different groups, see the same epochs.
            found.setdefault(stretch.first, _window(run, stretch, tokens))
    return _apart([found[first] for first in sorted(found)])


def _apart(windows: Sequence[LaneWindow]) -> list[LaneWindow]:
    """Without those that begin before the one before has ended."""
    kept: list[LaneWindow] = []
    for window in windows:
        if not kept or window.start >= kept[-1].end:
            kept.append(window)
    return kept


def _window(run: PlateauRun, stretch: Stretch, tokens: Tokens) -> LaneWindow:
    epochs = (
        tr("epochs {first:,}–{last:,}", first=stretch.first, last=stretch.last)
        if stretch.epochs > 1
        else tr("epoch {epoch:,}", epoch=stretch.first)
    )
    if stretch.kind == "cooldown":
        text = tr("{epochs}: cooldown, bad epochs do not count", epochs=epochs)
        return LaneWindow(stretch.start, stretch.end, tokens.hold, text, hatched=True)
    bad = count_text(stretch.epochs, "bad epoch")
    text = tr(
        "{epochs}: {bad}; patience puts up with {patience}",
        epochs=epochs,
        bad=bad,
        patience=run.rule.patience,
    )
    color = tokens.warning if stretch.reduced else mix(tokens.window, tokens.warning, _FAINT)
    return LaneWindow(stretch.start, stretch.end, color, text)


def _points(
    runs: Sequence[PlateauRun], per_epoch: float, color: str, values: Sequence[float] | FloatArray
) -> list[LanePoint]:
    """The bests that reductions went back to, and where there are few, every value."""
    found = {
        epoch: LanePoint(epoch * per_epoch, float(value), color, hollow=True)
        for epoch, value in enumerate(values, 1)
    }
    for run in runs:
        for each in run.reductions:
            if each.best is not None and each.best_epoch is not None:
                text = tr(
                    "best so far: {value}, epoch {epoch:,}",
                    value=value_text(each.best),
                    epoch=each.best_epoch,
                )
                step = each.best_epoch * per_epoch
                found[each.best_epoch] = LanePoint(step, each.best, color, text)
    return [found[epoch] for epoch in sorted(found)]


def _rules(runs: Sequence[tuple[Reactions, PlateauRun]], tokens: Tokens) -> list[LaneRule]:
    found: dict[int, list[tuple[Reactions, PlateauRun, Reduction]]] = {}
    for each, run in runs:
        for reduction in run.reductions:
            found.setdefault(reduction.step, []).append((each, run, reduction))
    rules = []
    for step in sorted(found):
        here = found[step]
        real = [(run, reduction) for _, run, reduction in here if not reduction.skipped]
        factor = numerals.localised(f"{real[0][0].rule.factor:.3g}") if real else ""
        label = f"\N{MULTIPLICATION SIGN}{factor}" if real else ""
        text = "; ".join(each.reason(reduction) for each, _, reduction in here)
        rules.append(LaneRule(tokens.warning if real else tokens.faint, step, 0.0, label, text))
    return rules


def _note(series: FloatArray, given: int, runs: Sequence[tuple[Reactions, PlateauRun]]) -> str:
    count = sum(not each.skipped for _, run in runs for each in run.reductions)
    parts = [count_text(count, "reduction") if count else tr("no reduction")]
    if given < len(series):
        said = tr(
            "{values} for {epochs}",
            values=count_text(given, "value"),
            epochs=count_text(len(series), "epoch"),
        )
        parts.insert(0, said)
    return " \N{MIDDLE DOT} ".join(parts)


def _words(series: FloatArray, given: int, runs: Sequence[tuple[Reactions, PlateauRun]]) -> str:
    low, high = int(series.argmin()), int(series.argmax())
    shape = tr(
        "Metric over {epochs}: starts at {first}, lowest {low} at epoch {low_epoch:,}, highest "
        "{high} at epoch {high_epoch:,}, ends at {last}.",
        epochs=count_text(len(series), "epoch"),
        first=value_text(series[0]),
        low=value_text(series[low]),
        low_epoch=low + 1,
        high=value_text(series[high]),
        high_epoch=high + 1,
        last=value_text(series[-1]),
    )
    parts = [shape]
    if given < len(series):
        parts.append(tr("From epoch {epoch:,} on the last value repeats.", epoch=given + 1))
    reasons = [each.reason(reduction) for each, run in runs for reduction in run.reductions]
    parts += [ended(capital(text)) for text in reasons[:_MOST_TOLD]]
    if len(reasons) > _MOST_TOLD:
        parts.append(tr("And {count:,} more reductions.", count=len(reasons) - _MOST_TOLD))
    if not reasons:
        parts.append(tr("No reduction."))
    return joined(*parts)
