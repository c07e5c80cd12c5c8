"""How many times faster `simulate` is than the naive loop, for every class; the README's table.

    PYTHONPATH=tests python tests/benchmarks/exact_run.py [--steps N] [--rounds N] [SHAPE ...]

Both are measured in turn, so that what else the machine does meets both; a ratio is the median of
its rounds, with the least and the greatest beside it. The naive loop runs a part of the steps, as
each costs the same, and its values are compared with the exact run's.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
import tracemalloc
import warnings

import numpy as np
import plain_torch
import torch
from shapes import make, naive_loop, shapes
from training import read

import lrdesigner as lrd

NAIVE_STEPS = 20_000
GROUPS = (3, 100)


def seconds(work):
    """Duration and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def groups_of(count):
    return [{"name": f"g{i}", "lr": 0.1 + i / 1000} for i in range(count)]


def naive(data, steps):
    """Seconds a step, and the values."""
    opt = plain_torch.optimizer(data)
    scheduler = read(data).build(opt)
    metric = plain_torch.metric_of(data) if data.get("metric") else None
    took, values = seconds(lambda: naive_loop(opt, scheduler, steps, metric))
    return took / steps, values


def peak(schedule):
    """Greatest number of bytes held at once."""
    tracemalloc.start()
    try:
        lrd.simulate(schedule)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def row(shape, steps, rounds):
    """One line of the table."""
    data = make(shape, steps)
    schedule = read(data)
    naives, ours, ratios = [], [], []
    for _ in range(rounds):
        slow, values = naive(data, min(steps, NAIVE_STEPS))
        fast, curve = seconds(lambda: lrd.simulate(schedule))
        if curve.lr[0, : len(values)].tolist() != values:
            raise AssertionError(f"{shape}: not the same numbers")
        naives.append(slow)
        ours.append(fast / steps)
        ratios.append(naives[-1] / ours[-1])
    middle = statistics.median
    cells = [
        shape,
        f"{middle(naives) * 1e6:.1f} µs",
        f"{middle(ours) * 1e9:.0f} ns",
        f"{middle(ratios):.0f} ({min(ratios):.0f} … {max(ratios):.0f})",
    ]
    for count in GROUPS:
        few = max(1000, steps // count)
        many = read(make(shape, few, groups_of(count)))
        took = min(seconds(lambda: lrd.simulate(many))[0] for _ in range(2))  # noqa: B023
        cells.append(f"{took / few / count * 1e9:.0f} ns")
    part = min(steps, 100_000)
    cells.append(f"{peak(read(make(shape, part))) / part:.0f} B")
    return cells


def main():
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("shape", nargs="*")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    lrd.simulate(read(make("LinearLR", 1000)))  # the first run imports torch
    print(
        f"{options.steps:,} steps, Python {platform.python_version()}, torch {torch.__version__}, "
        f"NumPy {np.__version__}, {platform.machine()}\n"
    )
    head = ["", "naive, a step", "exact run, a step", "times faster"]
    head += [f"{count} groups, a step and group" for count in GROUPS] + ["memory, a step"]
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for shape in options.shape or shapes(options.steps):
        print("| " + " | ".join(row(shape, options.steps, options.rounds)) + " |", flush=True)


if __name__ == "__main__":
    main()
