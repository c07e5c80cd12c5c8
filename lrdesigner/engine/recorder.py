"""Where the values of a run go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lrdesigner.engine.curve import FloatArray

Group = dict[str, Any]
Numbers = Sequence[float] | FloatArray
Rows = Sequence[Numbers] | FloatArray


class NotRealError(TypeError):
    """An LR that is a complex number, which a formula may give.

    Attributes:
        tick: The local time it stands at.
    """

    def __init__(self, message: str, tick: int) -> None:
        super().__init__(message)
        self.tick = tick


@dataclass
class Recorder:
    """Where values go: one row per group, filled from left to right.

    What does not fit any more is dropped, but for the very last values: the next phase starts
    from there.

    Attributes:
        lr: float64 ``[groups, columns]``.
        momentum: Same shape, or None when momentum is not asked for.
        momentum_key: ``"momentum"`` or ``"betas"``.
        last: The LRs added last, one per group.
    """

    lr: FloatArray
    momentum: FloatArray | None = None
    momentum_key: str = "momentum"
    last: tuple[float, ...] = field(default=(), init=False)
    _column: int = field(default=0, init=False)

    def add(self, lrs: Rows, momenta: Rows) -> None:
        """Append a chunk: one sequence per group.

        Raises:
            NotRealError: If an LR is not a real number.
        """
        size = len(lrs[0])
        room = min(size, self.lr.shape[1] - self._column)
        place = slice(self._column, self._column + room)
        try:
            self.last = tuple(float(values[-1]) for values in lrs)
            for row, values in zip(self.lr, lrs, strict=True):
                row[place] = values[:room]
        except TypeError as error:
            bad = (i for i in range(size) if any(isinstance(v[i], complex) for v in lrs))
            raise NotRealError(str(error), self._column + next(bad, 0)) from error
        if self.momentum is not None:
            for row, values in zip(self.momentum, momenta, strict=True):
                row[place] = values[:room]
        self._column += size

    def read_momentum(self, group: Group) -> float:
        """The group's momentum or beta1 as it stands."""
        value = group[self.momentum_key]
        return value[0] if self.momentum_key == "betas" else value  # type: ignore[no-any-return]
