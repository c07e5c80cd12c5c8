"""The declarations of all actions and menus."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = "-"


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes:
        id: Stable name; the QAction's objectName is ``action_<id>`` and a method ``do_<id>``
            answers it.
        text: Menu text; ``&`` marks the mnemonic.
        tip: What it does, for tooltips and the status bar.
        keys: Shortcuts in Qt's portable text; the first is shown.
        icon: Name of an icon, or "".
        checkable: Whether it is on or off.
        group: Actions of a group exclude each other.
        local: Whether its keys work in canvas and timeline only, so that fields keep them.
    """

    id: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    group: str = ""
    local: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "&New", "Start an empty schedule", ("Ctrl+N",), "new"),
    ActionSpec("open", "&Open…", "Open a schedule", ("Ctrl+O",), "open"),
    ActionSpec(
        "gallery",
        "Presets and &Examples…",
        "Start from a published recipe or an example",
        ("Ctrl+E",),
        "gallery",
    ),
    ActionSpec("save", "&Save", "Save the schedule", ("Ctrl+S",), "save"),
    ActionSpec(
        "save_as", "Save &As…", "Save the schedule in another file", ("Ctrl+Shift+S",), "save-as"
    ),
    ActionSpec(
        "open_overlay",
        "Open O&verlay…",
        "Draw saved schedules over this one",
        ("Ctrl+Shift+O",),
    ),
    ActionSpec("copy_code", "&Copy Python", "Copy the exported code", ("Ctrl+Shift+C",), "copy"),
    ActionSpec("save_code", "Save &Python…", "Save the exported code", ("Ctrl+Shift+E",), "export"),
    ActionSpec("save_json", "Save &JSON…", "Save a copy of the document as JSON"),
    ActionSpec("quit", "&Quit", "Close the window", ("Ctrl+Q",)),
    ActionSpec("cut_phases", "Cu&t", "Cut the selected phases", ("Ctrl+X",), local=True),
    ActionSpec(
        "copy_phases",
        "&Copy",
        "Copy the selected phases, as JSON text too",
        ("Ctrl+C",),
        "copy",
        local=True,
    ),
    ActionSpec(
        "paste_phases",
        "&Paste",
        "Insert the phases on the clipboard after the selected one",
        ("Ctrl+V",),
        local=True,
    ),
    ActionSpec(
        "split_phase",
        "&Split at Cursor",
        "Cut the phase under the mouse in two, where the curve stays the same",
        ("S",),
        local=True,
    ),
    ActionSpec(
        "join_phases",
        "&Join with Next",
        "Make the selected phase and the next one a single phase with the same curve",
        ("Ctrl+J",),
        local=True,
    ),
    ActionSpec("select_all", "Select &All", "Select all phases", ("Ctrl+A",), local=True),
    ActionSpec(
        "ripple",
        "Ripple Later P&hases",
        "Dragging a boundary moves all later phases; otherwise the neighbour trades its time "
        "(hold Alt for the other)",
        (),
        "",
        True,
    ),
    ActionSpec(
        "delete_phase", "&Delete Phase", "Delete the selected phase", ("Del",), "remove", local=True
    ),
    ActionSpec(
        "duplicate_phase",
        "D&uplicate Phase",
        "Put a copy after the selected phase",
        ("Ctrl+D",),
        "duplicate",
    ),
    ActionSpec(
        "move_left",
        "Move Phase &Left",
        "Put the selected phase earlier",
        ("Alt+Left",),
        local=True,
    ),
    ActionSpec(
        "move_right",
        "Move Phase &Right",
        "Move the selected phase later",
        ("Alt+Right",),
        local=True,
    ),
    ActionSpec(
        "select_none", "Select &Nothing", "Show the run instead of a phase", ("Ctrl+Shift+A",)
    ),
    ActionSpec(
        "sweep",
        "S&weep a Parameter",
        "See what a number does: all its values at once, as a fan of curves",
        ("Ctrl+Shift+W",),
        "sweep",
        True,
    ),
    ActionSpec(
        "export_sweep_documents",
        "Save Sweep as &Documents…",
        "Save every variant of the sweep as a document",
    ),
    ActionSpec(
        "export_sweep_table",
        "Save Sweep as &Table…",
        "Save what every variant of the sweep comes to: peak, end, area",
    ),
    ActionSpec("find", "&Find Scheduler", "Search the palette", ("Ctrl+F",), "search"),
    ActionSpec("linear", "&Linear LR Axis", "Show the LR linearly", ("Ctrl+1",), "", True, "axis"),
    ActionSpec(
        "log", "Lo&garithmic LR Axis", "Show the LR in powers of ten", ("Ctrl+2",), "", True, "axis"
    ),
    ActionSpec("steps", "&Steps", "Label the time axis in steps", ("Ctrl+3",), "", True, "unit"),
    ActionSpec("epochs", "&Epochs", "Label the time axis in epochs", ("Ctrl+4",), "", True, "unit"),
    ActionSpec(
        "percent", "&Percent", "Label the time axis in percent", ("Ctrl+5",), "", True, "unit"
    ),
    ActionSpec("zoom_in", "Zoom &In", "Show less time", ("Ctrl++", "Ctrl+="), "zoom-in"),
    ActionSpec("zoom_out", "Zoom &Out", "Show more time", ("Ctrl+-",), "zoom-out"),
    ActionSpec("zoom_fit", "Zoom to &Fit", "Show the whole run", ("Ctrl+0",), "zoom-fit"),
    ActionSpec(
        "theme_system", "As the S&ystem", "Follow the system's colours", (), "", True, "theme"
    ),
    ActionSpec("theme_dark", "&Dark", "Dark colours", (), "moon", True, "theme"),
    ActionSpec("theme_light", "Lig&ht", "Light colours", (), "sun", True, "theme"),
    ActionSpec(
        "drift",
        "Sho&w Drift",
        "Draw how far the LRs on the device are from those on the CPU; only for other devices",
        (),
        "",
        True,
    ),
    ActionSpec(
        "lock_panels",
        "Lo&ck Panels",
        "Hide the panels' title bars; unlocked, panels can be moved, floated and closed",
        (),
        "lock",
        True,
    ),
    ActionSpec("reset_layout", "&Reset Layout", "Put all panels back to their places"),
    ActionSpec("stop_run", "&Stop", "Stop the exact run", ("Ctrl+.",)),
    ActionSpec("start_run", "&Run Again", "Start the exact run again", ("F5",), "run"),
    ActionSpec("about", "&About lrdesigner", "Versions and licence", (), "info"),
)

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&File",
        (
            "new",
            "open",
            "gallery",
            "menu:recent",
            SEPARATOR,
            "save",
            "save_as",
            SEPARATOR,
            "open_overlay",
            SEPARATOR,
            "copy_code",
            "save_code",
            "save_json",
            SEPARATOR,
            "export_sweep_documents",
            "export_sweep_table",
            SEPARATOR,
            "quit",
        ),
    ),
    (
        "&Edit",
        (
            "undo",
            "redo",
            SEPARATOR,
            "cut_phases",
            "copy_phases",
            "paste_phases",
            "delete_phase",
            "duplicate_phase",
            SEPARATOR,
            "split_phase",
            "join_phases",
            "move_left",
            "move_right",
            "ripple",
            SEPARATOR,
            "sweep",
            SEPARATOR,
            "select_all",
            "select_none",
            "find",
        ),
    ),
    (
        "&View",
        (
            "linear",
            "log",
            SEPARATOR,
            "steps",
            "epochs",
            "percent",
            SEPARATOR,
            "zoom_in",
            "zoom_out",
            "zoom_fit",
            SEPARATOR,
            "theme_system",
            "theme_dark",
            "theme_light",
            SEPARATOR,
            "menu:lanes",
            "drift",
            SEPARATOR,
            "menu:panels",
            "lock_panels",
            "reset_layout",
        ),
    ),
    ("&Run", ("start_run", "stop_run", SEPARATOR, "menu:device")),
    ("&Help", ("about",)),
)
