"""The actions of the Edit menu."""

from __future__ import annotations

from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.i18n import mark

EDIT: tuple[ActionSpec, ...] = (
    ActionSpec(
        "cut_phases",
        mark("Cu&t"),
        mark("Cut the selected phases"),
        ("Ctrl+X",),
        local=True,
        needs=mark("Select a phase first"),
    ),
    ActionSpec(
        "copy_phases",
        mark("&Copy"),
        mark("Copy the selected phases, as JSON text too"),
        ("Ctrl+C",),
        icon="copy",
        local=True,
        needs=mark("Select a phase first"),
    ),
    ActionSpec(
        "paste_phases",
        mark("&Paste"),
        mark("Insert the phases on the clipboard after the selected one"),
        ("Ctrl+V",),
        local=True,
    ),
    ActionSpec(
        "split_phase",
        mark("&Split at Cursor"),
        mark("Cut the phase under the mouse in two, where the curve stays the same"),
        ("S",),
        local=True,
        needs=mark("There are no phases"),
    ),
    ActionSpec(
        "join_phases",
        mark("&Join with Next"),
        mark("Make the selected phase and the next one a single phase with the same curve"),
        ("Ctrl+J",),
        local=True,
        needs=mark("Select a phase that another one follows"),
    ),
    ActionSpec(
        "select_all",
        mark("Select &All"),
        mark("Select all phases"),
        ("Ctrl+A",),
        local=True,
        needs=mark("There are no phases"),
    ),
    ActionSpec(
        "ripple",
        mark("Ripple Later P&hases"),
        mark(
            "Dragging a boundary moves all later phases; otherwise the neighbour trades its time "
            "(hold Alt for the other)"
        ),
        ("R",),
        checkable=True,
        local=True,
    ),
    ActionSpec(
        "delete_phase",
        mark("&Delete Phase"),
        mark("Delete the selected phase"),
        ("Del",),
        icon="remove",
        local=True,
        needs=mark("Select a phase first"),
    ),
    ActionSpec(
        "duplicate_phase",
        mark("D&uplicate Phase"),
        mark("Put a copy after the selected phase"),
        ("Ctrl+D",),
        icon="duplicate",
        needs=mark("Select a phase first"),
    ),
    ActionSpec(
        "move_left",
        mark("Move Phase &Left"),
        mark("Put the selected phase earlier"),
        ("Alt+Left",),
        local=True,
        needs=mark("Select a phase that is not the first"),
    ),
    ActionSpec(
        "move_right",
        mark("Move Phase &Right"),
        mark("Move the selected phase later"),
        ("Alt+Right",),
        local=True,
        needs=mark("Select a phase that is not the last"),
    ),
    ActionSpec(
        "select_none",
        mark("Select &Nothing"),
        mark("Show the run instead of a phase"),
        ("Ctrl+Shift+A",),
        needs=mark("No phase is selected"),
    ),
    ActionSpec(
        "sweep",
        mark("S&weep a Parameter"),
        mark("See what a number does: all its values at once, as a fan of curves"),
        ("Ctrl+Shift+W",),
        icon="sweep",
        checkable=True,
    ),
    ActionSpec(
        "find", mark("&Find Scheduler"), mark("Search the palette"), ("Ctrl+F",), icon="search"
    ),
    ActionSpec(
        "batch_calculator",
        mark("&Batch Calculator"),
        mark("Dataset and batch size give the steps of an epoch; a budget gives the epochs"),
        ("Ctrl+B",),
    ),
    ActionSpec(
        "command_palette",
        mark("Co&mmand Palette…"),
        mark("Find and do anything by its name: commands, schedulers, presets, files, fields"),
        ("Ctrl+Shift+P",),
        icon="command",
    ),
)
