"""A thousand variants at once, beside one after the other and beside a torch loop for each.

    PYTHONPATH=tests python tests/benchmarks/sweeps.py [--rounds N]

One after the other is measured on a few variants, and the loop on some steps of one, as each costs
the same; both are multiplied to all of them.
"""

from __future__ import annotations

import argparse
import json
import warnings

import plain_torch
from documents import document, phase
from measure import duration, machine, middle, ratio, seconds, table
from shapes import naive_loop
from training import read

from lrdesigner.engine.preview import preview
from lrdesigner.schedule.codec import dumps
from lrdesigner.sweep import GroupLrTarget, LengthTarget, ParamTarget, Sweep, SweepAxis, evaluate

VARIANTS, POINTS, STEPS = 1000, 10_000, 100_000
# One at a time is timed on a few, and compared by the variant.
ALONE = 20

RISE = phase("LinearLR", {"start_factor": 0.01}, length="5%")
SWEEPS = {
    "start_factor of a warm-up": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(ParamTarget(0, "start_factor"), 0.001, 0.5, "log"),
    ),
    "eta_min of a cosine": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(ParamTarget(1, "eta_min"), 0, 0.05),
    ),
    "T_max of a cosine": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(ParamTarget(1, "T_max"), 100_000, 300_000),
    ),
    "gamma of an exponential": (
        [RISE, phase("ExponentialLR", {"gamma": 0.9999})],
        SweepAxis(ParamTarget(1, "gamma"), 0.999, 0.99999),
    ),
    "pct_start of OneCycle": (
        [phase("OneCycleLR", {"max_lr": 1.0})],
        SweepAxis(ParamTarget(0, "pct_start"), 0.1, 0.9),
    ),
    "decay_steps of WSD": (
        [phase("wsd", {"warmup_steps": 2000, "decay_steps": 10_000})],
        SweepAxis(ParamTarget(0, "decay_steps"), 1000, 90_000),
    ),
    "length of a warm-up": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(LengthTarget(0, "percent"), 1, 60),
    ),
    "base LR of a group": (
        [RISE, phase("CosineAnnealingLR", {"eta_min": 1e-5})],
        SweepAxis(GroupLrTarget(0), 1e-4, 1.0, "log"),
    ),
}
NAIVE_STEPS = 5000
HEAD = (
    "",
    "all at once",
    "one live curve after the other takes times as long",
    "a torch loop for each takes times as long",
)


def sweep_of(name, count=VARIANTS):
    phases, axis = SWEEPS[name]
    schedule = read(document(*phases, epochs=1, per_epoch=STEPS))
    return Sweep(schedule, (axis,), (count,))


def loop(sweep):
    """Seconds of a torch loop over all steps of all variants."""
    variant = sweep.variant(len(sweep) // 2)
    opt = plain_torch.optimizer(json.loads(dumps(variant)))
    took, _ = seconds(lambda: naive_loop(opt, variant.build(opt), NAIVE_STEPS, None))
    return took / NAIVE_STEPS * STEPS * len(sweep)


def one_by_one(sweep):
    """Seconds of the live curves of all variants."""
    chosen = range(0, len(sweep), len(sweep) // ALONE)
    took, _ = seconds(lambda: [preview(sweep.variant(index), POINTS) for index in chosen])
    return took / len(chosen) * len(sweep)


def rows(rounds):
    """One row for each kind."""
    found = []
    for name in SWEEPS:
        evaluate(sweep_of(name), POINTS)
        together, alone, loops = [], [], []
        for _ in range(rounds):
            took, fan = seconds(lambda: evaluate(sweep_of(name), POINTS))  # noqa: B023
            assert not fan.errors
            together.append(took)
            alone.append(one_by_one(fan.sweep) / took)
            loops.append(loop(fan.sweep) / took)
        found.append([name, duration(middle(together)), ratio(alone), ratio(loops)])
    return found


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    warnings.simplefilter("ignore")
    print(f"{machine()}\n")
    print(table(HEAD, rows(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
