"""SWALR: anneals from wherever the LR is to the averaging LR."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import namespace
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._common import Times, landmark_at


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = swa_lr · α(t) + base · (1 − α(t)), α rising from 0 to 1 in anneal_epochs."""
    xp, anneal = namespace(times), args["anneal_epochs"]
    # Without annealing the first step still has the base LR; spelled so that it may be a column.
    passed, length = times + (anneal == 0) * (times == 0), anneal + (anneal == 0)
    progress = xp.clip(passed / length, 0, 1)
    if args["anneal_strategy"] == "cos":
        progress = (1 - xp.cos(np.pi * progress)) / 2
    values: FloatArray = args.group("swa_lr", index) * progress + args.bases[index] * (1 - progress)
    return values


SPEC = SchedulerSpec(
    key="SWALR",
    title="SWA",
    category=Category.DECAY,
    order=60,
    summary="Anneals from the LR reached to swa_lr and stays there, for weight averaging.",
    formula="lr(t) = swa_lr · α(t) + base · (1 − α(t))",
    source="torch.optim.swa_utils.SWALR; Izmailov et al. 2018, arXiv:1803.05407",
    keywords=("stochastic weight averaging", "averaging"),
    params=(
        FloatParam(
            name="swa_lr",
            minimum=0,
            unit="lr",
            per_group=True,
            help="LR at which weights are averaged.",
        ),
        IntParam(
            name="anneal_epochs",
            default=10,
            follows="length",
            minimum=0,
            unit="ticks",
            help="Steps until swa_lr is reached; empty: the phase's length.",
        ),
        ChoiceParam(
            name="anneal_strategy",
            default="cos",
            choices=("cos", "linear"),
            help="Shape of the descent.",
        ),
    ),
    starter_for=lambda length, base: {
        "swa_lr": base / 2,
        "anneal_epochs": max(1, length // 4),
    },
    curve=curve,
    realise=plain_call("SWALR"),
    landmarks=landmark_at("anneal_epochs"),
    broadcasts=("swa_lr", "anneal_epochs"),
    restarts_in_sequence=False,
)
