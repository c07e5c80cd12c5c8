"""The fan of a sweep under the curves: all variants as one picture, the chosen one as a line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from lrdesigner.axes import FloatArray
from lrdesigner.gui.canvas.fan_raster import draw_curves, opacity_of_one
from lrdesigner.gui.canvas.layers import Layer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.gui.sweep_look import ramp, ramp_color, shade
from lrdesigner.gui.sweep_store import FanView
from lrdesigner.gui.theme import Theme

STAIRS = 6.0  # pixels from which on a step shows what it is: a value that holds
_LINE, _HALO, _CHOSEN = 1.3, 5.0, 2.2
_QUICK = 24_000  # curves × columns that are drawn in a few milliseconds


@dataclass(frozen=True)
class _Frame:
    """What a picture was made for."""

    view: FanView
    rect: QRectF
    first: float
    last: float
    scale: LrScale
    ratio: float
    scheme: str

    def fits(self, other: _Frame) -> bool:
        """Whether its picture can stand in, stretched, until the other's is there."""
        return self.scale.log == other.scale.log and self.scheme == other.scheme


class FanLayer(Layer):
    """The fan; its picture is made beside the window if there is much of it.

    Args:
        theme: Where the colours come from.
        owner: The view; the work beside the window ends with it.
    """

    def __init__(self, theme: Theme, owner: QObject) -> None:
        super().__init__(theme, z=-5)
        self._view: FanView | None = None
        self._chosen: int | None = None
        self._ratio = 1.0
        self._frame: _Frame | None = None
        self._picture: tuple[_Frame, QImage] | None = None
        self._worker = LatestWorker(owner)
        self._worker.done.connect(self._on_drawn)

    @property
    def extents(self) -> list[Extent]:
        """What the LR axis has to show."""
        view = self._view
        return [] if view is None else [Extent(view.low, view.high, view.positive)]

    @property
    def image(self) -> QImage | None:
        """The picture, if there is one."""
        return None if self._picture is None else self._picture[1]

    def show_fan(self, view: FanView | None, chosen: int | None, ratio: float) -> None:
        """Show these curves (drawn at the next `place`).

        Args:
            view: The curves; None for none.
            chosen: The variant looked at.
            ratio: Pixels of the screen to one of ours.
        """
        if view is not None and view.fan.quantity != "lr":
            view = None
        self._view, self._chosen, self._ratio = view, chosen, ratio
        if view is None:
            self._picture = self._frame = None
            self._worker.forget()
        self.update()

    def choose(self, chosen: int | None) -> None:
        """Look at another variant."""
        self._chosen = chosen
        self.update()

    def place(self, plane: Plane, bounds: QRectF) -> None:
        """The mapping or the curves have changed: another picture is needed."""
        super().place(plane, bounds)
        if self._view is None:
            return
        first, last = plane.axis.range
        scheme = self.theme.tokens.scheme
        frame = _Frame(self._view, plane.rect, first, last, plane.scale, self._ratio, scheme)
        if frame == self._frame:
            return
        self._frame = frame
        x, y, shades = _curves(frame)
        colors = ramp(self.theme.tokens)

        def work(cancelled: Cancelled) -> object:
            return frame, _picture(frame, x, y, shades, colors)

        if len(y) * frame.rect.width() * frame.ratio < _QUICK:
            self._worker.forget()
            self._on_drawn(work(lambda: False))
        else:
            self._worker.submit(work)

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """The picture, then the chosen curve."""
        view, frame = self._view, self._frame
        if view is None or frame is None:
            return
        painter.setClipRect(plane.rect)
        if self._picture is not None and self._picture[0].fits(frame):
            made, image = self._picture
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, made != frame)
            painter.drawImage(_place(made, frame), image)
        if self._chosen is not None and self._chosen not in view.fan.errors:
            self._draw_chosen(painter, view, frame, self._chosen)

    def _draw_chosen(self, painter: QPainter, view: FanView, frame: _Frame, index: int) -> None:
        tokens = self.theme.tokens
        color = QColor(ramp_color(tokens, shade(view.fan.sweep, index)))
        halo = QColor(tokens.window)
        halo.setAlphaF(0.75)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for group in varying_groups(view):
            x, y = _points(frame, view.fan.values[index, group])
            known = np.isfinite(y)
            pairs = zip(x[known].tolist(), y[known].tolist(), strict=True)
            line = QPolygonF([QPointF(a, b) + frame.rect.topLeft() for a, b in pairs])
            for pen in (QPen(halo, _HALO), QPen(color, _CHOSEN)):
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(line)

    def _on_drawn(self, result: object) -> None:
        if isinstance(result, tuple) and self._frame is not None:
            self._picture = result
            self.update()


def _curves(frame: _Frame) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Pixels from the left and from the top of all curves, and their shades."""
    fan = frame.view.fan
    valid, groups = fan.valid, varying_groups(frame.view)
    values = fan.values[np.ix_(valid, groups)].reshape(-1, len(fan.steps))
    shades = np.repeat([shade(fan.sweep, index) for index in valid], len(groups))
    x, y = _points(frame, values)
    return x * frame.ratio, y * frame.ratio, shades


def _picture(
    frame: _Frame, x: FloatArray, y: FloatArray, shades: FloatArray, colors: np.ndarray
) -> QImage:
    size = (
        max(1, round(frame.rect.width() * frame.ratio)),
        max(1, round(frame.rect.height() * frame.ratio)),
    )
    if not len(y) or len(x) < 2:
        return QImage()
    opacity = opacity_of_one(len(frame.view.fan.valid))
    pixels = draw_curves(x, y, shades, size, colors, _LINE * frame.ratio, opacity)
    row = 4 * size[0]
    image = QImage(pixels.data, *size, row, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the array may go


def varying_groups(view: FanView) -> list[int]:
    """The groups whose curves differ from variant to variant; the others would hide their own."""
    values = view.fan.values[view.fan.valid]
    if not len(values):
        return []
    with np.errstate(invalid="ignore"):
        differs = (values != values[0]) & np.isfinite(values)
    found = np.flatnonzero(differs.any(axis=(0, 2))).tolist()
    return found or list(range(values.shape[1]))


def _points(frame: _Frame, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Pixels from the left, and from the top ``[…, points]``; NaN stays NaN."""
    scale, steps = frame.scale, frame.view.fan.steps.astype(np.float64)
    per_step = frame.rect.width() / (frame.last - frame.first)
    # The last step's value holds until the step is over.
    steps, values = np.append(steps, steps[-1] + 1), np.append(values, values[..., -1:], axis=-1)
    if per_step >= STAIRS and (np.diff(steps) == 1).all():
        steps, values = np.repeat(steps, 2)[1:], np.repeat(values, 2, axis=-1)[..., :-1]
    share = (scale.units(values) - scale.low) / (scale.high - scale.low)
    return (steps - frame.first) * per_step, frame.rect.height() * (1.0 - share)


def _place(made: _Frame, frame: _Frame) -> QRectF:
    """Where a picture belongs that was made for another part of the plot."""
    rect = frame.rect
    per_step = rect.width() / (frame.last - frame.first)
    per_unit = rect.height() / (frame.scale.high - frame.scale.low)
    left = rect.left() + (made.first - frame.first) * per_step
    top = rect.top() + (frame.scale.high - made.scale.high) * per_unit
    width = (made.last - made.first) * per_step
    return QRectF(left, top, width, (made.scale.high - made.scale.low) * per_unit)
