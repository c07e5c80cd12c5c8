"""The list of problems: where, what, what to do, and the way there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from lrdesigner.gui import runner as runner_module
from lrdesigner.gui.problems import ProblemsPanel
from lrdesigner.gui.problems.delegate import ProblemDelegate
from lrdesigner.gui.problems.model import PLACE_ROLE, PROBLEM_ROLE, ProblemsModel
from lrdesigner.gui.problems.panel import ProblemsView
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.problems import Problem


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = ProblemsPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(700, 200)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    qtbot.waitUntil(lambda: controller.curve is not None)
    return panel


@pytest.fixture
def troubled(schedule):
    """An error in phase 1, warnings about phases 2 and 3."""
    schedule = edits.set_param(schedule, 0, "start_factor", 0.0)
    return edits.set_phase(schedule, 1, length="12 epochs")


def view(panel) -> ProblemsView:
    return panel.findChild(ProblemsView, "problems_list")


def rows(panel) -> list[tuple[str, str, str]]:
    model = view(panel).model()
    found = [model.index(row, 0) for row in range(model.rowCount())]
    return [(i.data(PROBLEM_ROLE).severity, i.data(PLACE_ROLE), i.data()) for i in found]


def test_no_problems_are_said_to_be_none(panel):
    assert panel.count() == 0
    labels = [w.text() for w in panel.findChildren(QLabel) if w.isVisible()]
    assert len(labels) == 1
    assert labels[0].startswith("No problems. ")
    assert not view(panel).isVisible()


def test_problems_name_phase_message_and_fix(panel, controller, troubled, qtbot):
    with qtbot.waitSignal(panel.count_changed) as signal:
        controller.edit("x", troubled)
    assert signal.args == [panel.count()]
    assert panel.count() == len(controller.problems) >= 2
    assert view(panel).isVisible()
    severity, place, message = rows(panel)[0]
    assert (severity, place) == ("error", "Phase 1 · Linear")
    assert "start_factor" in message
    assert ("warning", "Phase 2 · Constant") in [row[:2] for row in rows(panel)]
    index = view(panel).model().index(1, 0)
    assert controller.problems[1].fix in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Warning. Phase 2 · Constant. ")


def test_they_go_away_when_mended(panel, controller, troubled, qtbot):
    controller.edit("x", troubled)
    with qtbot.waitSignal(panel.count_changed) as signal:
        controller.undo_stack.undo()
    assert signal.args == [0]
    assert not view(panel).isVisible()


def test_a_click_leads_to_the_phase(panel, controller, troubled, qtbot):
    controller.edit("x", troubled)
    index = view(panel).model().index(1, 0)
    place = view(panel).visualRect(index).center()
    with qtbot.waitSignal(panel.activated) as signal:
        qtbot.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [controller.problems[1]]
    assert controller.selection == Selection(controller.problems[1].phase)


def test_enter_leads_to_the_phase(panel, controller, troubled, qtbot):
    controller.edit("x", troubled, Selection(2))
    view(panel).setFocus()
    qtbot.keyClick(view(panel), Qt.Key.Key_End)
    qtbot.keyClick(view(panel), Qt.Key.Key_Home)
    with qtbot.waitSignal(panel.activated) as signal:
        qtbot.keyClick(view(panel), Qt.Key.Key_Return)
    assert signal.args[0].param == "start_factor"
    assert controller.selection == Selection(0)


def test_an_edit_that_changes_no_problem_keeps_the_place(panel, controller, troubled):
    controller.edit("x", troubled)
    view(panel).setCurrentIndex(view(panel).model().index(1, 0))
    controller.edit("x", edits.set_name(controller.schedule, "another"))
    assert view(panel).currentIndex().row() == 1


def test_the_current_problem_stays_current_when_others_come(panel, controller, troubled):
    only_warnings = edits.set_param(troubled, 0, "start_factor", 0.5)
    controller.edit("x", only_warnings)
    current = view(panel).model().problem(0)
    view(panel).setCurrentIndex(view(panel).model().index(0, 0))
    controller.edit("x", troubled)
    assert view(panel).currentIndex().row() == 1
    assert view(panel).currentIndex().data(PROBLEM_ROLE) == current


def test_a_place_follows_the_phases_scheduler(panel, controller, troubled):
    controller.edit("x", troubled)
    other = troubled.phases[1].replace(scheduler="StepLR", params={"step_size": 5})
    phases = (troubled.phases[0], other, troubled.phases[2])
    controller.edit("x", troubled.replace(phases=phases))
    assert "Phase 2 · StepLR" in [row[1] for row in rows(panel)]


# -- runs that fail ------------------------------------------------------------------------------


def fail_with(monkeypatch, message: str) -> None:
    def simulate(schedule, device):
        raise ScheduleError(message)

    monkeypatch.setattr(runner_module, "simulate", simulate)


def test_a_run_that_fails_stands_on_top(panel, controller, qtbot, monkeypatch):
    fail_with(monkeypatch, "phases[2] (CosineAnnealingLR): the LR is not finite at t = 7")
    after = edits.set_phase(controller.schedule, 1, length="12 epochs")
    with qtbot.waitSignal(controller.run_changed, check_params_cb=lambda r: r.kind == "failed"):
        controller.edit("x", after)
    first, *others = rows(panel)
    assert first == ("error", "Phase 3 · Cosine", "The LR is not finite at t = 7")
    assert len(others) == len(controller.problems) > 0
    index = view(panel).model().index(0, 0)
    place = view(panel).visualRect(index).center()
    qtbot.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert controller.selection == Selection(2)
    monkeypatch.undo()
    with qtbot.waitSignal(controller.curve_changed, check_params_cb=lambda c: c is not None):
        controller.restart_run()
    assert rows(panel) == others


def test_a_failure_of_the_whole_run_has_no_phase(panel, controller, qtbot, monkeypatch):
    fail_with(monkeypatch, "the worker ended; run again with F5")
    controller.select(Selection(1))
    controller.restart_run()
    qtbot.waitUntil(lambda: panel.count() == 1)
    assert rows(panel) == [("error", "", "The worker ended; run again with F5")]


def test_a_failure_that_a_problem_explains_is_not_told_twice(panel, controller, troubled, qtbot):
    with qtbot.waitSignal(controller.run_changed, check_params_cb=lambda r: r.kind == "failed"):
        controller.edit("x", troubled)
    assert [row[2] for row in rows(panel)] == [p.message for p in controller.problems]


# -- look ----------------------------------------------------------------------------------------


def test_severities_differ_in_more_than_colour(qapp, theme):
    delegate = ProblemDelegate(theme, qapp)
    shapes = set()
    for icon in delegate._icons.values():
        image = icon.pixmap(QSize(32, 32)).toImage()
        shapes.add(
            tuple(
                image.pixelColor(x, y).alpha() > 127
                for x in range(image.width())
                for y in range(image.height())
            )
        )
    assert len(shapes) == 3
    delegate.deleteLater()


def test_long_messages_wrap_instead_of_being_cut(panel, controller, troubled, qtbot):
    controller.edit("x", troubled)
    index = view(panel).model().index(0, 0)
    wide = view(panel).visualRect(index).height()
    panel.resize(220, 200)
    qtbot.waitUntil(lambda: view(panel).visualRect(index).height() > 2 * wide)


def test_the_model_keeps_qts_rules(qtmodeltester, schedule):
    model = ProblemsModel()
    model.show(
        schedule,
        [
            Problem("a", "error", 0, "Message", "Fix", "start_factor"),
            Problem("b", "info", None, "Message"),
            Problem("c", "warning", 99, "Message"),
        ],
    )
    qtmodeltester.check(model)


def test_a_click_leads_to_the_phase_of_a_track(panel, controller, qtbot):
    from lrdesigner.schedule import track_edits

    after, track = track_edits.split_off(controller.schedule, ("head",))
    part = controller.part_of(track)
    controller.edit("split", after)
    part.edit("break", edits.set_param(part.schedule, 0, "start_factor", 0.0))
    severity, place, _ = rows(panel)[0]
    assert (severity, place) == ("error", "LR of head · Phase 1 · Linear")
    index = view(panel).model().index(0, 0)
    spot = view(panel).visualRect(index).center()
    QTest.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert controller.selection == Selection(0, track)
