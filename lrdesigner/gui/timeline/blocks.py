"""Where everything on the timeline stands, and what is under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

BADGE = 18.0
PILL = 14.0
PLUS = 14.0
EDGE_REACH = 5.0
TINY = 8.0
TINY_REACH = 3.0
MARGIN = 6.0
_TALL = 40.0
_RECTS = ("rect", "sight", "words")


@dataclass(frozen=True)
class Strip:
    """Where a row of blocks lies, up and down.

    Attributes:
        top: Upper edge of the blocks.
        height: How high they are.
    """

    top: float = 11.0
    height: float = 50.0

    @property
    def bottom(self) -> float:
        """Lower edge of the blocks."""
        return self.top + self.height


@dataclass(frozen=True)
class Block:
    """A phase.

    Attributes:
        index: The phase's index.
        rect: What is painted.
        sight: The part of it that lies under the plot.
        words: The part of that where words do not touch the links on its boundaries.
        start: x of its first step.
        end: x of the step after its last.
        title: The scheduler's name.
        subtitles: Its length as written and in the unit of the axis; then shorter texts.
        chips: What is stacked on it.
        category: Category of its colour.
        runs: Whether it can run as it stands.
        linked: Whether it starts from what the phase before it reached.
        jump: How far the value jumps where it begins, in a few letters; "" if it does not.
    """

    index: int
    rect: QRectF
    sight: QRectF
    words: QRectF
    start: float
    end: float
    title: str
    subtitles: tuple[str, ...]
    chips: tuple[str, ...]
    category: str
    runs: bool
    linked: bool
    jump: str = ""

    @property
    def quiet(self) -> bool:
        """Whether its link is broken without a jump: nothing that has to be seen at once."""
        return not (self.linked or self.jump)

    @property
    def subtitle(self) -> str:
        """Its length, where there is room for all of it."""
        return self.subtitles[0]

    def moved(self, shift: float) -> Block:
        """The same block further to the right; its boundaries stay."""
        rects = {name: getattr(self, name).translated(shift, 0) for name in _RECTS}
        return replace(self, **rects)

    @property
    def pill(self) -> QRectF | None:
        """Where the jump's size is shown, on the lower edge of the boundary; a click mends it."""
        if not self.jump:
            return None
        below = 2 if self.rect.height() >= _TALL else 0
        rect = QRectF(0, 0, 10 + 6.5 * len(self.jump), PILL)
        rect.moveCenter(QPointF(self.start, self.rect.bottom() + below))
        return rect

    @property
    def plus(self) -> QRectF:
        """On the upper edge of the boundary after it: a click puts a phase in there."""
        rect = QRectF(0, 0, PLUS, PLUS)
        rect.moveCenter(QPointF(self.end, self.rect.top()))
        return rect

    @property
    def badge(self) -> QRectF | None:
        """Where the link to the phase before it is shown; the first phase has none."""
        if self.index == 0:
            return None
        rect = QRectF(0, 0, BADGE, BADGE)
        rect.moveCenter(QPointF(self.start, self.rect.center().y()))
        return rect


@dataclass(frozen=True)
class Hold:
    """The free stretch at the end.

    Attributes:
        rect: What is painted.
        subtitle: Its length.
    """

    rect: QRectF
    subtitle: str


@dataclass(frozen=True)
class Body:
    """Hit: a phase's block."""

    index: int


@dataclass(frozen=True)
class Edge:
    """Hit: the boundary after a phase."""

    index: int


@dataclass(frozen=True)
class Link:
    """Hit: the badge between a phase and the one before it."""

    index: int


@dataclass(frozen=True)
class Mend:
    """Hit: the size of the jump between a phase and the one before it."""

    index: int


@dataclass(frozen=True)
class Plus:
    """Hit: where a phase can be put in after a phase."""

    index: int


Hit = Body | Edge | Link | Mend | Plus


@dataclass(frozen=True)
class Blocks:
    """Everything that stands in a row of the timeline.

    Attributes:
        blocks: The phases.
        hold: The free stretch at the end, if there is one.
        left: Where the plot above begins.
        right: Where it ends.
        strip: Where the row lies.
    """

    blocks: tuple[Block, ...] = ()
    hold: Hold | None = None
    left: float = 0.0
    right: float = 0.0
    strip: Strip = Strip()

    def hit(self, position: QPointF) -> Hit | None:
        """What is at a point; small things before the large ones they lie on."""
        strip = self.strip
        upright = strip.top - MARGIN <= position.y() <= strip.bottom + MARGIN
        if not upright or not self.left - MARGIN <= position.x() <= self.right + MARGIN:
            return None
        for block in self.blocks:
            pill = block.pill
            if pill is not None and pill.contains(position) and badge_fits(self.blocks, block):
                return Mend(block.index)
            badge = block.badge
            if badge is not None and badge.contains(position) and badge_fits(self.blocks, block):
                return Link(block.index)
        for block in self.blocks:
            if block.plus.contains(position) and plus_fits(self.blocks, block):
                return Plus(block.index)
        x = position.x()
        tiny = next((block for block in self.blocks if _tiny_at(block, x)), None)
        if tiny is not None:
            return Body(tiny.index)
        edge = self._edge(x)
        if edge is not None:
            return edge
        found = next((b for b in self.blocks if b.start <= x < b.end), None)
        return Body(found.index) if found else None

    def _edge(self, x: float) -> Edge | None:
        """The nearest boundary; narrow blocks keep most of their width for themselves."""
        best: tuple[float, Edge] | None = None
        for place, block in enumerate(self.blocks):
            right = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
            inner = min(EDGE_REACH, (block.end - block.start) / 3)
            outer = min(EDGE_REACH, (right.end - right.start) / 3) if right else EDGE_REACH
            away = x - block.end
            if -inner <= away <= outer and (best is None or abs(away) < best[0]):
                best = (abs(away), Edge(block.index))
        return best[1] if best else None


def _tiny_at(block: Block, x: float) -> bool:
    """Whether x is on a block too narrow to be hit otherwise."""
    middle = (block.start + block.end) / 2
    return block.end - block.start < TINY and abs(x - middle) <= TINY_REACH


def badge_fits(blocks: Sequence[Block], block: Block) -> bool:
    """Whether a badge leaves something to see of the blocks on both sides."""
    before = blocks[block.index - 1]
    return min(block.end - block.start, before.end - before.start) >= BADGE


def plus_fits(blocks: Sequence[Block], block: Block) -> bool:
    """Whether there is room for a button on the boundary after a block."""
    after = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
    width = block.end - block.start
    return (width if after is None else min(width, after.end - after.start)) >= 2 * PLUS
