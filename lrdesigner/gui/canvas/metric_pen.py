"""Tools that draw the metric in its lane: each stroke is one gesture, one undo step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, Qt

from lrdesigner.axes import FloatArray
from lrdesigner.gui.canvas.metric_strokes import (
    Spot,
    drawn,
    resolution,
    roughened,
    smoothed,
    straightened,
)
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.interaction import EditDrag, Interaction
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import Metric

Mode = Literal["draw", "smooth", "noise", "straighten"]
MODES: tuple[Mode, ...] = ("draw", "smooth", "noise", "straighten")
_UNDO: dict[Mode, str] = {
    "draw": mark("draw metric"),
    "smooth": mark("smooth metric"),
    "noise": mark("add noise to metric"),
    "straighten": mark("straighten metric"),
}
_BRUSH = 22.0
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class MetricPen:
    """The tool of the metric's lane.

    Args:
        controller: Has the document.
        mode: What it does.
        present: Gives the metric at the end of each epoch of the run, and how many of these the
            document gives.
    """

    def __init__(
        self,
        controller: Controller,
        mode: Mode,
        present: Callable[[], tuple[FloatArray, int]],
    ) -> None:
        self._controller = controller
        self._present = present
        self.mode = mode

    def press(
        self, plane: Plane, position: QPointF, modifiers: Qt.KeyboardModifier
    ) -> Interaction | None:
        """Begin a stroke."""
        stroke = Stroke(self._controller, self.mode, plane, *self._present())
        stroke.move(position, modifiers)
        return stroke

    def shape(self, plane: Plane, position: QPointF) -> Qt.CursorShape:
        """A cross, which hides nothing."""
        return Qt.CursorShape.CrossCursor


class Stroke(EditDrag):
    """From the press of the button to its release.

    The mapping is the one at the start, so that the value depends on the hand alone, not on how
    the axis follows it.

    Args:
        controller: Shows the documents.
        mode: What it does.
        plane: The mapping when the button was pressed.
        values: The metric then.
        given: How many of its values the document gives.
    """

    def __init__(
        self, controller: Controller, mode: Mode, plane: Plane, values: FloatArray, given: int
    ) -> None:
        super().__init__(controller, tr(_UNDO[mode]))
        self._mode = mode
        self._plane = plane
        self._first_values = self._values = values
        self._given = given
        self._per_epoch = controller.schedule.horizon.steps_per_epoch
        scale = plane.scale
        self._span = scale.value(scale.high) - scale.value(scale.low)
        self._decimals = resolution(0.0, self._span)
        # A loss that has never been negative does not become so by an unsteady hand.
        self._floor = 0.0 if values.min(initial=0.0) >= 0 else -np.inf
        self._start: Spot | None = None
        self._last: Spot | None = None
        self._noise = np.random.default_rng().normal(size=len(values))

    @property
    def cursor(self) -> Qt.CursorShape:
        """A cross."""
        return Qt.CursorShape.CrossCursor

    def move(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Go on to here."""
        spot = self._spot(position)
        if self._start is None:
            self._start = spot
        last = self._last or spot
        self._last = spot
        values, touched = self._stroked(last, spot, bool(modifiers & _SHIFT))
        self._values = np.maximum(values, self._floor)
        self._given = max(self._given, touched + 1)
        rounded = np.round(self._values[: self._given], self._decimals)
        # What no stroke has touched keeps all its digits.
        same = self._values[: self._given] == self._first_values[: self._given]
        rounded[same] = self._first_values[: self._given][same]
        metric = Metric(values=tuple(rounded.tolist()))
        self.show(edits.set_metric(self.before, metric))

    def _stroked(self, last: Spot, spot: Spot, straight: bool) -> tuple[FloatArray, int]:
        assert self._start is not None
        if self._mode == "straighten":
            return straightened(self._first_values, self._start, spot)
        if self._mode == "draw":
            if straight:
                values, _ = drawn(self._first_values, self._start, self._start)
                return drawn(values, self._start, spot)
            return drawn(self._values, last, spot)
        values, touched = self._values, 0
        for dab in self._dabs(last, spot):
            if self._mode == "smooth":
                values, here = smoothed(values, dab, self._reach)
            else:
                values, here = self._rough(values, dab)
            touched = max(touched, here)
        return values, touched

    def _rough(self, values: FloatArray, dab: Spot) -> tuple[FloatArray, int]:
        """Noise of one dab; where the hand has been more than once, the strongest counts."""
        found, touched = roughened(self._first_values, dab, self._reach, self._span, self._noise)
        stronger = np.abs(found - self._first_values) > np.abs(values - self._first_values)
        return np.where(stronger, found, values), touched

    @property
    def _reach(self) -> float:
        """Radius of the brush in epochs."""
        axis = self._plane.axis
        return _BRUSH * (axis.step_at(1.0) - axis.step_at(0.0)) / self._per_epoch

    def _dabs(self, last: Spot, spot: Spot) -> list[Spot]:
        """Places between two, close enough that the brush leaves no gaps."""
        count = max(1, round(abs(spot.epochs - last.epochs) / max(self._reach / 2, 1e-9)))
        shares = np.linspace(0.0, 1.0, min(count, 200) + 1)[1:]
        return [
            Spot(last.epochs + (spot.epochs - last.epochs) * float(share), spot.value)
            for share in shares
        ]

    def _spot(self, position: QPointF) -> Spot:
        rect = self._plane.rect
        y = max(rect.top(), min(position.y(), rect.bottom()))
        value = self._plane.scale.value(
            self._plane.scale.low
            + (rect.bottom() - y)
            / max(1.0, rect.height())
            * (self._plane.scale.high - self._plane.scale.low)
        )
        return Spot(self._plane.axis.step_at(position.x()) / self._per_epoch, value)
