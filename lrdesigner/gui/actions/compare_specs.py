"""The actions of the Compare menu."""

from __future__ import annotations

from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.i18n import mark

_NO_OVERLAY = mark("Open an overlay or keep a ghost first")

COMPARE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "keep_ghost",
        mark("&Keep a Ghost"),
        mark("Keep the curve as it is now, to see it beside what becomes of it"),
        ("Ctrl+G",),
        icon="ghost",
    ),
    ActionSpec(
        "show_overlays",
        mark("Sho&w Overlays"),
        mark("Draw all overlays, or none of them"),
        ("Ctrl+H",),
        checkable=True,
        needs=_NO_OVERLAY,
    ),
    ActionSpec(
        "remove_overlays",
        mark("Re&move All Overlays"),
        mark("Close all overlays; their files stay as they are"),
        ("Ctrl+Shift+H",),
        needs=_NO_OVERLAY,
    ),
    ActionSpec(
        "bring_back_overlays",
        mark("&Bring Back Removed"),
        mark("Open the overlays again that were removed last"),
        ("Ctrl+Shift+B",),
        needs=mark("No overlay has been removed"),
    ),
    ActionSpec(
        "zoom_all",
        mark("Zoom to All O&verlays"),
        mark("Show the whole run, and what overlays have before and after it"),
        ("Ctrl+9",),
        icon="zoom-fit",
    ),
    ActionSpec(
        "own_length",
        mark("Each over Its Own &Length"),
        mark("Stretch every curve over the whole time axis, to compare shapes"),
        ("Ctrl+Shift+X",),
        checkable=True,
    ),
    ActionSpec(
        "own_peak",
        mark("Each over Its Own &Peak"),
        mark("Draw every curve in parts of its own peak, to compare shapes"),
        ("Ctrl+Shift+U",),
        checkable=True,
    ),
    ActionSpec(
        "compare_numbers",
        mark("Table of &Numbers"),
        mark("Peak, warm-up, area and more of every curve, to sort and copy"),
        ("Ctrl+M",),
    ),
    ActionSpec(
        "copy_numbers",
        mark("&Copy Numbers as CSV"),
        mark("Copy the table of numbers, every digit kept"),
        ("Ctrl+Shift+M",),
        icon="copy",
    ),
)
