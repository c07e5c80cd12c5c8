"""What is remembered of a document's overlays, as plain data for the settings. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lrdesigner.compare.frames import START, Anchor
from lrdesigner.gui.state import Comparison, DifferenceKind, Overlay, OverlayStyle
from lrdesigner.schedule import codec

MOST_OVERLAYS = 50
MOST_DOCUMENTS = 20
_MOST_TEXT = 100_000
_COLOR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class OverlayLook:
    """One overlay.

    Attributes:
        path: Its file; "" for a ghost.
        text: A ghost's document.
        title: A ghost's title.
        given: What the user calls it, or "".
        visible: Whether it is drawn.
        color: Its colour, or "".
        style: How it is drawn.
        anchor: The place it is aligned by; None for that of all overlays.
    """

    path: str = ""
    text: str = ""
    title: str = ""
    given: str = ""
    visible: bool = True
    color: str = ""
    style: OverlayStyle = "dashed"
    anchor: Anchor | None = None

    @property
    def values(self) -> dict[str, object]:
        """The fields that `Overlay` has too."""
        known = _COLOR.fullmatch(self.color) is not None
        return {
            "given": self.given,
            "visible": self.visible,
            "color": self.color if known else "",
            "style": self.style,
            "anchor": self.anchor,
        }


@dataclass(frozen=True)
class ComparisonLook:
    """A document's overlays, and how they are compared with it.

    Attributes:
        overlays: They, in the order of the list.
        reference: Which of them differences are taken against; None for the document.
        align: The place all are aligned by.
        own_length: Whether every curve is stretched over the whole document.
        own_peak: Whether every curve is drawn in parts of its own peak.
        difference: What the lane of differences shows.
    """

    overlays: tuple[OverlayLook, ...] = ()
    reference: int | None = None
    align: Anchor = START
    own_length: bool = False
    own_peak: bool = False
    difference: DifferenceKind = "off"


def look_of(overlays: tuple[Overlay, ...], comparison: Comparison) -> ComparisonLook:
    """What is to be remembered of these overlays."""
    kept = [
        (overlay.id, found)
        for overlay in overlays[:MOST_OVERLAYS]
        if (found := _overlay_look(overlay)) is not None
    ]
    ids = [number for number, _ in kept]
    reference = comparison.reference
    return ComparisonLook(
        tuple(look for _, look in kept),
        ids.index(reference) if reference in ids else None,
        comparison.align,
        comparison.own_length,
        comparison.own_peak,
        comparison.difference,
    )


def _overlay_look(overlay: Overlay) -> OverlayLook | None:
    """None for what cannot be opened again."""
    shown = {
        "given": overlay.given,
        "visible": overlay.visible,
        "color": overlay.color,
        "style": overlay.style,
        "anchor": overlay.anchor,
    }
    if overlay.path is not None:
        return OverlayLook(path=str(overlay.path), **shown)  # type: ignore[arg-type]
    text = "" if overlay.schedule is None else codec.dumps(overlay.schedule)
    if not overlay.ghost or not text or len(text) > _MOST_TEXT:
        return None
    return OverlayLook(text=text, title=overlay.title, **shown)  # type: ignore[arg-type]
