"""The numbers of the table as people read them. No Qt."""

from __future__ import annotations

from lrdesigner import numerals
from lrdesigner.axes import MINUS
from lrdesigner.compare.numbers import CurveNumbers, ratio
from lrdesigner.compare.table import Column, Value
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.i18n import tr, trn

NONE = "\N{EN DASH}"
LEFT_OUT = "*"
"""Behind a mean that leaves something out."""
_ABOUT = "≈ "
_COUNTED = ("area", "steps_near_peak", "mean_log10_lr")
"""What a fast curve gives only about."""


def cell_text(column: Column, numbers: CurveNumbers) -> str:
    """A number in its cell."""
    value = column.of(numbers)
    if value is None:
        return NONE
    text = _plain(column, value)
    if column.kind == "log" and numbers.zeros:
        text += LEFT_OUT
    about = not numbers.exact and column.key in _COUNTED
    return f"{_ABOUT}{text}" if about else text


def _plain(column: Column, value: float) -> str:
    if column.kind == "lr":
        return numerals.localised(lr_text(value))
    if column.kind == "share":
        return numerals.localised(f"{100 * value:.3g}") + "\N{NARROW NO-BREAK SPACE}%"
    if column.kind == "log":
        return numerals.localised(f"{value:.3f}").replace("-", MINUS)
    if column.kind == "sum":
        return numerals.localised(f"{value:.4g}").replace("-", MINUS)
    return numerals.localised(f"{int(value):,}")


def cell_tip(
    column: Column,
    numbers: CurveNumbers,
    reference: CurveNumbers | None,
    name: str,
    per_epoch: int = 1,
) -> str:
    """Everything about a number: all digits, what else it means, and against the reference.

    Args:
        column: The column.
        numbers: The curve's.
        reference: Those of the reference's group; None for the reference itself.
        name: What the reference is called.
        per_epoch: Steps of an epoch.
    """
    value = column.of(numbers)
    lines = [] if value is None else [repr(value)]
    if column.kind == "steps" and value is not None and per_epoch > 1:
        lines.append(tr("{epochs:,.4g} epochs", epochs=value / per_epoch))
    lines += _more(column, numbers)
    if reference is not None:
        lines += _against(value, column.of(reference), name)
    if not numbers.exact:
        lines.append(tr("Of the live curve: close, not exact"))
    if numbers.missing:
        lines.append(
            trn(
                "{count:,} step without a value is left out",
                "{count:,} steps without a value are left out",
                numbers.missing,
            )
        )
    return "\n".join(lines)


def _more(column: Column, numbers: CurveNumbers) -> list[str]:
    if column.key == "steps_near_peak":
        return [tr("{share:.1%} of all steps", share=numbers.near_peak_share)]
    if column.key == "minimum":
        return [tr("first at step {step:,}", step=numbers.minimum_step)]
    if column.kind != "log":
        return []
    lines = []
    mean = numbers.geometric_mean
    if mean is not None:
        lines.append(tr("Geometric mean: {lr}", lr=lr_text(mean)))
    if numbers.zeros:
        lines.append(left_out_text(numbers.zeros))
    return lines


def left_out_text(zeros: int) -> str:
    """What the mean of the logarithm leaves out."""
    return trn(
        "Without {count:,} step at LR 0, which has no logarithm",
        "Without {count:,} steps at LR 0, which have no logarithm",
        zeros,
    )


def _against(value: Value, other: Value, name: str) -> list[str]:
    if value is None or other is None:
        return []
    times = ratio(float(value), float(other))
    if times is None:
        return []
    return [tr("{times:.4g} × that of {name}", times=times, name=name)]
