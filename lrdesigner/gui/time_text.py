"""Steps, epochs and shares of the run as people read them. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrdesigner.axes import count_labels, nice_ticks
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import Length

if TYPE_CHECKING:
    from lrdesigner.gui.state import XUnit

UNIT_TEXT: dict[XUnit, str] = {"steps": "steps", "epochs": "epochs", "percent": "%"}
_TICK_PIXELS = 68.0


def steps_per(unit: XUnit, horizon: Horizon) -> float:
    """Optimizer steps in one unit of the x axis."""
    if unit == "epochs":
        return float(horizon.steps_per_epoch)
    return horizon.steps / 100 if unit == "percent" else 1.0


def count_text(number: float, word: str) -> str:
    """A number with its unit in the plural it needs: ``1 epoch``, ``2.5 epochs``."""
    text = f"{number:,.2f}".rstrip("0").rstrip(".") if number % 1 else f"{number:,.0f}"
    return f"{text} {word if number == 1 else word + 's'}"


def duration_text(steps: int, horizon: Horizon) -> str:
    """A duration in epochs where that reads well, else in steps."""
    per_epoch = horizon.steps_per_epoch
    if per_epoch > 1 and (steps % per_epoch == 0 or steps >= per_epoch):
        return count_text(steps / per_epoch, "epoch")
    return count_text(steps, "step") if per_epoch > 1 else count_text(steps, "epoch")


def length_text(written: str, steps: int, horizon: Horizon) -> str:
    """A phase's length as written, and what it comes to where that says more.

    >>> length_text("rest", 400, Horizon(epochs=10, steps_per_epoch=100))
    'rest · 4 epochs'
    """
    length = Length.parse(written)
    if length.unit == "rest":
        return f"rest · {duration_text(steps, horizon)}"
    if length.unit == "percent":
        return f"{str(length)[:-1]} % · {duration_text(steps, horizon)}"
    word = "step" if length.unit == "steps" else "epoch"
    return count_text(float(length.number), word)


def place_text(step: int, horizon: Horizon) -> str:
    """A place on the timeline: ``step 87,570 · epoch 70.0``."""
    if horizon.steps_per_epoch == 1:
        return f"epoch {step:,}"
    return f"step {step:,} · epoch {step / horizon.steps_per_epoch:.1f}"


def time_ticks(
    first: float, last: float, unit: XUnit, horizon: Horizon, width: float
) -> list[tuple[float, str]]:
    """Steps that get a line and their labels in the unit, for that many pixels."""
    per = steps_per(unit, horizon)
    values = nice_ticks(first / per, last / per, max(2, int(width / _TICK_PIXELS)))
    if per == 1:
        values = [value for value in values if value == int(value)]
    return [(v * per, text) for v, text in zip(values, count_labels(values), strict=True)]
