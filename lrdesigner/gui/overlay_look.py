"""How an overlay looks, on the canvas and in the list alike. No Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lrdesigner.axes import MINUS
from lrdesigner.gui.anchor_text import anchor_text
from lrdesigner.gui.placements import Placement
from lrdesigner.gui.theme.color import contrast, mix
from lrdesigner.gui.theme.tokens import LINE_CONTRAST
from lrdesigner.gui.time_text import UNIT_TEXT, steps_per
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.model import Schedule

if TYPE_CHECKING:
    from lrdesigner.gui.state import Overlay, XUnit
    from lrdesigner.gui.theme import Tokens

Dashes = tuple[float, ...]

_LIGHTEST = 0.55
_FADING = 24
_MOST_FADED = 0.6
# Lengths of strokes and gaps, in widths of the line: the first group's, the second's, …
_DASHES: Sequence[Dashes] = ((4.0, 3.0), (1.5, 2.5), (9.0, 3.0), (7.0, 2.5, 1.5, 2.5))
_GHOST_DASHES: Sequence[Dashes] = ((), (12.0, 3.0), (3.0, 3.0), (12.0, 3.0, 3.0, 3.0))


def overlay_color(overlay: Overlay, tokens: Tokens) -> str:
    """The colour the user chose, else one of the theme's.

    It goes by the overlay's own number, so that closing one does not recolour the others.
    """
    return overlay.color or tokens.overlay_colors(overlay.id + 1)[overlay.id]


def overlay_group_color(overlay: Overlay, tokens: Tokens, group: int, count: int) -> str:
    """The colour of one of an overlay's groups: shades of the overlay's own.

    A ghost's are as faint as a line may be that is to be seen.
    """
    share = _LIGHTEST * group / (count - 1) if group else 0.0
    color = mix(overlay_color(overlay, tokens), tokens.text, share)
    return faded(color, tokens) if overlay.style == "ghost" else color


def overlay_dashes(overlay: Overlay, group: int) -> Dashes:
    """The strokes of one of an overlay's groups, which tell groups apart besides their shade."""
    patterns = _GHOST_DASHES if overlay.style == "ghost" else _DASHES
    return patterns[group % len(patterns)]


def faded(color: str, tokens: Tokens) -> str:
    """A colour moved towards the ground, as far as a line in it stays visible."""
    found = color
    for step in range(1, _FADING + 1):
        fainter = mix(color, tokens.window, _MOST_FADED * step / _FADING)
        if contrast(fainter, tokens.window) < LINE_CONTRAST:
            break
        found = fainter
    return found


def cut_text(placement: Placement, overlay: Overlay, schedule: Schedule, unit: XUnit) -> str:
    """How much of an overlay lies within a document's run, if that is not all of it.

    Such as ``first 1 of 100 epochs``; "" for all.
    """
    assert overlay.curve is not None
    frame, steps = placement.frame, placement.steps
    first = max(0, math.ceil(-frame.offset / frame.stretch))
    last = min(steps, math.ceil((schedule.steps - frame.offset) / frame.stretch))
    if first <= 0 and last >= steps:
        return ""
    if first >= last:
        return tr("nothing, it lies outside this run")
    place = 0 if first <= 0 else 1 if last >= steps else 2
    per = float(overlay.curve.steps_per_epoch) if unit == "epochs" else 1.0
    part, whole = (last - first) / per, steps / per
    if unit == "epochs":
        text = (
            mark("first {part:,.10g} of {whole:,.10g} epochs"),
            mark("last {part:,.10g} of {whole:,.10g} epochs"),
            mark("{part:,.10g} of {whole:,.10g} epochs"),
        )[place]
        return tr(text, part=part, whole=whole)
    if unit == "percent":
        text = (
            mark("first {share:.3g} %"),
            mark("last {share:.3g} %"),
            mark("{share:.3g} % of it"),
        )[place]
        return tr(text, share=100 * (last - first) / steps)
    text = (
        mark("first {part:,.10g} of {whole:,.10g} steps"),
        mark("last {part:,.10g} of {whole:,.10g} steps"),
        mark("{part:,.10g} of {whole:,.10g} steps"),
    )[place]
    return tr(text, part=part, whole=whole)


def shift_text(placement: Placement, schedule: Schedule, unit: XUnit) -> str:
    """By how much of the document's time an overlay is shifted; "" for not at all."""
    offset = placement.start
    if not offset:
        return ""
    amount = offset / steps_per(unit, schedule.horizon)
    if unit == "percent":
        text = tr("shifted by {amount:+,.3g} %", amount=amount)
    elif unit == "epochs":
        text = tr("shifted by {amount:+,.4g} epochs", amount=amount)
    else:
        text = tr("shifted by {amount:+,.0f} steps", amount=offset)
    return text.replace("-", MINUS)


def missing_text(placement: Placement) -> str:
    """Why an overlay lies elsewhere than it should, if it does; else ""."""
    if placement.missing is not None:
        return tr("no {place} here: aligned by the start", place=anchor_text(placement.missing))
    if placement.uncounted is not None:
        unit = tr(UNIT_TEXT[placement.uncounted])
        return tr("its {unit} are not known: compared step by step", unit=unit)
    return ""
