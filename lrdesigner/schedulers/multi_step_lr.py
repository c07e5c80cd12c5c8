"""MultiStepLR: decays at given milestones."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import as_float, namespace
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.grips import ItemGrips
from lrdesigner.params import IntListParam
from lrdesigner.schedulers._common import TORCH, Times, gamma


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · gamma^(number of milestones ≤ t)."""
    passed = namespace(times).searchsorted(args["milestones"], times, side="right")
    values: FloatArray = args.bases[index] * args["gamma"] ** as_float(passed)
    return values


def flat_after(args: Args) -> int | None:
    """Constant from the last milestone on."""
    return max(args["milestones"], default=0)


def landmarks(args: Args, index: int) -> Landmarks:
    """Every fall."""
    return Landmarks(tuple(map(float, args["milestones"])))


SPEC = SchedulerSpec(
    key="MultiStepLR",
    title="MultiStep",
    category=Category.DECAY,
    order=20,
    summary="Falls by a factor at each of the given steps, counted from the phase's start.",
    formula="lr(t) = base · gamma^(number of milestones ≤ t)",
    source=f"{TORCH}.MultiStepLR",
    keywords=("milestones", "staircase", "drop"),
    params=(
        IntListParam(
            name="milestones",
            unit="ticks",
            help="Steps at which the LR falls; a repeated one counts twice.",
        ),
        gamma(0.1),
    ),
    starter={"gamma": 0.1},
    starter_for=lambda length, base: {
        "milestones": sorted({max(1, length // 2), max(1, 3 * length // 4)})
    },
    curve=curve,
    realise=plain_call("MultiStepLR"),
    landmarks=landmarks,
    broadcasts=("gamma",),
    composes=True,
    flat_after=flat_after,
    grips=(ItemGrips("milestones", ("gamma",)),),
)
