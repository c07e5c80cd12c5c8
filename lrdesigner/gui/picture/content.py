"""What a picture shows: lines, legend, phases. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lrdesigner.axes import FloatArray, scientific
from lrdesigner.catalog import schedulers
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.theme.tokens import Tokens
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans

TimeUnit = Literal["steps", "epochs"]

DESIGN_WIDTH, OVERLAY_WIDTH = 2.2, 1.5
DASHES: tuple[tuple[float, ...], ...] = ((), (4.0, 2.5), (1.5, 2.0), (6.0, 2.5, 1.5, 2.5))


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
class Line:
    """One line: the values of one group of one curve.

    Attributes:
        name: Its name in the legend.
        color: Its colour.
        width: Its width.
        dash: Lengths of dashes and gaps, in widths; empty for a solid line.
        values: LR of each step.
        scale: What one step is on the time axis: 1 for steps, a fraction for epochs.
    """

    name: str
    color: str
    width: float
    dash: tuple[float, ...]
    values: FloatArray
    scale: float


@dataclass(frozen=True)
class Content:
    """Everything a picture shows, without its place.

    Attributes:
        title: Above the plot.
        subtitle: Under the title: size of the run, extremes, who computed it.
        lines: In drawing order, the design's last.
        bands: The phases of the design.
        unit: What the time axis counts.
        end: Where the time axis ends.
        band_scale: What one step is on the time axis, for the bands.
        log: Whether the LR axis is logarithmic.
    """

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    unit: TimeUnit
    end: float
    band_scale: float
    log: bool


def bands_of(schedule: Schedule) -> tuple[Band, ...]:
    """The phases of a document that run at least one step, as bands."""
    found = []
    for span, phase in zip(spans(schedule), schedule.phases, strict=True):
        if span.steps < 1:
            continue
        spec = schedulers().get(phase.scheduler)
        title = spec.title if spec else phase.scheduler
        category = spec.category.value.replace("_", "-") if spec else "custom"
        found.append(Band(span.start, span.end, title, category))
    return tuple(found)


def compose(
    curves: Sequence[tuple[str, Curve]],
    *,
    tokens: Tokens,
    title: str,
    log: bool,
    unit: TimeUnit,
    bands: Sequence[Band],
) -> Content:
    """The content of a picture of these curves; the first is the design, drawn on top."""
    scales = [1.0 / curve.steps_per_epoch if unit == "epochs" else 1.0 for _, curve in curves]
    ends = [curve.steps * scale for (_, curve), scale in zip(curves, scales, strict=True)]
    alone = len(curves) == 1
    lines = _groups(curves[0][1], scales[0], tokens) if alone else _files(curves, scales, tokens)
    return Content(
        title=title,
        subtitle=_subtitle([curve for _, curve in curves]),
        lines=tuple(lines[::-1]),
        bands=tuple(bands),
        unit=unit,
        end=max(ends),
        band_scale=scales[0],
        log=log,
    )


def _groups(curve: Curve, scale: float, tokens: Tokens) -> list[Line]:
    """The lines of a single curve: a colour for each group."""
    colors = group_colors(tokens, curve.groups)
    return [
        Line(group, color, DESIGN_WIDTH, (), values, scale)
        for group, color, values in zip(curve.groups, colors, curve.lr, strict=True)
    ]


def _files(
    curves: Sequence[tuple[str, Curve]], scales: Sequence[float], tokens: Tokens
) -> list[Line]:
    """The lines of several curves: a colour for each of them, dashes for their groups."""
    lines: list[Line] = []
    colors = tokens.group_colors(len(curves))
    for (name, curve), scale, color in zip(curves, scales, colors, strict=True):
        width = OVERLAY_WIDTH if lines else DESIGN_WIDTH
        for index, (group, values) in enumerate(zip(curve.groups, curve.lr, strict=True)):
            label = name if len(curve.groups) == 1 else f"{name} · {group}"
            lines.append(Line(label, color, width, DASHES[index % len(DASHES)], values, scale))
    return lines


def _subtitle(curves: Sequence[Curve]) -> str:
    parts = []
    first = curves[0]
    if len(curves) == 1:
        parts.append(f"{first.steps:,} step{'s' if first.steps != 1 else ''}")
        if len(first.groups) > 1:
            parts.append(f"{len(first.groups)} groups")
    low = min(float(curve.lr.min()) for curve in curves)
    high = max(float(curve.lr.max()) for curve in curves)
    parts.append(f"LR {scientific(low)} to {scientific(high)}")
    if first.torch_version:
        parts.append(f"computed by torch {first.torch_version}")
    return " · ".join(parts)
