"""Durations inside a phase as people type them, in whole ticks of its scheduler. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lrdesigner.gui.length_words import read_amount
from lrdesigner.gui.unit_words import in_file_words
from lrdesigner.gui.widgets.number_text import NoNumberError, Number, parse_whole
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import LengthError, round_half_up

_AMOUNT = re.compile(r"\d\s*[a-z]*\s*(?:%|(?:step|epoch|token|sample|image|sequence)s?)$")
_NO_STEPS = mark("Not a number of steps: write something like 500, 2k, 2 epochs or 5%")
_NO_EPOCHS = mark("Not a number of epochs: write something like 5, 500 steps or 5%")
_TIP_STEPS = mark(
    "May be typed as 2k, as 2 epochs or as 5% (of the run's steps); where batches are known, as "
    "1.5B tokens or 10M samples too. It becomes a whole number of steps at once."
)
_TIP_EPOCHS = mark(
    "May be typed as 500 steps or as 5% (of the run's epochs); where batches are known, as "
    "1.5B tokens or 10M samples too. It becomes a whole number of epochs at once."
)


@dataclass(frozen=True)
class Ticks:
    """What a scheduler counts.

    Attributes:
        horizon: The document's.
        by_epoch: Whether it counts epochs; else optimizer steps.
    """

    horizon: Horizon
    by_epoch: bool

    @property
    def tip(self) -> str:
        """What may be typed."""
        return tr(_TIP_EPOCHS if self.by_epoch else _TIP_STEPS)

    def read(self, text: str) -> Number:
        """A number of ticks: a number, arithmetic on numbers, or an amount with a unit.

        >>> from lrdesigner.schedule.model import Horizon
        >>> Ticks(Horizon(epochs=10, steps_per_epoch=100), by_epoch=False).read("5%")
        50

        Returns:
            Whole ticks, rounded half up; of a number without a unit what it is, whole or not.

        Raises:
            ValueError: With a sentence for the person who typed it.
        """
        try:
            amount = _AMOUNT.search(in_file_words(text).lower())
            return self._amount(text) if amount else parse_whole(text)
        except (LengthError, NoNumberError):
            raise ValueError(tr(_NO_EPOCHS if self.by_epoch else _NO_STEPS)) from None

    def _amount(self, text: str) -> int:
        ticks = read_amount(text).exact_steps(self.horizon)
        if self.by_epoch:
            ticks /= self.horizon.steps_per_epoch
        whole = round_half_up(ticks)
        if ticks > 0 and not whole:
            none = (
                tr("{text} comes to no whole epoch, and this scheduler counts epochs", text=text)
                if self.by_epoch
                else tr("{text} comes to no whole step", text=text)
            )
            raise ValueError(none)
        return whole
