"""The open sweep follows the document, and is no part of it."""

from __future__ import annotations

import numpy as np
import pytest

from lrdesigner.engine.preview import preview
from lrdesigner.gui import sweep_store
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.sweep import EpochsTarget, GroupLrTarget, LengthTarget, ParamTarget, SweepAxis

ETA = ParamTarget(2, "eta_min")


@pytest.fixture
def sweeps(controller):
    return controller.sweeps


def ready(qtbot, sweeps):
    qtbot.waitUntil(
        lambda: sweeps.view is not None and sweeps.view.fan.sweep is sweeps.sweep, timeout=5000
    )
    return sweeps.view


def test_opening_offers_a_range_about_the_present_value(qtbot, sweeps):
    with qtbot.waitSignal(sweeps.opened):
        sweeps.open(ETA)
    (axis,) = sweeps.setup.axes
    assert (axis.start, axis.stop, axis.scale) == (1e-6, 1e-4, "log")
    assert sweeps.setup.counts == (25,)
    assert sweeps.sweep.settings[sweeps.index] == pytest.approx((1e-5,))
    view = ready(qtbot, sweeps)
    assert view.fan.values.shape[:2] == (25, 2)
    assert view.high == pytest.approx(0.1)


def test_without_a_number_the_selected_phase_has_one(controller, sweeps):
    controller.select(Selection(1))
    sweeps.open()
    assert sweeps.setup.axes[0].target == ParamTarget(1, "factor")
    controller.select(Selection())
    sweeps.open()
    assert sweeps.setup.axes[0].target == ParamTarget(0, "start_factor")


def test_the_curves_follow_every_edit(qtbot, controller, sweeps):
    sweeps.open(ETA)
    before = ready(qtbot, sweeps)
    controller.edit("lr", edits.set_phase(controller.schedule, 0, length="5 epochs"))
    after = ready(qtbot, sweeps)
    assert after is not before
    wanted = preview(sweeps.sweep.variant(3), 10**6).lr[:, after.fan.steps]
    np.testing.assert_allclose(after.fan.values[3], wanted, rtol=1e-12)
    controller.undo_stack.undo()
    assert (ready(qtbot, sweeps).fan.values[3] == before.fan.values[3]).all()


def test_a_drag_is_followed_too(qtbot, controller, sweeps):
    sweeps.open(ETA)
    ready(qtbot, sweeps)
    controller.gesture("drag", edits.set_phase(controller.schedule, 0, length="7 epochs"))
    assert ready(qtbot, sweeps).fan.sweep.schedule.phases[0].length == "7 epochs"
    controller.cancel_gesture()
    assert ready(qtbot, sweeps).fan.sweep.schedule.phases[0].length == "2 epochs"


def test_a_sweep_is_no_edit(controller, sweeps):
    sweeps.open(ETA)
    sweeps.set_count(0, 7)
    sweeps.choose(0, 2)
    sweeps.add_axis()
    assert controller.undo_stack.count() == 0
    assert controller.clean


def test_adopting_is_one_undo_step(qtbot, controller, sweeps):
    before = controller.schedule
    sweeps.open(ETA)
    ready(qtbot, sweeps)
    sweeps.choose(0, 24)
    assert controller.schedule is before
    assert sweeps.adopt()
    assert controller.schedule == edits.set_param(before, 2, "eta_min", 1e-4)
    assert controller.undo_stack.undoText() == "adopt eta_min = 0.0001"
    assert controller.undo_stack.count() == 1
    # The sweep stays open, at the variant that is the document now.
    assert sweeps.setup.chosen == (1e-4,)
    controller.undo_stack.undo()
    assert controller.schedule == before


def test_what_cannot_run_is_not_adopted(qtbot, controller, sweeps):
    schedule = edits.set_phase(
        controller.schedule, 2, scheduler="wsd", params={"warmup_steps": 100, "decay_steps": 300}
    )
    controller.edit("wsd", schedule)
    sweeps.open(ParamTarget(2, "decay_steps"))
    sweeps.set_axis(0, SweepAxis(ParamTarget(2, "decay_steps"), 100, 900))
    view = ready(qtbot, sweeps)
    assert 0 < len(view.fan.errors) < 25
    sweeps.choose(0, 24)
    assert not sweeps.adopt()
    assert controller.undo_stack.count() == 1


def test_a_range_that_is_not_allowed_is_mended_and_said(sweeps):
    target = ParamTarget(0, "start_factor")
    sweeps.open(target)
    sweeps.set_axis(0, SweepAxis(target, -1.0, 3.0))
    (axis,) = sweeps.setup.axes
    assert (axis.start, axis.stop) == (0.003, 1)
    assert "greater than 0 and 1 or less" in sweeps.note
    sweeps.set_axis(0, SweepAxis(target, 0.5, 0.75))
    assert sweeps.note == ""
    assert sweeps.sweep.values[0][-1] == 0.75


def test_two_numbers(qtbot, sweeps):
    sweeps.open(ParamTarget(0, "start_factor"))
    sweeps.add_axis()
    assert [axis.target.name for axis in sweeps.setup.axes] == ["start_factor", "end_factor"]
    assert ready(qtbot, sweeps).fan.values.shape[0] == 225
    sweeps.choose(1, 0)
    assert sweeps.places[1] == 0
    assert sweeps.index % 9 == 0
    sweeps.set_target(1, GroupLrTarget(1))
    assert sweeps.sweep.traits[1].name == "lr[head]"
    sweeps.remove_axis()
    assert len(sweeps.setup.axes) == 1
    assert ready(qtbot, sweeps).fan.values.shape[0] == 25


def test_a_number_that_is_gone_is_said_and_comes_back(qtbot, controller, sweeps):
    sweeps.open(ETA)
    ready(qtbot, sweeps)
    controller.edit("remove", edits.remove_phase(controller.schedule, 2))
    assert sweeps.sweep is None
    assert sweeps.view is None
    assert "there is no phase 3" in sweeps.error
    controller.undo_stack.undo()
    assert sweeps.error == ""
    ready(qtbot, sweeps)


def test_what_could_not_be_swept_is_when_it_can(qtbot, controller, sweeps):
    sweeps.open(ParamTarget(3, "gamma"))
    assert "there is no phase 4" in sweeps.error
    assert sweeps.setup is None
    controller.edit("rename", edits.set_name(controller.schedule, "other"))
    assert "there is no phase 4" in sweeps.error
    schedule, _ = edits.insert_scheduler(controller.schedule, "StepLR", 1000)
    controller.edit("add", schedule)
    assert sweeps.error == ""
    assert sweeps.setup.axes[0].target == ParamTarget(3, "gamma")
    ready(qtbot, sweeps)


def test_another_document_has_no_sweep(controller, schedule, sweeps):
    sweeps.open(ETA)
    controller.open_document(schedule.replace(name="other"), None)
    assert sweeps.setup is None
    assert sweeps.sweep is None


def test_zooming_evaluates_what_is_in_sight(qtbot, controller, sweeps):
    controller.axis.set_pixels(0, 400)
    sweeps.open(ETA)
    assert ready(qtbot, sweeps).fan.steps[-1] == 999
    controller.axis.set_range(900, 1000)
    qtbot.waitUntil(lambda: sweeps.view.fan.steps[0] > 800)
    view = ready(qtbot, sweeps)
    assert list(view.fan.steps) == list(range(899, 1000))
    # What the LR axis shows does not depend on the zoom.
    assert view.high == pytest.approx(0.1, rel=0.02)


def test_longer_runs_are_seen_to_the_documents_end(qtbot, controller, sweeps):
    sweeps.open(EpochsTarget())
    view = ready(qtbot, sweeps)
    assert view.fan.sweep.values[0][-1] == 20
    assert view.fan.steps[-1] == 999


@pytest.mark.threads
def test_much_work_is_done_beside_the_window(qtbot, controller, sweeps, monkeypatch):
    monkeypatch.setattr(sweep_store, "_AT_ONCE", 0.0)
    sweeps.open(LengthTarget(0))
    for count in (200, 300, 400):  # the latest wins
        sweeps.set_count(0, count)
        qtbot.wait(1)
    view = ready(qtbot, sweeps)
    assert len(view.fan.sweep) == 400
    wanted = preview(sweeps.sweep.variant(399), 10**6).lr[:, view.fan.steps]
    np.testing.assert_allclose(view.fan.values[399], wanted, rtol=1e-12)
    sweeps.close()
    assert sweeps.view is None
    sweeps.shut_down()
