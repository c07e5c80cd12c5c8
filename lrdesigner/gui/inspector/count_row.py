"""A row for a whole number of the run: epochs, steps, samples."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.inspector.editing import Edit, Editor
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import NumberField


class CountRow(FieldRow):
    """A count that is turned live and committed as one undo step.

    Signals:
        committed: A new value has become the document's; carries the `Horizon` from before.

    Args:
        name: Stable name of the field.
        label: What people call it.
        tip: What it is.
        text: What its edit is called.
        edit: The edit that a value makes.
        editor: Makes the edit.
        theme: Fonts of the message.
        nullable: Whether it may be unknown: an empty field.
    """

    committed = Signal(object)

    def __init__(
        self,
        name: str,
        label: str,
        tip: str,
        *,
        text: str,
        edit: Callable[[object], Edit],
        editor: Editor,
        theme: Theme,
        nullable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._key: Hashable = name
        self._text = text
        self._edit = edit
        self._editor = editor
        field = NumberField(integer=True, check=self._objection, nullable=nullable)
        super().__init__(label, field, theme, help=tip, parent=parent)
        self.number = field
        field.setObjectName(name)
        field.set_help(tip)
        field.error_changed.connect(self.show_message)
        field.value_changing.connect(self._on_changing)
        field.value_committed.connect(self._on_committed)
        field.change_abandoned.connect(self._on_abandoned)

    def _objection(self, value: object) -> str | None:
        return self._editor.objection(self._edit(value))

    @Slot(object)
    def _on_changing(self, value: object) -> None:
        self._editor.change(self._text, self._key, self._edit(value))

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        before = self._editor.controller.before_gesture.horizon
        self._editor.commit(self._text, self._key, self._edit(value))
        self.committed.emit(before)

    @Slot()
    def _on_abandoned(self) -> None:
        self._editor.abandon(self._key)
