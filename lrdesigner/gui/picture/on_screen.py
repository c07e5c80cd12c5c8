"""The content of a picture of what the window shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lrdesigner import numerals
from lrdesigner.axes import scientific
from lrdesigner.gui.canvas.fan import varying_groups
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.overlay_look import overlay_group_color
from lrdesigner.gui.picture.content import (
    GROUNDS,
    SEPARATOR,
    Content,
    Fan,
    Ring,
    bands_of,
    details_of,
)
from lrdesigner.gui.picture.recolor import Recoloring
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.sweep_look import ramp_color, shade
from lrdesigner.gui.theme.tokens import Tokens
from lrdesigner.i18n import tr, trn

if TYPE_CHECKING:
    from lrdesigner.gui.canvas import CanvasPanel
    from lrdesigner.gui.controller import Controller

_MOST_OF_FAN = 200


def on_screen(
    controller: Controller,
    canvas: CanvasPanel,
    screen: Tokens,
    options: PictureOptions,
    title: str | None = None,
) -> Content:
    """What the canvas shows, for a picture.

    Args:
        controller: Document and curves.
        canvas: Its lines, lanes and handles.
        screen: The colours that it shows them in.
        options: The theme, axis and range of the picture.
        title: What stands above it; None for the document's name.
    """
    tokens = GROUNDS[options.theme]
    recolor = Recoloring(screen, tokens, _line_colors(controller, screen, tokens))
    total = float(controller.schedule.steps)
    first, last = controller.axis.range if options.range == "sight" else (0.0, total)
    log = controller.view.log if options.axis == "screen" else options.axis == "log"
    marks = canvas.view.marks
    return Content(
        title=controller.title if title is None else title,
        details=_details(controller),
        lines=recolor.series(canvas.view.series),
        tokens=tokens,
        horizon=controller.schedule.horizon,
        first=first,
        last=last,
        unit=controller.view.unit,
        log=log,
        bands=bands_of(controller.schedule),
        lanes=tuple(recolor.lane(lane) for lane in canvas.lanes.contents),
        rings=tuple(
            Ring(each.step, each.lr, recolor.line(marks.colors[each.group]))
            for each in marks.handles
        ),
        fan=_fan(controller, tokens),
        own_peak=controller.comparison.state.own_peak,
    )


def _line_colors(
    controller: Controller, screen: Tokens, tokens: Tokens
) -> Iterator[tuple[str, str]]:
    """What colours of lines become: overlays first, so that groups win where both are alike."""
    for overlay in controller.overlays.overlays:
        count = len(overlay.curve.groups) if overlay.curve is not None else 0
        for group in range(count):
            yield (
                overlay_group_color(overlay, screen, group, count),
                overlay_group_color(overlay, tokens, group, count),
            )
    names = [group.name for group in controller.schedule.optimizer.groups]
    yield from zip(group_colors(screen, names), group_colors(tokens, names), strict=True)


def _details(controller: Controller) -> str:
    curve, fast = controller.curve, controller.preview
    if curve is not None:
        return details_of([curve])
    steps, groups = controller.schedule.steps, len(fast.groups)
    parts = [trn("{count} step", "{count} steps", steps, count=numerals.grouped(steps))]
    if groups > 1:
        parts.append(trn("{count} group", "{count} groups", groups))
    low, high = float(np.nanmin(fast.lr)), float(np.nanmax(fast.lr))
    parts.append(tr("LR {low} to {high}", low=scientific(low), high=scientific(high)))
    return SEPARATOR.join(parts)


def _fan(controller: Controller, tokens: Tokens) -> Fan | None:
    """The curves of the sweep that is open; of very many, some that stand for all."""
    view = controller.sweeps.view
    if view is None or view.fan.quantity != "lr":
        return None
    fan, groups = view.fan, varying_groups(view)
    valid = list(fan.valid)[:: max(1, -(-len(fan.valid) * len(groups) // _MOST_OF_FAN))]
    if not valid:
        return None
    rows = fan.values[np.ix_(valid, groups)].reshape(-1, len(fan.steps))
    colors = [ramp_color(tokens, shade(fan.sweep, index)) for index in valid]
    every = tuple(color for color in colors for _ in groups)
    return Fan(fan.steps.astype(np.float64), rows, every)
