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
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.curve import Curve, FloatArray
from lrdesigner.engine.metrics import exact_metric
from lrdesigner.exporting import exporters
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.frozen import thaw
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.tracks import QUANTITIES, optimizer_key, own_value

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
        equal: Whether every LR, and all that the schedule drives beside it, is the same, bit for
            bit.
        first_difference: Where they part, or None.
        quantity: What differs there.
        seconds: How long it took, the curve included.
    """

    target: str
    steps: int
    groups: int
    equal: bool
    first_difference: Difference | None
    quantity: Quantity
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
        momentum: Same shape, momentum or beta1; None if the optimizer has neither.
        beta2: Same shape; None if it was not noted down.
        weight_decay: Same shape; None if it was not noted down.
    """

    lr: FloatArray
    momentum: FloatArray | None
    beta2: FloatArray | None = None
    weight_decay: FloatArray | None = None

    def values(self, quantity: Quantity) -> FloatArray | None:
        """What all groups held of a quantity."""
        found: FloatArray | None = getattr(self, quantity)
        return found


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
        return recording_of(np.fromfile(result_file), schedule)


def job(schedule: Schedule, plan: Plan | None = None) -> dict[str, Any]:
    """The description of a training for `lrdesigner.plain_loop`, as JSON data."""
    from lrdesigner.engine.simulate import make_plan

    plan = plan or make_plan(schedule)
    optimizer = schedule.optimizer
    return {
        "type": optimizer.type,
        "args": thaw(optimizer.args),
        "groups": [{**thaw(group.overrides), "lr": group.lr} for group in optimizer.groups],
        "steps": schedule.steps,
        "per_epoch": schedule.horizon.steps_per_epoch,
        "every": plan.every,
        "metric": exact_metric(schedule).tolist() if plan.metric else None,
        "noted": [_place(schedule, quantity) for quantity in noted(schedule)],
    }


def noted(schedule: Schedule) -> list[Quantity]:
    """What is compared beside the LR: momentum, and if there are tracks all that groups hold."""
    asked = QUANTITIES[1:] if schedule.tracks else QUANTITIES[1:2]
    return [each for each in asked if optimizer_key(schedule.optimizer, each) is not None]


def _place(schedule: Schedule, quantity: Quantity) -> tuple[str | None, int | None]:
    """Where a group holds a quantity: its key, and in a pair of betas which."""
    key = optimizer_key(schedule.optimizer, quantity)
    return key, (int(quantity == "beta2") if key == "betas" else None)


def recording_of(values: FloatArray, schedule: Schedule) -> Recording:
    """The values of `lrdesigner.plain_loop.train` by group and step."""
    rows = np.ascontiguousarray(values.reshape(schedule.steps, -1).T)
    size = len(schedule.optimizer.groups)
    found = {quantity: rows[(i + 1) * size :][:size] for i, quantity in enumerate(noted(schedule))}
    return Recording(rows[:size], **{"momentum": None, **found})


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
    """What a training has to use: the optimizer's own value where nothing drives it."""
    found: dict[str, FloatArray | None] = {"momentum": None}
    for quantity in noted(schedule):
        spec = schedule.optimizer
        own = [[own_value(spec, group, quantity)] for group in spec.groups]
        driven = curve.values(quantity)
        found[quantity] = (
            np.broadcast_to(np.array(own, dtype=float), curve.lr.shape).copy()
            if driven is None
            else driven
        )
    return Recording(curve.lr, **found)


def _first_difference(
    expected: Recording, got: Recording, names: tuple[str, ...]
) -> tuple[Difference | None, Quantity]:
    """The earliest value that differs, and of what."""
    first: tuple[Difference | None, Quantity] = (None, "lr")
    for quantity in QUANTITIES:
        wanted, found = expected.values(quantity), got.values(quantity)
        if wanted is None or found is None:
            continue
        other = _part(wanted, found, names)
        if other is not None and (first[0] is None or other.step < first[0].step):
            first = (other, quantity)
    return first


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
