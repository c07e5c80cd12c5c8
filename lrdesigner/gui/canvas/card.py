"""The read-out as a widget of its own, which may lie over canvas and lanes alike."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.canvas.readout import Reading, card_size, paint_card
from lrdesigner.gui.theme import Theme

_AWAY, _MARGIN = 14.0, 6


class FloatingCard(QWidget):
    """Says something beside a point of its parent; the mouse does not notice it.

    Args:
        theme: Colours and fonts.
        parent: What it lies on.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas_card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.reading: Reading | None = None
        self.hide()

    def say(self, reading: Reading | None, anchor: QPointF | None = None) -> None:
        """Say this beside that point of the parent; None hides it."""
        self.reading = reading
        if reading is None or anchor is None:
            self.hide()
            return
        width, height = (round(side) for side in card_size(self._theme, reading))
        parent = self.parentWidget()
        assert parent is not None
        area = parent.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        left = anchor.x() + _AWAY
        if left + width > area.right():
            left = anchor.x() - _AWAY - width
        top = anchor.y() + _AWAY
        if top + height > area.bottom():
            top = anchor.y() - _AWAY - height
        # A hand that drags may be outside.
        left = max(area.left(), min(left, area.right() - width))
        top = max(area.top(), min(top, area.bottom() - height))
        place = QRect(round(left), round(top), width, height)
        if place != self.geometry():
            self.setGeometry(place)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.reading is not None:
            painter = QPainter(self)
            paint_card(painter, self._theme, QRectF(self.rect()), self.reading)
            painter.end()
