"""A run from outside: progress, cancelling, limits, the plan, and what it does not import."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import plain_torch
import pytest
from documents import THREE_GROUPS, document, phase
from training import first_difference, read

import lrdesigner as lrd
from lrdesigner.engine import driver, simulate
from lrdesigner.engine.simulate import CancelledError, make_plan, run

LONG = document(
    phase("LinearLR", length="20000 steps"),
    phase("CosineAnnealingLR", length="50%"),
    phase("OneCycleLR", length="10%"),
    epochs=100,
    per_epoch=1000,
)


def test_progress_rises_to_one():
    seen = []
    simulate.simulate(read(LONG), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    assert len(seen) >= 80_000 / driver.CHUNK


@pytest.mark.parametrize("name", ["LinearLR", "OneCycleLR", "ReduceLROnPlateau"])
def test_progress_of_phases_per_epoch(name):
    seen = []
    data = document(phase(name, interval="epoch"), epochs=20000, per_epoch=2)
    simulate.simulate(read(data), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) >= 20000 / driver.CHUNK


@pytest.mark.parametrize("phases", [[], [phase("LinearLR", length="1 step", interval="epoch")]])
def test_progress_where_nothing_steps(phases):
    seen = []
    simulate.simulate(read(document(*phases)), progress=seen.append)
    assert seen[-1] == 1.0


@pytest.mark.parametrize("answers", [0, 1, 5])
def test_cancelling_stops_at_the_next_question(answers):
    asked = []

    def cancelled():
        asked.append(True)
        return len(asked) > answers

    with pytest.raises(CancelledError):
        simulate.simulate(read(LONG), cancelled=cancelled)
    assert len(asked) == answers + 1


def test_cancelling_a_plateau():
    data = document(phase("ReduceLROnPlateau"), epochs=50000, per_epoch=1)
    with pytest.raises(CancelledError):
        simulate.simulate(read(data), cancelled=lambda: True)


def test_not_cancelled_changes_nothing():
    curve = simulate.simulate(read(LONG), cancelled=lambda: False, progress=lambda done: None)
    assert np.array_equal(curve.lr, lrd.simulate(read(LONG)).lr)


def test_chunks_join_exactly():
    """Longer than a chunk: the same as a plain loop."""
    steps = driver.CHUNK + 100
    for what in (
        phase("ExponentialLR", {"gamma": 0.9999}),
        phase("CosineAnnealingWarmRestarts", {"T_0": 1000, "T_mult": 2}),
        phase("SWALR"),
        phase("CyclicLR", {"max_lr": 1.0}),
        phase("LinearLR", **{"with": [{"scheduler": "StepLR", "params": {"step_size": 999}}]}),
    ):
        data = document(what, epochs=1, per_epoch=steps, groups=THREE_GROUPS)
        assert not first_difference(lrd.simulate(read(data)).lr, plain_torch.run(data).lr)


def test_a_run_that_needs_too_much_memory_is_refused():
    groups = [{"name": str(i), "lr": 0.1} for i in range(100)]
    data = document(phase("LinearLR"), epochs=100_000, per_epoch=1000, groups=groups)
    message = "100,000,000 steps × 100 groups need 160 GB; shorten the horizon or remove groups"
    with pytest.raises(lrd.ScheduleError, match=message):
        lrd.simulate(read(data))


def test_the_curve_describes_itself():
    data = document(phase("LinearLR"), phase("StepLR", length="7 steps"), groups=THREE_GROUPS)
    data["phases"][0]["length"] = "4 steps"
    curve = lrd.simulate(read(data))
    assert curve.groups == ("backbone", "neck", "head")
    assert curve.lr.dtype == np.float64
    assert curve.lr.shape == (3, 24)
    assert curve.steps == 24
    assert curve.epochs.tolist() == [k // 3 for k in range(24)]
    assert curve.bases[0] == curve.bases[1] == (0.1, 0.0123, 0.3)
    assert curve.bases[-1] == tuple(curve.lr[:, -1])
    assert curve.seconds > 0
    assert curve.device == "cpu"


def test_a_plan_from_known_bases_is_the_plan_of_a_run():
    data = document(
        phase("ExponentialLR", length="7 steps"),
        phase("CyclicLR", {"max_lr": 1.0, "cycle_momentum": False}, length="5 steps"),
        groups=THREE_GROUPS,
    )
    curve, plan = run(read(data))
    again = make_plan(read(data), dict(curve.bases))
    assert again.kind == plan.kind == "sequential"
    assert [s.bases for s in again.stages] == [s.bases for s in plan.stages]
    assert [p.call for s in again.stages for p in s.parts] == [
        p.call for s in plan.stages for p in s.parts
    ]


def loaded_modules(code):
    """Names of the modules that are there after some code ran in a fresh interpreter."""
    code += "\nimport sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_needs_neither_torch_nor_qt():
    names = loaded_modules("import lrdesigner; lrdesigner.loads; lrdesigner.Schedule")
    assert not {"torch", "PySide6", "pyqtgraph", "superqt"} & names


def test_reading_and_checking_parameters_needs_no_torch():
    names = loaded_modules(
        "import lrdesigner\n"
        "from lrdesigner.catalog import schedulers\n"
        "from lrdesigner.schedule.codec import dumps\n"
        "assert len(schedulers()) >= 14\n"
        f"dumps(lrdesigner.loads({dumps(LONG)!r}))"
    )
    assert "torch" not in names


def dumps(data):
    return lrd.dumps(read(data))


def test_simulating_does_not_import_dynamo():
    """It costs about a second and 70 MB; the stub of the optimizer avoids it."""
    names = loaded_modules(f"import lrdesigner as lrd; lrd.simulate(lrd.loads({dumps(LONG)!r}))")
    assert "torch" in names
    assert not any(name.startswith("torch._dynamo") for name in names)
    assert "PySide6" not in names
