"""What a phase is called and which category's colour it has, everywhere the same. No Qt."""

from __future__ import annotations

from lrdesigner.catalog import schedulers
from lrdesigner.schedule.model import Phase

UNKNOWN = "custom"
_LONGEST = 200  # a longer text is a problem of the document, told of at its field


def scheduler_title(key: str) -> str:
    """The palette's name of a scheduler; an unknown one is called by its key."""
    spec = schedulers().get(key)
    return spec.title if spec else key


def phase_title(phase: Phase) -> str:
    """What a phase is called: the title it was given, else its scheduler's name."""
    spec = schedulers().get(phase.scheduler)
    given = phase.params.get("title") if spec and spec.param("title") else None
    if isinstance(given, str) and given.strip():
        return given[:_LONGEST]
    return scheduler_title(phase.scheduler)


def phase_summary(phase: Phase) -> str:
    """What a phase does, in its author's words or its scheduler's; "" for an unknown one."""
    spec = schedulers().get(phase.scheduler)
    given = phase.params.get("summary") if spec and spec.param("summary") else None
    if isinstance(given, str) and given.strip():
        return given[:_LONGEST]
    return spec.summary if spec else ""


def scheduler_category(key: str) -> str:
    """The category by the name the theme's tokens use."""
    spec = schedulers().get(key)
    return spec.category.value.replace("_", "-") if spec else UNKNOWN
