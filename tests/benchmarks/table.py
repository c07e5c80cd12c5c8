"""All tables of the README's section about speed.

    PYTHONPATH=tests python tests/benchmarks/table.py [--quick] [PART ...]

Everything is measured beside the naive way in the same run, in turn; a ratio is a median with the
least and the greatest beside it. The peers are those of ``peers.txt`` (what is not installed is
left out and said), and a display or ``QT_QPA_PLATFORM=offscreen`` for the window.
"""

from __future__ import annotations

import argparse
import warnings

import behind
import exact_run
import growth
import numpy as np
import peers
import sweeps
from measure import duration, machine, middle, ratio, seconds, table
from shapes import make, shapes
from training import read

import lrdesigner as lrd
from lrdesigner.engine.cache import PhaseCache
from lrdesigner.engine.simulate import simulate

SHOWN = (
    "warm-up, cosine",
    "five phases",
    "stack of three",
    "OneCycleLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "LambdaLR",
    "MultiplicativeLR",
    "ReduceLROnPlateau",
)
PARTS = ("exact", "edit", "peers", "sweeps", "growth", "behind", "window")
SCENES = ("edit", "drag", "pan", "zoom")
# A number of each scheduler of "five phases" that an edit changes.
EDITS = {
    "LinearLR": ("total_iters", 17),
    "CosineAnnealingLR": ("eta_min", 1e-3),
    "ConstantLR": ("total_iters", 17),
    "ExponentialLR": ("gamma", 0.99991),
    "PolynomialLR": ("power", 2.0),
}


def exact_part(steps, rounds):
    """Every class beside the naive loop; the rows of a few, and the range of all."""
    rows, every = [], {}
    for shape in shapes(steps):
        naives, ours, ratios = exact_run.measured(shape, steps, rounds)
        every[shape] = middle(ratios)
        if shape in SHOWN:
            cells = [shape, duration(middle(naives)), duration(middle(ours)), ratio(ratios)]
            rows.append(cells)
    least, most = min(every, key=every.get), max(every, key=every.get)
    print(f"### The exact curve, {steps:,} steps, beside `opt.step(); scheduler.step()`\n")
    print(table(("", "naive, a step", "exact curve, a step", "times faster"), rows))
    print(
        f"\nOf all {len(every)} classes, families, chains and stacks that are measured, the least "
        f"is {least} with {every[least]:,.0f} times, the most {most} with {every[most]:,.0f}.\n"
    )


def edited(schedule, index):
    """The document with another number in one phase."""
    phases = list(schedule.phases)
    name, value = EDITS[phases[index].scheduler]
    phases[index] = phases[index].replace(params={**phases[index].params, name: value})
    return schedule.replace(phases=tuple(phases))


def edit_part(steps, rounds):
    """What an edit costs when the phases before it ran already."""
    schedule = read(make("five phases", steps))
    rows = []
    count = len(schedule.phases)
    for index in range(count + 1):
        other = edited(schedule, index) if index < count else schedule
        again, anew, cache = [], [], PhaseCache()
        for _ in range(rounds):
            cache = PhaseCache()
            simulate(schedule, cache=cache)
            missed = cache.missed
            again.append(seconds(lambda: simulate(other, cache=cache))[0])  # noqa: B023
            anew.append(seconds(lambda: simulate(other))[0])  # noqa: B023
        ratios = [slow / fast for slow, fast in zip(anew, again, strict=True)]
        name = f"of phase {index + 1} of {count}" if index < count else "taken back"
        ran = str(cache.missed - missed)
        rows.append([name, ran, duration(middle(again)), duration(middle(anew)), ratio(ratios)])
    print(f"### An edit, {steps:,} steps\n")
    head = ("", "phases that run again", "takes", "from scratch", "times faster")
    print(table(head, rows), "\n")


def peers_part(steps, rounds):
    """How others show a schedule."""
    rows, missing = peers.compare(steps, rounds)
    print(f"### Other ways to see a warm-up and a cosine, {steps:,} steps\n")
    print(table(peers.HEAD, rows), "\n")
    for line in missing:
        print(line)


def sweeps_part(rounds):
    """A thousand variants of a document."""
    print(f"### Sweeps: {sweeps.VARIANTS:,} variants at {sweeps.POINTS:,} points\n")
    print(table(sweeps.HEAD, sweeps.rows(rounds)), "\n")


def growth_part(rounds, largest, overlays):
    """How cost grows."""
    print("### How cost grows\n")
    print(table(growth.HEAD, growth.rows(rounds, largest, overlays)), "\n")


def window_part(frames):
    """From an event to the painted frame, while the exact run goes on behind."""
    from frames import SCENES as PLAYED
    from frames import naive, rows_of, window_of
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    rows = []
    for what in SCENES:
        label, make_document, overlays, steps, play, act = PLAYED[what]
        with window_of(make_document(), overlays, steps) as window:
            drawn = rows_of(window)
            times = play(window, frames)
        plain = naive(drawn, max(3, frames // 40), act)
        numbers = [f"{value:.1f}" for value in np.percentile(times.frames, (50, 99, 100))]
        slower = [value / middle(times.frames) for value in plain.frames]
        size = f"{label.removeprefix(what)}, {overlays} overlays".strip(", ")
        rows.append([f"{what}: {size}", *numbers, ratio(slower)])
    app.processEvents()
    print("### The window: milliseconds from an event to the painted frame\n")
    head = ("", "median", "99 %", "greatest", "a plain plot of all points takes times as long")
    print(table(head, rows), "\n")


def behind_part(rounds):
    """The worker behind the window, the command line, memory."""
    print("### Behind the window\n")
    print(table(behind.HEAD, behind.rows(rounds)), "\n")


def main():
    """Print everything, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the steps, fewer rounds")
    parser.add_argument("--no-window", action="store_true", help="what needs no Qt")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; or all")
    options = parser.parse_args()
    wanted = set(options.parts or PARTS)
    if wanted - set(PARTS):
        parser.error(f"there are {', '.join(PARTS)}")
    if options.no_window:
        wanted -= {"behind", "window"}
    warnings.simplefilter("ignore")
    steps, rounds = (100_000, 2) if options.quick else (1_000_000, 5)
    print(f"Measured on: {machine()}.\n")
    lrd.simulate(read(make("LinearLR", 1000)))  # the first run imports torch
    if not options.no_window:
        from PySide6.QtWidgets import QApplication

        _app = QApplication([])  # before a part makes a lesser one
    if "exact" in wanted:
        exact_part(steps, rounds)
    if "edit" in wanted:
        edit_part(steps, rounds)
    if "peers" in wanted:
        peers_part(steps, rounds)
    if "sweeps" in wanted:
        sweeps_part(2 * rounds + 1)
    if "growth" in wanted:
        growth_part(rounds, 10 * steps, not options.no_window)
    if "behind" in wanted:
        behind_part(rounds)
    if "window" in wanted:
        window_part(40 * rounds)


if __name__ == "__main__":
    main()
