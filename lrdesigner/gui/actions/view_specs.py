"""The actions of the View menu."""

from __future__ import annotations

from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.i18n import mark

_THEME = (
    "theme", "colours", "colors", "color", "scheme", "appearance", "style", "dark", "light",
    "night", "day", "mode", "主题", "颜色", "配色", "外观", "深色", "浅色", "暗色", "亮色", "夜间",
)  # fmt: skip

VIEW: tuple[ActionSpec, ...] = (
    ActionSpec(
        "linear",
        mark("&Linear LR Axis"),
        mark("Show the LR linearly"),
        ("Ctrl+1",),
        checkable=True,
        group="axis",
    ),
    ActionSpec(
        "log",
        mark("Lo&garithmic LR Axis"),
        mark("Show the LR in powers of ten"),
        ("Ctrl+2",),
        checkable=True,
        group="axis",
    ),
    ActionSpec(
        "steps",
        mark("&Steps"),
        mark("Label the time axis in steps"),
        ("Ctrl+3",),
        checkable=True,
        group="unit",
    ),
    ActionSpec(
        "epochs",
        mark("&Epochs"),
        mark("Label the time axis in epochs"),
        ("Ctrl+4",),
        checkable=True,
        group="unit",
    ),
    ActionSpec(
        "percent",
        mark("&Percent"),
        mark("Label the time axis in percent"),
        ("Ctrl+5",),
        checkable=True,
        group="unit",
    ),
    ActionSpec(
        "samples",
        mark("Sa&mples"),
        mark("Label the time axis in training samples, once the batch size is known"),
        ("Ctrl+6",),
        checkable=True,
        group="unit",
    ),
    ActionSpec(
        "tokens",
        mark("&Tokens"),
        mark("Label the time axis in tokens, once batch size and sequence length are known"),
        ("Ctrl+7",),
        checkable=True,
        group="unit",
    ),
    ActionSpec(
        "zoom_in", mark("Zoom &In"), mark("Show less time"), ("Ctrl++", "Ctrl+="), icon="zoom-in"
    ),
    ActionSpec("zoom_out", mark("Zoom &Out"), mark("Show more time"), ("Ctrl+-",), icon="zoom-out"),
    ActionSpec(
        "zoom_fit", mark("Zoom to &Fit"), mark("Show the whole run"), ("Ctrl+0",), icon="zoom-fit"
    ),
    ActionSpec(
        "theme_system",
        mark("As the S&ystem"),
        mark("Follow the system's colours"),
        ("Ctrl+F7",),
        checkable=True,
        group="theme",
        words=_THEME,
    ),
    ActionSpec(
        "theme_dark",
        mark("&Dark"),
        mark("Dark colours"),
        ("Ctrl+F8",),
        icon="moon",
        checkable=True,
        group="theme",
        words=_THEME,
    ),
    ActionSpec(
        "theme_light",
        mark("Lig&ht"),
        mark("Light colours"),
        ("Ctrl+F9",),
        icon="sun",
        checkable=True,
        group="theme",
        words=_THEME,
    ),
    ActionSpec(
        "drift",
        mark("Sho&w Drift"),
        mark(
            "Draw how far the LRs on the device are from those on the CPU; only for other devices"
        ),
        ("Ctrl+Shift+G",),
        checkable=True,
        needs=mark("Choose another device than the CPU first"),
    ),
    ActionSpec(
        "next_panel",
        mark("&Next Panel"),
        mark("Go on to the next panel with the keyboard"),
        ("F6",),
    ),
    ActionSpec(
        "previous_panel",
        mark("&Previous Panel"),
        mark("Go back to the panel before with the keyboard"),
        ("Shift+F6",),
    ),
    ActionSpec(
        "float_panel",
        mark("&Float or Dock Panel"),
        mark("Give the panel with the keyboard a window of its own, or put it back"),
        ("Ctrl+Shift+F",),
    ),
    ActionSpec(
        "lock_panels",
        mark("Lo&ck Panels"),
        mark("Hide the panels' title bars; unlocked, panels can be moved, floated and closed"),
        ("Ctrl+Shift+K",),
        icon="lock",
        checkable=True,
    ),
    ActionSpec(
        "reset_layout",
        mark("&Reset Layout"),
        mark("Put all panels back to their places"),
        ("Ctrl+Shift+L",),
    ),
)
