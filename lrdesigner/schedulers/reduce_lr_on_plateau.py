"""ReduceLROnPlateau: falls when the metric stops improving."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._common import TORCH, Times


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """The reductions that the metric in ``args["metric"]`` (one value per tick) brings about."""
    levels = np.empty(int(times.max(initial=0)) + 1)
    levels[0] = lr = args.bases[index]
    worse = np.inf if args["mode"] == "min" else -np.inf
    best, bad, resting = worse, 0, 0
    for tick in range(1, len(levels)):
        value = args["metric"][tick - 1]
        if _better(value, best, args):
            best, bad = value, 0
        else:
            bad += 1
        if resting > 0:
            resting, bad = resting - 1, 0
        if bad > args["patience"]:
            reduced = max(lr * args["factor"], args.group("min_lr", index))
            lr = reduced if lr - reduced > args["eps"] else lr
            resting, bad = args["cooldown"], 0
        levels[tick] = lr
    values: FloatArray = levels[times]
    return values


def _better(value: float, best: float, args: Args) -> bool:
    threshold = args["threshold"]
    if args["mode"] == "min":
        edge = best * (1.0 - threshold) if args["threshold_mode"] == "rel" else best - threshold
        return bool(value < edge)
    edge = best * (threshold + 1.0) if args["threshold_mode"] == "rel" else best + threshold
    return bool(value > edge)


SPEC = SchedulerSpec(
    key="ReduceLROnPlateau",
    title="Plateau",
    category=Category.ADAPTIVE,
    order=10,
    summary="Falls by a factor when the validation metric has not improved for a while.",
    formula="lr ← max(lr · factor, min_lr) after more than patience epochs without improvement",
    source=f"{TORCH}.ReduceLROnPlateau",
    keywords=("metric", "validation", "adaptive", "patience"),
    params=(
        ChoiceParam(
            name="mode",
            default="min",
            choices=("min", "max"),
            help="Whether a smaller or a greater metric is better.",
        ),
        FloatParam(
            name="factor",
            default=0.1,
            minimum=0,
            below=1,
            unit="×",
            help="Factor of each reduction.",
        ),
        IntParam(
            name="patience",
            default=10,
            minimum=0,
            unit="epochs",
            help="Epochs without improvement that are put up with.",
        ),
        FloatParam(
            name="threshold",
            default=1e-4,
            minimum=0,
            help="What counts as an improvement.",
        ),
        ChoiceParam(
            name="threshold_mode",
            default="rel",
            choices=("rel", "abs"),
            help="Whether the threshold is relative to the best value or absolute.",
            advanced=True,
        ),
        IntParam(
            name="cooldown",
            default=0,
            minimum=0,
            unit="epochs",
            help="Epochs after a reduction in which no bad epoch counts.",
        ),
        FloatParam(
            name="min_lr",
            default=0,
            minimum=0,
            unit="lr",
            per_group=True,
            help="The LR never falls below this.",
        ),
        FloatParam(
            name="eps",
            default=1e-8,
            minimum=0,
            unit="lr",
            advanced=True,
            help="A reduction smaller than this is skipped.",
        ),
    ),
    starter={"factor": 0.1, "patience": 2},
    curve=curve,
    realise=plain_call("ReduceLROnPlateau"),
    restarts_in_sequence=False,
    first_in_sequence=False,
    epoch_only=True,
)
