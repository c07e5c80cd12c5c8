"""Pieces of formulas that several families share, as text of the formula language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lrdesigner.catalog import Args
from lrdesigner.schedulers._family import absolute, branches, number, plus, steps

COSINE = "0.5 * (1 + cos(pi * ({})))"

# What is left of the LR at a progress from 0 to 1.
COOLDOWNS = {
    "linear": "1 - {}",
    "cosine": COSINE,
    "1-sqrt": "1 - sqrt({})",
    "1-square": "1 - ({}) ** 2",
    "exponential": "2 * 0.5 ** ({}) - 1",
}

# What a warm-up has reached at a progress from 0 to 1.
WARMUPS = {
    "linear": "{}",
    "cosine": "0.5 * (1 - cos(pi * ({})))",
    "1-sqrt": "1 - sqrt(1 - {})",
}


def polynomial(args: Args, low: str, duration: str = "decay_steps") -> str:
    """(1 − low) · (1 − p)^power + low; with a cycle, p starts anew over ever longer stretches."""
    total, power = steps(args, duration), number(args["power"])
    left = f"1 - min(t, {total}) / {total}"
    if args["cycle"]:
        left = f"1 - t / ({total} * max(1, ceil(t / {total})))"
    shape = f"({left}) ** {power}" if args["power"] != 1 else left
    return shape if low == "0" else f"(1 - {low}) * ({shape}) + {low}"


def inverse_time(args: Args) -> str:
    """1 + rate · p; with a staircase, p counts whole decay_steps only."""
    total = steps(args, "decay_steps")
    passed = f"(t // {total})" if args["staircase"] else f"t / {total}"
    return f"1 + {number(args['decay_rate'])} * {passed}"


def deepspeed_ramp(args: Args) -> str:
    """DeepSpeed's warm-up from 0 to 1, logarithmic unless told otherwise."""
    warmup = max(2, args["warmup_num_steps"])
    linear = args["warmup_type"] == "linear"
    return f"t / {warmup}" if linear else f"log(t + 1) / log({warmup})"


def deepspeed_level(args: Args, gamma: str) -> str:
    """Min + (max − min) · gamma, absolute; no maximum is the base LR."""
    low = absolute(args["warmup_min_lr"])
    maximum = args["warmup_max_lr"]
    high = "1" if maximum is None else absolute(maximum)
    if low == "0":
        return gamma if high == "1" else f"{high} * ({gamma})"
    return f"{low} + ({high} - {low}) * ({gamma})"


def through(points: Sequence[tuple[int, float]], piece: str, *, is_factor: bool) -> str:
    """A curve through points; it holds the first value before them and the last one after.

    Args:
        points: Local times, rising, with their values.
        piece: Text with the places ``{a}``, ``{b}`` (values) and ``{p}`` (progress).
        is_factor: Whether values are factors on the base LR, not absolute LRs.
    """
    leaves = [number(points[0][1])]
    for (start, a), (end, b) in pairwise(points):
        p = f"(t{plus(-start)}) / {end - start}"
        leaves.append(number(a) if a == b else piece.format(a=number(a), b=number(b), p=p))
    leaves.append(number(points[-1][1]))
    bounds = [time for time, _ in points]
    if bounds[0] == 0:  # nothing comes before it
        bounds, leaves = bounds[1:], leaves[1:]
    text = branches(bounds, leaves)
    return text if is_factor else f"({text}) / lr"


def growing(first: float, growth: float, until: float) -> Iterator[tuple[float, float]]:
    """Where cycles begin and how long they are, each longer than the one before by a factor.

    Args:
        first: Length of the first one.
        growth: Factor on the length, 1 or greater.
        until: The last one that begins not after this.
    """
    start, length = 0.0, first
    while start <= until:
        yield start, length
        start, length = start + length, length * growth


def whole_from(time: float) -> int:
    """The first whole step that is not before a time, which is none but for rounding."""
    return math.ceil(time - 1e-9 * max(1.0, time))
