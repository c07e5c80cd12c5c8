"""How many times faster `simulate` is than the naive loop, for every class.

    PYTHONPATH=tests python tests/benchmarks/exact_run.py [--steps N] [--rounds N] [SHAPE ...]

Both are measured in turn, so that what else the machine does meets both; a ratio is the median of
its rounds, with the least and the greatest beside it. The naive loop runs a part of the steps, as
each costs the same, and its values are compared with the exact run's.
"""

from __future__ import annotations

import argparse
import tracemalloc
import warnings

import plain_torch
from measure import duration, machine, middle, ratio, seconds, table
from shapes import make, naive_loop, shapes
from training import read

import lrdesigner as lrd

NAIVE_STEPS = 20_000
GROUPS = (3, 100)
HEAD = [
    "",
    "naive, a step",
    "exact run, a step",
    "times faster",
    *(f"{count} groups, a step and group" for count in GROUPS),
    "memory, a step",
]


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


def measured(shape, steps, rounds):
    """Seconds of a naive step and of one of ours, and how many times faster that is, by rounds."""
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
    return naives, ours, ratios


def row(shape, steps, rounds):
    """One line of the table."""
    naives, ours, ratios = measured(shape, steps, rounds)
    cells = [shape, duration(middle(naives)), duration(middle(ours)), ratio(ratios)]
    for count in GROUPS:
        few = max(1000, steps // count)
        many = read(make(shape, few, groups_of(count)))
        took = min(seconds(lambda: lrd.simulate(many))[0] for _ in range(2))  # noqa: B023
        cells.append(duration(took / few / count))
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
    print(f"{options.steps:,} steps; {machine()}\n")
    names = options.shape or shapes(options.steps)
    print(table(HEAD, [row(shape, options.steps, options.rounds) for shape in names]))


if __name__ == "__main__":
    main()
