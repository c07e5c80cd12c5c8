"""The whole timeline, in the order in which its parts cover each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from lrdesigner.gui.dropping import Landing
from lrdesigner.gui.timeline.blocks import (
    BLOCK_HEIGHT,
    HEIGHT,
    MARGIN,
    TOP,
    Block,
    Blocks,
    Body,
    Edge,
    Hit,
    Link,
    badge_fits,
)
from lrdesigner.gui.timeline.painting import Painter

_GHOST = 0.92
_LIFTED = 0.35


@dataclass(frozen=True)
class Ghost:
    """A block that follows the mouse.

    Attributes:
        index: The phase that is moved.
        shift: How far it has been dragged.
        bar: Where it would go in; None if nothing would change.
    """

    index: int
    shift: float
    bar: float | None


@dataclass(frozen=True)
class Shown:
    """What the mouse is doing.

    Attributes:
        hot: What it is on, or holds.
        ghost: The block it drags.
        landing: Where a scheduler dragged in would go, and its block there.
        hint: A word beside the cursor.
        mouse: Where that is.
    """

    hot: Hit | None = None
    ghost: Ghost | None = None
    landing: tuple[Landing, Block] | None = None
    hint: str = ""
    mouse: QPointF | None = None


def paint_scene(
    painter: QPainter,
    parts: Painter,
    blocks: Blocks,
    shown: Shown,
    *,
    selected: int | None,
    focus: bool,
    width: float,
) -> None:
    """Blocks, badges over them, then whatever the mouse holds."""
    painter.save()
    sight = QRectF(blocks.left, 0, blocks.right - blocks.left, HEIGHT)
    painter.setClipRect(sight.adjusted(-MARGIN, 0, MARGIN, 0))
    if blocks.hold is not None:
        parts.hold(painter, blocks.hold, f"hold · {blocks.hold.subtitle}")
    lifted = shown.ghost.index if shown.ghost else None
    for block in blocks.blocks:
        painter.setOpacity(_LIFTED if block.index == lifted else 1.0)
        parts.block(painter, block, hover=shown.hot == Body(block.index))
    painter.setOpacity(1.0)
    for block in blocks.blocks:
        if block.index == selected and block.index != lifted:
            parts.outline(painter, block.rect, focus=focus)
        if shown.hot == Edge(block.index):
            parts.edge(painter, block.end)
    for block in blocks.blocks:
        badge = block.badge
        if badge is not None and badge_fits(blocks.blocks, block):
            hover = shown.hot == Link(block.index)
            parts.badge(painter, badge, linked=block.linked, hover=hover)
    if focus and selected is None:
        row = QRectF(sight.left(), TOP, sight.width(), BLOCK_HEIGHT)
        parts.outline(painter, row, focus=True)
    painter.restore()
    _paint_held(painter, parts, blocks, shown, width)


def _paint_held(
    painter: QPainter, parts: Painter, blocks: Blocks, shown: Shown, width: float
) -> None:
    if shown.landing is not None:
        parts.block(painter, shown.landing[1], hover=True)
        parts.outline(painter, shown.landing[1].rect, focus=True)
    if shown.ghost is not None:
        block = blocks.blocks[shown.ghost.index]
        shift = shown.ghost.shift
        moved = replace(
            block,
            rect=block.rect.translated(shift, 0),
            sight=block.sight.translated(shift, 0),
        )
        painter.setOpacity(_GHOST)
        parts.block(painter, moved, hover=True)
        painter.setOpacity(1.0)
        if shown.ghost.bar is not None:
            parts.insertion(painter, shown.ghost.bar)
    if shown.hint and shown.mouse is not None:
        parts.hint(painter, shown.hint, shown.mouse, width)
