"""The numbers that learning-rate curves are compared by, each defined exactly.

Throughout, ``lr`` is one row of a curve: ``lr[k]`` is what optimizer step ``k`` uses, for the
``N`` steps ``k = 0 … N − 1``. Values that are not finite (gaps in a recorded run) are left out of
everything and counted in `CurveNumbers.missing`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.digest import SAME, FloatArray

NEAR = 0.9
"""How close to the peak is near, in parts of it."""


@dataclass(frozen=True)
class CurveNumbers:
    """What one row of a curve comes to.

    Attributes:
        steps: N, how many optimizer steps there are.
        peak: The highest LR, ``max(lr)``.
        peak_step: Steps to the peak: the first k with ``lr[k] ≥ peak · (1 − 1e-9)``, which is how
            many steps come before the first one at the peak.
        minimum: The lowest LR, ``min(lr)``.
        minimum_step: The first k with ``lr[k] = minimum``.
        end: The last step's LR, ``lr[N − 1]``.
        area: The total LR budget, ``Σ lr[k]`` over all steps: what a weight would move in all if
            every update had length 1.
        near_peak: How many steps have ``lr[k] ≥ 0.9 · peak`` (less a part in 10⁹ for rounding);
            0 if the peak is not above 0.
        mean_log: The mean of ``log10(lr[k])`` over the steps whose LR is above 0; None if there
            is none. Ten to that power is the geometric mean of these LRs.
        zeros: How many steps have an LR that is not above 0, which has no logarithm; they are
            left out of `mean_log` and of nothing else.
        missing: How many steps have no finite value.
        exact: Whether every step was looked at. Otherwise what lies between the known steps was
            taken to be on a straight line, and all counts and sums are close rather than exact.
    """

    steps: int
    peak: float
    peak_step: int
    minimum: float
    minimum_step: int
    end: float
    area: float
    near_peak: int
    mean_log: float | None
    zeros: int
    missing: int = 0
    exact: bool = True

    @property
    def warm_up(self) -> float:
        """Warm-up share: the part of all steps that come before the peak, ``peak_step / N``."""
        return self.peak_step / self.steps

    @property
    def near_peak_share(self) -> float:
        """The part of all steps that are near the peak, ``near_peak / N``."""
        return self.near_peak / self.steps

    @property
    def geometric_mean(self) -> float | None:
        """``10 ** mean_log``; None where there is no mean."""
        return None if self.mean_log is None else 10.0**self.mean_log


def curve_numbers(lr: FloatArray) -> CurveNumbers:
    """The numbers of a row that has a value for every step.

    Args:
        lr: float64 ``[N]``, N ≥ 1.

    Raises:
        ValueError: If there is no step, or no step has a finite value.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        total = float(lr.sum())
    known = None if math.isfinite(total) else np.isfinite(lr)
    count = len(lr)
    missing = 0 if known is None else count - int(np.count_nonzero(known))
    if missing == count:
        raise ValueError("this curve has no values")
    high = low = values = lr
    if known is not None and missing:
        # What is missing must be neither highest nor lowest, nor add anything.
        high, low = np.where(known, lr, -np.inf), np.where(known, lr, np.inf)
        values = lr[known]
        total = float(values.sum())
    peak = float(high.max())
    minimum_step = int(low.argmin())
    above = values > 0
    zeros = len(values) - int(np.count_nonzero(above))
    return CurveNumbers(
        steps=count,
        peak=peak,
        peak_step=first_at_peak(high, peak),
        minimum=float(low[minimum_step]),
        minimum_step=minimum_step,
        end=float(values[-1]),
        area=total,
        near_peak=int(np.count_nonzero(high >= NEAR * peak * (1 - SAME))) if peak > 0 else 0,
        mean_log=_mean_log(values[above] if zeros else values),
        zeros=zeros,
        missing=missing,
    )


def sampled_numbers(lr: FloatArray, steps: NDArray[np.int64], total: int) -> CurveNumbers:
    """The numbers of a row that is known at some steps only, such as a fast curve's.

    Between two of them the LR is taken to lie on the straight line, after the last one to hold.
    Peak, minimum and end are those of the known steps.

    Args:
        lr: float64 ``[points]``, finite.
        steps: int64 ``[points]``, rising, the first one 0: the step of each value.
        total: N, how many steps there are.
    """
    if len(steps) == total:
        return curve_numbers(lr)
    peak = float(lr.max())
    minimum = int(lr.argmin())
    weights = _weights(steps, total)
    above = lr > 0
    positive = float(weights[above].sum())
    mean_log = float((np.log10(lr[above]) * weights[above]).sum()) / positive if positive else None
    return CurveNumbers(
        steps=total,
        peak=peak,
        peak_step=int(steps[first_at_peak(lr, peak)]),
        minimum=float(lr[minimum]),
        minimum_step=int(steps[minimum]),
        end=float(lr[-1]),
        area=float((lr * weights).sum()),
        near_peak=_steps_above(lr, steps, total, NEAR * peak * (1 - SAME)) if peak > 0 else 0,
        mean_log=mean_log,
        zeros=round(total - positive),
        exact=False,
    )


def first_at_peak(lr: FloatArray, peak: float) -> int:
    """The first place whose value is the peak, or less by no more than rounding."""
    return int((lr >= peak - SAME * abs(peak)).argmax())


def _mean_log(positive: FloatArray) -> float | None:
    return float(np.log10(positive).mean()) if len(positive) else None


def _weights(steps: NDArray[np.int64], total: int) -> FloatArray:
    """How many steps each value stands for, so that straight lines between them add up exactly."""
    gaps = np.diff(steps).astype(np.float64)
    weights = np.zeros(len(steps))
    # The steps a … b − 1 on the line from u to v: their sum is (b − a) (u + v) / 2 + (u − v) / 2.
    weights[:-1] += gaps / 2 + 0.5
    weights[1:] += gaps / 2 - 0.5
    weights[-1] += total - steps[-1]
    return weights


def _steps_above(lr: FloatArray, steps: NDArray[np.int64], total: int, level: float) -> int:
    """How many whole steps lie at or above a level, on straight lines between the known ones."""
    first, last = lr[:-1], lr[1:]
    gaps = np.diff(steps).astype(np.float64)
    up, down = (first < level) & (last >= level), (first >= level) & (last < level)
    crossing = up | down
    # Where on the way from one to the next the line crosses the level, in steps.
    place = np.zeros(len(gaps))
    rise = last[crossing] - first[crossing]
    place[crossing] = (level - first[crossing]) / rise * gaps[crossing]
    # Of the steps 0 … gap − 1 of each stretch.
    counts = np.where((first >= level) & (last >= level), gaps, 0.0)
    counts = np.where(down, np.floor(place) + 1, counts)
    counts = np.where(up, gaps - np.ceil(place), counts)
    tail = total - int(steps[-1]) if lr[-1] >= level else 0
    return int(counts.sum()) + tail


def ratio(value: float, reference: float) -> float | None:
    """How many times the reference a number is; None where that says nothing.

    None for a reference of 0 (unless both are 0: then 1) and for signs that differ.
    """
    if value == reference:
        return 1.0
    if reference == 0 or value * reference < 0 or not math.isfinite(value / reference):
        return None
    return value / reference
