"""What a phase is called and which category's colour it has, everywhere the same. No Qt."""

from __future__ import annotations

from lrdesigner.catalog import schedulers

UNKNOWN = "custom"


def scheduler_title(key: str) -> str:
    """The palette's name of a scheduler; an unknown one is called by its key."""
    spec = schedulers().get(key)
    return spec.title if spec else key


def scheduler_category(key: str) -> str:
    """The category by the name the theme's tokens use."""
    spec = schedulers().get(key)
    return spec.category.value.replace("_", "-") if spec else UNKNOWN
