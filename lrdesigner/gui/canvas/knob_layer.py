"""Knobs on the curve: a diamond moves freely, a pill along its length."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from lrdesigner.gui.canvas.knobs import Key, Knob
from lrdesigner.gui.canvas.layers import Layer
from lrdesigner.gui.canvas.marks import MarksLayer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.theme import Theme, mix

REACH = 10.0
_BESIDE = 17.0
_TOO_NEAR = 13.0
_LONG, _SHORT = 13.0, 6.0
_DIAMOND = 6.0
_HALO = 11.0
_MANY = 40
_APART = 11.0


class KnobLayer(Layer):
    """The knobs of the phases that are worked on.

    Args:
        theme: Where the colours come from.
        marks: The rings, which the knobs keep out of the way of.
    """

    def __init__(self, theme: Theme, marks: MarksLayer) -> None:
        super().__init__(theme, z=11)
        self.knobs: Sequence[Knob] = ()
        self._marks = marks
        self._hot: Key = None
        self._chosen: Key = None
        self._pressed = False

    def set_state(self, hot: Key, chosen: Key, pressed: bool) -> None:
        """Show which knob the mouse is on or holds, and which one the keyboard moves."""
        if (hot, chosen, pressed) != (self._hot, self._chosen, self._pressed):
            self._hot, self._chosen, self._pressed = hot, chosen, pressed
            self.update()

    def spot(self, knob: Knob) -> QPointF:
        """Where a knob is drawn: on its point of the curve, or beside a ring that is there."""
        plane = self.plane
        if plane is None:
            return QPointF()
        point = plane.point(knob.handle.step, knob.handle.lr)
        for ring in self._marks.handles:
            if _away(plane.point(ring.step, ring.lr), point) < _TOO_NEAR:
                return point + QPointF(knob.inward * _BESIDE, 0)
        return point

    def hit(self, position: QPointF) -> tuple[float, Knob] | None:
        """The nearest knob in reach of a pixel, and how far it is."""
        near = [(_away(spot, position), knob) for knob, spot in self.shown()]
        near = [(away, knob) for away, knob in near if away <= REACH]
        return min(near, key=lambda pair: (round(pair[0]), not pair[1].selected), default=None)

    def shown(self) -> list[tuple[Knob, QPointF]]:
        """The knobs in sight with their places; of very many only those that stand apart."""
        if self.plane is None:
            return []
        reach = self.plane.rect.adjusted(-3, -_HALO, 3, _HALO)
        found = [(knob, self.spot(knob)) for knob in self.knobs]
        found = [(knob, spot) for knob, spot in found if reach.contains(spot)]
        if len(found) <= _MANY:
            return found
        kept: list[tuple[Knob, QPointF]] = []
        for knob, spot in found:
            held = knob.key in (self._hot, self._chosen)
            if held or all(_away(spot, other) >= _APART for _, other in kept):
                kept.append((knob, spot))
        return kept

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Those under the mouse last, on top."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self.shown()
        for knob, spot in sorted(shown, key=lambda pair: pair[0].key == self._hot):
            self._draw(painter, knob, spot)

    def _draw(self, painter: QPainter, knob: Knob, spot: QPointF) -> None:
        tokens = self.theme.tokens
        color = QColor(self._marks.colors[knob.group])
        hot, chosen = knob.key == self._hot, knob.key == self._chosen
        if hot or chosen:
            halo = QColor(color)
            halo.setAlphaF(0.30 if self._pressed else 0.20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(spot, _HALO, _HALO)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawEllipse(spot, _HALO + 1, _HALO + 1)
        faint = not (knob.selected or hot)
        line = QColor(mix(color.name(), tokens.window, 0.45)) if faint else color
        painter.setPen(QPen(QColor(tokens.window), 4.0))  # stands out from the curve below it
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._shape(painter, knob, spot)
        painter.setPen(QPen(line, 1.75))
        painter.setBrush(color if hot and self._pressed else QColor(tokens.panel))
        self._shape(painter, knob, spot)

    def _shape(self, painter: QPainter, knob: Knob, spot: QPointF) -> None:
        if len(knob.dials) == 2:
            d = _DIAMOND
            corners = [QPointF(0, -d), QPointF(d, 0), QPointF(0, d), QPointF(-d, 0)]
            painter.drawPolygon(QPolygonF([spot + corner for corner in corners]))
            return
        wide = knob.handle.time is not None
        pill = QRectF(0, 0, _LONG if wide else _SHORT, _SHORT if wide else _LONG)
        pill.moveCenter(spot)
        painter.drawRoundedRect(pill, _SHORT / 2, _SHORT / 2)


def _away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
