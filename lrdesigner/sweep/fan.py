"""All curves of a sweep at once: the fan."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.lanes import check_tracks
from lrdesigner.engine.plan import check_optimizer
from lrdesigner.engine.preview import sample_steps, sequence_preview
from lrdesigner.engine.simulate import check_device
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.tracks import own_value
from lrdesigner.sweep.errors import SweepError
from lrdesigner.sweep.filling import Filling
from lrdesigner.sweep.model import Sweep
from lrdesigner.sweep.parts import SweptPart, swept_parts
from lrdesigner.sweep.tasks import Steps

POINTS = 2000
MAX_BYTES = 4 * 1024**3


@dataclass(frozen=True, eq=False)
class Fan:
    """The curves of a sweep.

    Attributes:
        sweep: What was evaluated.
        quantity: What `values` are: the LR, or what a swept lane drives.
        groups: Names of the parameter groups.
        steps: int64 ``[points]``, rising: the optimizer steps.
        values: float64 ``[variants, groups, points]``. A variant that cannot run is NaN, and so
            are steps after a variant's own end.
        errors: Why a variant cannot run, by its index.
        computed: How many values were computed; what several variants share counts once.
        seconds: How long it took.
    """

    sweep: Sweep
    quantity: Quantity
    groups: tuple[str, ...]
    steps: Steps
    values: FloatArray
    errors: Mapping[int, str]
    computed: int
    seconds: float

    @property
    def valid(self) -> list[int]:
        """The variants that can run."""
        return [index for index in range(len(self.sweep)) if index not in self.errors]


def evaluate(
    sweep: Sweep,
    points: int = POINTS,
    *,
    steps: Steps | None = None,
    device: str = "cpu",
    cancelled: Callable[[], bool] | None = None,
) -> Fan:
    """The fast curves of all variants, in one batch; within 1e-12 of `preview` one by one.

    Args:
        sweep: What varies.
        points: At about how many steps.
        steps: At which steps instead, rising.
        device: ``"cpu"``, or ``"cuda"`` and the like for float64 tensors there.
        cancelled: Asked now and then; true stops.

    Raises:
        SweepError: If the result would not fit into memory.
        ScheduleError: If the device is not there.
        CancelledError: If `cancelled` said so.
    """
    began = time.perf_counter()
    batch = FanBatch(sweep, points, steps=steps, device=device)
    out = batch.empty()
    batch.into(out, cancelled)
    values = out if isinstance(out, np.ndarray) else out.cpu().numpy()
    batch.settle(values)
    return Fan(
        sweep,
        batch.quantity,
        tuple(group.name for group in sweep.schedule.optimizer.groups),
        batch.steps,
        values,
        dict(sorted(batch.errors.items())),
        batch.computed,
        time.perf_counter() - began,
    )


class FanBatch:
    """A sweep that is planned once, and computed as often as one likes.

    Args:
        sweep: What varies.
        points: At about how many steps.
        steps: At which steps instead.
        device: Where.

    Attributes:
        quantity: What is computed.
        steps: The steps.
        errors: Why variants cannot run; complete after `settle`.
    """

    def __init__(
        self, sweep: Sweep, points: int = POINTS, *, steps: Steps | None = None, device: str = "cpu"
    ) -> None:
        check_device(device)
        self._sweep = sweep
        self._device = device
        self._parts = swept_parts(sweep)
        self.quantity = _quantity(self._parts)
        self._totals = np.broadcast_to(
            np.maximum.reduce([part.batch.totals for part in self._parts if part.varies]),
            (len(sweep),),
        )
        self.steps = _sampled(self._parts, self._totals, points) if steps is None else steps
        self._check_memory()
        self.errors = self._known_errors()
        shown = tuple(part for part in self._parts if part.part.quantity == self.quantity)
        self._filling = Filling(shown, self.steps, len(sweep), device)

    @property
    def computed(self) -> int:
        """How many values were computed; what several variants share counts once."""
        return self._filling.computed

    def empty(self) -> Any:
        """Memory for the result: an array, or a tensor on the device."""
        shape = (len(self._sweep), len(self._sweep.schedule.optimizer.groups), len(self.steps))
        if self._device == "cpu":
            return np.empty(shape)
        import torch

        return torch.empty(shape, dtype=torch.float64, device=self._device)

    def into(self, out: Any, cancelled: Callable[[], bool] | None = None) -> None:
        """Compute all values that can be computed together.

        Args:
            out: From `empty`.
            cancelled: Asked now and then; true stops.

        Raises:
            CancelledError: If `cancelled` said so.
        """
        if len(self.steps) and self._totals.min() <= self.steps[-1]:
            out[:] = np.nan
        if self.quantity != "lr":
            _fill_own(out, self._sweep.schedule, self.quantity)
        self._filling.into(out, cancelled)

    def settle(self, values: FloatArray) -> None:
        """Ask one by one about the variants that the batch is not sure of."""
        doubtful = self._filling.doubtful.union(*(part.doubtful for part in self._parts))
        for index in sorted(doubtful - self.errors.keys()):
            self._ask(index, values)
        values[list(self.errors)] = np.nan

    def _ask(self, index: int, values: FloatArray) -> None:
        within = np.flatnonzero(self.steps < self._totals[index])
        for part in self._parts:
            found = sequence_preview(part.view(index), self.steps[within])
            if found.errors:
                self.errors[index] = part.located(next(iter(found.errors.values())))
                return
            if part.part.quantity == self.quantity:
                values[index][np.ix_(np.array(part.part.groups), within)] = found.lr

    def _known_errors(self) -> dict[int, str]:
        every = range(len(self._sweep))
        schedule = self._sweep.schedule
        try:
            check_optimizer(schedule)
            check_tracks(schedule)
        except ScheduleError as error:
            return dict.fromkeys(every, str(error))
        found: dict[int, str] = {}
        for part in self._parts:
            for index, text in part.batch.errors.items():
                for each in (index,) if part.varies else every:
                    found.setdefault(each, part.located(text))
        return found

    def _check_memory(self) -> None:
        groups = len(self._sweep.schedule.optimizer.groups)
        needed = len(self._sweep) * groups * len(self.steps) * 8
        if needed > MAX_BYTES:
            raise SweepError(
                tr(
                    "{count:,} variants × {groups} groups × {points:,} points need "
                    "{needed:.0f} GB; make fewer of them",
                    count=len(self._sweep),
                    groups=groups,
                    points=len(self.steps),
                    needed=needed / 1e9,
                )
            )


def _quantity(parts: Sequence[SweptPart]) -> Quantity:
    """The LR if it varies, else what does."""
    varying: list[Quantity] = [part.part.quantity for part in parts if part.varies]
    return "lr" if "lr" in varying or not varying else varying[0]


def _sampled(parts: Sequence[SweptPart], totals: Steps, points: int) -> Steps:
    """Steps over the longest variant, and both ends of every phase in it."""
    longest = int(np.argmax(totals))
    views = [part.view(longest) for part in parts]
    return sample_steps(views[0], points, views)


def _fill_own(out: Any, schedule: Schedule, quantity: Quantity) -> None:
    """Groups that no lane drives keep their own value."""
    spec = schedule.optimizer
    for place, group in enumerate(spec.groups):
        out[:, place] = own_value(spec, group, quantity) or 0.0
