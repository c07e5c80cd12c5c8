"""LR handles stand only where the curve really follows the group's LR."""

from __future__ import annotations

import json

import pytest

from lrdesigner.engine.preview import preview
from lrdesigner.gui.canvas.handles import lr_handles
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.group_edits import set_group


def document(phases, lrs=(0.1,), epochs=10, steps_per_epoch=100):
    groups = [{"name": f"g{i}", "lr": lr} for i, lr in enumerate(lrs)]
    return loads(
        json.dumps(
            {
                "format": "lrdesigner",
                "version": 1,
                "horizon": {"epochs": epochs, "steps_per_epoch": steps_per_epoch},
                "optimizer": {"type": "SGD", "args": {"momentum": 0.9}, "groups": groups},
                "phases": phases,
            }
        )
    )


def handles_of(schedule):
    return lr_handles(schedule, preview(schedule))


WARM_UP = {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.1}}
COSINE = {"scheduler": "CosineAnnealingLR"}


def test_at_the_boundary_where_the_curve_has_the_groups_lr():
    handles = handles_of(document([WARM_UP, COSINE], lrs=(0.1, 0.01)))
    assert [(h.group, h.step, h.lr, h.ratio) for h in handles] == [
        (0, 200, 0.1, 1.0),
        (1, 200, 0.01, 1.0),
    ]


def test_at_the_start_of_a_single_phase():
    (handle,) = handles_of(document([COSINE]))
    assert (handle.step, handle.lr) == (0, 0.1)


def test_none_where_a_phase_sets_its_lr_by_itself():
    one_cycle = {"scheduler": "OneCycleLR", "params": {"max_lr": 0.1}}
    assert handles_of(document([one_cycle], lrs=(0.1,))) == ()


def test_a_curve_that_never_has_the_groups_lr_is_held_at_its_highest_point():
    schedule = document([{"scheduler": "ConstantLR", "params": {"factor": 0.25}}])
    (handle,) = handles_of(schedule)
    assert handle.ratio == pytest.approx(0.25)
    assert handle.lr == pytest.approx(0.025)


def test_an_lr_of_zero_can_be_taken_hold_of_too():
    (handle,) = handles_of(document([COSINE], lrs=(0.0,)))
    assert (handle.lr, handle.ratio) == (0.0, 1.0)


def test_moving_the_lr_moves_the_curve_under_the_handle():
    schedule = document([WARM_UP, COSINE, WARM_UP], lrs=(0.1, 0.003))
    for handle in handles_of(schedule):
        moved = preview(set_group(schedule, handle.group, lr=0.7))
        assert moved.lr[handle.group, handle.step] == pytest.approx(0.7 * handle.ratio)
