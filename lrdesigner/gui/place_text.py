"""Where something is wrong, as people find it in the window: "Phase 5 (Cosine)". No Qt.

Check and command line name the field of the file, such as ``phases[4]``; in the window phases are
counted from 1 and have titles.
"""

from __future__ import annotations

import re

from lrdesigner.gui.phase_look import phase_title, scheduler_title
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem
from lrdesigner.schedule.tracks import phases_of, track_title
from lrdesigner.sentences import capital, ended, joined

_PLACE = re.compile(
    r"(?:tracks\[(?P<track>\d+)\](?:\.|: |$))?"
    r"(?:phases\[(?P<phase>\d+)\](?:\.with(?:\[(?P<stacked>\d+)\])?)?(?: \([^:]*\))?: )?"
)
_GROUP = re.compile(r"optimizer\.groups\[(\d+)\][^:]*: ")
_STACKED = re.compile(r"(\w+) in with: ")
_OPTIMIZER = re.compile(r"optimizer\.[^:]*: ")


def place_text(schedule: Schedule, phase: int | None, track: int | None = None) -> str:
    """A phase, or a track, as a message begins with it; "" for the document as a whole."""
    if track is not None and track >= len(schedule.tracks):
        return ""
    title = "" if track is None else track_title(schedule, track)
    phases = phases_of(schedule, track)
    if phase is None or not 0 <= phase < len(phases):
        return capital(title)
    where = tr("phase {number} ({title})", number=phase + 1, title=phase_title(phases[phase]))
    return capital(tr("{track}, {phase}", track=title, phase=where) if title else where)


def problem_line(schedule: Schedule, problem: Problem) -> str:
    """A problem with its place and what to do about it, on one line."""
    place = place_text(schedule, problem.phase, problem.track)
    text = joined(ended(message_text(problem)), problem.fix)
    return tr("{place}: {text}", place=place, text=text) if place else text


def message_text(problem: Problem) -> str:
    """What is the matter, beside the problem's place."""
    match = _STACKED.match(problem.message)
    if match:
        return tr(
            "Stacked {scheduler}: {text}",
            scheduler=scheduler_title(match[1]),
            text=problem.message[match.end() :],
        )
    if problem.param and problem.message.startswith(problem.param):
        return problem.message  # a parameter's name stays as it is
    return capital(problem.message)


def in_words(schedule: Schedule, text: str) -> str:
    """An error's text with the place it begins with said in the window's words.

    >>> from lrdesigner.schedule.model import Phase
    >>> schedule = Schedule(phases=(Phase(scheduler="StepLR"),))
    >>> in_words(schedule, "phases[0] (StepLR): step_size is missing")
    'Phase 1 (StepLR): step_size is missing'
    """
    match = _PLACE.match(text)
    if match and match.end():
        phase, track = (None if match[n] is None else int(match[n]) for n in ("phase", "track"))
        place = place_text(schedule, phase, track)
        rest = text[match.end() :]
        return tr("{place}: {text}", place=place, text=rest) if place else rest
    match = _GROUP.match(text)
    groups = schedule.optimizer.groups
    if match and int(match[1]) < len(groups):
        name = groups[int(match[1])].name
        return tr("Group {name!r}: {text}", name=name, text=text[match.end() :])
    match = _OPTIMIZER.match(text)
    return tr("Optimizer: {text}", text=text[match.end() :]) if match else text
