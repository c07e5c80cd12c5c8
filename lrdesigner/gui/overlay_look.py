"""How an overlay looks, on the canvas and in the list alike. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrdesigner.gui.theme.color import mix
from lrdesigner.gui.time_text import steps_per
from lrdesigner.schedule.model import Horizon, Schedule

if TYPE_CHECKING:
    from lrdesigner.gui.state import Overlay, XUnit
    from lrdesigner.gui.theme import Tokens

_LIGHTEST = 0.55


def overlay_color(overlay: Overlay, tokens: Tokens) -> str:
    """The colour the user chose, else one of the theme's.

    It goes by the overlay's own number, so that closing one does not recolour the others.
    """
    return overlay.color or tokens.overlay_colors(overlay.id + 1)[overlay.id]


def overlay_group_color(overlay: Overlay, tokens: Tokens, group: int, count: int) -> str:
    """The colour of one of an overlay's groups: shades of the overlay's own."""
    share = _LIGHTEST * group / (count - 1) if group else 0.0
    return mix(overlay_color(overlay, tokens), tokens.text, share)


def own_horizon(overlay: Overlay) -> Horizon:
    """The horizon of an overlay that has a curve."""
    if overlay.schedule is not None:
        return overlay.schedule.horizon
    curve = overlay.curve
    assert curve is not None
    epochs = max(1, curve.steps // curve.steps_per_epoch)
    return Horizon(epochs=epochs, steps_per_epoch=curve.steps_per_epoch)


def cut_text(overlay: Overlay, schedule: Schedule, unit: XUnit) -> str:
    """How much of an overlay the time axis of a document shows, if that is not all of it.

    Such as ``first 1 of 100 epochs``; "" for all.
    """
    if overlay.curve is None or unit == "percent":
        return ""
    own = overlay.curve.steps / steps_per(unit, own_horizon(overlay))
    shown = schedule.steps / steps_per(unit, schedule.horizon)
    return f"first {shown:,.10g} of {own:,.10g} {unit}" if shown < own else ""
