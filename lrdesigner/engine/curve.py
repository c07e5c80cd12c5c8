"""The result of a run: the values of all groups over all steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """The exact values of a schedule.

    Attributes:
        groups: Names of the parameter groups.
        lr: float64 ``[groups, N]``; ``lr[g, k]`` is what optimizer step k uses.
        momentum: float64 ``[groups, N]``, momentum or beta1; None if no phase cycles it.
        steps_per_epoch: Optimizer steps of an epoch.
        bases: The base LRs (one per group) that each phase that runs started from, by the
            phase's index.
        device: Where the LR lived: ``"cpu"`` (Python floats), ``"cuda"``, ``"mps"``.
        torch_version: Version of torch that computed it.
        seconds: How long the run took.
    """

    groups: tuple[str, ...]
    lr: FloatArray
    momentum: FloatArray | None
    steps_per_epoch: int
    bases: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    device: str = "cpu"
    torch_version: str = ""
    seconds: float = 0.0

    @property
    def steps(self) -> int:
        """Number of optimizer steps N."""
        return int(self.lr.shape[1])

    @property
    def epochs(self) -> NDArray[np.int64]:
        """The epoch that each step belongs to, counted from 0."""
        return np.arange(self.steps, dtype=np.int64) // self.steps_per_epoch
