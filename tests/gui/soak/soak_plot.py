"""The driver on the curve, and on its lanes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from soak_base import KEYS, SHIFT, Part
from soak_events import MIDDLE


class OnPlot(Part):
    """Takes hold of things, types them, zooms, draws the metric."""

    def _spots(self, plot) -> list[QPointF]:
        """Where things can be taken hold of on a plot, after the mouse has come by."""
        plane = plot.plane
        spots = [plot.knobs.spot(knob) for knob, _ in plot.knobs.shown()]
        spots += [plane.point(ring.step, ring.lr) for ring in plot.marks.shown_rings()]
        middle = plane.rect.center().y()
        spots += [QPointF(plane.x_of(b.step), middle) for b in plot.marks.boundaries]
        inside = plane.rect.adjusted(-8, -8, 8, 8)
        return [spot for spot in spots if inside.contains(spot)]

    def _anywhere(self, plot) -> QPointF:
        rect = plot.plane.rect
        return QPointF(
            self.rng.uniform(rect.left(), rect.right()), self.rng.uniform(rect.top(), rect.bottom())
        )

    def _place(self, widget: QWidget, plot) -> QPointF:
        """Something that can be taken hold of, or anywhere."""
        origin = QPointF(plot.mapTo(widget, QPointF(0, 0).toPoint())) if plot is not widget else 0
        self.do.move(widget, self._anywhere(plot) + origin)
        spots = self._spots(plot)
        spot = self.rng.choice(spots) if spots and self.do.chance(0.9) else self._anywhere(plot)
        self.do.move(widget, spot + origin)
        return spot + origin

    def drag_on_plot(self) -> None:
        """Knobs, rings, boundaries; or the view."""
        canvas = self.window.canvas
        button = MIDDLE if self.do.chance(0.05) else Qt.MouseButton.LeftButton
        start = self._place(canvas, canvas.view)
        self.do.drag(canvas, start, meddle=self.meddle, button=button)

    def _lane(self):
        lanes = [self.window.canvas.lanes.lane(key) for key in self.window.canvas.lanes.keys]
        lanes = [lane for lane in lanes if not lane.folded and lane.plot.height() > 20]
        return self.rng.choice(lanes) if lanes else None

    def drag_in_lane(self) -> None:
        """The same in a lane, if there is one; some people fold it instead."""
        lane = self._lane()
        if lane is None:
            self.track_menu()
        elif self.do.chance(0.05):
            self.do.click(lane.header.fold)
            self.do.click(lane.header.fold)
        else:
            self.do.drag(lane, self._place(lane, lane.plot), meddle=self.meddle)

    def keys_on_canvas(self) -> None:
        """Tab to something, arrows, and whatever else."""
        canvas = self.window.canvas
        canvas.setFocus()
        for _ in range(self.rng.randint(1, 6)):
            key = Qt.Key.Key_Tab if self.do.chance(0.4) else self.rng.choice(KEYS)
            self.do.key(key, SHIFT if self.do.chance(0.2) else Qt.KeyboardModifier.NoModifier)
        self.do.key(Qt.Key.Key_Escape)

    def type_on_plot(self) -> None:
        """The exact value of something, or nonsense."""
        canvas, lane = self.window.canvas, self._lane()
        if lane is not None and self.do.chance(0.3):
            self.do.double_click(lane, self._place(lane, lane.plot))
        else:
            self.do.double_click(canvas, self._place(canvas, canvas.view))
        self.finish_typing()

    def view(self) -> None:
        """Zoom and pan."""
        widget = self.rng.choice((self.window.canvas, self.window.timeline))
        at = QPointF(
            self.rng.uniform(70, widget.width() - 20), self.rng.uniform(4, widget.height() - 4)
        )
        self.do.wheel(widget, at, self.rng.choice((-3, -1, 1, 2)), self.do.modifier())

    def metric_pen(self) -> None:
        """Draw the metric of a plateau."""
        lane = self.window.canvas.lanes.lane("metric")
        if lane is None or lane.plot.height() < 20:
            return
        buttons = [b for b in lane.header.findChildren(QAbstractButton) if b.isCheckable()]
        if buttons:
            self.do.click(self.rng.choice(buttons))
        if not lane.folded:
            start = self._anywhere(lane.plot) + QPointF(lane.plot.pos())
            self.do.drag(lane, start, meddle=self.meddle)
        self.window.canvas.setFocus()
        self.do.key(Qt.Key.Key_Escape)
        self.do.key(Qt.Key.Key_Escape)
