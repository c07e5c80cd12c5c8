"""What a replay *is*: the values of real schedulers over many ticks at once.

Each module of `lrdesigner.engine.replay` defines ``REPLAY`` (one `Entry`); `replays()` finds them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.registry import Registry

if TYPE_CHECKING:
    from torch.optim.lr_scheduler import LRScheduler


@dataclass(frozen=True)
class Block:
    """The values of some ticks.

    Attributes:
        lr: ``[groups, ticks]``.
        momentum: Same shape; None where momentum is left alone.
    """

    lr: FloatArray
    momentum: FloatArray | None = None


class Replay(ABC):
    """The values of one scheduler over many ticks.

    Anything that Python's floats would refuse (a division by zero, a number too large for an
    integer) may raise an `ArithmeticError`, `TypeError` or `ValueError`: the real scheduler then
    says what is wrong, and where.

    Args:
        scheduler: The real one, as it stands after its constructor.
    """

    def __init__(self, scheduler: LRScheduler) -> None:
        self._scheduler: Any = scheduler
        self._groups: Sequence[dict[str, Any]] = scheduler.optimizer.param_groups

    @abstractmethod
    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """The values after the ticks `first` … `stop` - 1.

        Args:
            first: A tick, at least 1.
            stop: One past the last tick.
            before: The LRs after the tick before `first`.
        """

    def seek(self, tick: int) -> None:
        """Make the real scheduler believe that it has done so many steps."""
        self._scheduler.last_epoch = tick
        self._scheduler._step_count = tick + 1


class Products(Replay):
    """A scheduler whose every step multiplies the LR by a factor; 1 keeps it bit for bit."""

    @abstractmethod
    def factors(self, first: int, stop: int) -> FloatArray:
        """The factors of the ticks, ``[stop - first]``, or with a row for each group."""

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """The products, one after the other."""
        factors = np.empty((len(before), stop - first))
        factors[:] = self.factors(first, stop)
        factors[:, 0] *= before
        return Block(np.multiply.accumulate(factors, axis=1))


class Stack(Replay):
    """The replay of a `ChainedScheduler` of products.

    Args:
        parts: The replays of its schedulers, in their order.
    """

    def __init__(self, parts: Sequence[Products]) -> None:
        super().__init__(parts[0]._scheduler)
        self._parts = parts

    def block(self, first: int, stop: int, before: Sequence[float]) -> Block:
        """All factors of a tick, then all of the next."""
        ticks, depth = stop - first, len(self._parts)
        factors = np.empty((len(before), ticks, depth))
        for place, part in enumerate(self._parts):
            factors[:, :, place] = part.factors(first, stop)
        factors[:, 0, 0] *= before
        products = np.multiply.accumulate(factors.reshape(len(before), -1), axis=1)
        return Block(products[:, depth - 1 :: depth])

    def seek(self, tick: int) -> None:
        """All of them."""
        for part in self._parts:
            part.seek(tick)


@dataclass(frozen=True)
class Entry:
    """How the schedulers of one class are replayed.

    Attributes:
        name: The torch class.
        make: (scheduler, ticks that it will run) -> its replay; None if these arguments have none.
    """

    name: str
    make: Callable[[Any, int], Replay | None]


@lru_cache(maxsize=1)
def replays() -> Registry[Entry]:
    """Every torch class that has a replay."""
    return Registry(
        "replay",
        "lrdesigner.engine.replay",
        "REPLAY",
        key=lambda entry: entry.name,
        order=lambda entry: entry.name,
    )


def find_replay(schedulers: Sequence[LRScheduler], ticks: int) -> Replay | None:
    """The replay of a scheduler, or of several that are stepped in turn; None if there is none.

    Args:
        schedulers: Real schedulers on one optimizer whose LRs are Python floats.
        ticks: How many steps they will do.
    """
    found = [_single(scheduler, ticks) for scheduler in schedulers]
    if len(found) == 1:
        return found[0]
    products = [replay for replay in found if isinstance(replay, Products)]
    return Stack(products) if len(products) == len(found) else None


def _single(scheduler: LRScheduler, ticks: int) -> Replay | None:
    kind = type(scheduler)
    # A subclass may override anything.
    if not kind.__module__.startswith("torch.optim."):
        return None
    entry = replays().get(kind.__name__)
    return entry.make(scheduler, ticks) if entry is not None else None
