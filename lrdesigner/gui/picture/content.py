"""What a picture shows: lines, legend, phases. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lrdesigner.axes import FloatArray, scientific
from lrdesigner.catalog import schedulers
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.theme.tokens import Tokens
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans

TimeUnit = Literal["steps", "epochs"]


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
        overlay: Whether it is drawn behind, thin and dashed.
        values: LR of each step.
        scale: What one step is on the time axis: 1 for steps, a fraction for epochs.
    """

    name: str
    color: str
    overlay: bool
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
    """The content of a picture of these curves: the first is the design, the others overlays."""
    design = curves[0][1]
    scales = [1.0 / curve.steps_per_epoch if unit == "epochs" else 1.0 for _, curve in curves]
    lines = [*_overlays(curves[1:], scales[1:], tokens), *_design(curves, scales[0], tokens)]
    return Content(
        title=title,
        subtitle=_subtitle(design),
        lines=tuple(lines),
        bands=tuple(bands),
        unit=unit,
        end=max(curve.steps * scale for (_, curve), scale in zip(curves, scales, strict=True)),
        band_scale=scales[0],
        log=log,
    )


def _design(curves: Sequence[tuple[str, Curve]], scale: float, tokens: Tokens) -> list[Line]:
    name, curve = curves[0]
    colors = tokens.group_colors(len(curve.groups))
    alone = len(curves) == 1
    return [
        Line(group if alone else _joint(name, group, curve), color, False, values, scale)
        for group, color, values in zip(curve.groups, colors, curve.lr, strict=True)
    ][::-1]


def _overlays(
    curves: Sequence[tuple[str, Curve]], scales: Sequence[float], tokens: Tokens
) -> list[Line]:
    colors = iter(tokens.overlay_colors(sum(len(curve.groups) for _, curve in curves)))
    return [
        Line(_joint(name, group, curve), next(colors), True, values, scale)
        for (name, curve), scale in zip(curves, scales, strict=True)
        for group, values in zip(curve.groups, curve.lr, strict=True)
    ][::-1]


def _joint(name: str, group: str, curve: Curve) -> str:
    return name if len(curve.groups) == 1 else f"{name} · {group}"


def _subtitle(curve: Curve) -> str:
    parts = [f"{curve.steps:,} step{'s' if curve.steps != 1 else ''}"]
    if len(curve.groups) > 1:
        parts.append(f"{len(curve.groups)} groups")
    parts.append(f"LR {scientific(float(curve.lr.min()))} to {scientific(float(curve.lr.max()))}")
    if curve.torch_version:
        parts.append(f"computed by torch {curve.torch_version}")
    return " · ".join(parts)
