"""CosineAnnealingLR: half a cosine from the base LR to `eta_min`."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import namespace
from lrdesigner.params import IntParam
from lrdesigner.schedulers._common import TORCH, Times, eta_min


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = eta_min + (base − eta_min) · (1 + cos(π t / T_max)) / 2."""
    low, cos = args["eta_min"], namespace(times).cos
    values: FloatArray = (
        low + (args.bases[index] - low) * (1 + cos(np.pi * times / args["T_max"])) / 2
    )
    return values


SPEC = SchedulerSpec(
    key="CosineAnnealingLR",
    title="Cosine",
    category=Category.DECAY,
    order=40,
    summary="Half a cosine from the base LR down to eta_min; after T_max it climbs back up.",
    formula="lr(t) = eta_min + (base − eta_min) · (1 + cos(π t / T_max)) / 2",
    source=f"{TORCH}.CosineAnnealingLR; Loshchilov & Hutter 2017, arXiv:1608.03983",
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
    broadcasts=("T_max", "eta_min"),
    composes=True,
    composes_if=lambda args: args["eta_min"] == 0 and args.ticks <= args["T_max"],
)
