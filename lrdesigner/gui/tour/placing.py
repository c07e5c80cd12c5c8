"""Where a callout goes beside what it explains, which it never covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize

GAP, MARGIN = 16, 8

Side = Literal["right", "left", "below", "above", ""]
_SIDES: tuple[Side, ...] = ("right", "left", "below", "above")


def place(
    size: QSize, target: QRect, area: QRect, clear: Sequence[QRect] = ()
) -> tuple[QRect, Side]:
    """The best place for a callout.

    Args:
        size: Of the callout.
        target: What it points at; empty for the middle of the area.
        area: Where it may be.
        clear: What it should not cover either, if that can be had.

    Returns:
        Its place and the side of the target it is on.
    """
    room = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    if target.isEmpty():
        middle = QRect(QPoint(), size)
        middle.moveCenter(area.center())
        return middle, ""
    found = [
        (
            _covered(rect, target),
            not _is_on(side, rect, target),
            sum(_covered(rect, each) for each in clear),
            _apart(rect, target),
            number,
            rect,
            side,
        )
        for number, side in enumerate(_SIDES)
        for rect in _candidates(size, target, room, side)
    ]
    *_, rect, side = min(found, key=lambda entry: entry[:5])
    return rect, side if _is_on(side, rect, target) else ""


def _is_on(side: Side, rect: QRect, target: QRect) -> bool:
    """Whether it really stands there: the room may have pushed it elsewhere."""
    match side:
        case "right":
            return rect.left() > target.right()
        case "left":
            return rect.right() < target.left()
        case "below":
            return rect.top() > target.bottom()
        case _:
            return rect.bottom() < target.top()


def _apart(rect: QRect, other: QRect) -> int:
    """How much lies between them, sideways and up and down."""
    across = max(rect.left() - other.right(), other.left() - rect.right(), 0)
    along = max(rect.top() - other.bottom(), other.top() - rect.bottom(), 0)
    return across + along


def _candidates(size: QSize, target: QRect, room: QRect, side: Side) -> list[QRect]:
    """Beside the middle of the target, or with one edge on a level with it; within the room."""
    wide, high = size.width(), size.height()
    places = []
    if side in ("right", "left"):
        x = target.right() + 1 + GAP if side == "right" else target.left() - GAP - wide
        tops = (target.center().y() - high // 2, target.top(), target.bottom() + 1 - high)
        places = [(x, y) for y in (*tops, room.top(), room.bottom() - high)]
    else:
        y = target.bottom() + 1 + GAP if side == "below" else target.top() - GAP - high
        lefts = (target.center().x() - wide // 2, target.left(), target.right() + 1 - wide)
        places = [(x, y) for x in (*lefts, room.left(), room.right() - wide)]
    return [_within(QRect(QPoint(x, y), size), room) for x, y in places]


def _within(rect: QRect, room: QRect) -> QRect:
    moved = QRect(rect)
    moved.moveLeft(max(room.left(), min(rect.left(), room.right() + 1 - rect.width())))
    moved.moveTop(max(room.top(), min(rect.top(), room.bottom() + 1 - rect.height())))
    return moved


def _covered(rect: QRect, other: QRect) -> int:
    both = rect.intersected(other)
    return 0 if both.isEmpty() else both.width() * both.height()
