"""What the bar says. No widgets."""

from __future__ import annotations

import re

from lrdesigner.gui.sweep_store import SweepStore
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.model import Schedule
from lrdesigner.sentences import capital
from lrdesigner.sweep import EpochsTarget, GroupLrTarget, Target

_PATH = re.compile(r"^(tracks\[\d+\]\.)?phases\[\d+\](\.with(\[\d+\])?)?( \([^)]*\))?: ")
_LINES = 10


def option_text(schedule: Schedule, target: Target) -> str:
    """A number in the list of all: ``"gamma · 2 StepLR"``."""
    traits = target.traits(schedule)
    if isinstance(target, EpochsTarget):
        return tr("epochs · run")
    if isinstance(target, GroupLrTarget):
        return f"{tr('LR')} · {schedule.optimizer.groups[target.group].name}"
    return f"{traits.title} · {traits.short_place}"


def state_text(sweeps: SweepStore) -> tuple[str, str]:
    """How the sweep stands, and the role of the words."""
    if sweeps.error:
        return capital(sweeps.error), "error"
    if sweeps.note:
        return capital(sweeps.note), "warning"
    sweep, view = sweeps.sweep, sweeps.view
    if sweep is None:
        return "", "hint"
    count = len(sweep)
    text = trn("{count:,} variant", "{count:,} variants", count)
    if view is None or view.fan.sweep is not sweep or not view.fan.errors:
        return text, "hint"
    left = len(view.fan.errors)
    why = _plain(next(iter(view.fan.errors.values())))
    return tr(
        "{left:,} of {variants} left out: {why}", left=left, variants=text, why=why
    ), "warning"


def left_out_text(sweeps: SweepStore) -> str:
    """Which variants are left out and why, a line each."""
    view = sweeps.view
    if view is None or not view.fan.errors:
        return ""
    found = list(view.fan.errors.items())
    sweep = view.fan.sweep
    lines = [f"{sweep.label(index)}: {_plain(why)}" for index, why in found[:_LINES]]
    more = len(found) - len(lines)
    return "\n".join([*lines, tr("… and {count:,} more", count=more)] if more else lines)


def _plain(why: str) -> str:
    """A reason without the path to its phase: there is one phase or two in question."""
    return _PATH.sub("", why)
