"""CosineAnnealingLR: half a cosine from the base LR to `eta_min`."""

from __future__ import annotations

from typing import Any

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.arrays import lifted, namespace, swings, waves
from lrdesigner.engine.landmarks import Beat, Landmarks
from lrdesigner.params import IntParam
from lrdesigner.schedulers._common import TORCH, Times, eta_min


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = eta_min + (base − eta_min) · (1 + cos(π t / T_max)) / 2.

    After each trough torch sets out anew, and goes on from there by ratios; so does this.
    """
    low, half, xp = args["eta_min"], args["T_max"], namespace(times)
    cos, height = xp.cos, args.bases[index] - low
    turns = _turns(times, half)
    found: FloatArray | None = None if turns else swings(times, half, height, low)
    if found is not None:
        return found
    wave = lifted(waves(np.pi * times / half), 0.5, 0.5)
    if not turns:
        plain: FloatArray = lifted(wave, height, low)
        return plain
    turn = (times - half - 1) // (2 * half)
    anew = turn * (2 * half) + half + 1
    first = (1 - cos(np.pi / half)) / 2
    there = xp.where(turn < 0, first, (1 + cos(np.pi * anew / half)) / 2)
    values: FloatArray = low + height * wave * (first / there)
    return values


def _turns(times: Times, half: Any) -> bool:
    """Whether some time is beyond the first trough."""
    return bool((times > half).any())


def landmarks(args: Args, index: int) -> Landmarks:
    """Troughs and peaks."""
    half = args["T_max"]
    return Landmarks(beats=(Beat(half, 2 * half), Beat(2 * half, 2 * half)))


SPEC = SchedulerSpec(
    key="CosineAnnealingLR",
    title="Cosine",
    category=Category.DECAY,
    order=40,
    summary="Half a cosine from the base LR down to eta_min; after T_max it climbs back up.",
    formula="lr(t) = eta_min + (base − eta_min) · (1 + cos(π t / T_max)) / 2",
    source=f"{TORCH}.CosineAnnealingLR; Loshchilov & Hutter 2017, arXiv:1608.03983",
    latex=(
        r"\mathrm{lr}(t)=\eta_{\min}+(\mathrm{base}-\eta_{\min})\cdot\frac{1+\cos\theta}{2}",
        r"\theta=\pi t/T_{\max}",
    ),
    use="The usual decay for a run of known length, after a warm-up or from the start; "
    "images and language alike.",
    traps=(
        Trap(
            "Beyond T_max the LR climbs back up to the base LR, in the same half cosine.",
            rule="cosine-climbs-back",
        ),
        Trap("A T_max beyond the phase's end never reaches eta_min.", rule="never-reached"),
        Trap("eta_min is absolute: a group whose LR is below it rises.", rule="floor-above-lr"),
        Trap(
            "On resume load_state_dict brings back the old T_max: a new one in the code "
            "has no effect."
        ),
        Trap(
            "It stacks with other schedulers only with eta_min 0 and within T_max.",
            "info",
            rule="cannot-run",
        ),
    ),
    keywords=("sgdr", "annealing"),
    params=(
        IntParam(
            name="T_max",
            follows="length",
            minimum=1,
            unit="ticks",
            help="Steps until eta_min is reached; empty: the phase's length.",
        ),
        eta_min(),
    ),
    curve=curve,
    realise=plain_call("CosineAnnealingLR"),
    landmarks=landmarks,
    broadcasts=("T_max", "eta_min"),
    composes=True,
    composes_if=lambda args: args["eta_min"] == 0 and args.ticks <= args["T_max"],
)
