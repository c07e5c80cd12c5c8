"""Phases as text of their own, and put into another document: copy, paste, splice.

The text is a whole small document. So it can be read like any other, carries the horizon that its
lengths belong to, and whatever is saved as a document can be pasted.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from fractions import Fraction

from pydantic import ValidationError

from lrdesigner.catalog import schedulers
from lrdesigner.i18n import tr
from lrdesigner.schedule.codec import dumps, loads, reason
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.group_edits import map_lists
from lrdesigner.schedule.model import FORMAT, VERSION, Phase, Schedule
from lrdesigner.schedule.phase_split import PhaseOpError, length_text
from lrdesigner.schedule.units import Length, Span, spans


def clip(schedule: Schedule, indices: Collection[int]) -> Schedule:
    """These phases as a document; the first of a run starts from the groups' own LR as it did."""
    phases = [
        schedule.phases[index].replace(start="base") if index == 0 else schedule.phases[index]
        for index in sorted(indices)
    ]
    metric = schedule.metric if any(map(_needs_metric, phases)) else None
    texts = [
        length_text(schedule, span.nominal_steps, "rest") if _open(phase) else phase.length
        for phase, span in zip(phases, (spans(schedule)[i] for i in sorted(indices)), strict=True)
    ]
    written = tuple(p.replace(length=text) for p, text in zip(phases, texts, strict=True))
    return Schedule(
        horizon=schedule.horizon, optimizer=schedule.optimizer, phases=written, metric=metric
    )


def clip_text(schedule: Schedule, indices: Collection[int]) -> str:
    """These phases as JSON text."""
    return dumps(clip(schedule, indices))


def read_clip(text: str, target: Schedule) -> Schedule:
    """Phases from text: a document, a list of phases, or a single one.

    Args:
        text: What somebody may have copied anywhere.
        target: Whose horizon counts where the text has none.

    Raises:
        DocumentError: If there are no phases in it; nothing else of it is read.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and "format" not in data and "scheduler" in data:
        data = [data]
    if isinstance(data, list):
        horizon = target.horizon
        header = {
            "format": FORMAT,
            "version": VERSION,
            "horizon": {"epochs": horizon.epochs, "steps_per_epoch": horizon.steps_per_epoch},
        }
        # Written out and read once more: the codec judges every text by itself.
        text = json.dumps({**header, "phases": data})
    found = loads(text)
    if not found.phases:
        raise DocumentError(tr("phases: there are none in this document"))
    return found


def insert(
    schedule: Schedule, place: int, source: Schedule
) -> tuple[Schedule, tuple[int, ...], bool]:
    """Put another document's phases before the one at `place`, with the curves they have there.

    Where they would leave nothing to a phase that takes the rest, they share its time.

    Args:
        schedule: The document they come into.
        place: Index of the first of them in the result.
        source: The document they are from.

    Returns:
        The new document, the indices of the new phases, and whether all of it fits into the run.

    Raises:
        PhaseOpError: If the document cannot hold so many phases.
    """
    new = [
        _fitted(schedule, source, phase, span)
        for phase, span in zip(source.phases, spans(source), strict=True)
    ]
    count = len(schedule.optimizer.groups)
    sized = map_lists(
        tuple(new), lambda values: (*values[:count], *values[-1:] * (count - len(values)))
    )
    phases = schedule.phases
    metric = schedule.metric
    if metric is None and any(map(_needs_metric, sized)):
        metric = source.metric
    try:
        after = schedule.replace(phases=(*phases[:place], *sized, *phases[place:]), metric=metric)
    except ValidationError as error:
        raise PhaseOpError(f"phases {reason(error)}") from None
    after = _sharing(schedule, after, place, len(new))
    fits = not any(span.cut for span in spans(after))
    return after, tuple(range(place, place + len(new))), fits


def _sharing(before: Schedule, after: Schedule, place: int, count: int) -> Schedule:
    """A phase that takes the rest and would be left with nothing keeps half of what it had."""
    had, has = spans(before), spans(after)
    for index, phase in enumerate(before.phases):
        now = index if index < place else index + count
        room = had[index].steps // 2
        if not _open(phase) or room < count or has[now].steps > 0:
            continue
        total = sum(span.nominal_steps for span in has[place : place + count])
        phases = list(after.phases)
        for new in range(place, place + count):
            steps = max(1, has[new].nominal_steps * room // max(1, total))
            phases[new] = phases[new].replace(length=length_text(after, steps, "rest"))
        return after.replace(phases=tuple(phases))
    return after


def _fitted(target: Schedule, source: Schedule, phase: Phase, span: Span) -> Phase:
    """A phase with its length in the horizon it comes to."""
    start = "base" if span.index == 0 else phase.start
    old, new = source.horizon.steps_per_epoch, target.horizon.steps_per_epoch
    unit = Length.parse(phase.length).unit
    if old == new:
        text = phase.length
        if unit in ("rest", "percent"):
            text = length_text(target, span.nominal_steps, "rest")
    elif phase.interval == "epoch" or _needs_metric(phase):
        # A scheduler that steps at epoch ends goes through its curve epoch by epoch.
        text = str(Length(Fraction(span.nominal_steps, old), "epochs"))
    else:
        text = str(Length(Fraction(span.nominal_steps), "steps"))
    return phase.replace(length=text, start=start)


def _open(phase: Phase) -> bool:
    return Length.parse(phase.length).unit == "rest"


def _needs_metric(phase: Phase) -> bool:
    spec = schedulers().get(phase.scheduler)
    return spec is not None and spec.epoch_only
