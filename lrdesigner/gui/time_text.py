"""Steps, epochs and shares of the run as people read them. No Qt."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from lrdesigner import numerals
from lrdesigner.amounts import amount_text
from lrdesigner.axes import count_labels, nice_ticks
from lrdesigner.i18n import mark, tr, trn
from lrdesigner.schedule import counting
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import Length, Span

if TYPE_CHECKING:
    from lrdesigner.gui.state import XUnit

UNIT_TEXT: dict[XUnit, str] = {
    "steps": mark("steps"),
    "epochs": mark("epochs"),
    "percent": "%",
    "samples": mark("samples"),
    "tokens": mark("tokens"),
}
_COUNT_TEXT: dict[XUnit, str] = {
    "samples": mark("{place} · {count} samples"),
    "tokens": mark("{place} · {count} tokens"),
}
_AMOUNT_TEXT: dict[XUnit, str] = {
    "tokens": mark("{count} tokens"),
    "samples": mark("{count} samples"),
}
_TICK_PIXELS = 68.0


def shown_unit(unit: XUnit, horizon: Horizon) -> XUnit:
    """The unit that is shown where a wanted one is not known: steps."""
    return unit if counting.known(unit, horizon) else "steps"


def common_unit(unit: XUnit, *horizons: Horizon) -> XUnit:
    """The unit in which several runs can be compared: the wanted one if all of them know it."""
    return unit if all(counting.known(unit, each) for each in horizons) else "steps"


def unit_text(unit: XUnit, horizon: Horizon) -> str:
    """What the time axis says it counts."""
    return tr(UNIT_TEXT[shown_unit(unit, horizon)])


def steps_per(unit: XUnit, horizon: Horizon) -> float:
    """Optimizer steps in one unit of the x axis; steps stand in for what is not known."""
    return counting.steps_per(shown_unit(unit, horizon), horizon)


_COUNTED: dict[str, Callable[[int, str], str]] = {
    "step": lambda number, count: trn("{count} step", "{count} steps", number, count=count),
    "epoch": lambda number, count: trn("{count} epoch", "{count} epochs", number, count=count),
    "group": lambda number, count: trn("{count} group", "{count} groups", number, count=count),
    "phase": lambda number, count: trn("{count} phase", "{count} phases", number, count=count),
    "track": lambda number, count: trn("{count} track", "{count} tracks", number, count=count),
    "value": lambda number, count: trn("{count} value", "{count} values", number, count=count),
    "reduction": lambda number, count: trn(
        "{count} reduction", "{count} reductions", number, count=count
    ),
    "bad epoch": lambda number, count: trn(
        "{count} bad epoch", "{count} bad epochs", number, count=count
    ),
}


def count_text(number: float, word: str) -> str:
    """A number with its unit in the plural it needs: ``1 epoch``, ``2.5 epochs``.

    Args:
        number: How many.
        word: Of what, in the singular; one of a few that all languages have forms for.
    """
    # A step may be a small part of an epoch, which is not "0 epochs".
    digits = 2 if number >= 1 or number <= 0 else min(9, 2 - math.floor(math.log10(number)))
    text = f"{number:,.{digits}f}".rstrip("0").rstrip(".") if number % 1 else f"{number:,.0f}"
    return _COUNTED[word](1 if number == 1 else 2, numerals.localised(text))


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
        return tr("rest · {duration}", duration=duration_text(steps, horizon))
    if length.unit == "percent":
        return f"{numerals.localised(str(length)[:-1])} % · {duration_text(steps, horizon)}"
    word = "step" if length.unit == "steps" else "epoch"
    return count_text(float(length.number), word)


def span_text(start: int, end: int, horizon: Horizon, unit: XUnit, *, terse: bool = False) -> str:
    """What lies between two steps, in the unit of the time axis; less than an epoch in steps.

    Args:
        start: The first step.
        end: One past the last.
        horizon: The document's.
        unit: What the time axis counts.
        terse: Leave out what the axis says, for where there is hardly any room.

    >>> span_text(0, 250, Horizon(epochs=10, steps_per_epoch=100), "percent")
    '25 %'
    """
    unit, steps = shown_unit(unit, horizon), end - start
    if unit in _AMOUNT_TEXT:
        before = counting.counter(unit, horizon).before
        count = amount_text(before(end) - before(start))
        return count if terse else tr(_AMOUNT_TEXT[unit], count=count)
    if unit == "percent":
        return f"{numerals.localised(f'{100 * steps / horizon.steps:.3g}')} %"
    per_epoch = horizon.steps_per_epoch
    if terse:
        number = steps if unit == "steps" or steps < per_epoch else steps / per_epoch
        text = numerals.localised(f"{round(number, 1):,.10g}")
        return text if number == steps and per_epoch > 1 else tr("{count} ep", count=text)
    if unit == "steps" and per_epoch > 1:
        return count_text(steps, "step")
    return duration_text(steps, horizon)


def length_texts(written: str, span: Span, horizon: Horizon, unit: XUnit) -> tuple[str, ...]:
    """A phase's length as written and in the time axis's unit, then what says less in less room.

    >>> from lrdesigner.schedule.units import Span
    >>> horizon = Horizon(epochs=10, steps_per_epoch=100)
    >>> length_texts("2 epochs", Span(0, 0, 200, 200), horizon, "steps")
    ('2 epochs · 200 steps', '2 epochs', '200 steps', '200')
    """
    length = Length.parse(written)
    amount = span_text(span.start, span.end, horizon, unit)
    terse = span_text(span.start, span.end, horizon, unit, terse=True)
    if length.unit == "rest":
        return tr("rest · {duration}", duration=amount), amount, terse
    if length.unit == "percent":
        short = f"{str(length)[:-1]} %"
        amount = duration_text(span.steps, horizon) if unit == "percent" else amount
    else:
        short = length_text(written, span.steps, horizon)
    if short == amount:
        return short, terse
    # Who counts samples or tokens looks for these.
    less = (amount, short) if shown_unit(unit, horizon) in _AMOUNT_TEXT else (short, amount)
    return f"{short} · {amount}", *less, terse


def place_text(step: int, horizon: Horizon, unit: XUnit = "steps") -> str:
    """A place on the timeline: ``step 87,570 · epoch 70.0``.

    Args:
        step: The step.
        horizon: The document's.
        unit: What the time axis counts; samples and tokens are told as well.
    """
    per_epoch = horizon.steps_per_epoch
    if per_epoch == 1:
        place = tr("epoch {epoch:,}", epoch=step)
    elif horizon.epochs == 1 and unit in _COUNT_TEXT:
        place = tr("step {step:,}", step=step)  # the epoch would only say the share of the run
    else:
        place = tr("step {step:,} · epoch {epoch:.1f}", step=step, epoch=step / per_epoch)
    if unit not in _COUNT_TEXT or not counting.known(unit, horizon):
        return place
    count = amount_text(counting.count_at(unit, horizon, step))
    return tr(_COUNT_TEXT[unit], place=place, count=count)


def run_amount(horizon: Horizon) -> str:
    """What the run goes through: ``2 T tokens``, else ``115 M samples``; "" if neither is known."""
    for unit, text in _AMOUNT_TEXT.items():
        if counting.known(unit, horizon):
            total = counting.counter(unit, horizon).before(horizon.steps)
            return tr(text, count=amount_text(total))
    return ""


def time_ticks(
    first: float, last: float, unit: XUnit, horizon: Horizon, width: float
) -> list[tuple[float, str]]:
    """Steps that get a line and their labels in the unit, for that many pixels."""
    unit = shown_unit(unit, horizon)
    low, high = (counting.count_at(unit, horizon, step) for step in (first, last))
    values = nice_ticks(low, high, max(2, int(width / _TICK_PIXELS)))
    if unit in ("steps", *_COUNT_TEXT) or counting.steps_per(unit, horizon) == 1:
        values = [value for value in values if value == int(value)]
    places = (counting.step_at(unit, horizon, value) for value in values)
    return list(zip(places, count_labels(values), strict=True))
