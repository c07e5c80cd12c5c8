"""A phase's length as people read and type it. No Qt."""

from __future__ import annotations

import re
from fractions import Fraction

from lrdesigner import i18n, numerals
from lrdesigner.amounts import without_sizes
from lrdesigner.gui.unit_words import in_file_words
from lrdesigner.gui.widgets.number_text import count_as_python
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.counting import CountUnit
from lrdesigner.schedule.horizon_edits import Budget
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import Length, LengthError, not_a_length

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_FRACTIONAL = re.compile(r"epoch|%|percent")
_COUNTED = re.compile(
    r"(?P<number>\d{1,18}(?:\.\d{1,12})?)\s*(?P<unit>token|sample|image|sequence)s?", re.ASCII
)


def shown_length(written: object) -> str:
    """A length as the document writes it, with the locale's decimal mark and the window's words."""
    text = str(written)
    if i18n.language() == "en":
        return numerals.localised(text)
    try:
        length = Length.parse(text)
    except ValueError:
        return text
    if length.unit == "rest":
        return tr("rest")
    number, _, unit = str(length).partition(" ")
    number, form = numerals.localised(number), 1 if length.number == 1 else 2
    if not unit:  # percent
        return number
    if length.unit == "epochs":
        return trn("{count} epoch", "{count} epochs", form, count=number)
    return trn("{count} step", "{count} steps", form, count=number)


def parse_length(text: str, horizon: Horizon | None = None) -> str:
    """A length as the document writes it; "2,000 STEPS" and "2k steps" will do.

    Numbers may be written with the locale's marks: "2,5 epochs" and "2.000 steps" in Berlin.

    Args:
        text: What was typed.
        horizon: The document's, so that samples and tokens can be told in steps.

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    amount = read_amount(text)
    if isinstance(amount, Length):
        return str(amount)
    if horizon is None:
        raise LengthError(not_a_length(text))
    return str(Length(Fraction(amount.steps(horizon)), "steps"))


def read_amount(text: str) -> Length | Budget:
    """A length, or samples and tokens, as somebody has typed it.

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    words = in_file_words(text).lower()
    local = count_as_python(words, whole=_FRACTIONAL.search(words) is None)
    plain = without_sizes(_THOUSANDS.sub("", local))
    counted = _COUNTED.fullmatch(plain)
    if counted is None:
        return Length.parse(plain)
    unit: CountUnit = "tokens" if counted["unit"] == "token" else "samples"
    return Budget(Fraction(counted["number"]), unit)
