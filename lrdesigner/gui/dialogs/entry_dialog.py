"""What an entry of one's own palette is called, asked before it is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.catalog import Category
from lrdesigner.gui.entry_store import EntryStore
from lrdesigner.gui.theme import Theme, swatch
from lrdesigner.gui.widgets import ChoiceField
from lrdesigner.i18n import mark, tr
from lrdesigner.sentences import capital, ended
from lrdesigner.user_entries import EntryError, Stored, UserEntry, make_entry

_WIDTH = 420
_HELP = mark("It is saved with its constants, and travels inside the documents that use it.")


class EntryDialog(QDialog):
    """Asks for an entry's title, summary and colour.

    Args:
        entry: The entry as far as it is known.
        store: The user's entries.
        theme: Fonts.
        stored: The entry's own file, if it is being renamed.
        parent: The window.
    """

    entry_accepted = Signal(object, object)
    """The `UserEntry`, and the path of the file it replaces, or None."""

    def __init__(
        self,
        entry: UserEntry,
        store: EntryStore,
        theme: Theme,
        stored: Stored | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("entry_dialog")
        self.setWindowTitle(tr("Rename palette entry" if stored else "Save as palette entry"))
        self._entry, self._store, self._stored = entry, store, stored
        self._title = QLineEdit(entry.title, self)
        self._title.setObjectName("entry_title")
        self._title.setPlaceholderText(tr("such as “Slow start, long tail”"))
        self._summary = QLineEdit(entry.summary, self)
        self._summary.setObjectName("entry_summary")
        self._summary.setPlaceholderText(tr("What it does, and when (may be empty)"))
        self._category = ChoiceField([(each, tr(each.title)) for each in Category], parent=self)
        self._category.setObjectName("entry_category")
        self._category.setToolTip(tr("Card, block and handle take the category's colour"))
        for place, each in enumerate(Category):
            self._category.setItemIcon(place, swatch(theme.tokens.category_color(each.value)))
        self._category.set_value(entry.category)
        formula = QLabel(entry.formula, self)
        formula.setFont(theme.font("code"))
        formula.setWordWrap(True)
        self._note = QLabel(self)
        self._note.setObjectName("entry_note")
        self._note.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(tr("Title"), self._title)
        form.addRow(tr("Summary"), self._summary)
        form.addRow(tr("Colour"), self._category)
        form.addRow(tr("Formula"), formula)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._note)
        layout.addWidget(self._buttons)
        self.setFixedWidth(_WIDTH)
        for field in (self._title, self._summary):
            field.textChanged.connect(self._check)
        self._title.selectAll()
        self._check()

    def _made(self) -> UserEntry:
        """The entry as it is called now.

        Raises:
            EntryError: With what is wrong.
        """
        changes = {"title": self._title.text().strip(), "summary": self._summary.text().strip()}
        category = self._category.value()
        assert isinstance(category, Category)
        return make_entry({**self._entry.params, **changes, "category": category.value})

    def _replaced(self, entry: UserEntry) -> Stored | None:
        """The entry of another file that has the title."""
        found = self._store.named(entry.title)
        return None if found is not None and self._stored == found else found

    @Slot()
    def _check(self) -> None:
        """Say what saving would do, or why nothing can be saved."""
        text, role, replaces, sound = tr(_HELP), "help", False, True
        try:
            replaces = self._replaced(self._made()) is not None
        except EntryError as error:
            sound = False
            if self._title.text().strip():
                text, role = ended(capital(str(error))), "error"
        if replaces and self._stored is not None:
            text, role, sound = tr("You have another entry of this title."), "error", False
        elif replaces:
            text, role = tr("You have an entry of this title; it is replaced."), "warning"
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(sound)
        save.setText(tr("Replace" if replaces and sound else "Save"))
        self._note.setText(text)
        if role != self._note.property("role"):
            self._note.setProperty("role", role)
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)

    @Slot()
    def _on_accepted(self) -> None:
        try:
            entry = self._made()
        except EntryError:
            return  # the button is off, and the note says why
        target = self._stored or self._replaced(entry)
        self.entry_accepted.emit(entry, target.path if target else None)
        self.accept()
