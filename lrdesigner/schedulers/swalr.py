"""SWALR: anneals from wherever the LR is to the averaging LR."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.arrays import namespace
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._common import Times, landmark_at


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = swa_lr · α(t) + base · (1 − α(t)), α rising from 0 to 1 in anneal_epochs."""
    xp, anneal = namespace(times), args["anneal_epochs"]
    # Without annealing swa_lr holds from the first step on; spelled so that it may be a column.
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
    formula="lr(t) = swa_lr · α + base · (1 − α), α = p or ½ (1 − cos(π p)), p = min(1, t / "
    "anneal_epochs)",
    source="torch.optim.swa_utils.SWALR; Izmailov et al. 2018, arXiv:1803.05407",
    latex=(
        r"\mathrm{lr}(t)=\mathit{swa\_lr}\cdot\alpha +\mathrm{base}\cdot(1-\alpha )",
        r"\alpha =\begin{cases}p&\text{linear}\\\frac{1}{2}(1-\cos\pi p)&\text{cos}\end{cases}",
        r"p=\begin{cases}1&n=0\\\min(1,\ t/n)&\text{otherwise}\end{cases}",
        r"n=\mathit{anneal\_epochs}",
    ),
    use="The last part of a run whose weights are averaged: down, or up, to a constant "
    "LR that keeps exploring.",
    traps=(
        Trap("swa_lr is absolute: a group below it rises, and a list gives each group its own."),
        Trap(
            "anneal_epochs counts scheduler steps: 10 are 10 optimizer steps in a phase "
            "that steps after each of them. Here it follows the phase."
        ),
        Trap(
            "It only moves the LR: the averaging itself is torch's AveragedModel, and "
            "batch norm needs update_bn afterwards.",
            "info",
        ),
        Trap("Two SWALRs on one optimizer share swa_lr: the one constructed last wins in both."),
    ),
    keywords=("stochastic weight averaging", "averaging"),
    params=(
        FloatParam(
            name="swa_lr",
            minimum=0,
            unit="lr",
            per_group=True,
            help="LR at which weights are averaged, absolute; a list gives each group its own.",
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
            help="Shape of the way to swa_lr: half a cosine or a line.",
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
