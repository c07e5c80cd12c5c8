"""Painting a picture: one function for every kind of file, for the printer and the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lrdesigner.gui.canvas.lane_content import LaneContent, LaneScale
from lrdesigner.gui.canvas.samples import Extent
from lrdesigner.gui.canvas.scale import LrScale, ShareScale
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.picture.content import SEPARATOR, Content
from lrdesigner.gui.picture.ground import Ground
from lrdesigner.gui.picture.legend import Legend, entries, sample_width
from lrdesigner.gui.picture.lettering import elided, width_of
from lrdesigner.gui.picture.marks import paint_marks, paint_rings, paint_windows
from lrdesigner.gui.picture.shapes import FINENESS, Frame, Shape, shapes
from lrdesigner.gui.picture.surface import Stroke, Style, Surface
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.time_text import time_ticks, unit_text
from lrdesigner.i18n import tr

MARGIN = 16.0
_SMALL = 360.0  # pictures that are narrower have narrower margins
_TITLE, _DETAILS = 22.0, 18.0
_BAND_NAMES = 18.0
_BOTTOM = 24.0
_LABEL_GAP = 8.0
_LANE_HEADER = 20.0
_LANE_SHARE, _LANES_SHARE = 0.24, 0.5
_LEAST_PLOT = 24.0
_OVERLAY_DASH = (4.0, 3.0)
_GROUP_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (5.0, 2.5),
    (1.2, 2.0),
    (6.0, 2.0, 1.2, 2.0),
    (10.0, 3.0),
    (3.0, 1.5),
)
_EDGE = 1.2
_LANE_SAMPLE = 18.0
_CLOSER = (1.5, 1.2, 1.0)
_LABELS_APART = 12.0
_FAN_WIDTH = 0.8


def paint(
    surface: Surface,
    size: tuple[float, float],
    content: Content,
    options: PictureOptions,
    fineness: Sequence[float] = FINENESS,
) -> None:
    """Paint the whole picture.

    Args:
        surface: What on.
        size: Width and height there, in pixels of text at the window's size.
        content: What it shows.
        options: How.
        fineness: How many points to a pixel lines may have, the best first.
    """
    _Painting(surface, size, content, options, fineness).run()


@dataclass(frozen=True, eq=False)
class _Plot:
    """One plot: the curve's, or a lane's."""

    frame: Frame
    lines: tuple[Series, ...]
    strokes: tuple[Stroke, ...]
    ticks: list[tuple[float, str]]
    lane: LaneContent | None = None


class _Painting:
    """One run of painting; keeps what every part of it needs."""

    def __init__(
        self,
        surface: Surface,
        size: tuple[float, float],
        content: Content,
        options: PictureOptions,
        fineness: Sequence[float],
    ) -> None:
        self._surface = surface
        self._width, self._height = size
        self._content = content
        self._options = options
        self._fineness = fineness
        self._margin = MARGIN if self._width >= _SMALL else MARGIN / 2
        tokens = content.tokens
        self._small = Style(tokens.hint, 12)
        self._dim = Style(tokens.dim, 12)
        self._text = Style(tokens.text, 12)
        self._ground = Ground(surface, content, transparent=options.transparent)

    def run(self) -> None:
        """Everything, from the ground up."""
        if not self._options.transparent:
            ground = self._content.tokens.window
            self._surface.rect(0, 0, self._width, self._height, ground)
        lines = tuple(
            line for line in self._content.lines if line.group is not None or self._options.overlays
        )
        strokes = tuple(self._stroke(line) for line in lines)
        with self._surface.part("title"):
            top = self._header(lines, strokes)
        plots = self._plots(lines, strokes, top)
        framed = [(line, plot.frame) for plot in plots for line in plot.lines]
        drawn = iter(shapes(framed, self._fineness))
        ticks = self._time_ticks(plots[0].frame)
        for plot in plots:
            own = [next(drawn) for _ in plot.lines]
            with self._surface.part("lane" if plot.lane else "plot"):
                self._plot(plot, own, [step for step, _ in ticks])
        with self._surface.part("time"):
            self._time(plots, ticks)

    # -- above the plot ------------------------------------------------------------------------

    def _header(self, lines: Sequence[Series], strokes: Sequence[Stroke]) -> float:
        """Title, facts and legend; returns where they end."""
        content, options = self._content, self._options
        left, room = self._margin, self._width - 2 * self._margin
        top = self._margin
        if options.title and content.title:
            style = Style(content.tokens.text, 15, strong=True)
            self._surface.text(elided(content.title, style, room), left, top + 13, style)
            top += _TITLE
        if options.details and content.details:
            self._surface.text(self._fitting(content.details, room), left, top + 11, self._dim)
            top += _DETAILS
        if options.legend and len(lines) > 1:
            legend = Legend(entries(lines, strokes), self._text, room)
            legend.paint(self._surface, left, top + 2)
            top += legend.height + 6
        return top

    def _fitting(self, details: str, room: float) -> str:
        """As many of the facts as have room; a part of one would say nothing."""
        facts = details.split(SEPARATOR)
        while len(facts) > 1 and width_of(SEPARATOR.join(facts), self._dim) > room:
            facts.pop()
        return elided(SEPARATOR.join(facts), self._dim, room)

    def _stroke(self, line: Series) -> Stroke:
        """How a line of the curve looks."""
        dash = _dash(line)
        if self._options.dashes and line.group is not None:
            dash = _GROUP_DASHES[line.group % len(_GROUP_DASHES)]
        return Stroke(line.color, line.width, dash)

    # -- where things are ----------------------------------------------------------------------

    def _plots(
        self, lines: tuple[Series, ...], strokes: tuple[Stroke, ...], top: float
    ) -> list[_Plot]:
        """The plots from top to bottom, at their places."""
        content = self._content
        top += _BAND_NAMES
        lanes = [lane for lane in content.lanes if lane.lines] if self._options.lanes else []
        room = max(_LEAST_PLOT, self._height - self._margin / 2 - _BOTTOM - top)
        heights = _heights(room, len(lanes))
        extents = [line.extent for line in lines]
        extents += _fan_extents(content) if self._options.fan else []
        kind = ShareScale if content.own_peak else LrScale
        scales: list[LrScale] = [kind.fit(extents, content.log)]
        rows = [tuple(lane.lines) for lane in lanes]
        total = content.horizon.steps
        series = [
            tuple(line.series(content.tokens, total, place) for place, line in enumerate(row))
            for row in rows
        ]
        scales += [_lane_scale(lane, row) for lane, row in zip(lanes, series, strict=True)]
        ticks = [scale.ticks(h) for scale, h in zip(scales, heights, strict=True)]
        labels = [text for each in ticks for _, text in each]
        unit = unit_text(content.unit, content.horizon)
        widest = max(width_of(text, self._small) for text in [*labels, unit, ""])
        left = self._margin + widest + _LABEL_GAP
        right = self._width - self._margin
        plots = []
        for index, (scale, height) in enumerate(zip(scales, heights, strict=True)):
            top += _LANE_HEADER if index else 0.0
            width = max(1.0, right - left)
            frame = Frame(left, top, width, height, content.first, content.last, scale)
            if index == 0:
                plots.append(_Plot(frame, lines, strokes, ticks[0]))
            else:
                own = series[index - 1]
                looks = tuple(_lane_stroke(line) for line in own)
                plots.append(_Plot(frame, own, looks, ticks[index], lanes[index - 1]))
            top += height
        return plots

    def _time_ticks(self, frame: Frame) -> list[tuple[float, str]]:
        """As many labels as have room."""
        content = self._content
        span = (content.first, content.last, content.unit, content.horizon)
        found: list[tuple[float, str]] = []
        for closer in _CLOSER:
            found = time_ticks(*span, frame.width * closer)
            ends = [(frame.x(step), width_of(text, self._small) / 2) for step, text in found]
            if all(b - a >= w + v + _LABELS_APART for (a, w), (b, v) in pairwise(ends)):
                break
        return found

    # -- the plots -----------------------------------------------------------------------------

    def _plot(self, plot: _Plot, drawn: Sequence[list[Shape]], times: Sequence[float]) -> None:
        ground, frame = self._ground, plot.frame
        bands = self._options.bands
        if bands:
            ground.bands(frame)
        ground.floor(frame)
        if plot.lane is not None:
            paint_windows(self._surface, frame, plot.lane.marks.windows, self._content.tokens)
        ground.grid(frame, times, [unit for unit, _ in plot.ticks])
        if bands:
            ground.boundaries(frame)
        for unit, text in plot.ticks:
            y = frame.y_of_unit(unit) + 4.2
            self._surface.text(text, frame.left - _LABEL_GAP, y, self._small, "right")
        if plot.lane is None:
            self._above(frame)
            self._fan(frame)
        else:
            self._lane_header(plot)
        # Of lines the first is on top; of areas, which would hide them all, the last.
        looks = list(zip(plot.lines, plot.strokes, drawn, strict=True))
        for line, stroke, parts in looks:
            edge = Stroke(stroke.color, min(stroke.width, _EDGE))
            for each in parts:
                if each.area:
                    self._surface.polygon(each.xs, each.ys, line.fill, edge)
        for _, stroke, parts in reversed(looks):
            for each in parts:
                if not each.area:
                    self._surface.polyline(each.xs, each.ys, stroke)
        if plot.lane is not None:
            paint_marks(self._surface, frame, plot.lane.marks, self._content.tokens)
        elif self._options.handles:
            paint_rings(self._surface, frame, self._content.rings, self._content.tokens)

    def _above(self, frame: Frame) -> None:
        """What the axis measures, and the names of the phases."""
        what = tr("of peak") if self._content.own_peak else tr("LR")
        self._surface.text(what, frame.left - _LABEL_GAP, frame.top - 6, self._dim, "right")
        if self._options.bands:
            self._ground.names(frame, frame.top - 6)

    def _lane_header(self, plot: _Plot) -> None:
        """A lane's name, and those of its lines where there are several."""
        lane = plot.lane
        assert lane is not None
        title = f"{lane.title} ({lane.unit})" if lane.unit else lane.title
        frame, baseline = plot.frame, plot.frame.top - 5
        text = elided(title, self._dim, frame.width)
        self._surface.text(text, frame.left, baseline, self._dim)
        end = frame.left + width_of(text, self._dim) + 18
        named = {
            line.name: stroke
            for line, stroke in zip(plot.lines, plot.strokes, strict=True)
            if line.name != lane.title
        }
        x = frame.right
        for name, stroke in reversed(named.items()):
            sample = sample_width(stroke, _LANE_SAMPLE)
            needed = sample + 5 + width_of(name, self._small)
            if x - needed < end:
                break
            self._surface.text(name, x, baseline, self._small, "right")
            y = baseline - 4
            self._surface.line(x - needed, y, x - needed + sample, y, stroke)
            x -= needed + 14

    def _fan(self, frame: Frame) -> None:
        fan = self._content.fan
        if fan is None or not self._options.fan:
            return
        opacity = max(0.25, min(0.8, 30 / max(1, len(fan.values))))
        for values, color in zip(fan.values, fan.colors, strict=True):
            xs, ys = frame.points(fan.steps, values)
            known = (xs >= frame.left) & (xs <= frame.right) & (ys == ys)
            if known.any():
                stroke = Stroke(color, _FAN_WIDTH, opacity=opacity)
                self._surface.polyline(xs[known], ys[known], stroke)

    # -- below ---------------------------------------------------------------------------------

    def _time(self, plots: Sequence[_Plot], ticks: Sequence[tuple[float, str]]) -> None:
        """The labels of the time axis, under the last plot."""
        frame = plots[-1].frame
        baseline = frame.bottom + 17
        free = frame.left
        for step, text in ticks:
            half = width_of(text, self._small) / 2
            x = min(frame.x(step), self._width - 4 - half)  # a long last label stays whole
            if step == ticks[0][0]:
                free = min(free, x - half)
            self._surface.text(text, x, baseline, self._small, "center")
        unit = unit_text(self._content.unit, self._content.horizon)
        right = min(frame.left - _LABEL_GAP, free - 6)
        self._surface.text(unit, right, baseline, self._dim, "right")


def _heights(room: float, lanes: int) -> list[float]:
    """Pixels of the plot and of each lane's."""
    if not lanes:
        return [room]
    share = min(_LANE_SHARE, _LANES_SHARE / lanes)
    lane = max(_LEAST_PLOT, share * room - _LANE_HEADER)
    return [max(_LEAST_PLOT, room - lanes * (lane + _LANE_HEADER)), *([lane] * lanes)]


def _lane_scale(lane: LaneContent, lines: Sequence[Series]) -> LaneScale:
    levels = [rule.value for rule in lane.marks.rules if rule.step is None]
    extents = [line.samples.extent for line in lines]
    found = [*extents, *(Extent(v, v, v) for v in levels)]
    return LaneScale.around(found, lane.log, lane.most)


def _lane_stroke(line: Series) -> Stroke:
    return Stroke(line.color, line.width, _dash(line))


def _dash(line: Series) -> tuple[float, ...]:
    return (line.dashes or _OVERLAY_DASH) if line.dashed else ()


def _fan_extents(content: Content) -> list[Extent]:
    fan = content.fan
    if fan is None or not len(fan.values):
        return []
    known = fan.values[fan.values == fan.values]
    if not len(known):
        return []
    positive = known[known > 0]
    least = float(positive.min()) if len(positive) else float("inf")
    return [Extent(float(known.min()), float(known.max()), least)]
