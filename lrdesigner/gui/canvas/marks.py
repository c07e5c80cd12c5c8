"""What lies on the curves and can be taken hold of: phase boundaries and LR handles."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
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
        track: The track the phase is in; None for the document's own phases.
    """

    phase: int
    step: int
    last: bool
    track: int | None = None

    @property
    def key(self) -> Hashable:
        """What stays the same while the document changes."""
        return "boundary", self.track, self.phase


Mark = Boundary | LrHandle


class MarksLayer(Layer):
    """Boundaries (dotted, with a grip) and handles (rings)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=10)
        self.boundaries: Sequence[Boundary] = ()
        self.handles: Sequence[LrHandle] = ()
        self.colors: Sequence[str] = ()
        self.focused = False
        self._hot: Hashable = None
        self._chosen: Hashable = None
        self._pressed = False

    def set_state(self, hot: Hashable, chosen: Hashable, pressed: bool) -> None:
        """Show which mark the mouse is on or holds, and which one the keyboard moves, by key."""
        if (hot, chosen, pressed) != (self._hot, self._chosen, self._pressed):
            self._hot, self._chosen, self._pressed = hot, chosen, pressed
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

    def shown_rings(self) -> Sequence[LrHandle]:
        """The rings that can be seen."""
        return () if self.plane is None else self._in_sight(self.plane)

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
        held = (self._hot if self._pressed else None, self._chosen)
        kept = [handle for handle in handles if handle.key in held]
        places = [plane.point(handle.step, handle.lr) for handle in kept]
        for handle in handles:
            point = plane.point(handle.step, handle.lr)
            if handle.key not in held and all(_away(point, place) >= _APART for place in places):
                kept.append(handle)
                places.append(point)
        return kept

    def _draw_boundary(self, painter: QPainter, plane: Plane, boundary: Boundary) -> None:
        tokens = self.theme.tokens
        chosen = boundary.key == self._chosen
        hot = chosen or boundary.key == self._hot
        x = pixel(plane.x_of(boundary.step))
        height = min(_GRIP_HEIGHT, plane.rect.height() / 3)
        grip = QRectF(0, 0, _GRIP_WIDTH, height)
        grip.moveCenter(QPointF(x, plane.rect.bottom() - _GRIP_LIFT - height / 2))
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
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(grip.adjusted(-3.5, -3.5, 3.5, 3.5), 5, 5)

    def _draw_ring(self, painter: QPainter, plane: Plane, handle: LrHandle) -> None:
        tokens = self.theme.tokens
        color = QColor(self.colors[handle.group])
        hot, chosen = handle.key == self._hot, handle.key == self._chosen
        center = plane.point(handle.step, handle.lr)
        if hot or chosen:
            halo = QColor(color)
            halo.setAlphaF(0.30 if self._pressed else 0.20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(center, RING, RING)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawEllipse(center, RING + 1, RING + 1)
        painter.setPen(QPen(color, 2.0))
        painter.setBrush(color if hot and self._pressed else QColor(tokens.panel))
        radius = (RING - 2.0) / 2
        painter.drawEllipse(center, radius, radius)


def _away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _first(pair: tuple[float, Mark]) -> float:
    return pair[0]
