"""The colour of an overlay, on the canvas and in the list alike. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrdesigner.gui.state import Overlay
    from lrdesigner.gui.theme import Tokens


def overlay_color(overlay: Overlay, tokens: Tokens) -> str:
    """The colour the user chose, else one of the theme's.

    It goes by the overlay's own number, so that closing one does not recolour the others.
    """
    return overlay.color or tokens.overlay_colors(overlay.id + 1)[overlay.id]
