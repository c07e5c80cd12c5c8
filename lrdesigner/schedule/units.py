"""Lengths with units, and where each phase lies in whole optimizer steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from lrdesigner.i18n import mark, tr

if TYPE_CHECKING:
    from lrdesigner.schedule.model import Horizon, Schedule

Unit = Literal["steps", "epochs", "percent", "rest"]

_PATTERN = re.compile(
    r"\s*(?P<sign>-?)(?P<number>\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})\s*(?P<unit>steps?|epochs?|%)\s*",
    re.ASCII,
)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}", re.ASCII)
_EXAMPLES = mark('"500 steps", "2 epochs", "10%" or "rest"')


class LengthError(ValueError):
    """A text that is not a length; the message says what one looks like."""


def not_a_length(text: str) -> str:
    """What is said of a text that is not a length."""
    return tr("{text!r} is not a length; write {examples}", text=text[:40], examples=tr(_EXAMPLES))


def _no_unit(text: str) -> str:
    """What a number alone may mean: frameworks read one below 1 as a share, others as steps."""
    number = text.strip()
    if not _NUMBER.fullmatch(number):
        return ""
    if 0 < Fraction(number.rstrip(".")) < 1:
        share = Length(Fraction(number) * 100, "percent")
        return tr(
            '{number!r} has no unit; write "{share}" for a share of the run, or "{number} epochs"',
            number=number,
            share=share,
        )
    return tr(
        '{number!r} has no unit; write "{number} steps", "{number} epochs" or "{number}%"',
        number=number,
    )


def round_half_up(value: Fraction) -> int:
    """Nearest whole number, halves upwards."""
    return _rounded(value.numerator, value.denominator)


def _rounded(part: int, whole: int) -> int:
    """``part / whole``, halves upwards; in whole numbers, as a thousand variants ask."""
    return (2 * part + whole) // (2 * whole)


def length_text(number: str, unit: Unit) -> str:
    """A decimal number with its unit, as a document writes a length.

    >>> length_text("1.500", "epochs")
    '1.5 epochs'
    """
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    if unit == "percent":
        return f"{number}%"
    return f"{number} {unit[:-1] if number == '1' else unit}"


@dataclass(frozen=True)
class Length:
    """A phase's length as written: an exact number and its unit."""

    number: Fraction
    unit: Unit

    @staticmethod
    @lru_cache(maxsize=4096)
    def parse(text: str) -> Length:
        """Read ``"500 steps"``, ``"2 epochs"``, ``"10%"`` or ``"rest"``.

        Raises:
            LengthError: For anything else, negative numbers included.
        """
        if text.strip() == "rest":
            return Length(Fraction(0), "rest")
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise LengthError(_no_unit(text) or not_a_length(text))
        if match["sign"]:
            raise LengthError(
                tr(
                    "{text!r} is negative; a length is 0 or more, as {examples}",
                    text=text[:40],
                    examples=tr(_EXAMPLES),
                )
            )
        whole, _, decimals = match["number"].partition(".")
        number = Fraction(int(whole + decimals), 10 ** len(decimals))
        letter = match["unit"][0]
        unit: Unit = "steps" if letter == "s" else "epochs" if letter == "e" else "percent"
        return Length(number, unit)

    def steps(self, horizon: Horizon) -> int:
        """Whole optimizer steps, rounded half up; 0 for the rest."""
        return _rounded(*self._share(horizon))

    def exact_steps(self, horizon: Horizon) -> Fraction:
        """Optimizer steps, not rounded; 0 for the rest."""
        return Fraction(*self._share(horizon))

    def _share(self, horizon: Horizon) -> tuple[int, int]:
        """Steps as a numerator and a denominator."""
        part, whole = self.number.numerator, self.number.denominator
        if self.unit == "steps":
            return part, whole
        if self.unit == "epochs":
            return part * horizon.steps_per_epoch, whole
        if self.unit == "percent":
            return part * horizon.steps, whole * 100
        return 0, 1

    @classmethod
    def of_steps(cls, steps: int, unit: Unit, horizon: Horizon) -> Length:
        """The length of that many steps, in `unit` if it says so exactly enough, else in steps."""
        if unit == "epochs":
            exact = Fraction(steps, horizon.steps_per_epoch)
        elif unit == "percent":
            exact = Fraction(100 * steps, horizon.steps)
        else:
            return cls(Fraction(steps), "steps")
        for digits in range(7):
            scale = 10**digits
            length = cls(Fraction(round_half_up(exact * scale), scale), unit)
            if length.steps(horizon) == steps:
                return length
        return cls(Fraction(steps), "steps")

    def __str__(self) -> str:
        if self.unit == "rest":
            return "rest"
        whole = self.number.denominator == 1
        number = str(self.number.numerator) if whole else f"{float(self.number):.12f}"
        return length_text(number, self.unit)


@dataclass(frozen=True)
class Span:
    """Where a phase lies.

    Attributes:
        index: The phase's index.
        start: First optimizer step.
        end: One past its last optimizer step, within the horizon.
        nominal_end: Where it would end if the horizon did not cut it.
    """

    index: int
    start: int
    end: int
    nominal_end: int

    @property
    def steps(self) -> int:
        """Optimizer steps it really runs."""
        return self.end - self.start

    @property
    def nominal_steps(self) -> int:
        """Optimizer steps its length says."""
        return self.nominal_end - self.start

    @property
    def cut(self) -> bool:
        """Whether the horizon cuts it."""
        return self.nominal_end > self.end


def spans(schedule: Schedule) -> tuple[Span, ...]:
    """The place of every phase on the timeline, in whole optimizer steps."""
    return _spans(schedule.horizon, tuple(phase.length for phase in schedule.phases))


@lru_cache(maxsize=64)
def _spans(horizon: Horizon, texts: tuple[str, ...]) -> tuple[Span, ...]:
    """Every panel asks for them on every move of a drag, so the last few are kept."""
    lengths = [Length.parse(text) for text in texts]
    fixed = [length.steps(horizon) for length in lengths]
    rest = max(0, horizon.steps - sum(fixed))
    found: list[Span] = []
    position = 0
    for index, (length, steps) in enumerate(zip(lengths, fixed, strict=True)):
        nominal = position + (rest if length.unit == "rest" else steps)
        start, end = min(position, horizon.steps), min(nominal, horizon.steps)
        found.append(Span(index, start, end, start + (nominal - position)))
        position = nominal
    return tuple(found)


def ticks(start: int, end: int, steps_per_epoch: int) -> int:
    """Epoch ends after step `start` up to and including the one before step `end`."""
    return end // steps_per_epoch - start // steps_per_epoch
