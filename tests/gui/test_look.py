"""What the exact run finds out between the steps of the fast curve, in every sequence of phases."""

from __future__ import annotations

import pytest
from documents import THREE_GROUPS, document
from training import read

import lrdesigner as lrd
from lrdesigner.gui.look import Look

# One step in 100,019, which no look at the formula gives away.
ONCE = f"t * t * t % 100019 == {12345**3 % 100019}"
FAILS, NEGATIVE = f"lr / where({ONCE}, 0, 1)", f"lr * where({ONCE}, -1, 1)"


def look(own, of_track):
    phase = {"scheduler": "formula", "length": "rest", "params": {"formula": own}}
    track = {**phase, "params": {"formula": of_track}}
    data = document(phase, epochs=1000, per_epoch=100, groups=THREE_GROUPS)
    data["tracks"] = [{"groups": ["neck"], "phases": [track]}]
    return Look(read(data), None)


@pytest.mark.parametrize(("own", "of_track", "track"), [(FAILS, "lr", None), ("lr", FAILS, 0)])
def test_a_run_that_fails(own, of_track, track):
    seen = look(own, of_track)
    assert seen.problems == ()
    with pytest.raises(lrd.ScheduleError) as failed:
        lrd.simulate(seen.schedule)
    assert seen.heed_failure(str(failed.value))
    [problem] = seen.problems
    assert [problem] == lrd.check(seen.schedule)
    assert (problem.track, problem.phase, problem.param) == (track, 0, "formula")
    assert "at t = 12,345 (step 12,345)" in problem.message
    assert not seen.heed_failure(str(failed.value))


@pytest.mark.parametrize(
    ("own", "of_track", "track"), [(NEGATIVE, "lr", None), ("lr", NEGATIVE, 0)]
)
def test_an_lr_below_zero(own, of_track, track):
    seen = look(own, of_track)
    assert seen.problems == ()
    assert seen.heed_curve(lrd.simulate(seen.schedule))
    [problem] = seen.problems
    assert [problem] == lrd.check(seen.schedule)
    assert problem.track == track


def test_other_messages_are_not_about_a_formula():
    seen = look("lr", "lr")
    assert not seen.heed_failure("the worker ended")
    assert not seen.heed_failure("tracks[0].phases[0] (formula): fails at t = 3: what?")
    assert not seen.heed_curve(lrd.simulate(seen.schedule))
