"""Ways to move along the shared time axis that canvas and timeline have in common."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent

from lrdesigner.gui.axis import TimeAxis

SNAP_PIXELS = 6.0
_NOTCH = 120.0
_ZOOM_PER_NOTCH = 0.82
_PAN_PIXELS_PER_NOTCH = 60.0
_FREE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier


def wheel(axis: TimeAxis, event: QWheelEvent, position: QPointF) -> None:
    """Zoom at the cursor with the wheel, pan with sideways scrolling (or Shift)."""
    delta = event.angleDelta()
    sideways, upright = float(delta.x()), float(delta.y())
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not sideways:
        sideways, upright = upright, 0.0
    if abs(sideways) > abs(upright):
        pixels = event.pixelDelta().x() or sideways / _NOTCH * _PAN_PIXELS_PER_NOTCH
        pan_pixels(axis, pixels)
    elif upright:
        axis.zoom(_ZOOM_PER_NOTCH ** (upright / _NOTCH), axis.step_at(position.x()))
    event.accept()


def pinch(axis: TimeAxis, event: QNativeGestureEvent) -> bool:
    """Zoom with a trackpad's pinch. Returns whether the event was one."""
    if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
        return False
    axis.zoom(1 / max(0.1, 1 + event.value()), axis.step_at(event.position().x()))
    return True


def pan_pixels(axis: TimeAxis, pixels: float) -> None:
    """Move what is shown to the right by that many pixels."""
    axis.pan(axis.step_at(0.0) - axis.step_at(pixels))


def snapped(axis: TimeAxis, x: float, per_epoch: int, modifiers: Qt.KeyboardModifier) -> int:
    """The step under a widget x; an epoch's end nearby attracts it, unless Shift or Alt is held."""
    step = axis.step_at(x)
    if not modifiers & _FREE:
        epoch = round(step / per_epoch) * per_epoch
        if 0 <= epoch <= axis.total and abs(axis.x_of(epoch) - x) <= SNAP_PIXELS:
            return int(epoch)
    return max(0, min(round(step), axis.total))
