"""The actions of the File menu."""

from __future__ import annotations

from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.i18n import mark

FILE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "new",
        mark("&New"),
        mark("Start an empty schedule: 10 epochs of 100 steps, one group"),
        ("Ctrl+N",),
        icon="new",
    ),
    ActionSpec("open", mark("&Open…"), mark("Open a schedule"), ("Ctrl+O",), icon="open"),
    ActionSpec(
        "gallery",
        mark("Presets and &Examples…"),
        mark("Start from a published recipe or an example"),
        ("Ctrl+E",),
        icon="gallery",
    ),
    ActionSpec(
        "start_page",
        mark("Start Page"),
        mark("Recent files, recipes, the tour"),
        ("Alt+Home",),
        icon="home",
    ),
    ActionSpec("save", mark("&Save"), mark("Save the schedule"), ("Ctrl+S",), icon="save"),
    ActionSpec(
        "save_as",
        mark("Save &As…"),
        mark("Save the schedule in another file"),
        ("Ctrl+Shift+S",),
        icon="save-as",
    ),
    ActionSpec(
        "open_overlay",
        mark("Open O&verlay…"),
        mark("Draw saved schedules over this one"),
        ("Ctrl+Shift+O",),
    ),
    ActionSpec(
        "copy_code",
        mark("&Copy Python"),
        mark("Copy the exported code"),
        ("Ctrl+Shift+C",),
        icon="copy",
    ),
    ActionSpec(
        "save_code",
        mark("Save &Python…"),
        mark("Save the exported code"),
        ("Ctrl+Shift+E",),
        icon="export",
    ),
    ActionSpec(
        "save_json",
        mark("Save &JSON…"),
        mark("Save a copy of the document as JSON"),
        ("Ctrl+Shift+J",),
    ),
    ActionSpec(
        "export_picture",
        mark("Export P&icture…"),
        mark("Save or copy the plot as PNG, SVG or PDF"),
        ("Ctrl+Shift+I",),
        icon="picture",
    ),
    ActionSpec(
        "copy_picture",
        mark("Cop&y Picture"),
        mark("Copy the plot as pixels and as SVG, as it was last exported"),
        ("Ctrl+Shift+Y",),
    ),
    ActionSpec(
        "export_page",
        mark("Save Pa&ge as PDF…"),
        mark("Save curve, phases, groups, notes and code as pages to print or to pass on"),
        ("Ctrl+Shift+R",),
    ),
    ActionSpec(
        "print",
        mark("Prin&t…"),
        mark("Print curve, phases, groups, notes and code"),
        ("Ctrl+P",),
        icon="print",
    ),
    ActionSpec(
        "export_sweep_documents",
        mark("Save Sweep as &Documents…"),
        mark("Save every variant of the sweep as a document"),
        ("Ctrl+Shift+D",),
        needs=mark("Sweep a parameter first"),
    ),
    ActionSpec(
        "export_sweep_table",
        mark("Save Sweep as Ta&ble…"),
        mark("Save what every variant of the sweep comes to: peak, end, area"),
        ("Ctrl+Shift+T",),
        needs=mark("Sweep a parameter first"),
    ),
    ActionSpec("quit", mark("&Quit"), mark("Close the window"), ("Ctrl+Q",)),
)
