"""The result of a run: the values of all groups over all steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.digest import Digest, FloatArray
from lrdesigner.schedule.model import Quantity

__all__ = ["Curve", "FloatArray"]


@dataclass(frozen=True, eq=False)
class Curve:
    """The exact values of a schedule.

    Attributes:
        groups: Names of the parameter groups.
        lr: float64 ``[groups, N]``; ``lr[g, k]`` is what optimizer step k uses.
        momentum: float64 ``[groups, N]``, momentum or beta1; None if no phase cycles it and no
            lane drives it. Groups that nothing does it to keep their own value.
        steps_per_epoch: Optimizer steps of an epoch.
        bases: The base LRs (one per group) that each of the document's own phases that runs
            started from, by the phase's index (the hold at the end has −1).
        device: Where the LR lived: ``"cpu"`` (Python floats), ``"cuda"``, ``"mps"``.
        torch_version: Version of torch that computed it.
        seconds: How long the run took.
        beta2: Like `momentum`; None if no lane drives it.
        weight_decay: Like `momentum`; None if no lane drives it.
        track_bases: Like `bases`, for each track that drives a group, by the track's index; one
            value per group of the track.
    """

    groups: tuple[str, ...]
    lr: FloatArray
    momentum: FloatArray | None
    steps_per_epoch: int
    bases: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    device: str = "cpu"
    torch_version: str = ""
    seconds: float = 0.0
    beta2: FloatArray | None = None
    weight_decay: FloatArray | None = None
    track_bases: Mapping[int, Mapping[int, tuple[float, ...]]] = field(default_factory=dict)

    def values(self, quantity: Quantity) -> FloatArray | None:
        """What all groups hold of a quantity, ``[groups, N]``; None if nothing changes it."""
        found: FloatArray | None = getattr(self, quantity)
        return found

    @cached_property
    def rows(self) -> tuple[FloatArray, ...]:
        """The LR of each group; always the same arrays, so that they can be told apart."""
        return tuple(self.lr)

    @cached_property
    def digests(self) -> Mapping[Quantity, tuple[Digest, ...]]:
        """Extremes of all rows, for each quantity there is; each computed when it is asked for."""
        return {
            quantity: tuple(Digest(row) for row in values)
            for quantity in get_args(Quantity)
            if (values := self.values(quantity)) is not None
        }

    def prepare(self) -> None:
        """Compute the extremes of all rows, in the thread that calls this."""
        for rows in self.digests.values():
            for row in rows:
                row.prepare()

    @property
    def steps(self) -> int:
        """Number of optimizer steps N."""
        return int(self.lr.shape[1])

    @property
    def epochs(self) -> NDArray[np.int64]:
        """The epoch that each step belongs to, counted from 0."""
        return np.arange(self.steps, dtype=np.int64) // self.steps_per_epoch
