"""What a picture shows: lines, lanes, phases, and the axes they are seen on. No Qt.

Lines and lanes are those of the canvas (`Series`, `LaneContent`), so that what is drawn there can
be drawn here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lrdesigner.axes import FloatArray, scientific
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.canvas.lane_content import LaneContent
from lrdesigner.gui.canvas.samples import Extent, Samples
from lrdesigner.gui.canvas.series import GROUP_WIDTHS, MANY, OVERLAY_WIDTH, THIN, Series
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.overlay_look import overlay_group_color
from lrdesigner.gui.phase_look import phase_title, scheduler_category
from lrdesigner.gui.picture_options import PictureTheme
from lrdesigner.gui.placements import own_horizon
from lrdesigner.gui.state import Overlay, XUnit
from lrdesigner.gui.theme.color import mix
from lrdesigner.gui.theme.tokens import DARK, LIGHT, Tokens
from lrdesigner.gui.time_text import common_unit, steps_per
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.model import Horizon, Schedule
from lrdesigner.schedule.units import spans

# Paper is white; the window's light ground would be a grey box on it.
PAPER = replace(LIGHT, window="#ffffff")
GROUNDS: dict[PictureTheme, Tokens] = {"light": PAPER, "dark": DARK}
SEPARATOR = " · "
_FILL = 0.6


@dataclass(frozen=True)
class Band:
    """A phase as the picture marks it.

    Attributes:
        start: First step.
        end: One past its last step.
        title: What is written on it.
        category: The token category of its tint (``"warm-up"``).
    """

    start: int
    end: int
    title: str
    category: str


@dataclass(frozen=True)
class Ring:
    """A place where the curve is taken hold of.

    Attributes:
        step: Where.
        value: How high.
        color: ``#rrggbb``.
    """

    step: float
    value: float
    color: str


@dataclass(frozen=True, eq=False)
class Fan:
    """The curves of a sweep.

    Attributes:
        steps: The steps of the values.
        values: One row a curve; NaN where a curve has none.
        colors: One a curve.
    """

    steps: FloatArray
    values: FloatArray
    colors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Content:
    """Everything a picture shows, without its place.

    Attributes:
        title: Above the plot.
        details: Under the title: size of the run, extremes, who computed it.
        lines: The lines, the most important first.
        tokens: The colours of all that is no line; ``tokens.window`` is the ground.
        horizon: Whose steps the time axis counts.
        last: Where the time axis ends, in steps.
        first: Where it begins.
        unit: What it counts.
        log: Whether the LR axis is logarithmic.
        bands: The phases of the design.
        lanes: Further plots on the same time axis.
        rings: Handles.
        fan: Curves of a sweep, behind the lines.
        own_peak: Whether every line is in parts of its own peak.
    """

    title: str
    details: str
    lines: tuple[Series, ...]
    tokens: Tokens
    horizon: Horizon
    last: float
    first: float = 0.0
    unit: XUnit = "epochs"
    log: bool = False
    bands: tuple[Band, ...] = ()
    lanes: tuple[LaneContent, ...] = ()
    rings: tuple[Ring, ...] = ()
    fan: Fan | None = None
    own_peak: bool = False

    @property
    def extents(self) -> list[Extent]:
        """What the LR axis has to show."""
        return [line.extent for line in self.lines]


def bands_of(schedule: Schedule) -> tuple[Band, ...]:
    """The phases of a document that run at least one step, as bands."""
    return tuple(
        Band(span.start, span.end, phase_title(phase), scheduler_category(phase.scheduler))
        for span, phase in zip(spans(schedule), schedule.phases, strict=True)
        if span.steps > 0
    )


def compose(
    curves: Sequence[tuple[str, Curve]],
    *,
    tokens: Tokens = PAPER,
    title: str = "",
    log: bool = False,
    unit: XUnit = "steps",
    bands: Sequence[Band] = (),
    lanes: Sequence[LaneContent] = (),
    horizon: Horizon | None = None,
    overlays: Sequence[Schedule] = (),
) -> Content:
    """The content of a picture of these curves.

    Args:
        curves: Name and curve of each; the first is the design, the others are its overlays.
        tokens: The colours.
        title: Above the plot.
        log: Whether the LR axis is logarithmic.
        unit: What the time axis counts.
        bands: The design's phases (`bands_of`).
        lanes: The design's lanes.
        horizon: The design's run; None makes one of its curve.
        overlays: Documents of the other curves, if there are any; their runs are compared with
            the design's in the unit, or step by step where one of them does not know it.
    """
    design = curves[0][1]
    horizon = horizon or _horizon(design)
    lines = _groups(design, tokens)
    last = float(design.steps)
    for index, (name, curve) in enumerate(curves[1:]):
        own = overlays[index] if overlays else None
        overlay = Overlay(index, Path(name), name, own, curve)
        other = own_horizon(overlay)
        shared = common_unit(unit, horizon, other)
        stretch = steps_per(shared, horizon) / steps_per(shared, other)
        lines += _overlay(overlay, curve, stretch, tokens)
        last = max(last, curve.steps * stretch)
    return Content(
        title=title,
        details=details_of([curve for _, curve in curves]),
        lines=tuple(lines),
        tokens=tokens,
        horizon=horizon,
        last=last,
        unit=unit,
        log=log,
        bands=tuple(bands),
        lanes=tuple(lanes),
    )


def details_of(curves: Sequence[Curve]) -> str:
    """The facts of curves in one line; the first is the design."""
    first = curves[0]
    parts = []
    if len(curves) == 1:
        parts.append(trn("{count:,} step", "{count:,} steps", first.steps))
        if len(first.groups) > 1:
            parts.append(trn("{count} group", "{count} groups", len(first.groups)))
    low = min(float(curve.lr.min()) for curve in curves)
    high = max(float(curve.lr.max()) for curve in curves)
    parts.append(tr("LR {low} to {high}", low=scientific(low), high=scientific(high)))
    if first.torch_version:
        parts.append(tr("computed by torch {version}", version=first.torch_version))
    return SEPARATOR.join(parts)


def _horizon(curve: Curve) -> Horizon:
    """The curve's run; one that ends within an epoch counts by steps."""
    per_epoch = curve.steps_per_epoch
    return Horizon(epochs=max(1, curve.steps // per_epoch), steps_per_epoch=per_epoch)


def _groups(curve: Curve, tokens: Tokens) -> list[Series]:
    """A line for each group in its colour, as on the canvas."""
    colors = group_colors(tokens, curve.groups)
    widths = (THIN, THIN) if len(colors) > MANY else GROUP_WIDTHS
    return [
        Series(
            name,
            color,
            mix(tokens.window, color, _FILL),
            widths[min(index, 1)],
            False,
            Samples(values, curve.steps, digest=digest),
            group=index,
        )
        for index, (name, color, values, digest) in enumerate(
            zip(curve.groups, colors, curve.lr, curve.digests["lr"], strict=True)
        )
    ]


def _overlay(overlay: Overlay, curve: Curve, stretch: float, tokens: Tokens) -> list[Series]:
    """Dashed lines in shades of one colour."""
    found = []
    count = len(curve.groups)
    for index, (group, values) in enumerate(zip(curve.groups, curve.lr, strict=True)):
        name = overlay.name if count == 1 else f"{overlay.name}: {group}"
        color = overlay_group_color(overlay, tokens, index, count)
        fill = mix(tokens.window, color, _FILL)
        samples = Samples(values, curve.steps, digest=curve.digests["lr"][index])
        found.append(Series(name, color, fill, OVERLAY_WIDTH, True, samples, stretch))
    return found
