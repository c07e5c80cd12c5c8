"""How cost grows with steps, phases, groups and overlays.

    PYTHONPATH=tests python tests/benchmarks/growth.py [--rounds N] [--largest N]

Each row goes through sizes in turn, several rounds long, and gives the medians; the slope is the
exponent k of cost ~ size^k, fitted to them, first over all sizes and then over the two greatest,
where fixed costs no longer count.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from documents import document, phase
from live import anew, dragged
from measure import duration, in_turn, machine, middle, slope, table
from training import read

import lrdesigner as lrd

STEPS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
PHASES = (1, 3, 10, 25, 50)
GROUPS = (1, 3, 10, 30, 100)
OVERLAYS = (1, 3, 10, 25, 50)


@dataclass(frozen=True)
class Growth:
    """One row: what is done, with what sizes."""

    name: str
    sizes: Sequence[int]
    make: Callable[[int], Callable[[], object]]


def schedule(steps=1_000_000, phases=2, groups=1):
    """A warm-up and cosines."""
    items = [phase("CosineAnnealingLR", {}, start="base")]
    for _ in range(phases - 2):
        items.insert(0, phase("CosineAnnealingLR", {}, length=f"{90 / phases:.9g}%", start="base"))
    if phases > 1:
        items.insert(0, phase("LinearLR", {"start_factor": 0.01}, length=f"{10 / phases:.9g}%"))
    named = [{"name": f"g{index}", "lr": 0.1 * 0.97**index} for index in range(groups)]
    return read(document(*items, epochs=1, per_epoch=steps, groups=named))


def exact(**sizes):
    return partial(lrd.simulate, schedule(**sizes))


ENGINE = (
    Growth("exact curve, steps", STEPS, lambda size: exact(steps=size)),
    Growth("exact curve, phases (100,000 steps)", PHASES,
           lambda size: exact(steps=100_000, phases=size)),
    Growth("exact curve, groups (100,000 steps)", GROUPS,
           lambda size: exact(steps=100_000, groups=size)),
    Growth("live curve, steps", STEPS, lambda size: anew(schedule(steps=size))),
    Growth("live curve, phases (1,000,000 steps)", PHASES,
           lambda size: anew(schedule(phases=size))),
    Growth("live curve, phases, one of them dragged", PHASES,
           lambda size: dragged(schedule(phases=size), "eta_min")),
    Growth("live curve, groups (1,000,000 steps)", GROUPS,
           lambda size: anew(schedule(groups=size))),
)  # fmt: skip


def measured(growth, rounds):
    """The cells of a row."""
    works = {str(size): growth.make(size) for size in growth.sizes}
    for work in works.values():
        work()
    took = [middle(found) for found in in_turn(works, rounds).values()]
    return cells(growth.name, growth.sizes, took)


def cells(name, sizes, took):
    """A row: each size with its cost, and the slopes."""
    each = ", ".join(f"{size:,}: {duration(one)}" for size, one in zip(sizes, took, strict=True))
    return [name, each, f"{slope(sizes, took):.2f}", f"{slope(sizes[-2:], took[-2:]):.2f}"]


def overlay_row(rounds):
    """Frames of a pan with more and more overlays; None where there is no Qt to paint with."""
    try:
        from frames import document as overlay_document
        from frames import pan, window_of
        from PySide6.QtWidgets import QApplication
    except ImportError:
        return None
    app = QApplication.instance() or QApplication([])
    took = []
    for count in OVERLAYS:
        with window_of(overlay_document(1_000_000), count, 1_000_000) as window:
            took.append(middle(pan(window, 20 * rounds).work) / 1e3)
    app.processEvents()
    return cells("a frame while panning, overlays of 1,000,000 steps", OVERLAYS, took)


HEAD = ("", "cost", "slope", "slope at the end")


def rows(rounds, largest=STEPS[-1], overlays=True):
    """All rows of the table."""
    found = []
    for growth in ENGINE:
        sizes = [size for size in growth.sizes if growth.sizes is not STEPS or size <= largest]
        found.append(measured(Growth(growth.name, sizes, growth.make), rounds))
    painted = overlay_row(rounds) if overlays else None
    return [*found, painted] if painted else found


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--largest", type=int, default=STEPS[-1])
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print(f"{machine()}\n")
    print(table(HEAD, rows(options.rounds, options.largest)))


if __name__ == "__main__":
    main()
