"""What the bar says. No widgets."""

from __future__ import annotations

import re

from lrdesigner.gui.sweep_store import SweepStore
from lrdesigner.schedule.model import Schedule
from lrdesigner.sweep import EpochsTarget, GroupLrTarget, Target

_PATH = re.compile(r"^(tracks\[\d+\]\.)?phases\[\d+\](\.with(\[\d+\])?)?( \([^)]*\))?: ")
_LINES = 10


def option_text(schedule: Schedule, target: Target) -> str:
    """A number in the list of all: ``"gamma · 2 StepLR"``."""
    traits = target.traits(schedule)
    if isinstance(target, EpochsTarget):
        return "epochs · run"
    if isinstance(target, GroupLrTarget):
        return f"LR · {schedule.optimizer.groups[target.group].name}"
    phase = traits.place.replace("phase ", "").replace(", ", " ")
    return f"{traits.name} · {phase}"


def state_text(sweeps: SweepStore) -> tuple[str, str]:
    """How the sweep stands, and the role of the words."""
    if sweeps.error:
        return _sentence(sweeps.error), "error"
    if sweeps.note:
        return _sentence(sweeps.note), "warning"
    sweep, view = sweeps.sweep, sweeps.view
    if sweep is None:
        return "", "hint"
    count = len(sweep)
    text = f"{count:,} variant{'' if count == 1 else 's'}"
    if view is None or view.fan.sweep is not sweep or not view.fan.errors:
        return text, "hint"
    left = len(view.fan.errors)
    why = _plain(next(iter(view.fan.errors.values())))
    return f"{left:,} of {text} left out: {why}", "warning"


def left_out_text(sweeps: SweepStore) -> str:
    """Which variants are left out and why, a line each."""
    view = sweeps.view
    if view is None or not view.fan.errors:
        return ""
    found = list(view.fan.errors.items())
    sweep = view.fan.sweep
    lines = [f"{sweep.label(index)}: {_plain(why)}" for index, why in found[:_LINES]]
    more = len(found) - len(lines)
    return "\n".join([*lines, f"… and {more:,} more"] if more else lines)


def _plain(why: str) -> str:
    """A reason without the path to its phase: there is one phase or two in question."""
    return _PATH.sub("", why)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
