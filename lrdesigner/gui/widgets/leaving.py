"""A field that is being left: what happens meanwhile answers to what was typed in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

LEAVING = "leaving"
"""The property of a field that is true while it commits because the focus goes elsewhere."""


@contextlib.contextmanager
def leaving(field: QWidget) -> Iterator[None]:
    """Say so while the field commits."""
    field.setProperty(LEAVING, True)
    try:
        yield
    finally:
        field.setProperty(LEAVING, False)
