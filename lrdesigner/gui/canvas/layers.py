"""What lies behind the curves: phase bands, grid, and the line where zero is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.theme import Theme, mix

_SELECTED_TINT = 0.09
_GRID_STRENGTH = 0.75
_OUTSIDE = 0.35


def pixel(place: float) -> float:
    """The middle of the pixel at a place: a hair line drawn there is crisp."""
    return math.floor(place) + 0.5


class Layer(QGraphicsItem):
    """Something drawn in pixels of the view over the whole of it.

    Args:
        theme: Where the colours come from.
        z: Its place in the stack.
    """

    def __init__(self, theme: Theme, z: float) -> None:
        super().__init__()
        self.theme = theme
        self.plane: Plane | None = None
        self._bounds = QRectF()
        self.setZValue(z)

    def place(self, plane: Plane, bounds: QRectF) -> None:
        """The view's mapping has changed."""
        self.plane = plane
        self.set_bounds(bounds)
        self.update()

    def set_bounds(self, bounds: QRectF) -> None:
        """Draw within this rectangle only."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self.plane is not None:
            self.draw(painter, self.plane)

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Draw it."""
        raise NotImplementedError  # pragma: no cover - every layer defines it


@dataclass(frozen=True)
class Band:
    """A phase's stretch of the plot.

    Attributes:
        start: First step.
        end: One past its last step.
        category: Category of its colour.
        selected: Whether it is the selected phase.
    """

    start: int
    end: int
    category: str
    selected: bool


class GroundLayer(Layer):
    """Bands and grid."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=-10)
        self.bands: Sequence[Band] = ()
        self.x_lines: Sequence[float] = ()
        self.y_lines: Sequence[float] = ()

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Bands first, the grid over them."""
        tokens, rect = self.theme.tokens, plane.rect
        painter.setClipRect(rect)
        for band in self.bands:
            left, right = plane.x_of(band.start), plane.x_of(band.end)
            color = tokens.band_fill(band.category)
            if band.selected:
                color = mix(tokens.window, tokens.category_color(band.category), _SELECTED_TINT)
            area = QRectF(left, rect.top(), right - left, rect.height())
            painter.fillRect(area, QColor(color))
        self._draw_outside(painter, plane)
        painter.setPen(QPen(self._grid_color(), 1.0))
        for step in self.x_lines:
            x = pixel(plane.x_of(step))
            painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
        for unit in self.y_lines:
            y = pixel(plane.y_of_unit(unit))
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))
        self._draw_floor(painter, plane)

    def _draw_outside(self, painter: QPainter, plane: Plane) -> None:
        """Before and after the run, where only overlays are."""
        rect = plane.rect
        start, end = plane.x_of(0), plane.x_of(plane.axis.total)
        tokens = self.theme.tokens
        ground = QColor(mix(tokens.window, tokens.line, _OUTSIDE))
        painter.setPen(QPen(QColor(tokens.line_strong), 1.0))
        for left, right, edge in ((rect.left(), start, start), (end, rect.right(), end)):
            if right - left > 1:
                painter.fillRect(QRectF(left, rect.top(), right - left, rect.height()), ground)
                painter.drawLine(QLineF(pixel(edge), rect.top(), pixel(edge), rect.bottom()))

    def _grid_color(self) -> QColor:
        """The token stands out from the window; over a band it has to be laid on softly."""
        tokens = self.theme.tokens
        if tokens.scheme == "light":
            return QColor(mix(tokens.grid, tokens.line, _GRID_STRENGTH))
        return QColor(tokens.grid)

    def _draw_floor(self, painter: QPainter, plane: Plane) -> None:
        """Below the floor nothing has a place of its own: hatched, so that it looks like it."""
        scale = plane.scale
        if not (scale.zero or scale.clipped):
            return
        y = plane.y_of_unit(scale.floor)
        area = QRectF(plane.rect.left(), y, plane.rect.width(), plane.rect.bottom() - y)
        painter.fillRect(area, QColor(mix(self.theme.tokens.window, self.theme.tokens.line, 0.5)))
        hatch = QColor(self.theme.tokens.line_strong)
        painter.fillRect(area, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        pen = QPen(QColor(self.theme.tokens.faint), 1.0, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QLineF(area.left(), pixel(y), area.right(), pixel(y)))
