"""A process of its own for exact runs, so that a window never waits for torch.

The parent keeps the interpreter lock to itself this way; a thread would make it stutter. The
protocol is small: the parent writes `Job`s and `Forget`s to the worker's standard input, the
worker answers with `Devices`, `Progress`, `Done` or `Failed` on its standard output (see
`lrdesigner.engine.wire`). A thread of the worker reads all the time, so a newer job stops an older
one within milliseconds, and what the older one has done is not lost: the worker keeps the phases
that ran (`lrdesigner.engine.cache`). (Not `multiprocessing`: it would run the parent's main module
again, which fails in scripts without a main guard.)
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from lrdesigner import i18n, numerals
from lrdesigner.engine.cache import PhaseCache
from lrdesigner.engine.wire import receive, send
from lrdesigner.i18n import tr

PROGRESS_SECONDS = 0.1
# Otherwise the thread that reads would wait five milliseconds for each of its turns.
_SWITCH_SECONDS = 0.0005


def command() -> tuple[list[str], dict[str, str]]:
    """How to start a worker: its command line and environment.

    The child finds this very package, whatever its current folder holds.
    """
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    # What it has to say is shown in the window: in its language, with its marks in numbers.
    words = json.dumps([i18n.language(), *numerals.marks()])
    return [sys.executable, "-P", "-m", "lrdesigner.engine.worker", words], environment


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
    beta2: NDArray[np.float64] | None
    weight_decay: NDArray[np.float64] | None
    track_bases: Mapping[int, Mapping[int, tuple[float, ...]]]


@dataclass(frozen=True)
class Failed:
    """Why a job has no curve."""

    token: int
    message: str


@dataclass(frozen=True)
class Devices:
    """The devices of this machine."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Forget:
    """Nothing is wanted any more."""


class Worker:
    """Answers jobs until its input ends; the latest one wins.

    Args:
        source: Where jobs come from.
        sink: Where answers go.
    """

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._wanted = -1
        self._cache = PhaseCache()

    def serve(self) -> None:
        """Answer until the other side is gone."""
        from lrdesigner.engine.simulate import devices

        threading.Thread(target=self._listen, daemon=True).start()
        self._send(Devices(tuple(devices())))
        while (job := self._jobs.get()) is not None:
            if job.token == self._wanted:
                self._answer(job)

    def _listen(self) -> None:
        try:
            while True:
                message = receive(self._source)
                self._wanted = message.token if isinstance(message, Job) else -1
                if isinstance(message, Job):
                    self._jobs.put(message)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._wanted = -1
            self._jobs.put(None)

    def _send(self, answer: object) -> None:
        send(self._sink, answer)

    def _answer(self, job: Job) -> None:
        from lrdesigner.engine.simulate import CancelledError, simulate
        from lrdesigner.schedule.codec import loads
        from lrdesigner.schedule.errors import DocumentError, ScheduleError

        last = [time.monotonic()]

        def progress(fraction: float) -> None:
            now = time.monotonic()
            if now - last[0] >= PROGRESS_SECONDS:
                last[0] = now
                self._send(Progress(job.token, fraction))

        try:
            folder = Path(job.folder) if job.folder is not None else None
            curve = simulate(
                loads(job.text).in_folder(folder),
                device=job.device,
                progress=progress,
                cancelled=lambda: self._wanted != job.token,
                cache=self._cache,
            )
        except CancelledError:
            return
        except (DocumentError, ScheduleError) as error:
            answer: Any = Failed(job.token, str(error))
        except MemoryError:
            answer = Failed(job.token, tr("not enough memory for so many steps; shorten the run"))
        except RuntimeError as error:  # a device that went away, in torch's words
            answer = Failed(
                job.token,
                tr(
                    "torch failed on {device}: {why}",
                    device=job.device,
                    why=str(error).splitlines()[0],
                ),
            )
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
                curve.beta2,
                curve.weight_decay,
                {track: dict(bases) for track, bases in curve.track_bases.items()},
            )
        send(self._sink, answer, lambda: self._wanted == job.token)


def main() -> None:
    """The worker process: jobs in, curves out."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    language, *marks = json.loads(sys.argv[1])
    i18n.use(language)
    numerals.use_marks(numerals.Marks(*marks))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    # What torch or a library prints must not get between the answers.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        Worker(sys.stdin.buffer, sink).serve()
    except BrokenPipeError:
        os._exit(0)  # the window is gone; do not try to flush to it


if __name__ == "__main__":
    # Pickles name this module by its full name, not as __main__.
    from lrdesigner.engine.worker import main as run

    run()
