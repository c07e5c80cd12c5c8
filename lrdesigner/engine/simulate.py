"""The exact run: real torch objects, phase after phase."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

import numpy as np

from lrdesigner.engine.cache import PhaseCache
from lrdesigner.engine.curve import Curve, FloatArray
from lrdesigner.engine.lanes import check_tracks
from lrdesigner.engine.plan import (
    Plan,
    check_optimizer,
    finish,
    finish_tracked,
    own_lrs,
    stage,
)
from lrdesigner.engine.runner import CancelledError, Progress, Runner
from lrdesigner.engine.segments import segments
from lrdesigner.engine.torch_guard import quiet_torch
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.tracks import Part, located, own_value, parts

__all__ = [
    "CancelledError",
    "check_device",
    "devices",
    "make_plan",
    "run",
    "simulate",
]

Bases = Mapping[int, tuple[float, ...]]

MAX_BYTES = 8 * 1024**3


def simulate(
    schedule: Schedule,
    *,
    device: str = "cpu",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: PhaseCache | None = None,
) -> Curve:
    """Run the real torch schedulers of a document and record every value.

    Args:
        schedule: The document.
        device: ``"cpu"`` (LRs are Python floats, as in most training scripts), ``"cuda"`` or
            ``"mps"`` (LRs are float32 tensors there, as a capturable optimizer has them);
            ``"cpu:0"`` has tensors too.
        progress: Called with the fraction done, every few thousand steps.
        cancelled: Asked as often; true stops the run.
        cache: Knows phases of runs before, which then need not run again; the curve's arrays
            cannot be written to, as it keeps them.

    Returns:
        The curve; ``curve.lr[g, k]`` is what optimizer step k of group g uses.

    Raises:
        ScheduleError: If torch would refuse the document, or a value is not finite.
        CancelledError: If `cancelled` said so.
    """
    return run(schedule, device=device, progress=progress, cancelled=cancelled, cache=cache)[0]


def make_plan(
    schedule: Schedule,
    bases: Bases | None = None,
    *,
    device: str = "cpu",
    track_bases: Mapping[int, Bases] | None = None,
) -> Plan:
    """The plan of a document: which torch objects, with which arguments.

    Args:
        schedule: The document.
        bases: The base LRs of each phase where a `Curve` already knows them (`Curve.bases`);
            without them the phases are run.
        device: Where they are run; see `simulate`.
        track_bases: Like `bases`, for a document with tracks (`Curve.track_bases`).

    Raises:
        ScheduleError: If torch would refuse the document.
    """
    if bases is None or (schedule.tracks and track_bases is None):
        return run(schedule, device=device)[1]
    if schedule.tracks and track_bases is not None:
        check_optimizer(schedule)
        check_tracks(schedule)
        plans = [
            (part, make_plan(part.view, bases if part.track is None else track_bases[part.track]))
            for part in parts(schedule)
        ]
        return finish_tracked(schedule, plans)
    check_optimizer(schedule)
    reached = own_lrs(schedule)
    stages = [
        stage(schedule, segment, bases.get(-1 if segment.index is None else segment.index, reached))
        for segment in segments(schedule)
    ]
    return finish(schedule, stages)


def run(
    schedule: Schedule,
    *,
    device: str = "cpu",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    cache: PhaseCache | None = None,
) -> tuple[Curve, Plan]:
    """Simulate, and give the plan that was followed as well; see `simulate`."""
    if schedule.tracks:
        return _run_tracks(schedule, device, progress, cancelled, cache)
    began = time.perf_counter()
    check_optimizer(schedule)
    _check_memory(schedule)
    check_device(device)
    import torch

    with quiet_torch():
        runner = Runner(schedule, device, progress, cancelled, cache)
        stages = runner.run()
    curve = Curve(
        groups=tuple(group.name for group in schedule.optimizer.groups),
        lr=runner.arrays.lr,
        momentum=runner.arrays.momentum,
        steps_per_epoch=schedule.horizon.steps_per_epoch,
        bases={-1 if s.segment.index is None else s.segment.index: s.bases for s in stages},
        device=device,
        torch_version=str(torch.__version__).split("+")[0],
        seconds=time.perf_counter() - began,
    )
    return curve, finish(schedule, stages)


def _run_tracks(
    schedule: Schedule,
    device: str,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    cache: PhaseCache | None,
) -> tuple[Curve, Plan]:
    """Run every sequence of phases as a document of its own, and put the curves together."""
    began = time.perf_counter()
    check_optimizer(schedule)
    check_tracks(schedule)
    found = parts(schedule)
    _check_memory(schedule, {part.quantity for part in found})
    stacked: dict[Quantity, FloatArray] = {}
    plans, bases = [], {}
    for number, part in enumerate(found):
        # What a lane drives is a plain number wherever the LR lives.
        here = device if part.quantity == "lr" else "cpu"
        try:
            curve, plan = run(
                part.view,
                device=here,
                progress=_share(progress, number, len(found)),
                cancelled=cancelled,
                cache=cache,
            )
        except ScheduleError as error:
            raise ScheduleError(located(part.track, part.word, str(error))) from error
        _stack(schedule, stacked, part, curve)
        plans.append((part, plan))
        bases[part.track] = curve.bases
    whole = Curve(
        groups=tuple(group.name for group in schedule.optimizer.groups),
        lr=stacked["lr"],
        momentum=stacked.get("momentum"),
        steps_per_epoch=schedule.horizon.steps_per_epoch,
        bases=bases.pop(None),
        device=device,
        torch_version=curve.torch_version,
        seconds=time.perf_counter() - began,
        beta2=stacked.get("beta2"),
        weight_decay=stacked.get("weight_decay"),
        track_bases={track: known for track, known in bases.items() if track is not None},
    )
    return whole, finish_tracked(schedule, plans)


def _stack(
    schedule: Schedule, stacked: dict[Quantity, FloatArray], part: Part, curve: Curve
) -> None:
    """Write what a sequence of phases drives into the rows of its groups."""
    written: list[tuple[Quantity, FloatArray]] = [(part.quantity, curve.lr)]
    if curve.momentum is not None:
        written.append(("momentum", curve.momentum))
    for quantity, values in written:
        if quantity not in stacked:
            spec = schedule.optimizer
            own = [[own_value(spec, group, quantity) or 0.0] for group in spec.groups]
            stacked[quantity] = np.repeat(np.array(own), schedule.steps, axis=1)
        stacked[quantity][list(part.groups)] = values


def _share(progress: Progress | None, number: int, count: int) -> Progress | None:
    """Progress of one of several runs as progress of all."""
    if progress is None:
        return None
    return lambda fraction: progress((number + fraction) / count)


def devices() -> list[str]:
    """The devices a run can use on this machine, ``"cpu"`` first."""
    import torch

    found = ["cpu"]
    if torch.cuda.is_available():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return found


def check_device(device: str) -> None:
    """Refuse a device that is not there.

    Raises:
        ScheduleError: With the devices this machine has.
    """
    if device == "cpu":
        return
    import torch

    kind, _, index = device.partition(":")
    found = devices()
    count = torch.cuda.device_count() if kind == "cuda" else 1
    if kind not in found or not (index or "0").isdecimal() or int(index or 0) >= count:
        raise ScheduleError(
            tr(
                "device {device!r} is not available here; this machine has {names}",
                device=device,
                names=", ".join(found),
            )
        )


def _check_memory(schedule: Schedule, quantities: Collection[Quantity] = ()) -> None:
    # The curve, and the phase that is being recorded; with tracks, one of them in addition.
    arrays = 2 + len(quantities)
    needed = arrays * schedule.steps * len(schedule.optimizer.groups) * 8
    if needed > MAX_BYTES:
        raise ScheduleError(
            tr(
                "{steps:,} steps × {count} groups need {needed:.0f} GB; shorten the "
                "horizon or remove groups",
                steps=schedule.steps,
                count=len(schedule.optimizer.groups),
                needed=needed / 1e9,
            )
        )
