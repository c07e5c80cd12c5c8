"""The controller: one undo step per edit or gesture, runs that follow, nothing lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.codec import load
from lrdesigner.schedule.model import Metric, Phase


def rename(controller, name):
    return edits.set_name(controller.schedule, name)


def test_an_edit_is_one_undo_step(controller):
    start = controller.schedule
    controller.edit("rename", rename(controller, "x"))
    assert controller.schedule.name == "x"
    assert not controller.clean
    controller.undo_stack.undo()
    assert controller.schedule == start
    assert controller.clean
    controller.undo_stack.redo()
    assert controller.schedule.name == "x"


def test_an_edit_that_changes_nothing_is_none(controller):
    controller.edit("rename", rename(controller, controller.schedule.name))
    assert controller.undo_stack.count() == 0


def test_undo_brings_the_selection_back(controller):
    controller.select(Selection(2))
    controller.edit("delete", edits.remove_phase(controller.schedule, 2), Selection(1))
    assert controller.selection == Selection(1)
    controller.undo_stack.undo()
    assert controller.selection == Selection(2)


def test_edits_of_one_thing_in_quick_succession_merge(controller):
    for value in (0.1, 0.2, 0.3):
        after = edits.set_param(controller.schedule, 0, "start_factor", value)
        controller.edit("change start_factor", after, merge=("param", 0, "start_factor"))
    after = edits.set_param(controller.schedule, 0, "end_factor", 0.5)
    controller.edit("change end_factor", after, merge=("param", 0, "end_factor"))
    assert controller.undo_stack.count() == 2
    controller.undo_stack.undo()
    controller.undo_stack.undo()
    assert controller.schedule.phases[0].params["start_factor"] == 0.01


def test_a_gesture_is_one_step_and_esc_abandons_it(controller):
    start = controller.schedule
    seen = []
    controller.document_changed.connect(seen.append)
    for step in (250, 280, 300):
        controller.gesture("resize phase", edits.resize(controller.before_gesture, 0, step))
    assert [s.phases[0].length for s in seen] == ["2.5 epochs", "2.8 epochs", "3 epochs"]
    assert controller.undo_stack.count() == 0
    assert controller.cancel_gesture()
    assert controller.schedule is start
    controller.gesture("resize phase", edits.resize(controller.before_gesture, 0, 400))
    controller.commit_gesture()
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert controller.schedule == start
    assert not controller.cancel_gesture()


def test_a_gesture_that_ends_where_it_began_is_none(controller):
    controller.gesture("resize phase", edits.resize(controller.before_gesture, 0, 300))
    controller.gesture("resize phase", edits.resize(controller.before_gesture, 0, 200))
    controller.commit_gesture()
    assert controller.undo_stack.count() == 0


def test_the_fast_curve_comes_at_once_and_the_exact_one_follows(controller, qtbot):
    with qtbot.waitSignal(controller.curve_changed, check_params_cb=lambda c: c is not None):
        controller.edit("resize", edits.resize(controller.schedule, 0, 400))
        assert controller.curve is None
        assert controller.run.kind == "running"
        assert controller.preview.lr.shape == (2, 1000)
    exact = simulate(controller.schedule)
    assert np.array_equal(controller.curve.lr, exact.lr)
    assert controller.run.kind == "exact"
    assert controller.run.torch_version


def test_zoomed_in_the_fast_curve_has_every_step_in_sight(controller):
    long = edits.set_horizon(controller.schedule, epochs=10, steps_per_epoch=100_000)
    controller.edit("horizon", long)
    assert not set(range(400_000, 400_500)) <= set(controller.preview.steps.tolist())
    controller.axis.set_range(400_000, 400_500)
    controller.edit("resize", edits.resize(controller.schedule, 0, 300_000))
    assert set(range(400_000, 400_500)) <= set(controller.preview.steps.tolist())
    controller.axis.fit()
    controller.undo_stack.undo()
    assert len(controller.preview.steps) < 5000


def test_a_document_that_cannot_run_says_why(controller, qtbot):
    after = edits.set_param(controller.schedule, 2, "T_max", 0)
    with qtbot.waitSignal(controller.run_changed, check_params_cb=lambda r: r.kind == "failed"):
        controller.edit("change T_max", after)
    assert "T_max must be a whole number, 1 or greater" in controller.run.message
    assert [p.severity for p in controller.problems] == ["error"]
    assert controller.curve is None


def test_the_latest_run_wins(controller, qtbot):
    curves = []
    controller.curve_changed.connect(curves.append)
    for step in (300, 400, 500):
        controller.edit("resize", edits.resize(controller.schedule, 0, step))
    qtbot.waitUntil(lambda: controller.curve is not None)
    qtbot.wait(20)
    done = [c for c in curves if c is not None]
    assert len(done) == 1
    assert np.array_equal(done[0].lr, simulate(controller.schedule).lr)


def test_a_stopped_run_stays_stopped_until_asked_again(controller, qtbot):
    controller.edit("rename", rename(controller, "x"))
    controller.cancel_run()
    qtbot.wait(20)
    assert controller.curve is None
    assert controller.run.kind == "live"
    controller.restart_run()
    qtbot.waitUntil(lambda: controller.run.kind == "exact")


def test_saving_makes_clean_and_undo_makes_dirty_again(controller, tmp_path: Path):
    controller.edit("rename", rename(controller, "saved"))
    path = tmp_path / "a.json"
    controller.save_document(path)
    assert controller.clean
    assert load(path) == controller.schedule
    assert controller.path == path
    controller.undo_stack.undo()
    assert not controller.clean


def test_a_failed_save_loses_nothing(controller, tmp_path: Path):
    controller.edit("rename", rename(controller, "kept"))
    with pytest.raises(OSError, match="No such file"):
        controller.save_document(tmp_path / "gone" / "a.json")
    assert not controller.clean
    assert controller.path is None
    assert controller.schedule.name == "kept"


def test_a_metric_file_is_found_beside_the_saved_document(controller, tmp_path: Path, qtbot):
    (tmp_path / "m.csv").write_text("epoch,loss\n0,1.0\n1,1.0\n", encoding="utf-8")
    after = edits.insert_scheduler(controller.schedule, "ReduceLROnPlateau", 999)[0]
    after = after.replace(metric=after.metric.model_validate({"file": "m.csv", "column": "loss"}))
    controller.edit("add phase", after)
    qtbot.waitUntil(lambda: controller.run.kind == "failed")
    assert "beside the document; save that first" in controller.run.message
    controller.save_document(tmp_path / "a.json")
    controller.edit("rename", rename(controller, "x"))
    qtbot.waitUntil(lambda: controller.run.kind == "exact")


def test_the_selection_always_exists(controller):
    controller.select(Selection(99))
    assert controller.selection == Selection(2)
    controller.edit("delete", edits.remove_phase(controller.schedule, 0))
    assert controller.selection == Selection(1)


def test_the_axis_follows_the_horizon(controller):
    controller.edit("horizon", edits.set_horizon(controller.schedule, epochs=20))
    assert controller.axis.range == (0.0, 2000.0)
    controller.axis.set_range(0, 1000)
    controller.edit("horizon", edits.set_horizon(controller.schedule, epochs=10))
    assert controller.axis.range == (0.0, 500.0)


def test_five_thousand_undos(controller):
    """PySide6 6.12 on Python 3.11 over-releases None in Python overrides; this finds it."""
    for number in range(50):
        controller.edit("rename", rename(controller, f"n{number}"))
    for _ in range(50):
        while controller.undo_stack.canUndo():
            controller.undo_stack.undo()
        while controller.undo_stack.canRedo():
            controller.undo_stack.redo()
    assert controller.schedule.name == "n49"


def test_saving_elsewhere_takes_the_metric_that_stands_there(controller, tmp_path: Path, qtbot):
    """Picture and saved file must say the same: the file's name is relative to the document."""
    for name, values in (("a", [1.0] * 10), ("b", [1 / (t + 1) for t in range(10)])):
        (tmp_path / name).mkdir()
        rows = "\n".join(str(value) for value in values)
        (tmp_path / name / "m.csv").write_text(f"loss\n{rows}\n", encoding="utf-8")
    plateau = Phase(scheduler="ReduceLROnPlateau", interval="epoch", params={"patience": 0})
    metric = Metric(file="m.csv", column="loss")
    after = controller.schedule.replace(phases=(plateau,), metric=metric)
    controller.edit("add phase", after)
    lasts = {}
    for name in ("a", "b"):
        path = tmp_path / name / "d.json"
        controller.save_document(path)
        qtbot.waitUntil(lambda: controller.run.kind == "exact")
        assert np.array_equal(controller.curve.lr, simulate(load(path)).lr)
        lasts[name] = controller.curve.lr[0, -1]
    assert lasts["a"] != lasts["b"]
    controller.undo_stack.undo()
    controller.undo_stack.redo()
    assert controller.schedule.folder == tmp_path / "b"


def test_a_document_that_cannot_even_be_looked_at_leaves_the_open_one(controller, monkeypatch):
    before = controller.schedule
    controller.edit("rename", rename(controller, "mine"))

    def fail(schedule, fast=None):
        raise OverflowError("by surprise")

    monkeypatch.setattr("lrdesigner.gui.look.check", fail)
    with pytest.raises(OverflowError):
        controller.open_document(before, Path("other.json"))
    assert controller.schedule.name == "mine"
    assert controller.path is None
    assert controller.undo_stack.canUndo()


def test_a_part_is_edited_like_a_document(controller):
    from lrdesigner.schedule import track_edits

    after, track = track_edits.split_off(controller.schedule, ("head",))
    controller.edit("split", after, Selection(0, track))
    part = controller.part
    assert (part.track, part.phase, part.title) == (track, 0, "LR of head")
    assert [group.name for group in part.schedule.optimizer.groups] == ["head"]
    part.edit("delete", edits.remove_phase(part.schedule, 0), part.at(1))
    assert [len(controller.schedule.phases), len(controller.schedule.tracks[0].phases)] == [3, 2]
    assert controller.selection == Selection(1, track)
    part.gesture("resize", edits.resize(part.schedule, 0, 100))
    part.gesture("resize", edits.resize(part.before, 0, 200))
    controller.commit_gesture()
    assert controller.undo_stack.count() == 3
    assert controller.schedule.tracks[0].phases[0].length == "2 epochs"
    controller.undo_stack.undo()
    controller.undo_stack.undo()
    assert controller.selection == Selection(0, track)
    controller.undo_stack.undo()
    assert controller.selection == Selection()


def test_a_selected_track_that_is_gone_is_no_longer_selected(controller):
    from lrdesigner.schedule import track_edits

    after, track = track_edits.add_lane(controller.schedule, "weight_decay")
    controller.edit("add", after, Selection(7, track))
    assert controller.selection == Selection(0, track)  # its last phase
    controller.edit("remove", track_edits.join_main(controller.schedule, track))
    assert controller.selection == Selection()


def test_whoever_hears_of_the_axis_finds_the_selection_in_the_document(controller):
    controller.select(Selection(2))
    seen = []
    controller.axis.changed.connect(
        lambda: seen.append(controller.selection.within(controller.schedule))
    )
    shorter = controller.schedule.replace(phases=controller.schedule.phases[:1])
    horizon = shorter.horizon.replace(epochs=3)
    controller.open_document(shorter.replace(horizon=horizon), None)
    assert seen
    assert seen[0] == controller.selection == Selection()
