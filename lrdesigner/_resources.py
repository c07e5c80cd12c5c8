"""Where the files that ship with the application lie (icons, themes, examples)."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_dir() -> Path:
    """The folder of the shipped resources.

    An installed wheel and a frozen bundle carry it inside the package; in a checkout it stands
    beside the package.
    """
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"
