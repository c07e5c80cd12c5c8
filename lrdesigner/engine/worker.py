"""A process of its own for exact runs, so that a window never waits for torch.

The parent keeps the interpreter lock to itself this way; a thread would make it stutter. The
protocol is small: the parent sends `Job`s, the worker answers with `Progress`, `Done` or
`Failed`. A shared number says which job is still wanted; the worker looks at it every few
thousand steps, so a newer job starts almost at once.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

PROGRESS_SECONDS = 0.1


@dataclass(frozen=True)
class Job:
    """One document to run."""

    token: int
    text: str
    folder: str | None
    device: str


@dataclass(frozen=True)
class Progress:
    """How far a job is."""

    token: int
    fraction: float


@dataclass(frozen=True)
class Done:
    """A job's curve, in plain pieces (see `lrdesigner.engine.curve.Curve`)."""

    token: int
    groups: tuple[str, ...]
    lr: NDArray[np.float64]
    momentum: NDArray[np.float64] | None
    steps_per_epoch: int
    bases: Mapping[int, tuple[float, ...]]
    device: str
    torch_version: str
    seconds: float


@dataclass(frozen=True)
class Failed:
    """Why a job has no curve."""

    token: int
    message: str


@dataclass(frozen=True)
class Devices:
    """The devices of this machine."""

    names: tuple[str, ...]


class Wanted(Protocol):
    """The shared number: the token that is still wanted."""

    value: int


def serve(connection: Connection, wanted: Wanted) -> None:
    """Answer jobs until the connection closes; the body of the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    from lrdesigner.engine.simulate import devices

    try:
        connection.send(Devices(tuple(devices())))
        while True:
            job = connection.recv()
            if not isinstance(job, Job):
                return
            if job.token == wanted.value:
                _answer(connection, wanted, job)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the window is gone


def _answer(connection: Connection, wanted: Wanted, job: Job) -> None:
    from lrdesigner.engine.simulate import CancelledError, simulate
    from lrdesigner.schedule.codec import loads
    from lrdesigner.schedule.errors import DocumentError, ScheduleError

    last = [time.monotonic()]

    def progress(fraction: float) -> None:
        now = time.monotonic()
        if now - last[0] >= PROGRESS_SECONDS:
            last[0] = now
            connection.send(Progress(job.token, fraction))

    try:
        folder = Path(job.folder) if job.folder is not None else None
        curve = simulate(
            loads(job.text).in_folder(folder),
            device=job.device,
            progress=progress,
            cancelled=lambda: wanted.value != job.token,
        )
    except CancelledError:
        return
    except (DocumentError, ScheduleError) as error:
        answer: Any = Failed(job.token, str(error))
    except MemoryError:
        answer = Failed(job.token, "not enough memory for that many steps; shorten the horizon")
    except RuntimeError as error:  # a device that went away, in torch's words
        answer = Failed(job.token, f"torch failed on {job.device}: {str(error).splitlines()[0]}")
    else:
        answer = Done(
            job.token,
            curve.groups,
            curve.lr,
            curve.momentum,
            curve.steps_per_epoch,
            dict(curve.bases),
            curve.device,
            curve.torch_version,
            curve.seconds,
        )
    connection.send(answer)
