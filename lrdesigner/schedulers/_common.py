"""Parameters and small calculations that several schedulers share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.catalog import Args, FloatArray
from lrdesigner.engine.formula import Formula
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.params import FloatParam, FormulaParam, IntParam

Times = NDArray[np.int64]

TORCH = "torch.optim.lr_scheduler"


def gamma(default: Any, **more: Any) -> FloatParam:
    """The multiplicative decay factor."""
    return FloatParam(
        name="gamma",
        default=default,
        minimum=0,
        unit="×",
        help="Factor of each decay; below 1 the LR falls.",
        **more,
    )


def total_iters() -> IntParam:
    """Scheduler steps until the end value; follows the phase."""
    return IntParam(
        name="total_iters",
        default=5,
        follows="length",
        minimum=1,
        unit="ticks",
        help="Steps until the end value is reached; empty: the phase's length.",
    )


def eta_min() -> FloatParam:
    """The lowest LR of a cosine, absolute."""
    return FloatParam(
        name="eta_min",
        default=0.0,
        minimum=0,
        unit="lr",
        help="Lowest LR, the same for every group; a group below it rises.",
    )


def momenta(base: float, maximum: float) -> tuple[FloatParam, FloatParam]:
    """The bounds that momentum (or beta1) cycles between, against the LR."""
    return (
        FloatParam(
            name="base_momentum",
            default=base,
            minimum=0,
            below=1,
            per_group=True,
            advanced=True,
            help="Momentum (or beta1) at the LR's peak.",
        ),
        FloatParam(
            name="max_momentum",
            default=maximum,
            minimum=0,
            below=1,
            per_group=True,
            advanced=True,
            help="Momentum (or beta1) where the LR is lowest.",
        ),
    )


def lr_lambda(text: str) -> FormulaParam:
    """The formula of LambdaLR and MultiplicativeLR."""
    return FormulaParam(name="lr_lambda", per_group=True, help=text)


def formula_values(times: Times, args: Args, index: int) -> FloatArray:
    """A phase's formula at the given local times, for one group."""
    formula = args.group("lr_lambda", index)
    values: FloatArray = formula.array(times, T=args.length, lr=args.bases[index])
    return values


def formula_landmarks(args: Args, index: int) -> Landmarks:
    """Where a phase's formula jumps, bends and turns, for one group."""
    formula: Formula = args.group("lr_lambda", index)
    return formula.landmarks(T=args.length, lr=args.bases[index], ticks=args.ticks)


def landmark_at(name: str) -> Callable[[Args, int], Landmarks]:
    """The one landmark of a curve that bends at the local time a parameter gives."""
    return lambda args, index: Landmarks((float(args[name]),))
