"""The read-out at the cursor: a line, a point on each curve, and a box with the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from lrdesigner.gui.canvas.layers import Layer, pixel
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.theme import Theme

_PAD, _GAP, _AWAY = 10.0, 3.0, 14.0
_COLUMN_GAP = 12.0
_DOT = 3.0
_MARGIN = 6.0
_WIDEST_NAME = 180.0


@dataclass(frozen=True)
class Entry:
    """One line of the box: a name, a value, and the colour of what it is about."""

    name: str
    value: str
    color: str = ""
    strong: bool = True


@dataclass(frozen=True)
class Reading:
    """What the box says.

    Attributes:
        title: Its first line, dim.
        entries: The values.
        more: Last dim lines, or "".
        warning: Why something goes no further, or "".
    """

    title: str
    entries: tuple[Entry, ...] = ()
    more: str = ""
    warning: str = ""


class CursorLayer(Layer):
    """The line through the step under the mouse, with a point on each curve."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=8)
        self._step: int | None = None
        self._dots: Sequence[tuple[float, str]] = ()

    def show_at(self, step: int | None, dots: Sequence[tuple[float, str]] = ()) -> None:
        """Stand at a step (None: nowhere), with points at these LRs in these colours."""
        self._step, self._dots = step, dots
        self._fit()
        self.update()

    def place(self, plane: Plane, bounds: QRectF) -> None:
        """Stay at the step when the mapping changes."""
        self.plane = plane
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Only the strip around the line is repainted as the mouse moves."""
        if self._step is None or self.plane is None:
            self.set_bounds(QRectF())
            return
        x = self.plane.x_of(self._step)
        rect = self.plane.rect
        self.set_bounds(QRectF(x - 8, rect.top() - 8, 16, rect.height() + 16))

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """The line, then the points."""
        if self._step is None:
            return
        tokens = self.theme.tokens
        x = plane.x_of(self._step)
        color = QColor(tokens.accent)
        color.setAlphaF(0.55)
        painter.setPen(QPen(color, 1.0))
        middle = pixel(x)
        painter.drawLine(QLineF(middle, plane.rect.top(), middle, plane.rect.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lr, shade in reversed(self._dots):  # the first group on top
            y = plane.y_of(lr)
            if plane.rect.top() - 4 <= y <= plane.rect.bottom() + 4:
                painter.setPen(QPen(QColor(tokens.window), 1.5))
                painter.setBrush(QColor(shade))
                painter.drawEllipse(QPointF(x, y), _DOT + 0.75, _DOT + 0.75)


class ReadoutBox(Layer):
    """The box with the values; beside the cursor, never over its own point."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=20)
        self.reading: Reading | None = None
        self.anchor = QPointF()

    def show_reading(self, reading: Reading | None, anchor: QPointF | None = None) -> None:
        """Say this at that pixel; None hides the box."""
        self.reading = reading
        if anchor is not None:
            self.anchor = anchor
        self._fit()
        self.update()

    def place(self, plane: Plane, bounds: QRectF) -> None:
        """Stay within the plot when it changes."""
        self.plane = plane
        self._fit()
        self.update()

    def _fit(self) -> None:
        if self.reading is None or self.plane is None:
            self.set_bounds(QRectF())
            return
        self.set_bounds(self._placed(*self._size(self.reading)))

    def _placed(self, width: float, height: float) -> QRectF:
        """To the right of the anchor, or to the left where that would stick out."""
        assert self.plane is not None
        area = self.plane.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        left = self.anchor.x() + _AWAY
        if left + width > area.right():
            left = min(self.anchor.x() - _AWAY, area.right()) - width
        left = max(left, area.left())  # a hand that drags may be outside
        top = max(area.top(), min(self.anchor.y() + _AWAY, area.bottom() - height))
        return QRectF(round(left), round(top), width, height)

    def _size(self, reading: Reading) -> tuple[float, float]:
        return card_size(self.theme, reading)

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """A raised card with the title and one row for each entry."""
        if self.reading is not None:
            paint_card(painter, self.theme, self.boundingRect(), self.reading)


def _metrics(theme: Theme) -> tuple[QFontMetricsF, QFontMetricsF]:
    return QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("strong"))


def _columns(theme: Theme, reading: Reading) -> tuple[float, float]:
    _, strong = _metrics(theme)
    names = max((strong.horizontalAdvance(e.name) for e in reading.entries), default=0.0)
    values = max((strong.horizontalAdvance(e.value) for e in reading.entries), default=0.0)
    return min(names, _WIDEST_NAME), values


def _last_lines(theme: Theme, reading: Reading) -> list[tuple[str, str]]:
    """The lines below the values, each with its colour."""
    tokens = theme.tokens
    warning = tokens.readable(tokens.warning, tokens.raised)
    lines = [(line, warning) for line in reading.warning.splitlines()]
    return lines + [(line, tokens.dim) for line in reading.more.splitlines()]


def card_size(theme: Theme, reading: Reading) -> tuple[float, float]:
    """Width and height of the card that says all of it."""
    small, strong = _metrics(theme)
    names, values = _columns(theme, reading)
    rows = names + (_COLUMN_GAP if names else 0.0) + values
    lines = [line for line, _ in _last_lines(theme, reading)]
    width = max(
        [small.horizontalAdvance(reading.title), rows, *map(small.horizontalAdvance, lines)]
    )
    height = small.height() + len(reading.entries) * (strong.height() + _GAP)
    height += len(lines) * small.height() + _GAP if lines else 0.0
    return round(width + 2 * _PAD) + 1.0, round(height + 2 * _PAD - 2)


def paint_card(painter: QPainter, theme: Theme, box: QRectF, reading: Reading) -> None:
    """A raised card with the title, one row for each entry, and what else there is to say."""
    tokens = theme.tokens
    small, strong = _metrics(theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.line), 1.0))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
    inner = box.adjusted(_PAD, _PAD - 1, -_PAD, -_PAD + 1)
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(tokens.dim))
    y = inner.top()
    _text(painter, inner, y, small.height(), reading.title)
    y += small.height()
    names, _ = _columns(theme, reading)
    for entry in reading.entries:
        y += _GAP
        painter.setFont(theme.font("strong" if entry.strong else "ui"))
        color = tokens.readable(entry.color, tokens.raised) if entry.color else tokens.text
        painter.setPen(QColor(color))
        name = strong.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, names + 1)
        _text(painter, inner, y, strong.height(), name)
        shift = names + (_COLUMN_GAP if names else 0.0)
        _text(painter, inner.adjusted(shift, 0, 0, 0), y, strong.height(), entry.value)
        y += strong.height()
    painter.setFont(theme.font("small"))
    for line, shade in _last_lines(theme, reading):
        painter.setPen(QColor(shade))
        _text(painter, inner, y + _GAP, small.height(), line)
        y += small.height()


def _text(painter: QPainter, inner: QRectF, top: float, height: float, text: str) -> None:
    place = QRectF(inner.left(), top, inner.width() + 2, height)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
