"""Phases that ran before need not run again: values by everything that decides them.

Whoever runs a document over and over owns a `PhaseCache`: the worker behind the window does. An
edit then runs the phases from the edited one on (and of these only those whose start it moves);
undo, and any state that was seen lately, runs none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.plan import Stage
from lrdesigner.schedule.model import Schedule

LIMIT = 160 * 1024**2


@dataclass(eq=False)
class RunArrays:
    """Where the values of one run are.

    Attributes:
        lr: float64 ``[groups, N]``.
        momentum: Same shape; None while no phase cycles it.
    """

    lr: FloatArray
    momentum: FloatArray | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return self.lr.nbytes + (0 if self.momentum is None else self.momentum.nbytes)

    def close(self) -> None:
        """Nobody writes to them from now on."""
        self.lr.setflags(write=False)
        if self.momentum is not None:
            self.momentum.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Ran:
    """A phase that ran.

    Attributes:
        run: The run it was part of.
        start: Its first step there.
        end: One past its last.
        last: The LRs it would reach at its length.
    """

    run: RunArrays
    start: int
    end: int
    last: tuple[float, ...]


@dataclass
class PhaseCache:
    """Values of phases of the last runs; the run that was of no use for longest goes first.

    It keeps the very arrays of the curves, which cannot be written to any more.

    Attributes:
        limit: Bytes it may keep alive.
        found: How many phases it knew.
        missed: How many it did not know.
    """

    limit: int = LIMIT
    found: int = 0
    missed: int = 0
    _runs: dict[int, RunArrays] = field(default_factory=dict)
    _ran: dict[Hashable, Ran] = field(default_factory=dict)
    _wholes: dict[Hashable, RunArrays] = field(default_factory=dict)
    _metric: tuple[tuple[str, int], FloatArray] | None = None

    @property
    def size(self) -> int:
        """Bytes it keeps alive."""
        return sum(run.size for run in self._runs.values())

    def find(self, key: Hashable) -> Ran | None:
        """The phase of that key; None if it did not run lately."""
        ran = self._ran.get(key)
        if ran is None:
            self.missed += 1
            return None
        self.found += 1
        self._touch(ran.run)
        return ran

    def keep(self, key: Hashable, ran: Ran) -> None:
        """Remember a phase, and forget the runs that there is no room for any more."""
        self._touch(ran.run)
        self._ran[key] = ran
        while self.size > self.limit:
            # The run at hand too, if it alone is too large.
            self._forget(next(iter(self._runs)))

    def find_whole(self, keys: Hashable) -> RunArrays | None:
        """The run of exactly these phases; None if there was none lately."""
        run = self._wholes.get(keys)
        if run is not None:
            self._touch(run)
        return run

    def keep_whole(self, keys: Hashable, run: RunArrays) -> None:
        """Remember that a run is of exactly these phases; nobody may write to it from now on."""
        run.close()
        if id(run) in self._runs:
            self._wholes[keys] = run

    def metric(self, formula: str, epochs: int, compute: Callable[[], FloatArray]) -> FloatArray:
        """The values of a metric's formula, computed if they are not those of the last run."""
        if self._metric is None or self._metric[0] != (formula, epochs):
            self._metric = ((formula, epochs), compute())
        return self._metric[1]

    def _touch(self, run: RunArrays) -> None:
        self._runs.pop(id(run), None)
        self._runs[id(run)] = run

    def _forget(self, number: int) -> None:
        run = self._runs.pop(number)
        self._ran = {key: ran for key, ran in self._ran.items() if ran.run is not run}
        self._wholes = {keys: whole for keys, whole in self._wholes.items() if whole is not run}


def stage_key(schedule: Schedule, item: Stage, device: str, closed_start: bool) -> Hashable:
    """Everything that decides a phase's values.

    Args:
        schedule: The document.
        item: The phase, resolved: its metric and the LRs it starts from are in its arguments.
        device: Where it runs.
        closed_start: Whether it starts as `SequentialLR` starts it.
    """
    segment, per_epoch = item.segment, schedule.horizon.steps_per_epoch
    steps = (segment.end - segment.start, segment.ticks, segment.interval)
    if segment.interval == "epoch" and per_epoch > 1:
        steps += (segment.start % per_epoch, per_epoch)  # type: ignore[assignment]
    optimizer = schedule.optimizer
    return (
        device,
        closed_start and bool(item.parts),
        steps,
        _frozen(item.bases),
        optimizer.type,
        _frozen(optimizer.args),
        tuple(_frozen(group.overrides) for group in optimizer.groups),
        tuple(
            (part.spec.key, part.args.length, _frozen(part.args.values), part.args.given)
            for part in item.parts
        ),
    )


def _frozen(value: Any) -> Hashable:
    """A value to compare with: numbers count as equal only if they are the same in all bits."""
    if isinstance(value, Mapping):
        return tuple((name, _frozen(item)) for name, item in value.items())
    if isinstance(value, np.ndarray):
        return (value.shape, value.dtype.str, hashlib.blake2b(value.tobytes()).digest())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, float):
        return ("float", value.hex())
    if isinstance(value, (bool, int)):
        return (type(value).__name__, value)
    return value  # type: ignore[no-any-return]
