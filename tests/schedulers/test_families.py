"""The families that torch lacks: published formula, run, build and export, one and the same."""

from __future__ import annotations

import itertools

import numpy as np
import plain_torch
import pytest
from documents import ONE_GROUP, THREE_GROUPS, document
from families import FAMILIES, NAMES, reference
from training import Training, first_difference, read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.engine.simulate import run
from lrdesigner.schedule.errors import ScheduleError

FLAT = {"frozen"}
LENGTHS = [1, 2, 7, 24, 61]
SETS = [
    pytest.param(name, params, id=f"{name}-{place}")
    for name in NAMES
    for place, params in enumerate(FAMILIES[name])
]
each_set = pytest.mark.parametrize(("name", "params"), SETS)
each = pytest.mark.parametrize("name", NAMES)


def alone(name, params, steps, groups=ONE_GROUP, **more):
    phase = {"scheduler": name, "params": params, "length": "rest", **more}
    return document(phase, epochs=1, per_epoch=steps, groups=groups)


def refused(data):
    """Whether the app refuses it; then preview, run and check agree that it does."""
    errors = [p.message for p in lrd.check(read(data)) if p.severity == "error"]
    try:
        lrd.simulate(read(data))
    except ScheduleError:
        assert errors
        assert preview(read(data)).errors
        return True
    assert not errors
    return False


def published(name, params, steps, groups=ONE_GROUP):
    """What the definition gives in a phase of that length, at every step and at its end."""
    values = reference(name)
    return np.array(
        [[values(t, steps, group["lr"], **params) for t in range(steps + 1)] for group in groups]
    )


def close(found, wanted, scale=None):
    """Equal up to rounding: relative, or beside the height of the curve where it nears 0."""
    height = np.max(wanted if scale is None else scale)
    return np.allclose(found, wanted, rtol=1e-12, atol=1e-14 * height)


def exported(data):
    """The LRs of the exported code in a plain training loop."""
    module: dict[str, object] = {}
    exec(lrd.export(read(data), "torch"), module)
    training = Training(data)
    training.opt = plain_torch.optimizer(data)
    training.scheduler = module["build_scheduler"](training.opt)
    return training.finish().lr


def same(data):
    """Run, build and export agree bit for bit; gives the run."""
    curve, plan = run(read(data))
    assert not first_difference(Training(data).finish().lr, curve.lr)
    assert not first_difference(exported(data), curve.lr)
    return curve, plan


def test_all_families_are_tried():
    assert {spec.key for spec in schedulers() if not spec.key[0].isupper()} == set(NAMES)


@pytest.mark.parametrize("steps", LENGTHS)
@each_set
def test_published_formula(name, params, steps):
    for groups in (ONE_GROUP, THREE_GROUPS):
        data = alone(name, params, steps, groups)
        if refused(data):
            assert steps < 24  # its parts do not fit
            continue
        # One more step shows the value at t = T, which the next phase starts from.
        wanted = published(name, params, steps, groups)
        assert close(lrd.simulate(read(data)).lr, wanted[:, :-1])
        held = document(
            {"scheduler": name, "params": params, "length": f"{steps} steps"},
            epochs=1,
            per_epoch=steps + 1,
            groups=groups,
        )
        assert close(lrd.simulate(read(held)).lr[:, -1], wanted[:, -1], wanted)


@each_set
def test_run_build_and_export_are_the_same(name, params):
    for groups, interval in itertools.product((ONE_GROUP, THREE_GROUPS), ("step", "epoch")):
        phase = {"scheduler": name, "params": params, "interval": interval, "length": "20 steps"}
        data = document(phase, epochs=24, per_epoch=1, groups=groups)
        same(data)


@each
def test_between_other_phases(name):
    """It starts from the LR reached, as a part of SequentialLR, and hands its own value on."""
    data = document(
        {"scheduler": "warmup_linear", "params": {}, "length": "5 steps"},
        {"scheduler": "StepLR", "params": {"step_size": 3}, "length": "4 steps"},
        {"scheduler": name, "params": FAMILIES[name][0], "length": "20 steps"},
        {"scheduler": "CosineAnnealingLR", "params": {}, "length": "rest"},
        epochs=4,
        per_epoch=10,
        groups=THREE_GROUPS,
    )
    curve, plan = same(data)
    assert plan.kind == "sequential"
    bases = [{"lr": lr} for lr in curve.bases[2]]
    wanted = published(name, FAMILIES[name][0], 20, bases)
    assert close(curve.lr[:, 9:29], wanted[:, :-1])
    assert close(np.array(curve.bases[3]), wanted[:, -1], wanted)


@each
def test_resume_at_every_step(name):
    for params in FAMILIES[name][:2]:
        data = alone(name, params, 24, THREE_GROUPS)
        whole = Training(data)
        saved = [whole.checkpoint()]
        while whole.step < whole.total:
            whole.record()
            whole.advance()
            saved.append(whole.checkpoint())
        for checkpoint in saved:
            again = Training.resumed(data, checkpoint, "")
            k = again.step
            assert not first_difference(again.finish().lr[:, k:], whole.lr[:, k:]), k


@each_set
def test_preview(name, params):
    data = alone(name, params, 1000, THREE_GROUPS)
    exact = lrd.simulate(read(data)).lr
    fast = preview(read(data), points=10**6)
    assert fast.exact
    assert not fast.errors
    assert np.allclose(fast.lr, exact, rtol=1e-11, atol=1e-14 * exact.max())


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 10, 33, 1000])
@each
def test_a_phase_dropped_from_the_palette_runs(name, steps):
    spec = schedulers()[name]
    computed = spec.starter_for(steps, 0.1) if spec.starter_for else {}
    params = {**spec.starter, **computed}
    assert set(params) <= {param.name for param in spec.params}
    data = alone(name, params, steps)
    assert not refused(data)
    curve = lrd.simulate(read(data))
    assert (curve.lr >= 0).all()
    assert steps < 30 or (np.ptp(curve.lr) > 0) == (name not in FLAT)


@pytest.mark.parametrize("steps", [10_001, 10**8])
@each
def test_a_long_phase_dropped_from_the_palette_has_a_picture(name, steps):
    spec = schedulers()[name]
    params = {**spec.starter, **(spec.starter_for(steps, 3e-4) if spec.starter_for else {})}
    fast = preview(read(alone(name, params, steps, [{"name": "all", "lr": 3e-4}])), points=300)
    assert not fast.errors
    assert (np.ptp(fast.lr) > 0) == (name not in FLAT)


@each
def test_a_phase_that_starts_from_zero(name):
    """Factors keep it at 0; absolute LRs cannot be reached, which is said in so many words."""
    for params in FAMILIES[name]:
        data = alone(name, params, 24, [{"name": "frozen", "lr": 0.0}])
        if not refused(data):
            assert not lrd.simulate(read(data)).lr.any()
        else:
            with pytest.raises(ScheduleError, match="starts from an LR of 0"):
                lrd.simulate(read(data))
