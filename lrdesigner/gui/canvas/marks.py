"""What lies on the curves and can be taken hold of: phase boundaries and LR handles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.canvas.layers import Layer, pixel
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.theme import Theme

RING = 11.0
RING_REACH = 11.0
LINE_REACH = 5.0
MANY = 8
_APART = 18.0
_GRIP_WIDTH, _GRIP_HEIGHT, _GRIP_LIFT = 8.0, 18.0, 7.0


@dataclass(frozen=True)
class Boundary:
    """The end of a phase.

    Attributes:
        phase: The phase's index.
        step: Where it ends.
        last: Whether it coincides with the end of the run, where there is no line to draw.
    """

    phase: int
    step: int
    last: bool


Mark = Boundary | LrHandle


class MarksLayer(Layer):
    """Boundaries (dotted, with a grip) and handles (rings)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=10)
        self.boundaries: Sequence[Boundary] = ()
        self.handles: Sequence[LrHandle] = ()
        self.colors: Sequence[str] = ()
        self.focused = False
        self._hot: Mark | None = None
        self._pressed = False

    def set_hot(self, mark: Mark | None, pressed: bool = False) -> None:
        """Show which mark the mouse is on, or holds."""
        if (mark, pressed) != (self._hot, self._pressed):
            self._hot, self._pressed = mark, pressed
            self.update()

    def hit(self, position: QPointF) -> Mark | None:
        """The mark at a pixel; rings before lines, the nearest first."""
        plane = self.plane
        if plane is None:
            return None
        rings = [(_away(plane.point(h.step, h.lr), position), h) for h in self._in_sight(plane)]
        near = [(away, h) for away, h in rings if away <= RING_REACH]
        if near:
            return min(near, key=_first)[1]
        if not plane.rect.top() <= position.y() <= plane.rect.bottom():
            return None
        lines = [(abs(plane.x_of(b.step) - position.x()), b) for b in self.boundaries]
        close = [(away, b) for away, b in lines if away <= LINE_REACH]
        return min(close, key=_first)[1] if close else None

    def ring_distance(self, position: QPointF) -> float | None:
        """How far the nearest ring in reach is from a pixel; None if there is none."""
        plane = self.plane
        if plane is None:
            return None
        away = [_away(plane.point(h.step, h.lr), position) for h in self._in_sight(plane)]
        return min((each for each in away if each <= RING_REACH), default=None)

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Lines, grips, rings."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = plane.rect.left() - 1, plane.rect.right() + 1
        for boundary in self.boundaries:
            if left <= plane.x_of(boundary.step) <= right:
                self._draw_boundary(painter, plane, boundary)
        for handle in reversed(self._in_sight(plane)):
            self._draw_ring(painter, plane, handle)
        if self.focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.tokens.accent), 1.5))
            painter.drawRoundedRect(plane.rect.adjusted(-3, -3, 3, 3), 4, 4)

    def _in_sight(self, plane: Plane) -> list[LrHandle]:
        """Handles where there is something to see; of very many only those that stand apart."""
        first, last = plane.axis.range
        reach = plane.rect.adjusted(-2, -RING, 2, RING)
        found = [
            handle
            for handle in self.handles
            if first <= handle.step <= last and reach.contains(plane.point(handle.step, handle.lr))
        ]
        return found if len(found) <= MANY else self._apart(found, plane)

    def _apart(self, handles: list[LrHandle], plane: Plane) -> list[LrHandle]:
        held = self._hot.group if isinstance(self._hot, LrHandle) and self._pressed else None
        kept = [handle for handle in handles if handle.group == held]
        places = [plane.point(handle.step, handle.lr) for handle in kept]
        for handle in handles:
            point = plane.point(handle.step, handle.lr)
            if all(_away(point, place) >= _APART for place in places):
                kept.append(handle)
                places.append(point)
        return kept

    def _draw_boundary(self, painter: QPainter, plane: Plane, boundary: Boundary) -> None:
        tokens = self.theme.tokens
        hot = boundary == self._hot
        x = pixel(plane.x_of(boundary.step))
        grip = QRectF(0, 0, _GRIP_WIDTH, _GRIP_HEIGHT)
        grip.moveCenter(QPointF(x, plane.rect.bottom() - _GRIP_LIFT - _GRIP_HEIGHT / 2))
        color = QColor(tokens.accent if hot else tokens.faint)
        if hot or not boundary.last:
            pen = QPen(color, 1.0)
            pen.setDashPattern([3.0, 3.0])
            painter.setPen(pen)
            painter.drawLine(QLineF(x, plane.rect.top(), x, grip.top()))
        elif boundary.last:
            return  # a grip at the very edge appears when it is wanted
        painter.setPen(QPen(color, 1.25 if hot else 1.0))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(grip, 3, 3)

    def _draw_ring(self, painter: QPainter, plane: Plane, handle: LrHandle) -> None:
        tokens = self.theme.tokens
        color = QColor(self.colors[handle.group])
        hot = isinstance(self._hot, LrHandle) and self._hot.group == handle.group
        center = plane.point(handle.step, handle.lr)
        if hot:
            halo = QColor(color)
            halo.setAlphaF(0.30 if self._pressed else 0.20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(center, RING, RING)
        painter.setPen(QPen(color, 2.0))
        painter.setBrush(color if hot and self._pressed else QColor(tokens.panel))
        radius = (RING - 2.0) / 2
        painter.drawEllipse(center, radius, radius)


def _away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _first(pair: tuple[float, Mark]) -> float:
    return pair[0]
