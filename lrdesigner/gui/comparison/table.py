"""The table: sorted by its head, pointed at, copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from lrdesigner.gui.comparison.model import NAMES, ComparisonModel
from lrdesigner.i18n import tr

ROW = 24
_NUMBER, _NAME, _GROUP, _WIDEST = 52, 120, 60, 240
_PADDING = 18
_REST_MS = 200


class ComparisonTable(QTableView):
    """A table whose selected rows copy as CSV.

    Signals:
        pointed: Id of the overlay under the mouse, or None.
        toggled: Id of an overlay that should be shown or hidden.
        reference_requested: Id of the overlay that should be the reference; None for the document.
        copied: How many rows.
    """

    pointed = Signal(object)
    toggled = Signal(int)
    reference_requested = Signal(object)
    copied = Signal(int)

    def __init__(self, model: ComparisonModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers = model
        self.setObjectName("comparison_table")
        self.setAccessibleName(tr("Numbers of all curves"))
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setSortIndicatorClearable(True)  # a third click: the order of the list
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.entered.connect(self._on_entered)
        model.modelReset.connect(self._fit_columns)
        # Measuring takes as long as a frame; a hand that drags is not to wait for it.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._widen_columns)
        model.dataChanged.connect(self._rest.start)
        self._fit_columns()

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all, with every digit."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        text, count = self._numbers.csv(rows)
        if count:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(count)

    @Slot()
    def copy_all(self) -> None:
        """Copy all rows."""
        text, count = self._numbers.csv()
        if count:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(count)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and current.isValid():
            self._toggle(current)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            index = self.currentIndex()
        menu = QMenu(self)
        menu.setObjectName("comparison_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("&Copy as CSV"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(self.copy)
        if index.isValid():
            self.setCurrentIndex(index)
            menu.addSeparator()
            menu.addAction(tr("Use as &Reference")).triggered.connect(self._on_reference)
            overlay = self._numbers.rows[index.row()].overlay
            if overlay is not None:
                text = tr("&Hide (Space)") if overlay.visible else tr("&Show (Space)")
                menu.addAction(text).triggered.connect(self._on_toggle)
        menu.popup(event.globalPos())

    # Inner

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        overlay = self._numbers.rows[index.row()].overlay
        self.pointed.emit(None if overlay is None else overlay.id)

    @Slot()
    def _on_reference(self) -> None:
        overlay = self._numbers.rows[self.currentIndex().row()].overlay
        self.reference_requested.emit(None if overlay is None else overlay.id)

    @Slot()
    def _on_toggle(self) -> None:
        self._toggle(self.currentIndex())

    def _toggle(self, index: QModelIndex) -> None:
        overlay = self._numbers.rows[index.row()].overlay
        if overlay is not None:
            self.toggled.emit(overlay.id)

    @Slot()
    def _fit_columns(self) -> None:
        head = self.horizontalHeader()
        for column in range(head.count()):
            least = (_NAME, _GROUP)[column] if column < NAMES else _NUMBER
            wanted = max(self.sizeHintForColumn(column), self._title_width(column))
            head.resizeSection(column, max(least, min(wanted, _WIDEST)))

    def _title_width(self, column: int) -> int:
        """Room of a title without that of the mark of sorting, which only one of them has."""
        title = str(self._numbers.headerData(column, Qt.Orientation.Horizontal) or "")
        return self.horizontalHeader().fontMetrics().horizontalAdvance(title) + _PADDING

    @Slot()
    def _widen_columns(self) -> None:
        """Numbers that have come need their room; while they change, columns stand still."""
        head = self.horizontalHeader()
        for column in range(head.count()):
            wanted = min(self.sizeHintForColumn(column), _WIDEST)
            if wanted > head.sectionSize(column):
                head.resizeSection(column, wanted)
