"""StepLR: decays every `step_size` steps."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import as_float
from lrdesigner.engine.landmarks import Beat, Landmarks
from lrdesigner.grips import at_sum, time
from lrdesigner.params import IntParam
from lrdesigner.schedulers._common import TORCH, Times, gamma


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · gamma^⌊t / step_size⌋."""
    powers = as_float(times // args["step_size"])
    values: FloatArray = args.bases[index] * args["gamma"] ** powers
    return values


def landmarks(args: Args, index: int) -> Landmarks:
    """Every fall."""
    return Landmarks(beats=(Beat(args["step_size"], args["step_size"]),))


SPEC = SchedulerSpec(
    key="StepLR",
    title="StepLR",
    category=Category.DECAY,
    order=10,
    summary="Falls by a factor every so many steps: the classic staircase.",
    formula="lr(t) = base · gamma^⌊t / step_size⌋",
    source=f"{TORCH}.StepLR",
    keywords=("staircase", "drop"),
    params=(
        IntParam(
            name="step_size",
            minimum=1,
            unit="ticks",
            help="Steps between two decays.",
        ),
        gamma(0.1),
    ),
    starter={"gamma": 0.5},
    starter_for=lambda length, base: {"step_size": max(1, length // 4)},
    curve=curve,
    realise=plain_call("StepLR"),
    landmarks=landmarks,
    broadcasts=("step_size", "gamma"),
    composes=True,
    grips=(time(at_sum("step_size"), "step_size", "gamma"),),
)
