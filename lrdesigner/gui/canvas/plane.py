"""The plot's area: steps and learning rates to pixels and back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.scale import LrScale


@dataclass(frozen=True)
class Plane:
    """One mapping for all that is drawn or hit.

    Attributes:
        rect: The plot's area, in pixels of the view.
        axis: Steps to x.
        scale: Learning rates to axis units.
    """

    rect: QRectF
    axis: TimeAxis
    scale: LrScale

    def x_of(self, step: float) -> float:
        """Pixel of a step."""
        return self.axis.x_of(step)

    def y_of_unit(self, unit: float) -> float:
        """Pixel of an axis unit."""
        share = (unit - self.scale.low) / (self.scale.high - self.scale.low)
        return self.rect.bottom() - share * self.rect.height()

    def y_of(self, lr: float) -> float:
        """Pixel of a learning rate."""
        return self.y_of_unit(self.scale.unit(lr))

    def point(self, step: float, lr: float) -> QPointF:
        """Pixel of a point of a curve."""
        return QPointF(self.x_of(step), self.y_of(lr))

    def lr_at(self, y: float) -> float:
        """Learning rate at a pixel."""
        share = (self.rect.bottom() - y) / max(1.0, self.rect.height())
        return self.scale.value(self.scale.low + share * (self.scale.high - self.scale.low))
