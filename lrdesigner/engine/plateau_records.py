"""What a plateau's rule is, and what its reductions are told of with: records and their words.

Epochs are counted from 1 in everything people read, so that "epoch 34" ends where the time axis
says 34; the metric of epoch n is value n - 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lrdesigner import numerals
from lrdesigner.catalog import Args
from lrdesigner.engine.curve import FloatArray
from lrdesigner.i18n import tr, trn

_MOST_GROUPS = 2
_ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True)
class PlateauRule:
    """The arguments of `ReduceLROnPlateau` that decide, with torch's names.

    Attributes:
        mode: ``"min"`` or ``"max"``.
        factor: Factor of a reduction.
        patience: Bad epochs that are put up with.
        threshold: What counts as an improvement.
        threshold_mode: ``"rel"`` or ``"abs"``.
        cooldown: Epochs after a reduction in which no bad epoch counts.
        min_lr: The lowest LR of each group.
        eps: A change of the LR that is not greater is skipped.
    """

    mode: Literal["min", "max"]
    factor: float
    patience: int
    threshold: float
    threshold_mode: Literal["rel", "abs"]
    cooldown: int
    min_lr: tuple[float, ...]
    eps: float

    @classmethod
    def of(cls, args: Args) -> PlateauRule:
        """The rule of a resolved phase."""
        names = ("mode", "factor", "patience", "threshold", "threshold_mode", "cooldown", "eps")
        values: dict[str, Any] = {name: args[name] for name in names}
        lowest = tuple(args.group("min_lr", index) for index in range(len(args.bases)))
        return cls(min_lr=lowest, **values)

    def edge(self, best: float) -> float:
        """What a value has to be better than, once `best` is the best."""
        up = self.mode == "max"
        if self.threshold_mode == "rel":
            return best * (self.threshold + 1.0 if up else 1.0 - self.threshold)
        return best + self.threshold if up else best - self.threshold

    def lowered(self, lrs: Sequence[float]) -> tuple[float, ...]:
        """The LRs after a reduction; those that would hardly change stay."""
        found = []
        for lr, lowest in zip(lrs, self.min_lr, strict=True):
            new = max(lr * self.factor, lowest)
            found.append(new if lr - new > self.eps else lr)
        return tuple(found)


@dataclass(frozen=True)
class Reduction:
    """One reduction, or one that torch skips because the LR would hardly change.

    Attributes:
        epoch: At the end of which epoch, from 1.
        step: The first optimizer step that has the new LR.
        bad: How many bad epochs had been counted.
        patience: How many would have been put up with.
        best: The best value so far; None if nothing has counted as an improvement.
        best_epoch: Its epoch, from 1.
        before: The LR of each group.
        after: The LR of each group from `step` on.
    """

    epoch: int
    step: int
    bad: int
    patience: int
    best: float | None
    best_epoch: int | None
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def skipped(self) -> bool:
        """Whether no LR has changed: all are at their minimum, or closer to it than eps."""
        return self.before == self.after

    def reason(self, groups: Sequence[str] = (), word: str = "LR") -> str:
        """One sentence: when, why, and what came of it.

        Args:
            groups: The groups' names.
            word: What is reduced, in English.
        """
        return tr(
            "epoch {epoch:,}: {cause} → {effect}",
            epoch=self.epoch,
            cause=self._cause(),
            effect=self._effect(groups, word),
        )

    def _cause(self) -> str:
        if self.best is None or self.best_epoch is None:
            return tr(
                "no improvement for {epochs} (patience {patience}), none so far",
                epochs=_epochs(self.bad),
                patience=self.patience,
            )
        since = self.epoch - self.best_epoch
        if since == self.bad:
            return tr(
                "no improvement for {epochs} (patience {patience}), best {best} at epoch "
                "{best_epoch:,}",
                epochs=_epochs(since),
                patience=self.patience,
                best=_number(self.best),
                best_epoch=self.best_epoch,
            )
        return tr(
            "no improvement for {epochs}, {bad} of them counted (patience {patience}), best {best} "
            "at epoch {best_epoch:,}",
            epochs=_epochs(since),
            bad=self.bad,
            patience=self.patience,
            best=_number(self.best),
            best_epoch=self.best_epoch,
        )

    def _effect(self, groups: Sequence[str], word: str) -> str:
        if self.skipped:
            return tr(
                "{quantity} stays: it is at its minimum, or the change would not exceed eps",
                quantity=tr(word),
            )
        names = groups or [""] * len(self.before)
        changes = [
            (name, f"{_number(old)} {_ARROW} {_number(new)}")
            for name, old, new in zip(names, self.before, self.after, strict=True)
            if old != new
        ]
        if len(self.before) == 1:
            return f"{tr(word)} {changes[0][1]}"
        shown = ", ".join(f"{name} {change}" for name, change in changes[:_MOST_GROUPS])
        hidden = len(changes) - _MOST_GROUPS
        if hidden > 0:
            return tr(
                "{quantity} of {changes} and {hidden} more",
                quantity=tr(word),
                changes=shown,
                hidden=hidden,
            )
        return tr("{quantity} of {groups}", quantity=tr(word), groups=shown)


@dataclass(frozen=True)
class Stretch:
    """Epochs in a row in which bad epochs were counted, or ignored after a reduction.

    Attributes:
        kind: ``"bad"`` or ``"cooldown"``.
        first: First epoch, from 1.
        last: Last epoch.
        start: The optimizer step that the first epoch begins with.
        end: The optimizer step after the last epoch.
        reduced: Whether a reduction ended it.
    """

    kind: Literal["bad", "cooldown"]
    first: int
    last: int
    start: int
    end: int
    reduced: bool = False

    @property
    def epochs(self) -> int:
        """How many epochs it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, eq=False)
class PlateauRun:
    """What happens in one plateau phase.

    Attributes:
        phase: The phase's index.
        rule: Its arguments.
        first: The epoch of its first decision, from 1.
        metric: The metric at each decision.
        best: The best value after each decision; NaN while there is none.
        improvements: The epochs of all improvements, from 1.
        reductions: Every reduction that changes an LR, and the first that torch skips: after
            it, all are.
        stretches: Where bad epochs were counted or ignored, in the order of time; of more than
            `MOST_DETAILED` decisions, only what belongs to `reductions`.
    """

    phase: int
    rule: PlateauRule
    first: int
    metric: FloatArray
    best: FloatArray
    improvements: NDArray[np.int64]
    reductions: tuple[Reduction, ...]
    stretches: tuple[Stretch, ...]


def _epochs(count: int) -> str:
    return trn("{count:,} epoch", "{count:,} epochs", count)


def _number(value: float) -> str:
    return numerals.localised(f"{value:.4g}")
