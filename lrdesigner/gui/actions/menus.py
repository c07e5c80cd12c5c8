"""Which actions stand in which menus, and in what order."""

from __future__ import annotations

from lrdesigner.i18n import mark

SEPARATOR = "-"

SUBMENUS = {
    "recent": mark("Open &Recent"),
    "lanes": mark("L&anes"),
    "panels": mark("Pa&nels"),
    "device": mark("&Device"),
    "language": mark("Lang&uage"),
}
"""Menus that are filled while the program runs; ``menu:<name>`` stands for them."""

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        mark("&File"),
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
            "export_picture",
            "copy_picture",
            SEPARATOR,
            "export_sweep_documents",
            "export_sweep_table",
            SEPARATOR,
            "quit",
        ),
    ),
    (
        mark("&Edit"),
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
            "batch_calculator",
            "command_palette",
        ),
    ),
    (
        mark("&View"),
        (
            "linear",
            "log",
            SEPARATOR,
            "steps",
            "epochs",
            "percent",
            "samples",
            "tokens",
            SEPARATOR,
            "zoom_in",
            "zoom_out",
            "zoom_fit",
            SEPARATOR,
            "theme_system",
            "theme_dark",
            "theme_light",
            "menu:language",
            SEPARATOR,
            "menu:lanes",
            "drift",
            SEPARATOR,
            "menu:panels",
            "lock_panels",
            "reset_layout",
        ),
    ),
    (mark("&Run"), ("start_run", "stop_run", SEPARATOR, "menu:device")),
    (mark("&Help"), ("shortcuts", SEPARATOR, "about")),
)
