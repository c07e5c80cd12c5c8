"""The lanes of a document whose exact curve is known, as the canvas shows them. No Qt."""

from __future__ import annotations

from lrdesigner.catalog import schedulers
from lrdesigner.engine.curve import Curve
from lrdesigner.engine.metrics import exact_metric, given_values
from lrdesigner.engine.plateau_reasons import explain
from lrdesigner.gui.canvas.lane_content import LaneContent, group_lines
from lrdesigner.gui.canvas.metric_picture import Reactions, picture
from lrdesigner.gui.theme.tokens import Tokens
from lrdesigner.i18n import tr
from lrdesigner.schedule import tracks
from lrdesigner.schedule.model import Phase, Schedule


def lanes_of(schedule: Schedule, curve: Curve, tokens: Tokens) -> tuple[LaneContent, ...]:
    """The metric that plateaus react to, and what groups hold beside the LR and changes.

    Args:
        schedule: The document.
        curve: Its exact curve.
        tokens: The colours.
    """
    found = []
    reactions = _reactions(schedule)
    if reactions:
        found.append(_metric(schedule, curve, reactions, tokens))
    for quantity in tracks.QUANTITIES[1:]:
        rows = curve.values(quantity)
        if rows is not None:
            title = tracks.quantity_title(schedule.optimizer, quantity)
            lines = group_lines(curve.groups, rows, tokens, None, curve.digests[quantity])
            found.append(LaneContent(title, tuple(lines)))
    return tuple(found)


def _reactions(schedule: Schedule) -> list[int | None]:
    """The parts of a document that have plateaus: tracks, or None for its own phases."""
    parts = (None, *range(len(schedule.tracks)))
    return [part for part in parts if any(map(_is_plateau, tracks.phases_of(schedule, part)))]


def _is_plateau(phase: Phase) -> bool:
    spec = schedulers().get(phase.scheduler)
    return spec is not None and spec.epoch_only


def _metric(
    schedule: Schedule, curve: Curve, parts: list[int | None], tokens: Tokens
) -> LaneContent:
    series, values = exact_metric(schedule), given_values(schedule)
    given = len(series) if values is None else min(len(values), len(series))
    found = []
    for part in parts:
        view = tracks.view(schedule, part)
        bases = curve.bases if part is None else curve.track_bases.get(part, {})
        quantity = "lr" if part is None else schedule.tracks[part].quantity
        found.append(
            Reactions(
                explain(view, bases, series),
                [group.name for group in view.optimizer.groups],
                tracks.quantity_title(schedule.optimizer, quantity),
            )
        )
    shown = picture(schedule.horizon, series, given, found, tokens)
    return LaneContent(tr("metric"), tuple(shown.lines), marks=shown.marks, note=shown.note)
