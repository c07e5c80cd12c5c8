"""The rows of the timeline: one for the document's own phases, one for each track."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.timeline.blocks import Blocks, Hit, Strip
from lrdesigner.gui.timeline.layout import lay_out

HEIGHT = 72
"""Of the timeline without tracks: one row, which needs no name."""
PITCH = 56
CAPTION = 19
_BLOCKS = 33.0
_TOP, _BOTTOM = 3, 4
_PEEK = 0.6


@dataclass(frozen=True)
class Row:
    """One sequence of phases on the timeline.

    Attributes:
        part: The phases.
        rect: Where the row lies, over the timeline's whole width.
        blocks: Its blocks.
        named: Whether a caption above the blocks says what the row is.
    """

    part: DocumentPart
    rect: QRectF
    blocks: Blocks
    named: bool

    @property
    def caption(self) -> QRectF:
        """Where the caption stands."""
        blocks = self.blocks
        return QRectF(blocks.left, self.rect.top(), blocks.right - blocks.left, CAPTION)


@dataclass(frozen=True)
class Spot:
    """What is at a point.

    Attributes:
        track: The row's track.
        hit: What of the row; None for its caption or an empty place.
    """

    track: int | None
    hit: Hit | None


@dataclass(frozen=True)
class Rows:
    """All rows that can be seen, from top to bottom."""

    rows: tuple[Row, ...] = ()

    def of(self, track: int | None) -> Row | None:
        """The row of a track, if it can be seen."""
        return next((row for row in self.rows if row.part.track == track), None)

    def at(self, y: float) -> Row | None:
        """The row at a height."""
        return next((row for row in self.rows if row.rect.top() <= y < row.rect.bottom()), None)

    def spot(self, position: QPointF) -> Spot | None:
        """What is at a point."""
        row = self.at(position.y())
        return None if row is None else Spot(row.part.track, row.blocks.hit(position))


_MOST = 4
_ROOM = ((2, 700), (3, 860))
"""Rows shown in windows lower than that."""


def full_height(tracks: int) -> int:
    """Pixels that all rows need."""
    return HEIGHT if not tracks else _TOP + PITCH * (tracks + 1) + _BOTTOM


def wanted_height(tracks: int, window: int) -> int:
    """Pixels the timeline asks for in a window of that height.

    The curve needs its room too: beyond some rows the timeline scrolls, and shows that there is
    more.
    """
    most = next((rows for rows, height in _ROOM if window < height), _MOST)
    if tracks < most:
        return full_height(tracks)
    return _TOP + round(PITCH * (most - 1 + _PEEK))


def row_top(track: int | None) -> int:
    """Where a row begins, before scrolling."""
    return _TOP + PITCH * (0 if track is None else track + 1)


def lay_out_rows(controller: Controller, width: float, height: float, scroll: float) -> Rows:
    """Put all rows that are at least partly inside the timeline at their places."""
    schedule, axis, unit = controller.schedule, controller.axis, controller.view.unit
    if not schedule.tracks:
        part = controller.part_of(None)
        fast = part.preview
        blocks = lay_out(part.schedule, axis, failing=fast.errors, preview=fast, unit=unit)
        return Rows((Row(part, QRectF(0, 0, width, HEIGHT), blocks, named=False),))
    found = []
    for track in (None, *range(len(schedule.tracks))):
        top = row_top(track) - scroll
        if top + PITCH < 0 or top > height:
            continue
        part = controller.part_of(track)
        strip = Strip(top + CAPTION, _BLOCKS)
        fast = part.preview
        blocks = lay_out(part.schedule, axis, strip, fast.errors, fast, unit)
        found.append(Row(part, QRectF(0, top, width, PITCH), blocks, named=True))
    return Rows(tuple(found))
