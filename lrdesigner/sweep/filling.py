"""The computation of a planned sweep: in pieces that stay in a core's cache, or on a device."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import keep_memory, namespace
from lrdesigner.engine.runner import CancelledError
from lrdesigner.sweep.parts import SweptPart
from lrdesigner.sweep.rows import Rows
from lrdesigner.sweep.tasks import Steps, Stretch, Task

# Values of a piece. Threads wait for each other between NumPy's functions, so these must be long:
# pieces that fit into a core's own cache (2**16) take two threads longer than one.
_CHUNK = 2**19
_LEAST = 2**16
_SHARES = 8  # pieces of a task that has fewer values, so that all threads have some
_DEVICE_CHUNK = 2**26
_ALONE = 2**18  # fewer values are not worth a second thread
_MAX_THREADS = 4  # each has some 20 MB of intermediate results


@dataclass(frozen=True, eq=False)
class _Job:
    """Some rows of a task.

    Attributes:
        task: The task.
        groups: Which of the result's groups the task's groups are.
        rows: Which of the task's rows.
        targets: Which of the result's rows.
        points: Which of the result's points.
    """

    task: Task
    groups: tuple[int, ...]
    rows: slice
    targets: Any
    points: slice

    @property
    def size(self) -> int:
        """About how many values it has."""
        width: int = self.points.stop - self.points.start
        rows: int = self.rows.stop - self.rows.start
        return width * rows * len(self.groups)


class Filling:
    """Computes the values of some sequences of phases.

    Args:
        parts: The sequences.
        steps: At which steps.
        variants: How many variants there are.
        device: Where.

    Attributes:
        computed: How many values were computed, those that several variants share once.
        doubtful: Variants that have values which are not finite.
    """

    def __init__(
        self, parts: tuple[SweptPart, ...], steps: Steps, variants: int, device: str
    ) -> None:
        self.computed = 0
        self.doubtful: set[int] = set()
        self._device = device
        self._steps: Any = steps
        self._jobs = [job for part in parts for job in _jobs(part, steps, variants, device)]
        if device != "cpu":
            import torch

            self._steps = torch.as_tensor(steps, device=device).double()

    def into(self, out: Any, cancelled: Callable[[], bool] | None = None) -> None:
        """Compute everything.

        Args:
            out: ``[variants, groups, points]``: an array, or a tensor on the device.
            cancelled: Asked now and then; true stops.

        Raises:
            CancelledError: If `cancelled` said so.
        """

        def run(job: _Job) -> tuple[int, Rows, Any]:
            if cancelled is not None and cancelled():
                raise CancelledError
            return self._run(job, out)

        if self._device == "cpu" and sum(job.size for job in self._jobs) > _ALONE:
            keep_memory()
            with ThreadPoolExecutor(_threads()) as pool:
                results = list(pool.map(run, self._jobs))
        else:
            results = [run(job) for job in self._jobs]
        for count, rows, sound in results:
            self.computed += count
            known = sound if isinstance(sound, np.ndarray) else sound.cpu().numpy()
            self.doubtful.update(rows[~known].tolist())

    def _run(self, job: _Job, out: Any) -> tuple[int, Rows, Any]:
        """One job: how many values, which rows, and whether each of them is finite."""
        task, steps = job.task, self._steps[job.points]
        stretch = task.stretch if task.once else task.stretch.part(job.rows)
        times = stretch.times(steps)
        write = _write if not stretch.moves else _write_moving
        if not isinstance(times, np.ndarray):
            write = _write_tensor
        count, sound = 0, True
        for place, group in enumerate(job.groups):
            values = task.values(times, job.rows, place)
            count += math.prod(values.shape)
            with np.errstate(all="ignore"):
                sound = sound & write(out, job, group, values, steps, stretch)
        rows = task.rows if task.once else task.rows[job.rows]
        return count, rows, _each(sound, len(rows))


def _write(out: Any, job: _Job, group: int, values: Any, steps: Steps, stretch: Stretch) -> Any:
    """Put values in their place. Returns for each row whether they are finite."""
    out[job.targets, group, job.points] = values
    return np.isfinite(values.sum(-1))


def _write_moving(
    out: Any, job: _Job, group: int, values: Any, steps: Steps, stretch: Stretch
) -> Any:
    """The same where the segment lies elsewhere from row to row."""
    rows = job.task.rows[job.rows]
    values = np.broadcast_to(values, (len(rows), len(steps)))
    first = np.broadcast_to(np.searchsorted(steps, stretch.start), len(rows)).tolist()
    last = np.broadcast_to(np.searchsorted(steps, stretch.end), len(rows)).tolist()
    sums = np.empty(len(rows))
    for place, (row, a, b) in enumerate(zip(rows.tolist(), first, last, strict=True)):
        own = values[place, a:b]
        out[row, group, job.points.start + a : job.points.start + b] = own
        sums[place] = own.sum()
    return np.isfinite(sums)


def _write_tensor(
    out: Any, job: _Job, group: int, values: Any, steps: Any, stretch: Stretch
) -> Any:
    """The same on a device, which must not be waited for."""
    place = (job.targets, group, job.points)
    if stretch.moves:
        xp, inside = namespace(steps), stretch.inside(steps)
        out[place] = xp.where(inside, values, out[place])
        return xp.isfinite(xp.where(inside, values, 0.0).sum(-1))
    out[place] = values
    return values.sum(-1).isfinite()


def _threads() -> int:
    """One for each processor this process may use, which may be fewer than there are."""
    try:
        usable = len(os.sched_getaffinity(0))
    except AttributeError:  # not everywhere
        usable = os.cpu_count() or 1
    return min(_MAX_THREADS, usable)


def _each(sound: Any, rows: int) -> Any:
    if isinstance(sound, (bool, np.bool_, np.ndarray)):
        return np.broadcast_to(sound, (rows,))
    return sound.expand(rows)


def _jobs(part: SweptPart, steps: Steps, variants: int, device: str) -> Iterator[_Job]:
    for task in part.batch.tasks:
        points = task.stretch.columns(steps)
        width = points.stop - points.start
        if width <= 0:
            continue
        if not part.varies:
            yield _Job(task, part.part.groups, slice(0, 1), slice(0, variants), points)
        elif task.once:
            yield _Job(task, part.part.groups, slice(0, 1), _target(task.rows), points)
        else:
            size = max(1, _piece(len(task.rows) * width, device) // width)
            for first in range(0, len(task.rows), size):
                rows = slice(first, min(first + size, len(task.rows)))
                own = task.stretch.part(rows).columns(steps)
                yield _Job(task, part.part.groups, rows, _target(task.rows[rows]), own)


def _piece(values: int, device: str) -> int:
    """How many of a task's values are computed in one piece."""
    if device != "cpu":
        return _DEVICE_CHUNK
    return min(_CHUNK, max(_LEAST, values // _SHARES))


def _target(rows: NDArray[np.int64]) -> Any:
    """Rows that follow each other as a slice, which is written without a copy."""
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if last - first + 1 == len(rows) else rows
