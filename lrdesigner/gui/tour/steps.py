"""What the tour shows, in order, and how it notices that something has been done. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lrdesigner.gui.state import Selection, ViewState
from lrdesigner.i18n import mark
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans

CARD = "CosineAnnealingWarmRestarts"
"""The scheduler that people drag first: what it does is seen at once."""


@dataclass(frozen=True)
class Moment:
    """How things are.

    Attributes:
        schedule: The document.
        selection: What is selected.
        view: How the curve is looked at.
        undone: How many steps have been taken back so far.
        copies: How many times code has been copied so far.
    """

    schedule: Schedule
    selection: Selection
    view: ViewState
    undone: int = 0
    copies: int = 0


Done = Callable[[Moment, Moment], bool]
"""Whether what a step asks for has been done between two moments."""


@dataclass(frozen=True)
class TourStep:
    """One stop.

    Attributes:
        id: What it points at; see `lrdesigner.gui.tour.targets`.
        title: What it is about, marked.
        text: What there is to know, marked; ``{name}`` of an action stands for its keys.
        task: What people are asked to do, marked; "" for nothing.
        done: Notices that they have.
    """

    id: str
    title: str
    text: str
    task: str = ""
    done: Done = lambda before, now: False


def _more_phases(before: Moment, now: Moment) -> bool:
    return _count(now) > _count(before)


def _count(moment: Moment) -> int:
    schedule = moment.schedule
    return len(schedule.phases) + sum(len(track.phases) for track in schedule.tracks)


def _other_lengths(before: Moment, now: Moment) -> bool:
    old, new = ([span.steps for span in spans(moment.schedule)] for moment in (before, now))
    return len(old) == len(new) and old != new


def _other_curve(before: Moment, now: Moment) -> bool:
    """An LR or a parameter, not what there is or how long it takes."""
    old, new = before.schedule, now.schedule
    lrs = [group.lr for group in old.optimizer.groups] != [g.lr for g in new.optimizer.groups]
    return lrs or _other_params(before, now)


def _other_params(before: Moment, now: Moment) -> bool:
    old, new = before.schedule.phases, now.schedule.phases
    if len(old) != len(new):
        return False
    return any(
        (one.params, one.length, one.start, one.interval)
        != (other.params, other.length, other.start, other.interval)
        for one, other in zip(old, new, strict=True)
    )


def _other_axis(before: Moment, now: Moment) -> bool:
    return before.view.log != now.view.log


def _undone(before: Moment, now: Moment) -> bool:
    return now.undone > before.undone


def _copied(before: Moment, now: Moment) -> bool:
    return now.copies > before.copies


STEPS = (
    TourStep(
        "card",
        mark("Schedulers are cards"),
        mark(
            "Each card is a scheduler, drawn with its own shape. On the timeline it becomes a "
            "phase of the training."
        ),
        mark("Drag this card onto the timeline, under the curve."),
        _more_phases,
    ),
    TourStep(
        "boundary",
        mark("The timeline is the training"),
        mark(
            "Blocks are phases, on the same time axis as the curve. Drag one to move it; drag a "
            "boundary, and one phase gives its time to the other."
        ),
        mark("Drag this boundary to the left or right."),
        _other_lengths,
    ),
    TourStep(
        "ring",
        mark("Take hold of the curve"),
        mark(
            "Rings and knobs on the curve are the numbers behind it, which are shown beside the "
            "mouse. Esc abandons a drag."
        ),
        mark("Drag this ring up or down."),
        _other_curve,
    ),
    TourStep(
        "undo",
        mark("Nothing is lost"),
        mark("Every drag and every edit is one step, and any number of them can be taken back."),
        mark("Take the last one back: {undo}, or this button."),
        _undone,
    ),
    TourStep(
        "field",
        mark("Numbers to the last digit"),
        mark(
            "The form of the selected phase names its numbers as torch does. What torch would "
            "refuse is refused here, with what is allowed."
        ),
        mark("Type another number here and press Enter, or turn it with the arrow keys."),
        _other_params,
    ),
    TourStep(
        "axis",
        mark("Small LRs need a log axis"),
        mark("The end of a decay is seen in powers of ten; its shape is seen linearly."),
        mark("Switch the LR axis to the other."),
        _other_axis,
    ),
    TourStep(
        "copy",
        mark("Take it away as code"),
        mark(
            "This Python needs nothing but torch, and gives the curve above to the last bit. The "
            "other tabs have JSON, problems and every number."
        ),
        mark("Copy the code."),
        _copied,
    ),
    TourStep(
        "help",
        mark("That is all it takes"),
        mark(
            "{command_palette} finds anything by its name, {shortcuts} lists every key, and "
            "{gallery} has published recipes. Help starts this tour again."
        ),
    ),
)
