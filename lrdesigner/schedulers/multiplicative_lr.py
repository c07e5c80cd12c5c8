"""MultiplicativeLR: the current LR times a formula, step after step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import distinct
from lrdesigner.schedulers._common import TORCH, Times, lr_lambda

EXACT = 200_000  # more factors than these are summed up where that is safe
POINTS = 10_000
BLOCK = 16_384
TOLERANCE = 5e-7


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · f(1) · … · f(t); f(0) is never applied.

    Over very many steps a smooth formula is integrated instead, within 1e-6 of the product.
    """
    formula = args.group("lr_lambda", index)
    base = args.bases[index]
    last = int(times.max(initial=0))

    def factors(steps: Times) -> FloatArray:
        values: FloatArray = formula.array(steps, T=args.length, lr=base)
        return values

    if "t" not in formula.names:
        constant: FloatArray = base * factors(np.ones(1, np.int64)) ** times
        return constant
    if last > EXACT and formula.smooth:
        logarithms = _integrated(factors, times, last)
        if logarithms is not None:
            return base * np.exp(logarithms)
    products = np.empty(last + 1)
    products[0] = base
    for first in range(1, last + 1, BLOCK):  # in pieces that stay in the processor's cache
        stop = min(first + BLOCK, last + 1)
        products[first:stop] = factors(np.arange(first, stop, dtype=np.int64))
    values: FloatArray = np.multiply.accumulate(products, out=products)[times]
    return values


def _integrated(
    factors: Callable[[Times], FloatArray], times: Times, last: int
) -> FloatArray | None:
    """The sums of log f(1) … log f(t), from two different grids; None if these do not agree."""
    sums = [_sums(factors, times, last, points) for points in (POINTS, POINTS * 7 // 5)]
    if all(np.abs(sums[0] - sums[1]) <= TOLERANCE):
        return sums[1]
    return None  # NaN too: a factor that is not positive


def _sums(
    factors: Callable[[Times], FloatArray], times: Times, last: int, points: int
) -> FloatArray:
    """Every step at the beginning, where decays are steep, then wider and wider ones."""
    spread = [np.geomspace(points, last, points), np.linspace(1, last, points)]
    every = np.arange(1, points, dtype=np.int64)
    grid = distinct(
        np.concatenate([every, *(s.astype(np.int64) for s in spread), times[times > 0]])
    )
    with np.errstate(all="ignore"):
        logs = np.log(factors(grid))
    # The sum over (a, b] of a line is the trapezoid and half its rise.
    parts = np.diff(grid) * (logs[1:] + logs[:-1]) / 2 + np.diff(logs) / 2
    sums = np.concatenate([[0.0, logs[0]], logs[0] + np.cumsum(parts)])
    found: FloatArray = sums[np.searchsorted(grid, times) + (times > 0)]
    return found


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
    composes=True,
    restarts_in_sequence=False,
)
