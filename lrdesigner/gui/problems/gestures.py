"""What keys and the mouse do on the list of problems."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

PROBLEMS = Place(
    mark("Problems"),
    (
        Gesture(mark("Go to where it is"), ("Return", "Enter", "Space"), mark("click it")),
        Gesture(mark("Fix it, where one click does"), ("Ctrl+Return",), mark("click Fix it")),
    ),
)
