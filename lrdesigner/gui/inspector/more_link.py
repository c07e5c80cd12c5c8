"""A link that unfolds a long list of groups."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lrdesigner.i18n import tr

MANY = 10
SHORT = 6


class MoreLink(QPushButton):
    """Of more than `MANY` groups the first `SHORT` are shown, until it is clicked.

    Signals:
        toggled_by_hand: Other rows should be shown now.
    """

    toggled_by_hand = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("variant", "link")
        self.setVisible(False)
        self._all = False
        self.clicked.connect(self._on_clicked)

    def unfold(self) -> None:
        """Show all from now on."""
        self._all = True

    def shown(self, count: int) -> int:
        """How many of that many groups to show; the link says how many there are."""
        self.setVisible(count > MANY)
        self.setText(tr("Show fewer") if self._all else tr("Show all {count} groups", count=count))
        return count if self._all or count <= MANY else SHORT

    @Slot()
    def _on_clicked(self) -> None:
        self._all = not self._all
        self.toggled_by_hand.emit()
