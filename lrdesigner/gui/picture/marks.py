"""What explains the lines of a lane, and the rings on the curve."""

from __future__ import annotations

from collections.abc import Sequence

from lrdesigner.gui.canvas.lane_content import LaneMarks, LaneRule, LaneWindow
from lrdesigner.gui.picture.content import Ring
from lrdesigner.gui.picture.ground import hatch
from lrdesigner.gui.picture.lettering import width_of
from lrdesigner.gui.picture.shapes import Frame
from lrdesigner.gui.picture.surface import Stroke, Style, Surface
from lrdesigner.gui.theme.color import mix
from lrdesigner.gui.theme.tokens import Tokens

_TINT, _HATCH = 0.16, 0.45
_RADIUS = 3.2
_RING_RADIUS = 4.5
_LABEL_GAP = 4.0
_DASH = (3.0, 3.0)
_LABEL = 11
_VEIL = 0.75  # between a label and the line it stands on
_MOST = 1000


def paint_windows(
    surface: Surface, frame: Frame, windows: Sequence[LaneWindow], tokens: Tokens
) -> None:
    """Shaded stretches of time."""
    for window in windows[:: max(1, len(windows) // _MOST)]:
        left, right = max(frame.left, frame.x(window.start)), min(frame.right, frame.x(window.end))
        if right <= left:
            continue
        surface.rect(left, frame.top, right - left, frame.height, window.color, _TINT)
        if window.hatched:
            hatch(surface, frame, left, right, mix(tokens.window, window.color, _HATCH))


def paint_marks(surface: Surface, frame: Frame, marks: LaneMarks, tokens: Tokens) -> None:
    """Rules with their labels, then points."""
    free = frame.left
    for rule in marks.rules[:: max(1, len(marks.rules) // _MOST)]:
        if rule.step is None:
            y = frame.y(rule.value)
            surface.line(frame.left, y, frame.right, y, Stroke(rule.color, 0.8, _DASH))
            _label(surface, rule, frame.left, y - 4, tokens)
        elif frame.first <= rule.step <= frame.last:
            x = frame.x(rule.step)
            surface.line(x, frame.top, x, frame.bottom, Stroke(rule.color, 0.8, _DASH))
            end = x + 2 * _LABEL_GAP + width_of(rule.label, Style(tokens.text, _LABEL))
            if rule.label and x >= free and end <= frame.right + _LABEL_GAP:
                _label(surface, rule, x, frame.top + 10, tokens)
                free = end
    for point in marks.points[:: max(1, len(marks.points) // _MOST)]:
        if frame.first <= point.step <= frame.last:
            fill, edge = (tokens.window, point.color) if point.hollow else (point.color,) * 2
            if not point.hollow:
                edge = tokens.window
            x, y = frame.x(point.step), frame.y(point.value)
            surface.circle(x, y, _RADIUS, fill, Stroke(edge, 1.2))


def paint_rings(surface: Surface, frame: Frame, rings: Sequence[Ring], tokens: Tokens) -> None:
    """Where the curve is taken hold of."""
    for ring in rings:
        if frame.first <= ring.step <= frame.last:
            place = frame.x(ring.step), frame.y(ring.value)
            surface.circle(*place, _RING_RADIUS, tokens.panel, Stroke(ring.color, 2.0))


def _label(surface: Surface, rule: LaneRule, x: float, baseline: float, tokens: Tokens) -> None:
    if rule.label:
        style = Style(tokens.readable(rule.color), _LABEL)
        width = width_of(rule.label, style)
        place = x + _LABEL_GAP
        surface.rect(place - 2, baseline - 9, width + 4, 12, tokens.window, _VEIL)
        surface.text(rule.label, place, baseline, style)
