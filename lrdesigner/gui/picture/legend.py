"""The names of the lines, with a sample of each. No Qt but for the widths of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.group_look import families
from lrdesigner.gui.picture.lettering import elided, width_of
from lrdesigner.gui.picture.surface import Stroke, Style, Surface
from lrdesigner.i18n import tr

ROW = 18.0
_SAMPLE, _NEAR, _FAR = 26.0, 6.0, 18.0
_WIDEST = 220.0
_MOST_ROWS = 3
_FAMILY_WIDTH = 5.0


@dataclass(frozen=True)
class Entry:
    """What there is one sample for: a line, or the lines of a family.

    Attributes:
        text: What it says.
        strokes: How its lines look; one, or those of the family.
        lines: How many lines it stands for.
    """

    text: str
    strokes: tuple[Stroke, ...]
    lines: int = 1


def entries(lines: Sequence[Series], strokes: Sequence[Stroke]) -> list[Entry]:
    """All there is to say of lines that are drawn like that; layers of one thing are one entry."""
    groups = [index for index, line in enumerate(lines) if line.group is not None]
    found: list[Entry] = []
    place = 0
    for family in families(tuple(lines[index].name for index in groups)):
        found += [_single(lines[i], strokes[i]) for i in groups[place : family.start]]
        members = groups[family.start : family.end]
        text = f"{lines[members[0]].name} … {lines[members[-1]].name}"
        found.append(Entry(text, tuple(strokes[i] for i in members), len(members)))
        place = family.end
    rest = [*groups[place:], *(i for i, line in enumerate(lines) if line.group is None)]
    return found + [_single(lines[index], strokes[index]) for index in rest]


def _single(line: Series, stroke: Stroke) -> Entry:
    return Entry(f"{line.name} ({line.note})" if line.note else line.name, (stroke,))


@dataclass(frozen=True)
class _Placed:
    """An entry (or, without one, a remark) at its place: pixels from the left, and its row."""

    entry: Entry | None
    text: str
    x: float
    row: int


class Legend:
    """Entries in rows; what finds no room is counted.

    Args:
        found: The entries.
        style: How they are written.
        width: The room there is.
    """

    def __init__(self, found: Sequence[Entry], style: Style, width: float) -> None:
        self._style = style
        self._placed = list(self._place(found, width))

    @property
    def height(self) -> float:
        """Pixels of all rows."""
        return ROW * (self._placed[-1].row + 1) if self._placed else 0.0

    def _place(self, found: Sequence[Entry], width: float) -> Iterator[_Placed]:
        x, row = 0.0, 0
        each_beside = _SAMPLE + _NEAR + _FAR
        whole = sum(each_beside + width_of(entry.text, self._style) for entry in found)
        widest = width if whole <= width + _FAR else min(_WIDEST, width - _SAMPLE - _NEAR)
        for index, entry in enumerate(found):
            text = elided(entry.text, self._style, widest, middle=True)
            needed = _SAMPLE + _NEAR + width_of(text, self._style)
            left = sum(each.lines for each in found[index:])
            more = tr("and {count} more", count=left)
            last = row == _MOST_ROWS - 1 and index + 1 < len(found)
            room = _FAR + width_of(more, self._style) if last else 0.0
            if x > 0 and x + needed + room > width:
                if row == _MOST_ROWS - 1:
                    yield _Placed(None, more, x, row)
                    return
                x, row = 0.0, row + 1
            yield _Placed(entry, text, x, row)
            x += needed + _FAR

    def paint(self, surface: Surface, left: float, top: float) -> None:
        """Paint it from that corner on."""
        for each in self._placed:
            x, baseline = left + each.x, top + ROW * each.row + 13
            if each.entry is None:
                surface.text(each.text, x, baseline, self._style)
                continue
            _sample(surface, each.entry.strokes, x, baseline - 4)
            surface.text(each.text, x + _SAMPLE + _NEAR, baseline, self._style)


def sample_width(stroke: Stroke, room: float) -> float:
    """How long a sample of a line is that ends with a whole dash."""
    if not stroke.dash:
        return room
    period, gap = sum(stroke.dash) * stroke.width, stroke.dash[-1] * stroke.width
    return max(1, int((room + gap) / period)) * period - gap


def _sample(surface: Surface, strokes: Sequence[Stroke], x: float, y: float) -> None:
    """A piece of the line; of a family, all its colours side by side."""
    if len(strokes) == 1:
        surface.line(x, y, x + sample_width(strokes[0], _SAMPLE), y, strokes[0])
        return
    sides = np.linspace(x, x + _SAMPLE, len(strokes) + 1).tolist()
    for (left, right), stroke in zip(pairwise(sides), strokes, strict=True):
        surface.rect(left, y - _FAMILY_WIDTH / 2, right - left, _FAMILY_WIDTH, stroke.color)
