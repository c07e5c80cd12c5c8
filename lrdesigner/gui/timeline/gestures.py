"""What keys and the mouse do on the timeline."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

TIMELINE = Place(
    mark("Timeline"),
    (
        Gesture(mark("Select the phase before or after"), ("Left", "Right"), mark("click a block")),
        Gesture(mark("Select the first or last phase"), ("Home", "End")),
        Gesture(mark("Select in the track above or below"), ("Up", "Down")),
        Gesture(mark("Add to the selection, or take away"), (), mark("{ctrl} + click")),
        Gesture(
            mark("Select all up to there"), ("Shift+Left", "Shift+Right"), mark("{shift} + click")
        ),
        Gesture(mark("Show the run instead"), ("Esc",), mark("click beside the blocks")),
        Gesture(
            mark("Move the selected phases"),
            ("Alt+Left", "Alt+Right"),
            mark("drag a block"),
        ),
        Gesture(mark("Delete the selected phases"), ("Del", "Backspace")),
        Gesture(mark("Change a phase's length"), (), mark("drag a boundary")),
        Gesture(
            mark("Type a phase's length"),
            ("Return", "Enter", "F2"),
            mark("double-click a boundary"),
        ),
        Gesture(
            mark("Move later phases, or trade time: the other of the two"),
            (),
            mark("{alt} + drag a boundary"),
        ),
        Gesture(mark("Ten times finer"), (), mark("{shift} + drag a boundary")),
        Gesture(mark("Without snapping"), (), mark("{ctrl} + drag a boundary")),
        Gesture(mark("Put a scheduler in between two phases"), (), mark("click the plus")),
        Gesture(
            mark("Type where a phase ends"),
            ("Return", "Enter", "F2"),
            mark("double-click a boundary"),
        ),
        Gesture(
            mark("Start from the phase before, or from the group's own value"),
            (),
            mark("click a link"),
        ),
        Gesture(mark("Mend a jump"), (), mark("click its size")),
        Gesture(mark("Open the phase's menu"), ("Menu",), mark("right-click")),
        Gesture(mark("Zoom, or move along the run"), (), mark("wheel")),
        Gesture(mark("Put the phases of a saved schedule in"), (), mark("drop a file")),
    ),
)
