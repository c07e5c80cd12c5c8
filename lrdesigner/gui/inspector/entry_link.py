"""The link that saves the selected phase's formula as an entry of the user's own palette."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from lrdesigner.gui.dialogs.entry_dialog import EntryDialog
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule import formula_edits
from lrdesigner.schedule.model import Phase
from lrdesigner.sentences import ended, joined
from lrdesigner.user_entries import SCHEDULER, EntryError, UserEntry, make_entry

_UNTITLED = "title"  # stands in while there is none


class EntryLink(QWidget):
    """Shown for phases whose LR is a formula; asks for a title and saves.

    Args:
        editor: Gives the phase the entry's title.
        theme: Fonts of the dialog.
        parent: The section it is in.
    """

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._index = 0
        self._phase: Phase | None = None
        self._button = QPushButton(tr("Save as palette entry …"), self)
        self._button.setObjectName("entry_save")
        self._button.setProperty("variant", "link")
        self._button.clicked.connect(self._on_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._button)
        line.addStretch(1)

    def refresh(self, index: int, phase: Phase) -> None:
        """Offer to save a phase's formula, or say why it cannot be."""
        self._index, self._phase = index, phase
        self.setVisible(phase.scheduler in (SCHEDULER, "LambdaLR"))
        tip = tr("Offer this formula, with its constants, in your own palette")
        try:
            make_entry(_titled(_params(phase)))
        except EntryError as error:
            tip = tr("Not as it is: {error}", error=error)
            self._button.setEnabled(False)
        else:
            self._button.setEnabled(True)
        self._button.setToolTip(tip)
        self._button.setAccessibleDescription(tip)

    @Slot()
    def _on_clicked(self) -> None:
        controller = self._editor.controller
        controller.settle()
        if self._phase is None or not self._button.isEnabled():
            return
        params = _params(self._phase)
        entry = UserEntry(
            params.get("title", ""),
            params["formula"],
            params.get("constants", {}),
            params.get("summary", ""),
            make_entry(_titled(params)).category,
        )
        dialog = EntryDialog(entry, controller.entries, self._theme, parent=self.window())
        dialog.entry_accepted.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object, object)
    def _save(self, entry: UserEntry, path: Path | None) -> None:
        """Save, and call the phase by the title: so the entry travels with the document."""
        try:
            self._editor.controller.entries.keep(entry, path)
        except OSError as error:
            why = ended(str(error.strerror or error))
            reason = joined(why, tr("The formula is still in the document."))
            show_error(self.window(), tr("{name} was not saved", name=entry.title), reason)
            return
        if self._phase is None or self._phase.scheduler != SCHEDULER:
            return
        told = {name: entry.params.get(name, "") for name in ("title", "summary", "category")}
        edit = partial(formula_edits.apply, index=self._index, change=partial(_told, told=told))
        self._editor.commit(tr("name formula"), None, edit)


def _params(phase: Phase) -> dict[str, Any]:
    """The parameters of an entry that does what the phase does."""
    if phase.scheduler == SCHEDULER:
        return dict(phase.params)
    factor = phase.params.get("lr_lambda")
    if not isinstance(factor, str):
        return {"formula": factor}
    return {"formula": f"lr * ({factor})"}


def _titled(params: dict[str, Any]) -> dict[str, Any]:
    return {**params, "title": params.get("title") or _UNTITLED}


def _told(params: Mapping[str, Any], told: Mapping[str, str]) -> Mapping[str, Any]:
    """Parameters with a title, a summary and a category, where there is one."""
    rest = {name: value for name, value in params.items() if name not in told}
    return {**rest, **{name: text for name, text in told.items() if text}}
