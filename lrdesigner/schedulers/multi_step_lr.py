"""MultiStepLR: decays at given milestones."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
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
    formula="lr(t) = base · gamma^n, n = number of milestones m ≤ t",
    source=f"{TORCH}.MultiStepLR",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot\gamma^{n}",
        r"n=\#\{m\in\mathit{milestones}:m\le t\}",
    ),
    use="Step decay by hand, as for ResNets and detectors: a drop when the loss has levelled off.",
    traps=(
        Trap(
            "Milestones count from the phase's start, and in optimizer steps unless the "
            "phase steps per epoch.",
            rule="epochs-meant",
        ),
        Trap("A milestone behind the phase's end never comes.", rule="never-reached"),
        Trap("A milestone that stands twice applies gamma twice.", rule="milestone-twice"),
        Trap("A gamma above 1 makes the LR grow.", rule="gamma-grows"),
        Trap("A gamma of 0 takes the LR to 0 at the first milestone, for good.", rule="gamma-zero"),
        Trap(
            "Its state does not survive JSON: the milestones' keys become text, and none "
            "is ever reached again."
        ),
    ),
    keywords=("milestones", "staircase", "drop"),
    params=(
        IntListParam(
            name="milestones",
            unit="ticks",
            help="Steps at which the LR falls, counted from the phase's start; a repeated one "
            "counts twice.",
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
