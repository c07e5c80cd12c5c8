"""What is the same for all variants is computed once; counted, not timed."""

from __future__ import annotations

import pytest
from documents import document, phase
from training import read

from lrdesigner.engine import course
from lrdesigner.sweep import EpochsTarget, GroupLrTarget, ParamTarget, Sweep, SweepAxis, evaluate
from lrdesigner.sweep import batch as batches

PHASES = (
    phase("LinearLR", {"start_factor": 0.1}, length="1000 steps"),
    phase("ConstantLR", {"factor": 1.0}, length="1000 steps"),
    phase("ExponentialLR", {"gamma": 0.999}, length="1000 steps"),
    phase("CosineAnnealingLR", length="1000 steps"),
)


@pytest.fixture
def schedule():
    return read(document(*PHASES, epochs=4, per_epoch=1000))


def computed(schedule, target, start, stop):
    sweep = Sweep(schedule, (SweepAxis(target, start, stop),), (100,))
    return evaluate(sweep, points=10**6).computed


def test_phases_before_the_swept_one_are_computed_once(schedule):
    # A cosine from LRs that differ differs as well.
    wanted = 2000 + 100 * 2000
    assert computed(schedule, ParamTarget(2, "gamma"), 0.99, 1) == wanted
    assert computed(schedule, ParamTarget(3, "eta_min"), 0, 0.1) == 3000 + 100 * 1000


def test_phases_that_start_the_same_are_computed_once(schedule):
    """However a warm-up begins, it ends at the base LR."""
    assert computed(schedule, ParamTarget(0, "start_factor"), 0.1, 0.9) == 3000 + 100 * 1000
    assert computed(schedule, GroupLrTarget(0), 0.1, 0.9) == 100 * 4000


def test_groups_that_do_not_vary_still_share():
    groups = [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.2}]
    schedule = read(document(*PHASES, epochs=4, per_epoch=1000, groups=groups))
    # Once for each of the two pieces that the work is done in.
    assert computed(schedule, GroupLrTarget(1), 0.1, 0.9) == 2 * 4000 + 100 * 4000


def test_variants_are_not_asked_one_by_one(schedule, monkeypatch):
    def never(*args):
        raise AssertionError("one by one")

    staged = []

    def counted(*args):
        staged.append(args)
        return stage(*args)

    stage = batches.stage
    monkeypatch.setattr(batches, "stage", counted)
    monkeypatch.setattr(course, "stage", never)
    computed(schedule, ParamTarget(2, "gamma"), 0.99, 1)
    assert len(staged) == 2  # the two phases before


def test_the_same_results_whatever_the_pieces(schedule, monkeypatch):
    sweep = Sweep(schedule, (SweepAxis(EpochsTarget(), 1, 8),), (8,))
    whole = evaluate(sweep, points=500)
    monkeypatch.setattr("lrdesigner.sweep.filling._CHUNK", 100)
    monkeypatch.setattr("lrdesigner.sweep.filling._ALONE", 0)
    pieces = evaluate(sweep, points=500)
    assert whole.values.tobytes() == pieces.values.tobytes()
