"""The table of numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from lrdesigner.gui.numbers.model import NumbersModel
from lrdesigner.i18n import tr

MAX_COPY = 500_000
ROW = 21
"""Height of a row. Qt counts pixels in 32 bits: 100 million rows, the longest run, just fit."""
_COLUMN, _WIDEST = 124, 240


class NumbersTable(QTableView):
    """A table whose selected rows copy as CSV.

    Signals:
        copied: How many rows.
        refused: Too many rows are not cut but refused; carries how many can be copied.
    """

    copied = Signal(int)
    refused = Signal(int)

    def __init__(self, model: NumbersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers = model
        self._current = True
        self.setObjectName("numbers_table")
        self.setAccessibleName(tr("Learning rate of every step"))
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leads on; arrows go from cell to cell
        self.verticalHeader().hide()
        # One height for all: Qt would measure ten million rows otherwise.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setDefaultSectionSize(_COLUMN)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        model.modelReset.connect(self._fit_columns)

    def show_step(self, step: int) -> None:
        """Go to a step and select it."""
        index = self._numbers.index(min(step, self._numbers.rowCount() - 1), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)

    def chosen(self) -> list[range]:
        """The selected rows as stretches in order; all rows if none is selected."""
        selection = self.selectionModel().selection()
        parts = [selection.at(place) for place in range(selection.size())]
        stretches = sorted((part.top(), part.bottom() + 1) for part in parts)
        merged: list[range] = []
        for start, stop in stretches or [(0, self._numbers.rowCount())]:
            if merged and start <= merged[-1].stop:
                merged[-1] = range(merged[-1].start, max(stop, merged[-1].stop))
            else:
                merged.append(range(start, stop))
        return merged

    def set_current(self, current: bool) -> None:
        """Whether the rows are the current document's; others cannot be copied."""
        self._current = current

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all, with every digit."""
        rows = self.chosen()
        count = sum(map(len, rows))
        if not self._current or not count:
            return
        if count > MAX_COPY:
            self.refused.emit(MAX_COPY)
            return
        QGuiApplication.clipboard().setText(self._numbers.csv(rows))
        self.copied.emit(count)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setObjectName("numbers_menu")
        action = menu.addAction(tr("Copy as CSV"))
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        action.triggered.connect(self.copy)
        menu.exec(event.globalPos())
        menu.deleteLater()

    @Slot()
    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        for column in range(header.count()):
            wanted = header.sectionSizeHint(column) + 8
            header.resizeSection(column, max(_COLUMN, min(wanted, _WIDEST)))
