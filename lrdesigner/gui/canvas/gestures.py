"""What keys and the mouse do on the curve and on its lanes."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

CURVE = Place(
    mark("Curve"),
    (
        Gesture(mark("Zoom at the cursor"), ("+", "=", "-"), mark("wheel")),
        Gesture(mark("Show the whole run"), ("0",), mark("double-click")),
        Gesture(mark("Move along the run"), ("Left", "Right"), mark("{shift} + wheel")),
        Gesture(mark("Move what is shown"), (), mark("Space + drag")),
        Gesture(mark("Move what is shown"), (), mark("drag with the middle button")),
        Gesture(mark("Select the phase"), (), mark("click")),
        Gesture(mark("Change a group's LR"), (), mark("drag a ring")),
        Gesture(mark("Change a phase's length"), (), mark("drag a boundary")),
        Gesture(
            mark("Move later phases, or trade time: the other of the two"),
            (),
            mark("{alt} + drag a boundary"),
        ),
        Gesture(mark("Ten times finer"), (), mark("{shift} + drag a boundary")),
        Gesture(mark("Without snapping"), (), mark("{ctrl} + drag a boundary")),
        Gesture(mark("Type where a phase ends"), (), mark("double-click a boundary")),
        Gesture(mark("Go to the next or previous handle"), ("Tab", "Shift+Tab")),
        Gesture(mark("Copy or export the picture"), ("Menu",), mark("right-click")),
        Gesture(mark("Abandon a drag"), ("Esc",)),
    ),
)

HANDLE = Place(
    mark("A handle of the curve"),
    (
        Gesture(mark("Change the parameter behind it"), (), mark("drag")),
        Gesture(mark("Ten times finer, without snapping"), (), mark("{shift} + drag")),
        Gesture(mark("Without snapping"), (), mark("{ctrl} + drag")),
        Gesture(mark("Keep to one direction while dragging"), ("X", "Y")),
        Gesture(mark("Type the exact value"), ("Return", "Enter", "F2"), mark("double-click")),
        Gesture(mark("Move it"), ("Left", "Right", "Up", "Down")),
        Gesture(
            mark("Move it a tenth as far"),
            ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"),
        ),
        Gesture(mark("Let go of it"), ("Esc",)),
    ),
)
