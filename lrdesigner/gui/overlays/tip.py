"""The tool tip of an overlay: its file, how long it is, which line is which group. No Qt."""

from __future__ import annotations

from html import escape

from lrdesigner.gui.overlay_look import overlay_group_color
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Tokens
from lrdesigner.i18n import tr, trn

_MOST = 12


def overlay_tip(overlay: Overlay, tokens: Tokens) -> str:
    """What there is to know of an overlay, as rich text."""
    lines = [f"<b>{escape(overlay.name)}</b>"]
    if overlay.title not in ("", overlay.name):
        lines.append(escape(overlay.title))
    if overlay.path is not None:
        lines.append(f"<span style='white-space:pre'>{escape(str(overlay.path))}</span>")
    elif overlay.ghost:
        lines.append(tr("A ghost: this document as it was; it goes when it is removed"))
    curve = overlay.curve
    if curve is not None:
        lines.append(trn("{count:,} step", "{count:,} steps", curve.steps))
        if len(curve.groups) > 1:
            lines += _groups(overlay, curve.groups, tokens)
    return "<br>".join(lines)


def _groups(overlay: Overlay, groups: tuple[str, ...], tokens: Tokens) -> list[str]:
    found = []
    for index, name in enumerate(groups[:_MOST]):
        color = overlay_group_color(overlay, tokens, index, len(groups))
        found.append(f"<span style='color:{color}'>\N{BLACK SQUARE}</span> {escape(name)}")
    more = len(groups) - _MOST
    if more > 0:
        found.append(trn("and {count} more group", "and {count} more groups", more))
    return found
