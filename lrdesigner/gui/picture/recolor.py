"""What is on screen in one theme, in the colours of another. No Qt."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from lrdesigner.gui.canvas.lane_content import LaneContent, LaneMarks
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.theme.color import contrast, mix
from lrdesigner.gui.theme.tokens import LINE_CONTRAST, Tokens

_FILL = 0.6
_SHADES = 20


class Recoloring:
    """Finds the colour that plays the same role in another theme.

    Args:
        source: The theme on screen.
        target: The theme of the picture.
        lines: Colours of lines that are no token of their own, in both themes.
    """

    def __init__(
        self, source: Tokens, target: Tokens, lines: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._target = target
        roles = [f.name for f in dataclasses.fields(source) if f.name not in _NO_COLORS]
        pairs = [(str(getattr(source, r)), str(getattr(target, r))) for r in roles]
        self._lines = dict(lines)
        self._roles = dict(reversed(pairs))  # of two roles in one colour the first counts
        self._shades = {
            mix(source.window, was, step / _SHADES): mix(target.window, now, step / _SHADES)
            for was, now in reversed(pairs)
            for step in range(1, _SHADES)
        }

    def line(self, color: str) -> str:
        """The colour of a line that stands for a group or an overlay."""
        return self._lines.get(color) or self.role(color)

    def role(self, color: str) -> str:
        """A token, a shade of one, or a colour somebody has chosen, which has to be seen here."""
        for known in (self._roles, self._shades, self._lines):
            if color in known:
                return known[color]
        return self._seen(color)

    def _seen(self, color: str) -> str:
        """The colour, moved towards the text's until it stands out from the ground."""
        for step in range(_SHADES + 1):
            found = mix(color, self._target.text, step / _SHADES)
            if contrast(found, self._target.window) >= LINE_CONTRAST:
                return found
        return self._target.text

    def series(self, lines: Sequence[Series]) -> tuple[Series, ...]:
        """Lines of the curve."""
        found = []
        for line in lines:
            color = self.line(line.color)
            fill = mix(self._target.window, color, _FILL)
            found.append(dataclasses.replace(line, color=color, fill=fill))
        return tuple(found)

    def lane(self, lane: LaneContent) -> LaneContent:
        """A lane."""
        marks = LaneMarks(
            [dataclasses.replace(w, color=self.role(w.color)) for w in lane.marks.windows],
            [dataclasses.replace(p, color=self.role(p.color)) for p in lane.marks.points],
            [dataclasses.replace(r, color=self.role(r.color)) for r in lane.marks.rules],
        )
        lines = [dataclasses.replace(e, color=self.role(e.color)) for e in lane.lines]
        return dataclasses.replace(lane, lines=lines, marks=marks)


_NO_COLORS = ("scheme", "groups", "overlays")
