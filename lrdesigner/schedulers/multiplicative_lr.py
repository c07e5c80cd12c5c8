"""MultiplicativeLR: the current LR times a formula, step after step."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.formula import Formula
from lrdesigner.engine.landmarks import Beat, Landmarks, ticks_at
from lrdesigner.engine.sums import sums
from lrdesigner.schedulers._common import TORCH, Times, formula_landmarks, lr_lambda

EXACT = 20_000  # so many factors are multiplied one by one; of more the logarithms are summed up
LONGEST = 100_000
BLOCK = 16_384
_MANY = 500

Factors = Callable[[Any], FloatArray]


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · f(1) · … · f(t); f(0) is never applied.

    Over very many steps a formula that is smooth but for a few places, or comes again and again,
    is summed up by its logarithms, within 1e-11 of the product.
    """
    formula: Formula = args.group("lr_lambda", index)
    base = args.bases[index]
    last = int(times.max(initial=0))

    def factors(steps: Any) -> FloatArray:
        return formula.array(steps, T=args.length, lr=base)

    if "t" not in formula.names:
        constant: FloatArray = base * factors(np.ones(1, np.int64)) ** times
        return constant
    if last > EXACT:
        logarithms = _recurring(formula, factors, times, args, base)
        if logarithms is None:
            logarithms = _summed(formula, factors, times, args, base)
        if logarithms is not None:
            return base * np.exp(logarithms)
    own_base = base if "lr" in formula.names else 0.0
    values: FloatArray = base * _products(formula, args.length, own_base, last)[times]
    return values


# A window asks for the same ones several times for one picture, and at every frame of a drag.
@lru_cache(maxsize=1)
def _products(formula: Formula, length: int, base: float, last: int) -> FloatArray:
    """The product of the factors up to every step."""
    products = np.ones(last + 1)
    for first in range(1, last + 1, BLOCK):  # in pieces that stay in the processor's cache
        times = np.arange(first, min(first + BLOCK, last + 1), dtype=np.int64)
        products[times[0] : times[-1] + 1] = formula.array(times, T=length, lr=base)
    with np.errstate(all="ignore"):
        np.multiply.accumulate(products, out=products)
    products.setflags(write=False)
    return products


def _recurring(
    formula: Formula, factors: Factors, times: Times, args: Args, base: float
) -> FloatArray | None:
    """The sums of log f(1) … log f(t) of factors that come again; None if they do not."""
    period = formula.period(T=args.length, lr=base, longest=LONGEST)
    if period is None:
        return None
    with np.errstate(all="ignore"):
        logs = np.log(factors(np.arange(1, period + 1, dtype=np.int64)))
    running = np.concatenate([[0.0], np.cumsum(logs)])
    if not np.isfinite(running[-1]):
        return None  # a factor that is not positive
    found: FloatArray = times // period * math.fsum(logs) + running[times % period]
    return found


def _summed(
    formula: Formula, factors: Factors, times: Times, args: Args, base: float
) -> FloatArray | None:
    """Likewise of factors that are smooth but at a few known places; None if they are not."""
    last = int(times.max())
    marks = formula.landmarks(T=args.length, lr=base, ticks=last)
    spread = [np.array(marks.times, np.float64)]
    # Of a smooth formula the beats are peaks and troughs, where nothing new begins.
    for beat in () if formula.smooth else marks.beats:
        if last / beat.every > _MANY:
            return None
        spread.append(np.arange(beat.first, last, beat.every))
    if marks.restless and not formula.smooth:
        return None
    ticks = ticks_at(np.concatenate(spread), last + 1).astype(np.int64)

    def logs(steps: Any) -> FloatArray:
        with np.errstate(all="ignore"):
            return np.log(factors(steps))

    return sums(logs, last, times, [*(ticks - 1).tolist(), *ticks.tolist()])


def landmarks(args: Args, index: int) -> Landmarks:
    """Those of the factor, and where it swings through 1: there the product turns."""
    marks = formula_landmarks(args, index)
    turns = (Beat(beat.first + beat.every / 4, beat.every) for beat in marks.beats)
    return replace(marks, beats=(*marks.beats, *turns))


SPEC = SchedulerSpec(
    key="MultiplicativeLR",
    title="Multiplicative",
    category=Category.CUSTOM,
    order=20,
    summary="Multiplies the LR by a formula at every step. f(0) is never applied.",
    formula="lr(t) = lr(t − 1) · f(t)",
    source=f"{TORCH}.MultiplicativeLR",
    keywords=("formula", "custom", "product"),
    params=(
        lr_lambda("Factor of each step as a formula in t (local time), T (phase length), lr."),
    ),
    starter={"lr_lambda": "0.95"},
    starter_for=lambda length, base: {"lr_lambda": "0.01 ** (1 / T)"},
    curve=curve,
    realise=plain_call("MultiplicativeLR"),
    landmarks=landmarks,
    composes=True,
    restarts_in_sequence=False,
)
