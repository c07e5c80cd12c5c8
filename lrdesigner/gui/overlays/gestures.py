"""What keys and the mouse do on the list of overlays."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

OVERLAYS = Place(
    mark("Overlays"),
    (
        Gesture(mark("Add overlays"), (), mark("drop files")),
        Gesture(mark("Go from one to the next"), ("Up", "Down")),
        Gesture(mark("Show or hide it"), ("Space",), mark("click the eye")),
        Gesture(mark("Choose its colour"), ("C",), mark("click the line")),
        Gesture(mark("Rename it"), ("F2",)),
        Gesture(mark("Compare the others with it"), ("R",)),
        Gesture(mark("Move it in the list"), ("Alt+Up", "Alt+Down"), mark("drag it")),
        Gesture(mark("Remove it"), ("Del", "Backspace"), mark("click the cross")),
    ),
)
