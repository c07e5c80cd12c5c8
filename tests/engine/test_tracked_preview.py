"""The fast curve of documents with tracks, and of what lanes drive."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tracked_documents import COSINE, DOCUMENTS, RISE, WARM_UP, track, tracked
from tracked_strategies import documents_with_tracks
from training import read

import lrdesigner as lrd
from lrdesigner.engine.preview import preview
from lrdesigner.engine.segments import segments
from lrdesigner.schedule import tracks


def check(data, points: int) -> None:
    schedule = read(data)
    fast, exact = preview(schedule, points), lrd.simulate(schedule)
    assert close(fast.lr, exact.lr[:, fast.steps])
    driven = {item.quantity for item in schedule.tracks} - {"lr"}
    used = {part.quantity for part in tracks.parts(schedule)} - {"lr"}
    assert used <= set(fast.quantities) <= driven
    for quantity, values in fast.quantities.items():
        cycled = quantity == "momentum" and "lr" in {t.quantity for t in fast.tracks}
        if not cycled:
            assert close(values, exact.values(quantity)[:, fast.steps])
    assert fast.errors == {}
    assert close_bases(fast.bases, exact.bases)
    for item in fast.tracks:
        assert item.errors == {}
        assert close_bases(item.bases, exact.track_bases[item.track])
        whole = exact.values(item.quantity)[list(item.groups)]
        assert close(item.values, whole[:, fast.steps])


def close(found, wanted) -> bool:
    return bool(np.allclose(found, wanted, rtol=1e-9, atol=1e-13))


def close_bases(found, wanted) -> bool:
    return found.keys() == wanted.keys() and all(close(found[k], wanted[k]) for k in found)


@pytest.mark.parametrize("points", [4000, 7])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_the_exact_curve_within_rounding(name, points):
    check(DOCUMENTS[name], points)


@given(documents_with_tracks())
def test_whatever_the_tracks(data):
    check(data, 5)


def test_both_ends_of_every_phase_of_every_track_are_drawn():
    data = tracked(
        WARM_UP,
        COSINE,
        tracks=[
            track({**WARM_UP, "length": "777 steps"}, RISE, on="weight_decay"),
            track({**WARM_UP, "length": "1234 steps"}, groups=["head"]),
        ],
        epochs=100,
        per_epoch=100,
    )
    schedule = read(data)
    fast = preview(schedule, 50)
    assert len(fast.steps) < 70
    for part in tracks.parts(schedule):
        for segment in segments(part.view):
            assert {segment.start, segment.end - 1} <= set(fast.steps.tolist())


def test_a_phase_that_cannot_run_leaves_the_rest_of_the_picture():
    broken = {"scheduler": "LambdaLR", "params": {"lr_lambda": "1 / (t - 3)"}}
    data = tracked(
        COSINE,
        tracks=[track(WARM_UP, broken, on="weight_decay"), track(broken, groups=["head"])],
    )
    fast = preview(read(data))
    whole = preview(read({**data, "tracks": []}))
    assert np.array_equal(fast.lr[0], whole.lr[0])
    assert fast.errors == {}
    lane, head = fast.tracks
    assert list(lane.errors) == [1]
    assert lane.errors[1].startswith("tracks[0].phases[1] (LambdaLR): ")
    assert "weight decay" in lane.errors[1]
    assert head.errors[0].startswith("tracks[1].phases[0] (LambdaLR): ")
    assert (lane.values[:, 5:] == np.array([[0.04], [0.3]])).all()


def test_the_view_of_a_track_is_what_it_is_alone():
    schedule = read(DOCUMENTS["several groups on two tracks"])
    fast = preview(schedule)
    for index in (None, 0, 1):
        mine = fast.view(schedule, index)
        alone = preview(tracks.view(schedule, index))
        assert mine.groups == alone.groups
        assert np.array_equal(mine.lr, alone.lr)
        assert mine.bases == alone.bases
        assert mine.tracks == ()


def test_a_track_without_groups_is_not_there():
    data = tracked(
        COSINE, tracks=[track(RISE, on="beta2"), track(on="beta2", groups=["backbone", "head"])]
    )
    schedule = read(data)
    fast = preview(schedule)
    assert [item.track for item in fast.tracks] == [1]
    assert fast.track(0) is None
    assert fast.view(schedule, 0) is None
