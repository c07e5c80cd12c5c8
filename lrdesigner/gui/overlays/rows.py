"""The rows of the list of overlays, in its order; a row that is dragged finds its place here."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lrdesigner.gui.mime import dragged_overlay
from lrdesigner.gui.overlays.row import OverlayRow
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme


class _Gap(QWidget):
    """Shows between which rows a dragged one would come."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay_gap")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("accent"))


class OverlayRows(QWidget):
    """The list.

    Signals:
        wished: Id of an overlay, what is to be done, and with which value, or None.
        moved: An overlay (id) should stand at that place of the list.
        pointed: Id of the overlay under the mouse, or None.
        focused: A row has got the keyboard; it should be in sight.
    """

    wished = Signal(int, str, object)
    moved = Signal(int, int)
    pointed = Signal(object)
    focused = Signal(QWidget)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._theme = theme
        self._rows: dict[int, OverlayRow] = {}
        self._gap: int | None = None
        self._marker = _Gap(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def rows(self) -> Mapping[int, OverlayRow]:
        """The rows by the ids of their overlays, in the order of the list."""
        return self._rows

    def show_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """Show these; rows of those that were there already stay, and keep the keyboard."""
        kept = {overlay.id for overlay in overlays}
        for number in [number for number in self._rows if number not in kept]:
            self._drop_row(number)
        for overlay in overlays:
            if overlay.id in self._rows:
                self._rows[overlay.id].set_overlay(overlay)
            else:
                self._add_row(overlay)
        wanted = [overlay.id for overlay in overlays]
        if wanted != list(self._rows):
            self._rows = {number: self._rows[number] for number in wanted}
            for place, row in enumerate(self._rows.values()):
                self._column.insertWidget(place, row)
            # Tab goes through them in the order in which they are seen.
            rows = list(self._rows.values())
            for before, after in pairwise(rows):
                QWidget.setTabOrder(before, after)

    def _add_row(self, overlay: Overlay) -> None:
        row = OverlayRow(overlay, self._theme, self)
        row.wished.connect(self.wished)
        row.pointed.connect(self.pointed)
        row.step_requested.connect(self._on_step)
        self._rows[overlay.id] = row
        self._column.addWidget(row)
        row.show()

    def _drop_row(self, number: int) -> None:
        """Remove a row; the keyboard goes on to its neighbour."""
        row = self._rows[number]
        if row.hasFocus() and not self._step(row, 1):
            self._step(row, -1)
        del self._rows[number]
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.pointed.emit(None)

    @Slot(int)
    def _on_step(self, by: int) -> None:
        row = next((each for each in self._rows.values() if each.hasFocus()), None)
        if row is not None:
            self._step(row, by)

    def _step(self, row: OverlayRow, by: int) -> bool:
        rows = list(self._rows.values())
        place = rows.index(row) + by
        if not 0 <= place < len(rows):
            return False
        rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.focused.emit(rows[place])
        return True

    # -- drags ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._over(event, event.position())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._over(event, event.position())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        number, gap = dragged_overlay(event.mimeData()), self._gap
        self._show_gap(None)
        if number is None or gap is None or number not in self._rows:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        before = list(self._rows).index(number)
        self.moved.emit(number, gap - (before < gap))

    def _over(self, event: QDropEvent, position: QPointF) -> None:
        """Files are the panel's business; a row of ours goes between two others."""
        if dragged_overlay(event.mimeData()) not in self._rows:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        rows = self._rows.values()
        self._show_gap(sum(row.geometry().center().y() < position.y() for row in rows))

    def _show_gap(self, gap: int | None) -> None:
        if gap != self._gap:
            self._gap = gap
            if gap is not None:
                self._marker.setGeometry(0, self._edge(gap) - 1, self.width(), 2)
                self._marker.raise_()
            self._marker.setVisible(gap is not None)

    def _edge(self, gap: int) -> int:
        rows = list(self._rows.values())
        if gap < len(rows):
            return max(1, rows[gap].y())
        return min(self.height() - 1, rows[-1].geometry().bottom()) if rows else 1
