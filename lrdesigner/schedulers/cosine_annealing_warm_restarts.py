"""CosineAnnealingWarmRestarts: cosine decays that start over."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.arrays import as_float, cosines, namespace
from lrdesigner.engine.landmarks import Beat, Landmarks
from lrdesigner.grips import at_sum, level, time
from lrdesigner.params import IntParam
from lrdesigner.schedulers._common import TORCH, Times, eta_min


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """A cosine over each cycle; a cycle is T_mult times as long as the one before."""
    low = args["eta_min"]
    if args["T_mult"] == 1:
        angles = np.pi * (times % args["T_0"]) / args["T_0"]
    else:
        angles = _growing(times, args["T_0"], args["T_mult"])
    values: FloatArray = low + (args.bases[index] - low) * (1 + cosines(angles)) / 2
    return values


def _growing(times: Times, first: int, factor: int) -> FloatArray:
    """How far each time is into its cycle, as an angle; starts in units of the first cycle."""
    xp = namespace(times)
    starts, length = [0], 1
    while starts[-1] + length <= _last(times, first):
        starts.append(starts[-1] + length)
        length *= factor
    cycle = as_float(xp.searchsorted(starts, times // first, side="right") - 1)
    scale = float(factor) ** cycle
    begins = first * ((scale - 1) / (factor - 1))
    angles: FloatArray = np.pi * (times - begins) / (first * scale)
    return angles


def _last(times: Times, first: int) -> int:
    """The last of the times, in lengths of the first cycle."""
    return int((times // first).max()) if len(times) else 0


def landmarks(args: Args, index: int) -> Landmarks:
    """Every restart."""
    length, factor = args["T_0"], args["T_mult"]
    if factor == 1:
        return Landmarks(beats=(Beat(length, length),))
    starts = [length]
    while starts[-1] <= args.ticks:
        length *= factor
        starts.append(starts[-1] + length)
    return Landmarks(tuple(map(float, starts)))


SPEC = SchedulerSpec(
    key="CosineAnnealingWarmRestarts",
    title="Restarts",
    category=Category.CYCLIC,
    order=30,
    summary="Cosine decays that jump back to the base LR (SGDR), each T_mult times as long.",
    formula="lr(t) = eta_min + (base − eta_min) · (1 + cos(π T_cur / T_i)) / 2, T_i = T_0 · "
    "T_mult^i, T_cur steps into cycle i",
    source=f"{TORCH}.CosineAnnealingWarmRestarts; Loshchilov & Hutter 2017, arXiv:1608.03983",
    latex=(
        r"\mathrm{lr}(t)=\eta_{\min}+(\mathrm{base}-\eta_{\min})\cdot\frac{1+\cos\theta}{2}",
        r"\theta=\pi T_{\mathrm{cur}}/T_i",
        r"T_i=T_0\cdot T_{\mathit{mult}}^i",
    ),
    use="Snapshots and ensembles: a good model at the end of each cycle; long runs that "
    "may be stopped at any restart.",
    traps=(
        Trap(
            "Where the phase ends in the middle of a cycle, training ends at a high LR.",
            rule="ends-mid-cycle",
        ),
        Trap(
            "The last step of a cycle is not at eta_min yet: with T_0 = 5 it still has a "
            "tenth of the way to go.",
            "info",
        ),
        Trap(
            "T_0 counts scheduler steps: steps of the optimizer in a phase that steps "
            "after each of them, epochs only in one that steps per epoch."
        ),
        Trap("eta_min is absolute: a group whose LR is below it rises.", rule="floor-above-lr"),
        Trap(
            "Called as step(epoch), torch finds the cycle through a logarithm and takes "
            "some restarts with T_mult above 1 for the end of the cycle before. step() "
            "without an argument is exact."
        ),
        Trap(
            "Resuming with last_epoch is wrong after the first cycle if T_mult is above "
            "1; load_state_dict is right."
        ),
    ),
    keywords=("sgdr", "cosine", "hard restarts"),
    params=(
        IntParam(name="T_0", minimum=1, unit="ticks", help="Steps of the first cycle."),
        IntParam(
            name="T_mult",
            default=1,
            minimum=1,
            unit="×",
            help="How many times as long each cycle is as the one before.",
        ),
        eta_min(),
    ),
    # Rounded up: a few steps of a fifth cycle would end the phase at a high LR.
    starter_for=lambda length, base: {"T_0": max(1, -(-length // 4))},
    curve=curve,
    realise=plain_call("CosineAnnealingWarmRestarts"),
    landmarks=landmarks,
    broadcasts=("T_0", "eta_min"),
    closed=True,
    grips=(
        level(lambda args, group: min(args["T_0"] - 1, args.ticks), "eta_min"),
        time(at_sum("T_0"), "T_0"),
    ),
)
