"""Phases of another document taken into the open one: in place of its own, or among them.

The groups of the two need not be the same. Parameters with a value for each group go by the
groups' names (`compare.pairs`), and every decision that somebody could be surprised by is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from lrdesigner.catalog import schedulers
from lrdesigner.compare.pairs import Pairs, pairs
from lrdesigner.engine.metrics import metric_series
from lrdesigner.i18n import mark, tr, trn
from lrdesigner.schedule import tracks as trackings
from lrdesigner.schedule.codec import reason
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.group_edits import map_lists, set_group
from lrdesigner.schedule.model import Metric, Phase, Schedule, Track
from lrdesigner.schedule.phase_clip import insert
from lrdesigner.schedule.phase_split import PhaseOpError
from lrdesigner.schedule.units import spans

Phases = tuple[Phase, ...]

NO_PHASES = mark("There are no phases to take: this schedule only holds its LRs.")


@dataclass(frozen=True)
class Pull:
    """What is taken.

    Attributes:
        place: Index that the first phase gets among the others; None to replace all phases.
        lrs: Whether groups take the LR of their partners.
        length: Whether the run takes the other's length (only where all phases are replaced).
        tracks: Whether the other's tracks take the place of the document's own (likewise).
    """

    place: int | None = None
    lrs: bool = False
    length: bool = False
    tracks: bool = True


@dataclass(frozen=True)
class Pulled:
    """What comes of it.

    Attributes:
        schedule: The document with the phases.
        places: Indices of the new phases.
        notes: Sentences about what was decided on the way.
    """

    schedule: Schedule
    places: tuple[int, ...]
    notes: tuple[str, ...]


def pull(target: Schedule, source: Schedule, wish: Pull) -> Pulled:
    """Take phases.

    Args:
        target: The open document.
        source: The document that has the phases.
        wish: Which, and what comes with them.

    Raises:
        PhaseOpError: If there are none, or the document cannot hold so many.
    """
    if not source.phases and not (wish.place is None and wish.tracks and source.tracks):
        raise PhaseOpError(tr(NO_PHASES))
    notes: list[str] = []
    own, other = _names(target), _names(source)
    partners = pairs(own, other)
    if wish.lrs or _has_lists(source.phases):
        notes += _pairing_notes(own, other, partners)
    phases = _sized(source.phases, len(own), partners)
    metric, metric_note = _metric(target, source, phases)
    notes += metric_note
    if wish.place is None:
        after, places = _replaced(target, source, phases, wish, notes)
    else:
        if source.tracks:
            notes.append(
                trn(
                    "Its track stays behind: phases are inserted, not tracks.",
                    "Its {count} tracks stay behind: phases are inserted, not tracks.",
                    len(source.tracks),
                )
            )
        after, places, fits = insert(target, wish.place, source.replace(phases=phases))
        if not fits:
            notes.append(tr("The run is too short for all phases."))
    if metric is not after.metric:
        after = after.replace(metric=metric)
    if wish.lrs:
        after = _with_lrs(after, source)
    else:
        notes += _level_notes(target, source)
    return Pulled(after, places, tuple(notes))


def lr_changes(target: Schedule, source: Schedule) -> tuple[tuple[str, float, float], ...]:
    """Groups whose partner in the other document has another LR: name, own LR, the partner's."""
    groups, others = target.optimizer.groups, source.optimizer.groups
    found = pairs(tuple(g.name for g in groups), tuple(g.name for g in others))
    return tuple(
        (groups[index].name, groups[index].lr, others[partner].lr)
        for index, partner in found.indices
        if groups[index].lr != others[partner].lr
    )


# -- inner -----------------------------------------------------------------------------------------


def _replaced(
    target: Schedule, source: Schedule, phases: Phases, wish: Pull, notes: list[str]
) -> tuple[Schedule, tuple[int, ...]]:
    after = target
    if wish.length and source.horizon != target.horizon:
        after = after.replace(horizon=source.horizon)
    tracks = target.tracks
    if wish.tracks:
        tracks = _fitting_tracks(target, source, notes)
        if target.tracks:
            notes.append(
                trn(
                    "The track of this schedule goes.",
                    "The {count} tracks of this schedule go.",
                    len(target.tracks),
                )
            )
    elif source.tracks:
        notes.append(
            trn(
                "Its track stays behind.",
                "Its {count} tracks stay behind.",
                len(source.tracks),
            )
        )
    try:
        after = after.replace(phases=phases, tracks=tracks)
    except ValidationError as error:
        raise PhaseOpError(f"phases {reason(error)}") from None
    if any(span.cut for span in spans(after)):
        notes.append(tr("The run is too short for all phases."))
    return after, tuple(range(len(phases)))


def _names(schedule: Schedule) -> tuple[str, ...]:
    """The groups that the document's own phases drive."""
    return tuple(group.name for group in trackings.view(schedule, None).optimizer.groups)


def _sized(phases: Phases, count: int, partners: Pairs) -> Phases:
    """Lists with a value for each group, as the document's groups want them."""
    places = dict(partners.indices)

    def change(values: tuple[object, ...]) -> tuple[object, ...]:
        last = len(values) - 1
        return tuple(values[min(places.get(index, last), last)] for index in range(count))

    return map_lists(phases, change)


def _has_lists(phases: Phases) -> bool:
    """Whether a parameter has a value for each group."""
    found: list[bool] = []

    def note(values: tuple[object, ...]) -> tuple[object, ...]:
        found.append(True)
        return values

    map_lists(phases, note)
    return bool(found)


def _pairing_notes(own: tuple[str, ...], other: tuple[str, ...], partners: Pairs) -> list[str]:
    if own == other or len(other) == 1:
        return []
    notes = []
    if partners.how == "place" and len(own) > 1:
        notes.append(tr("No group has the same name: they go by their order."))
    alone = [own[index] for index in partners.alone]
    if alone:
        names = ", ".join(alone[:3]) + ("…" if len(alone) > 3 else "")
        notes.append(
            tr("{names}: has no partner there, and takes the last group's values.", names=names)
        )
    taken = {partner for _, partner in partners.indices}
    left = [name for index, name in enumerate(other) if index not in taken]
    if left:
        names = ", ".join(left[:3]) + ("…" if len(left) > 3 else "")
        notes.append(tr("{names}: no such group here, its values stay behind.", names=names))
    return notes


def _level_notes(target: Schedule, source: Schedule) -> list[str]:
    changes = lr_changes(target, source)
    if not changes:
        return []
    name, own, other = max(changes, key=lambda change: change[1])
    return [
        tr(
            "The groups keep their LRs ({name}: {own:g}, there {other:g}); LRs that stand in the "
            "phases, such as eta_min, come as they are.",
            name=name,
            own=own,
            other=other,
        )
    ]


def _with_lrs(schedule: Schedule, source: Schedule) -> Schedule:
    names = [group.name for group in schedule.optimizer.groups]
    for name, _, lr in lr_changes(schedule, source):
        schedule = set_group(schedule, names.index(name), lr=lr)
    return schedule


def _metric(target: Schedule, source: Schedule, phases: Phases) -> tuple[Metric | None, list[str]]:
    """What drives the plateaus: the document's own metric, else the other's."""
    needed = any(_needs_metric(phase) for phase in phases)
    if target.metric is not None or not needed or source.metric is None:
        return target.metric, []
    if source.metric.file is None or source.folder == target.folder:
        return source.metric, [tr("Its metric comes along.")]
    try:
        values = tuple(metric_series(source).tolist())
    except ScheduleError:
        return None, [tr("Its metric is a file that cannot be read from here; it stays behind.")]
    return Metric(values=values), [tr("Its metric comes along, as values.")]


def _needs_metric(phase: Phase) -> bool:
    spec = schedulers().get(phase.scheduler)
    return spec is not None and spec.epoch_only


def _fitting_tracks(target: Schedule, source: Schedule, notes: list[str]) -> tuple[Track, ...]:
    """The other's tracks that this document has the groups and quantities for."""
    names = [group.name for group in target.optimizer.groups]
    whole = tuple(group.name for group in source.optimizer.groups)
    partners = {partner: index for index, partner in pairs(tuple(names), whole).indices}
    kept: list[Track] = []
    driven = 0
    for index, track in enumerate(source.tracks):
        there = trackings.view(source, index).optimizer.groups
        found = [partners.get(whole.index(group.name)) for group in there]
        groups = tuple(names[place] for place in found if place is not None)
        if track.groups is not None and not groups:
            continue
        if track.quantity == "lr":
            driven += len(groups)
            if driven >= len(names):  # none would be left to the document's own phases
                continue
        own = pairs(groups or tuple(names), tuple(group.name for group in there))
        sized = _sized(track.phases, len(groups or names), own)
        fitted = track.replace(phases=sized, groups=None if track.groups is None else groups)
        try:
            tried = target.replace(tracks=(*kept, fitted))
        except ValidationError:
            continue
        if not trackings.lane_error(tried, len(kept)):
            kept.append(fitted)
    left = len(source.tracks) - len(kept)
    if left:
        notes.append(
            trn(
                "A track stays behind: there are no such groups, or the optimizer lacks it.",
                "{count} tracks stay behind: there are no such groups, or the optimizer lacks "
                "what they drive.",
                left,
            )
        )
    return tuple(kept)
