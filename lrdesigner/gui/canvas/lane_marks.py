"""The marks of a lane: shaded stretches behind its lines, points and rules over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from lrdesigner.gui.canvas.lane_content import LaneMarks, LanePoint, LaneRule, LaneWindow
from lrdesigner.gui.canvas.layers import Layer, pixel
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.theme import Theme, mix

_TINT = 0.16
_HATCH = 0.45
_RADIUS = 3.5
_REACH = 6.0
_MOST = 2000
_LABEL_GAP = 5.0


class _Sorted:
    """Marks in the order of time, of which a stretch is asked for again and again."""

    def __init__(self, starts: list[float], ends: list[float]) -> None:
        self._starts, self._ends = starts, ends

    def within(self, first: float, last: float) -> slice:
        """Those that reach into a stretch; thinned where they are more than pixels."""
        low, high = bisect_left(self._ends, first), bisect_right(self._starts, last)
        return slice(low, high, max(1, (high - low) // _MOST))


class WindowsLayer(Layer):
    """Shaded stretches."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=-5)
        self._windows: Sequence[LaneWindow] = ()
        self._index = _Sorted([], [])

    def set_windows(self, windows: Sequence[LaneWindow]) -> None:
        """Show these; they must neither overlap nor be out of order."""
        self._windows = windows
        self._index = _Sorted([w.start for w in windows], [w.end for w in windows])
        self.update()

    def at(self, step: float) -> LaneWindow | None:
        """The stretch that a step lies in."""
        found = self._windows[self._index.within(step, step)]
        return next((w for w in found if w.start <= step < w.end), None)

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Tints, some of them hatched."""
        ground = self.theme.tokens.window
        painter.setClipRect(plane.rect)
        for window in self._windows[self._index.within(*plane.axis.range)]:
            left, right = plane.x_of(window.start), plane.x_of(window.end)
            area = QRectF(left, plane.rect.top(), max(1.0, right - left), plane.rect.height())
            painter.fillRect(area, QColor(mix(ground, window.color, _TINT)))
            if window.hatched:
                hatch = QColor(mix(ground, window.color, _HATCH))
                painter.fillRect(area, QBrush(hatch, Qt.BrushStyle.BDiagPattern))


class PointsLayer(Layer):
    """Points, and rules with their labels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=9)
        self._points: Sequence[LanePoint] = ()
        self._rules: Sequence[LaneRule] = ()
        self._levels: Sequence[LaneRule] = ()
        self._index = self._upright = _Sorted([], [])

    def set_marks(self, marks: LaneMarks) -> None:
        """Show these, given in the order of time."""
        self._points = marks.points
        self._rules = [rule for rule in marks.rules if rule.step is not None]
        self._levels = [rule for rule in marks.rules if rule.step is None]
        steps = [point.step for point in self._points]
        self._index = _Sorted(steps, steps)
        places = [rule.step for rule in self._rules if rule.step is not None]
        self._upright = _Sorted(places, places)
        self.update()

    def near(self, step: float) -> LanePoint | LaneRule | None:
        """The mark at a step, or close enough to be meant; what has something to say first."""
        plane = self.plane
        if plane is None:
            return None
        reach = _REACH * plane.axis.step_at(1.0) - _REACH * plane.axis.step_at(0.0)
        found: list[tuple[bool, float, LanePoint | LaneRule]] = []
        for rule in self._rules[self._upright.within(step - reach, step + reach)]:
            assert rule.step is not None
            found.append((not rule.text, abs(rule.step - step), rule))
        points = self._points[self._index.within(step - reach, step + reach)]
        found += [(not point.text, abs(point.step - step), point) for point in points]
        return min(found, key=lambda each: each[:2])[2] if found else None

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """Rules first, points on top."""
        if not (self._points or self._rules or self._levels):
            return
        painter.setClipRect(plane.rect.adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS))
        first, last = plane.axis.range
        for level in self._levels:
            y = pixel(plane.y_of(level.value))
            self._rule(painter, level, QLineF(plane.rect.left(), y, plane.rect.right(), y))
        free = plane.rect.left()
        for rule in self._rules[self._upright.within(first, last)]:
            x = pixel(plane.x_of(rule.step or 0.0))
            line = QLineF(x, plane.rect.top(), x, plane.rect.bottom())
            end = self._label_end(rule, x, free, plane.rect.right())
            self._rule(painter, rule, line, labelled=end > free)
            free = end
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for point in self._points[self._index.within(first, last)]:
            center = QPointF(plane.x_of(point.step), plane.y_of(point.value))
            color, ground = QColor(point.color), QColor(self.theme.tokens.window)
            painter.setPen(QPen(color if point.hollow else ground, 1.5))
            painter.setBrush(ground if point.hollow else color)
            painter.drawEllipse(center, _RADIUS, _RADIUS)

    def _label_end(self, rule: LaneRule, x: float, free: float, right: float) -> float:
        """Where a rule's label would end; `free` if there is no room for it."""
        width = QFontMetricsF(self.theme.font("small")).horizontalAdvance(rule.label)
        fits = bool(rule.label) and x >= free and x + width + _LABEL_GAP <= right
        return x + width + 2 * _LABEL_GAP if fits else free

    def _rule(
        self, painter: QPainter, rule: LaneRule, line: QLineF, *, labelled: bool = True
    ) -> None:
        pen = QPen(QColor(rule.color), 1.0)
        pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(line)
        if rule.label and labelled:
            painter.setFont(self.theme.font("small"))
            painter.setPen(QColor(self.theme.tokens.readable(rule.color)))
            corner = line.p1() + QPointF(_LABEL_GAP, 12 if rule.step is not None else -4)
            painter.drawText(corner, rule.label)
