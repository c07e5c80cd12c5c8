"""What keys and the mouse do in the fields of the inspector."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

FIELDS = Place(
    mark("Fields"),
    (
        Gesture(mark("A little more or less"), ("Up", "Down"), mark("wheel, in the field")),
        Gesture(mark("A tenth of that"), ("Shift+Up", "Shift+Down"), mark("{shift} + wheel")),
        Gesture(
            mark("To the next of 1, 2, 5 × 10ⁿ"), ("Ctrl+Up", "Ctrl+Down"), mark("{ctrl} + wheel")
        ),
        Gesture(mark("Turn the number"), (), mark("drag its unit sideways")),
        Gesture(mark("Take what is typed"), ("Return", "Enter")),
        Gesture(mark("Leave it as it was"), ("Esc",)),
        Gesture(mark("See all values of a number"), (), mark("right-click, Sweep")),
    ),
)
