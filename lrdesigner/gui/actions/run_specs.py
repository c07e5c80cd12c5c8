"""The actions of the Run and Help menus."""

from __future__ import annotations

from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.i18n import mark

RUN: tuple[ActionSpec, ...] = (
    ActionSpec(
        "stop_run",
        mark("&Stop"),
        mark("Stop the exact run"),
        ("Ctrl+.",),
        needs=mark("No exact run goes on"),
    ),
    ActionSpec(
        "start_run", mark("&Run Again"), mark("Start the exact run again"), ("F5",), icon="run"
    ),
    ActionSpec(
        "help",
        mark("Scheduler &Help"),
        mark("What the scheduler does: formula, when to use it, parameters, traps"),
        ("F1",),
        icon="help",
    ),
    ActionSpec(
        "shortcuts",
        mark("&Keyboard Shortcuts…"),
        mark("What keys and the mouse do, everywhere"),
        ("Ctrl+/",),
        icon="keyboard",
    ),
    ActionSpec(
        "tour",
        mark("&Two-Minute Tour"),
        mark("What the parts of the window are for, by using them"),
        ("Ctrl+F1",),
        icon="tour",
    ),
    ActionSpec(
        "about",
        mark("&About lrdesigner"),
        mark("Versions and licence"),
        ("Ctrl+Shift+F1",),
        icon="info",
    ),
)
