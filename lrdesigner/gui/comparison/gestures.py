"""What keys and the mouse do on the table of numbers."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

COMPARISON = Place(
    mark("Compared numbers"),
    (
        Gesture(
            mark("Sort by a column; the third time as in the list"), (), mark("click its title")
        ),
        Gesture(mark("Let an overlay stand out"), (), mark("point at its row")),
        Gesture(mark("Show or hide it"), ("Space",)),
        Gesture(mark("Copy the selected rows, or all"), ("Ctrl+C",)),
    ),
)
