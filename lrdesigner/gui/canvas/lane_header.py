"""The row above a lane's plot: its name, its legend with the values at the cursor, its tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from lrdesigner.gui.canvas.axes import LEFT_WIDTH
from lrdesigner.gui.canvas.layers import pixel
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr

HEIGHT = 26
_EDGE = 5
_RIGHT = 26
_SWATCH, _NEAR, _FAR = 14.0, 5.0, 14.0
_WIDEST_NAME = 130.0
_MIN_NOTE = 60.0


@dataclass(frozen=True)
class LegendEntry:
    """A line in the legend.

    Attributes:
        name: What it is called; "" where the lane's title says it.
        color: ``#rrggbb``.
        dashed: Whether the line is.
        value: Its value at the cursor, or "".
    """

    name: str
    color: str
    dashed: bool = False
    value: str = ""


class LaneCaption(QWidget):
    """Paints title, legend and note."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.title = ""
        self.unit = ""
        self.entries: Sequence[LegendEntry] = ()
        self.note = ""

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def show_texts(self, entries: Sequence[LegendEntry], note: str) -> None:
        """Legend and note; repaints only if they differ."""
        if (entries, note) != (self.entries, self.note):
            self.entries, self.note = entries, note
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, fonts = self._theme.tokens, self._theme.font
        strong, small = QFontMetricsF(fonts("strong")), QFontMetricsF(fonts("small"))
        painter.setFont(fonts("strong"))
        x = self._text(painter, 0.0, self.title, tokens.text, strong)
        painter.setFont(fonts("small"))
        if self.unit:
            x = self._text(painter, x + _NEAR, self.unit, tokens.hint, small)
        for entry in self.entries:
            x = self._entry(painter, x + _FAR, entry, small)
            if x > self.width() - _MIN_NOTE:
                return
        room = self.width() - x - _FAR
        if self.note and room >= _MIN_NOTE:
            text = small.elidedText(self.note, Qt.TextElideMode.ElideRight, room)
            self._text(painter, x + _FAR, text, tokens.dim, small)

    def _entry(
        self, painter: QPainter, x: float, entry: LegendEntry, metrics: QFontMetricsF
    ) -> float:
        tokens = self._theme.tokens
        pen = QPen(QColor(entry.color), 2.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if entry.dashed else Qt.PenCapStyle.RoundCap)
        if entry.dashed:
            pen.setDashPattern([2.5, 1.5])
        painter.setPen(pen)
        middle = self.height() / 2 + 0.5
        painter.drawLine(QLineF(x + 1, middle, x + _SWATCH - 1, middle))
        x += _SWATCH + _NEAR
        if entry.name:
            name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, _WIDEST_NAME)
            x = self._text(painter, x, name, tokens.dim, metrics)
        if entry.value:
            color = tokens.readable(entry.color, tokens.window)
            x = self._text(painter, x + (_NEAR if entry.name else 0), entry.value, color, metrics)
        return x

    def _text(
        self, painter: QPainter, x: float, text: str, color: str, metrics: QFontMetricsF
    ) -> float:
        width = metrics.horizontalAdvance(text)
        painter.setPen(QColor(color))
        painter.drawText(
            QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text
        )
        return x + width


class LaneHeader(QWidget):
    """Fold button, caption, tools; its upper edge can be dragged.

    Signals:
        fold_requested: The lane should be folded (or unfolded).
        dragged: The upper edge was moved up by that many pixels since the press.
        drag_ended: It was let go.
        entered: The mouse is here now.
    """

    fold_requested = Signal()
    dragged = Signal(int)
    drag_ended = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self._theme = theme
        self._press: QPoint | None = None
        self.fold = QToolButton(self)
        self.fold.setIconSize(QSize(14, 14))
        self.fold.setFixedSize(20, 20)
        self.fold.clicked.connect(self.fold_requested)
        self.caption = LaneCaption(theme, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT_WIDTH - 26, 3, _RIGHT - 8, 0)
        row.setSpacing(6)
        row.addWidget(self.fold)
        row.addWidget(self.caption, 1)
        self._row = row
        self.set_folded(False)

    def add_tools(self, tools: QWidget) -> None:
        """Put a lane's own buttons at the right end."""
        self._row.addWidget(tools)

    def set_folded(self, folded: bool) -> None:
        """Show which way the button leads."""
        self.fold.setIcon(icon("chevron-right" if folded else "chevron-down", self._theme))
        name = tr("Show {lane}" if folded else "Fold {lane}", lane=self.caption.title)
        self.fold.setToolTip(name)
        self.fold.setAccessibleName(name)

    @Slot()
    def recolor(self) -> None:
        """Take on the theme's colours."""
        self.caption.update()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.window))
        painter.setPen(QPen(QColor(tokens.line), 1.0))
        painter.drawLine(QLineF(0, pixel(0), self.width(), pixel(0)))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() <= _EDGE:
            self._press = event.globalPosition().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is not None:
            self.dragged.emit(self._press.y() - event.globalPosition().toPoint().y())
        edge = self._press is not None or event.position().y() <= _EDGE
        self.setCursor(Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.ArrowCursor)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None:
            self._press = None
            self.drag_ended.emit()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.position().y() > _EDGE:
            self.fold_requested.emit()
        event.accept()
