"""CosineAnnealingWarmRestarts: cosine decays that start over."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.params import IntParam
from lrdesigner.schedulers._common import TORCH, Times, eta_min


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """A cosine over each cycle; a cycle is T_mult times as long as the one before."""
    first, factor, low = args["T_0"], args["T_mult"], args["eta_min"]
    if factor == 1:
        progress = (times % first) / first
    else:
        starts, length = [0], first
        last = int(times.max(initial=0))
        while starts[-1] + length <= last:
            starts.append(starts[-1] + length)
            length *= factor
        cycle = np.searchsorted(np.asarray(starts), times, side="right") - 1
        progress = (times - np.asarray(starts)[cycle]) / (first * float(factor) ** cycle)
    values: FloatArray = low + (args.bases[index] - low) * (1 + np.cos(np.pi * progress)) / 2
    return values


SPEC = SchedulerSpec(
    key="CosineAnnealingWarmRestarts",
    title="Restarts",
    category=Category.CYCLIC,
    order=30,
    summary="Cosine decays that jump back to the base LR (SGDR), each T_mult times as long.",
    formula="lr(t) = eta_min + (base − eta_min) · (1 + cos(π T_cur / T_i)) / 2",
    source=f"{TORCH}.CosineAnnealingWarmRestarts; Loshchilov & Hutter 2017, arXiv:1608.03983",
    keywords=("sgdr", "cosine", "hard restarts"),
    params=(
        IntParam(name="T_0", minimum=1, unit="ticks", help="Length of the first cycle."),
        IntParam(
            name="T_mult",
            default=1,
            minimum=1,
            unit="×",
            help="Each cycle is this many times as long as the one before.",
        ),
        eta_min(),
    ),
    starter_for=lambda length, base: {"T_0": max(1, length // 4)},
    curve=curve,
    realise=plain_call("CosineAnnealingWarmRestarts"),
    closed=True,
)
