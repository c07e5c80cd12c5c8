"""StepLR: decays every `step_size` steps."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
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
    latex=(r"\mathrm{lr}(t)=\mathrm{base}\cdot\gamma^{\lfloor t/\mathit{step\_size}\rfloor}",),
    use="The classic for images: divide the LR by ten every 30 epochs.",
    traps=(
        Trap(
            "step_size counts optimizer steps unless the phase steps per epoch: 30 is "
            "soon over then.",
            rule="epochs-meant",
        ),
        Trap(
            "A step_size as long as the phase, or longer, never lets the LR fall.",
            rule="never-reached",
        ),
        Trap("A gamma above 1 makes the LR grow.", rule="gamma-grows"),
        Trap("A gamma of 0 takes the LR to 0 at the first decay, for good.", rule="gamma-zero"),
        Trap("Resuming with last_epoch at a decay step decays twice; load_state_dict is right."),
    ),
    keywords=("staircase", "drop"),
    params=(
        IntParam(
            name="step_size",
            minimum=1,
            unit="ticks",
            help="Steps from one decay to the next.",
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
