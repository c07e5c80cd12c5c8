"""Every field of the inspector by its name, for people who do not want to look for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from lrdesigner.gui.inspector.tab_order import focus_stops
from lrdesigner.gui.widgets import CollapsibleSection

_FIELDS = (QLineEdit, QComboBox, QPlainTextEdit)


@dataclass(frozen=True, eq=False)
class FieldEntry:
    """One field.

    Attributes:
        name: Its stable name, such as ``"param_eta_min"``.
        title: What people call it.
        widget: The field.
    """

    name: str
    title: str
    widget: QWidget


def field_entries(root: QWidget) -> Iterator[FieldEntry]:
    """The fields below a widget that are shown, or would be if their section were unfolded."""
    for widget in focus_stops(root):
        if isinstance(widget, _FIELDS) and widget.accessibleName() and _can_be_seen(widget, root):
            yield FieldEntry(widget.objectName(), widget.accessibleName(), widget)


def unfold(widget: QWidget) -> None:
    """Open the sections that a field is in."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, CollapsibleSection):
            holder.set_expanded(True)
        holder = holder.parentWidget()


def _can_be_seen(widget: QWidget, root: QWidget) -> bool:
    here: QWidget | None = widget
    while here is not None and here is not root:
        holder = here.parentWidget()
        folded = isinstance(holder, CollapsibleSection) and not holder.is_expanded()
        if here.isHidden() and not folded:
            return False
        here = holder
    return True
