"""Proof that exported code gives the curve: run it for real, and compare every step's bits."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.curve import Curve, FloatArray
from lrdesigner.engine.metrics import exact_metric
from lrdesigner.exporting import exporters
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.frozen import thaw
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS, own_momentum

if TYPE_CHECKING:
    from lrdesigner.engine.plan import Plan


class VerifyError(RuntimeError):
    """The exported code could not be run to its end: one line that says why."""


class Difference(NamedTuple):
    """The first value that differs.

    Attributes:
        step: Optimizer step.
        group: Name of the parameter group.
        expected: The value of the curve.
        got: The value that the exported code gave.
    """

    step: int
    group: str
    expected: float
    got: float


@dataclass(frozen=True)
class VerifyResult:
    """What a comparison found.

    Attributes:
        target: The export target.
        steps: Number of optimizer steps compared.
        groups: Number of parameter groups compared.
        equal: Whether every LR and momentum is the same, bit for bit.
        first_difference: Where they part, or None.
        quantity: What differs there.
        seconds: How long it took, the curve included.
    """

    target: str
    steps: int
    groups: int
    equal: bool
    first_difference: Difference | None
    quantity: Literal["lr", "momentum"]
    seconds: float

    @property
    def message(self) -> str:
        """One line for people."""
        size = f"{self.steps:,} steps × {self.groups} group{'s' if self.groups != 1 else ''}"
        if self.first_difference is None:
            return f"{self.target}: equal bit for bit at {size}"
        step, group, expected, got = self.first_difference
        return (
            f"{self.target}: differs first at step {step:,} of {size}: {self.quantity} of "
            f"group {group!r} is {got!r}, the curve has {expected!r}"
        )


@dataclass(frozen=True, eq=False)
class Recording:
    """What a training loop used.

    Attributes:
        lr: float64 ``[groups, N]``.
        momentum: float64 ``[groups, N]``, momentum or beta1; None if the optimizer has neither.
    """

    lr: FloatArray
    momentum: FloatArray | None


def verify(
    schedule: Schedule,
    target: str = "torch",
    *,
    code: str | None = None,
    timeout: float | None = None,
) -> VerifyResult:
    """Export a document, run what came out, and compare it with `simulate` at every step.

    Args:
        schedule: The document.
        target: One of `lrdesigner.exporters()`.
        code: Text to verify in place of a fresh export.
        timeout: Seconds after which a run is given up; a plain loop takes about 10 µs a step.

    Raises:
        KeyError: If there is no such target.
        ScheduleError: If torch would refuse the document.
        VerifyError: If the exported code does not run, or the target is none that can be run.
    """
    from lrdesigner.engine.simulate import run

    began = time.perf_counter()
    spec = exporters()[target]
    if not spec.executable:
        raise VerifyError(f"{target}: {spec.title} is not something that can be run here")
    curve, plan = run(schedule)
    if code is None:
        code = spec.export(schedule, plan)
    if spec.language == "python":
        recording = run_source(code, schedule, plan=plan, timeout=timeout)
    else:
        recording = _reload(code, schedule)
    found, quantity = _first_difference(_expected(schedule, curve), recording, curve.groups)
    return VerifyResult(
        target=target,
        steps=curve.steps,
        groups=len(curve.groups),
        equal=found is None,
        first_difference=found,
        quantity=quantity,
        seconds=time.perf_counter() - began,
    )


def run_source(
    code: str, schedule: Schedule, *, plan: Plan | None = None, timeout: float | None = None
) -> Recording:
    """Run code that defines ``build_scheduler(optimizer)`` in a fresh interpreter.

    The loop is the plain one, with a real optimizer of the document's type and groups.

    Args:
        code: Python source.
        schedule: The document: optimizer, horizon, metric, and what the scheduler steps after.
        plan: Its plan where the caller has it already.
        timeout: Seconds after which the run is given up.

    Raises:
        VerifyError: If the code does not run to its end.
    """
    if getattr(sys, "frozen", False) or not sys.executable:
        raise VerifyError("there is no Python interpreter here to run the exported code with")
    work = {"code": code, **job(schedule, plan)}
    with tempfile.TemporaryDirectory(prefix="lrdesigner-") as folder:
        job_file, result_file = Path(folder, "job.json"), Path(folder, "result")
        job_file.write_text(json.dumps(work), encoding="utf-8")
        with as_file(files("lrdesigner").joinpath("plain_loop.py")) as program:
            # -P: neither this package's folder nor the current one is where modules come from.
            command = [sys.executable, "-P", str(program), str(job_file), str(result_file)]
            _run_child(command, folder, timeout)
        return recording_of(np.fromfile(result_file), work)


def job(schedule: Schedule, plan: Plan | None = None) -> dict[str, Any]:
    """The description of a training for `lrdesigner.plain_loop`, as JSON data."""
    from lrdesigner.engine.simulate import make_plan

    plan = plan or make_plan(schedule)
    optimizer = schedule.optimizer
    return {
        "type": optimizer.type,
        "args": thaw(optimizer.args),
        "groups": [{**thaw(group.overrides), "lr": group.lr} for group in optimizer.groups],
        "momentum_key": OPTIMIZERS[optimizer.type].momentum_key,
        "steps": schedule.steps,
        "per_epoch": schedule.horizon.steps_per_epoch,
        "every": plan.every,
        "metric": exact_metric(schedule).tolist() if plan.metric else None,
    }


def recording_of(values: FloatArray, work: dict[str, Any]) -> Recording:
    """The values of `lrdesigner.plain_loop.train` by group and step."""
    groups = len(work["groups"])
    rows = np.ascontiguousarray(values.reshape(work["steps"], -1).T)
    return Recording(rows[:groups], rows[groups:] if work["momentum_key"] else None)


def _run_child(command: list[str], folder: str, timeout: float | None) -> None:
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no console flashes up on Windows
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            creationflags=hidden,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise VerifyError(f"the exported code did not end within {timeout:g} seconds") from None
    except OSError as error:
        raise VerifyError(f"cannot start {command[0]}: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else f"the interpreter ended with code {done.returncode}"
        raise VerifyError(f"the exported code fails: {reason}")


def _reload(text: str, schedule: Schedule) -> Recording:
    from lrdesigner.engine.simulate import simulate

    try:
        again = loads(text).in_folder(schedule.folder)
    except DocumentError as error:
        raise VerifyError(f"the exported document cannot be read: {error}") from None
    return _expected(again, simulate(again))


def _expected(schedule: Schedule, curve: Curve) -> Recording:
    """What a training has to use; momentum stays the optimizer's own where nothing cycles it."""
    if curve.momentum is not None or OPTIMIZERS[schedule.optimizer.type].momentum_key is None:
        return Recording(curve.lr, curve.momentum)
    own = [[own_momentum(schedule.optimizer, group)] for group in schedule.optimizer.groups]
    return Recording(curve.lr, np.broadcast_to(np.array(own, dtype=float), curve.lr.shape).copy())


def _first_difference(
    expected: Recording, got: Recording, names: tuple[str, ...]
) -> tuple[Difference | None, Literal["lr", "momentum"]]:
    found = _part(expected.lr, got.lr, names)
    if expected.momentum is not None and got.momentum is not None:
        other = _part(expected.momentum, got.momentum, names)
        if other is not None and (found is None or other.step < found.step):
            return other, "momentum"
    return found, "lr"


def _part(expected: FloatArray, got: FloatArray, names: tuple[str, ...]) -> Difference | None:
    """The earliest value whose bits differ."""
    if expected.shape != got.shape:
        raise VerifyError(f"the exported code has the shape {got.shape}, not {expected.shape}")
    differs = _bits(expected) != _bits(got)
    steps = differs.any(axis=0)
    if not steps.any():
        return None
    step = int(steps.argmax())
    group = int(differs[:, step].argmax())
    return Difference(step, names[group], float(expected[group, step]), float(got[group, step]))


def _bits(values: FloatArray) -> NDArray[np.int64]:
    return np.ascontiguousarray(values).view(np.int64)
