"""The whole timeline, in the order in which its parts cover each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from lrdesigner.gui.actions.keys import keys_of, native
from lrdesigner.gui.dropping import Landing
from lrdesigner.gui.timeline.blocks import (
    MARGIN,
    Block,
    Body,
    Edge,
    Hit,
    Link,
    Mend,
    Plus,
    badge_fits,
    plus_fits,
)
from lrdesigner.gui.timeline.painting import Painter
from lrdesigner.gui.timeline.rows import Row, Rows, Spot
from lrdesigner.i18n import tr

_GHOST = 0.92
_LIFTED = 0.35


@dataclass(frozen=True)
class Ghost:
    """A block that follows the mouse.

    Attributes:
        track: The row it is in.
        index: The phase that is moved.
        shift: How far it has been dragged.
        bar: Where it would go in; None if nothing would change.
        others: Phases that are moved with it.
    """

    track: int | None
    index: int
    shift: float
    bar: float | None
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What the mouse is doing.

    Attributes:
        hot: What it is on, or holds.
        ghost: The block it drags.
        landing: Where a scheduler dragged in would go, and its block there.
        hint: A word beside the cursor.
        warning: Why what is dragged goes no further.
        mouse: Where that is.
        splice: In which track and at which x phases from a file would go in.
    """

    hot: Spot | None = None
    ghost: Ghost | None = None
    landing: tuple[Landing, Block] | None = None
    hint: str = ""
    mouse: QPointF | None = None
    splice: tuple[int | None, float] | None = None
    warning: str = ""


def paint_row(
    painter: QPainter,
    parts: Painter,
    row: Row,
    shown: Shown,
    *,
    selected: Collection[int],
    focus: bool,
) -> None:
    """Blocks and the badges over them."""
    track, blocks = row.part.track, row.blocks
    hot = shown.hot.hit if shown.hot is not None and shown.hot.track == track else None
    ghost = shown.ghost if shown.ghost is not None and shown.ghost.track == track else None
    painter.save()
    sight = QRectF(blocks.left, row.rect.top(), blocks.right - blocks.left, row.rect.height())
    painter.setClipRect(sight.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
    if blocks.hold is not None:
        parts.hold(painter, blocks.hold, hold_text(row))
    lifted = {ghost.index, *ghost.others} if ghost else set()
    for block in blocks.blocks:
        painter.setOpacity(_LIFTED if block.index in lifted else 1.0)
        parts.block(painter, block, hover=hot == Body(block.index))
    painter.setOpacity(1.0)
    for block in blocks.blocks:
        if block.index in selected and block.index not in lifted:
            parts.outline(painter, block.rect, focus=focus)
        if hot == Edge(block.index):
            parts.edge(painter, block.end, blocks.strip)
    for block in blocks.blocks:
        badge = block.badge
        if badge is None or not badge_fits(blocks.blocks, block):
            continue
        if not block.quiet or _near(hot, block.index - 1):
            parts.badge(painter, badge, block, hover=hot == Link(block.index))
        if block.pill is not None:
            parts.jump(painter, block.pill, block.jump, hover=hot == Mend(block.index))
    for block in blocks.blocks:
        # Shown at the boundary the mouse is on, while nothing is dragged.
        near = _near(hot, block.index)
        if near and not shown.hint and plus_fits(blocks.blocks, block):
            parts.plus(painter, block.plus, hover=hot == Plus(block.index))
    if focus and not selected and row.part.active:
        strip = blocks.strip
        parts.outline(
            painter, QRectF(sight.left(), strip.top, sight.width(), strip.height), focus=True
        )
    painter.restore()


def _near(hot: Hit | None, index: int) -> bool:
    """Whether the mouse is on the boundary after a phase, or on what stands on it."""
    return hot in (Edge(index), Plus(index), Link(index + 1))


def hold_text(row: Row) -> str:
    """What the free stretch is; a row that has nothing else says how it gets phases."""
    hold = row.blocks.hold
    if hold is None:
        return ""
    if row.blocks.blocks:
        return tr("hold · {duration}", duration=hold.subtitle)
    if row.part.track is not None:
        return tr("No phases: drag a scheduler here, or double-click its card")
    keys = native(keys_of("gallery")[0])
    return tr(
        "No phases yet: drag a scheduler here, or double-click its card. {keys} has presets.",
        keys=keys,
    )


def paint_held(painter: QPainter, parts: Painter, rows: Rows, shown: Shown, width: float) -> None:
    """Whatever the mouse holds, over everything."""
    if shown.landing is not None:
        parts.block(painter, shown.landing[1], hover=True)
        parts.outline(painter, shown.landing[1].rect, focus=True)
    target = rows.of(shown.splice[0]) if shown.splice is not None else None
    if target is not None and shown.splice is not None:
        parts.insertion(painter, shown.splice[1], target.blocks.strip)
    row = rows.of(shown.ghost.track) if shown.ghost is not None else None
    if shown.ghost is not None and row is not None:
        block = row.blocks.blocks[shown.ghost.index]
        moved = block.moved(shown.ghost.shift)
        painter.setOpacity(_GHOST)
        parts.block(painter, moved, hover=True)
        painter.setOpacity(1.0)
        if shown.ghost.bar is not None:
            parts.insertion(painter, shown.ghost.bar, row.blocks.strip)
    if shown.hint and shown.mouse is not None:
        left = rows.rows[0].blocks.left if rows.rows else 0.0  # beside it stand buttons
        parts.hint(painter, shown.hint, shown.warning, shown.mouse, (left, width))
