"""What keys and the mouse do in the palette of schedulers."""

from __future__ import annotations

from lrdesigner.gui.gestures import Gesture, Place
from lrdesigner.i18n import mark

PALETTE = Place(
    mark("Schedulers"),
    (
        Gesture(mark("Put it on the timeline"), (), mark("drag a card")),
        Gesture(mark("Put it after the selected phase"), ("Return", "Enter"), mark("double-click")),
        Gesture(
            mark("Fold a section, or unfold it"),
            ("Space", "Left", "Right"),
            mark("click its heading"),
        ),
        Gesture(mark("From the search to the cards"), ("Down",)),
        Gesture(mark("From the first cards back to the search"), ("Up",)),
        Gesture(mark("Clear the search"), ("Esc",)),
        Gesture(mark("Rename an entry of your own"), ("F2",)),
        Gesture(mark("Delete an entry of your own"), ("Del",)),
        Gesture(mark("Open an entry's menu"), ("Menu",), mark("right-click")),
    ),
)
