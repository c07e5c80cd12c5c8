"""Single values off the curve that is on screen: the exact one if it is there, else the fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller
    from lrdesigner.gui.document_part import DocumentPart


@dataclass(frozen=True)
class Values:
    """The LR of every group at one step.

    Attributes:
        lr: One value a group.
        exact: Whether the step itself was computed; otherwise it lies between computed ones.
    """

    lr: tuple[float, ...]
    exact: bool


def values_at(controller: Controller, step: int) -> Values:
    """The LR of every group at a step of the current document."""
    curve = controller.curve
    if curve is not None and step < curve.steps:
        return Values(tuple(float(value) for value in curve.lr[:, step]), True)
    preview = controller.preview
    place = int(np.searchsorted(preview.steps, step))
    if place < len(preview.steps) and preview.steps[place] == step:
        return Values(tuple(float(value) for value in preview.lr[:, place]), True)
    between = (float(np.interp(step, preview.steps, row)) for row in preview.lr)
    return Values(tuple(between), False)


def part_values(controller: Controller, part: DocumentPart, step: int) -> tuple[float, ...]:
    """What a sequence of phases makes of each of its groups at a step."""
    if part.quantity == "lr":
        values = values_at(controller, step).lr
        return tuple(values[group] for group in part.groups)
    fast = part.preview
    return tuple(float(np.interp(step, fast.steps, row)) for row in fast.lr)
