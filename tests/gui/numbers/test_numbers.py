"""The table of numbers: the curve's own, to the last digit, for any length."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.numbers import NumbersPanel
from lrdesigner.gui.numbers import table as table_module
from lrdesigner.gui.numbers.model import NumbersModel
from lrdesigner.gui.runner import DirectRunner
from lrdesigner.gui.widgets import ElidedLabel, NumberField
from lrdesigner.schedule import edits
from lrdesigner.schedule.model import MAX_STEPS


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = NumbersPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(700, 300)
    panel.show()
    qtbot.waitUntil(lambda: controller.curve is not None)
    return panel


def note(panel) -> str:
    return panel.findChild(ElidedLabel, "numbers_summary").full_text()


def texts(panel, row: int) -> list[str]:
    model = panel.table.model()
    return [model.index(row, c).data() for c in range(model.columnCount())]


def test_rows_are_steps(panel, controller):
    assert panel.table.model().rowCount() == 1000
    headers = [
        panel.table.model().headerData(c, Qt.Orientation.Horizontal)
        for c in range(panel.table.model().columnCount())
    ]
    assert headers == ["step", "epoch", "lr/backbone", "lr/head"]
    assert texts(panel, 350) == ["350", "3", "1.000000e−02", "1.000000e−01"]
    tip = panel.table.model().index(999, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert float(tip) == controller.curve.lr[1, 999]


def test_momentum_has_columns_where_it_is_cycled(panel, controller, qtbot):
    after, _ = edits.insert_scheduler(controller.schedule, "OneCycleLR", 999)
    with qtbot.waitSignal(controller.curve_changed, check_params_cb=lambda c: c is not None):
        controller.edit("add", after)
    assert panel.table.model().columnCount() == 6
    assert float(texts(panel, 0)[4]) == 0.9


def test_go_to_step(panel, qtbot):
    field = panel.findChild(NumberField, "numbers_go")
    field.setFocus()
    qtbot.keyClicks(field, "777")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert panel.table.currentIndex().row() == 777
    rect = panel.table.visualRect(panel.table.currentIndex())
    assert panel.table.viewport().rect().contains(rect.center())


def test_selected_rows_copy_as_csv_with_every_digit(panel, controller, qtbot):
    panel.table.selectRow(998)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = list(csv.reader(io.StringIO(QApplication.clipboard().text())))
    assert rows[0] == ["step", "epoch", "lr/backbone", "lr/head"]
    assert [float(v) for v in rows[1]] == [998, 9, *controller.curve.lr[:, 998]]
    panel.table.clearSelection()
    qtbot.mouseClick(panel.findChild(QPushButton, "numbers_copy"), Qt.MouseButton.LeftButton)
    assert len(QApplication.clipboard().text().splitlines()) == 1001


def test_copying_says_how_much(panel, qtbot):
    panel.table.selectRow(3)
    qtbot.mouseClick(panel.findChild(QPushButton, "numbers_copy"), Qt.MouseButton.LeftButton)
    assert note(panel) == "Copied 1 row"
    qtbot.waitUntil(lambda: note(panel).startswith("backbone: min "), timeout=5000)


def test_too_many_rows_are_refused_not_cut(panel, qtbot, monkeypatch):
    QApplication.clipboard().setText("from before")
    monkeypatch.setattr(table_module, "MAX_COPY", 999)
    qtbot.mouseClick(panel.findChild(QPushButton, "numbers_copy"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "from before"
    assert note(panel) == "Too many rows to copy: select 999 at most"
    panel.table.selectRow(5)
    panel.table.copy()
    assert len(QApplication.clipboard().text().splitlines()) == 2


def test_stretches_that_touch_are_copied_once_and_in_order(panel):
    selection = panel.table.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    model = panel.table.model()
    for first, last in ((700, 702), (10, 12), (12, 13), (500, 500)):
        selection.select(QItemSelection(model.index(first, 0), model.index(last, 0)), rows)
    assert panel.table.chosen() == [range(10, 14), range(500, 501), range(700, 703)]


def test_the_summary_tells_the_key_figures(panel, controller):
    lr = controller.curve.lr
    assert note(panel) == (
        f"backbone: min {lr_text(lr[0].min())}, max 1.00e−02 at step 200, "
        f"final {lr_text(lr[0, -1])}  ·  "
        f"head: min {lr_text(lr[1].min())}, max 1.00e−01 at step 200, "
        f"final {lr_text(lr[1, -1])}"
    )


# -- while a run goes on -------------------------------------------------------------------------


def test_place_and_selection_survive_an_edit(panel, controller, qtbot):
    panel.table.show_step(777)
    top = panel.table.rowAt(0)
    edited = edits.set_param(controller.schedule, 2, "eta_min", 1e-3)
    with qtbot.waitSignal(controller.curve_changed, check_params_cb=lambda c: c is not None):
        controller.edit("x", edited)
    assert panel.table.currentIndex().row() == 777
    assert panel.table.rowAt(0) == top
    assert texts(panel, 999)[2] == f"{controller.curve.lr[0, 999]:.6e}".replace("-", "−")


def test_nothing_stale_can_be_copied(panel, controller, qtbot):
    QApplication.clipboard().setText("from before")
    controller.edit("x", edits.set_param(controller.schedule, 2, "eta_min", 1e-3))
    panel.table.copy()
    assert QApplication.clipboard().text() == "from before"


def test_a_long_wait_is_said(panel, controller, qtbot, monkeypatch):
    monkeypatch.setattr(DirectRunner, "_run", lambda self: None)
    controller.edit("x", edits.set_param(controller.schedule, 2, "eta_min", 1e-3))
    assert panel.table.isEnabled()  # a quick run must not make it flicker
    qtbot.waitUntil(lambda: not panel.table.isEnabled())
    assert note(panel) == "Waiting for the exact run…"
    monkeypatch.undo()
    controller.restart_run()
    qtbot.waitUntil(lambda: panel.table.isEnabled())
    assert note(panel).startswith("backbone: ")


def test_a_schedule_that_cannot_run_has_no_numbers(panel, controller, qtbot):
    controller.edit("x", edits.set_param(controller.schedule, 0, "start_factor", 0.0))
    qtbot.waitUntil(lambda: panel.table.model().rowCount() == 0)
    assert "Problems" in note(panel)
    controller.cancel_run()
    controller.undo_stack.undo()
    qtbot.waitUntil(lambda: panel.table.model().rowCount() == 1000)


def test_a_stopped_run_is_said(panel, controller):
    controller.edit("x", edits.set_param(controller.schedule, 2, "eta_min", 1e-3))
    controller.cancel_run()
    assert panel.table.model().rowCount() == 0
    assert "stopped" in note(panel)


# -- long runs -----------------------------------------------------------------------------------


def test_ten_million_rows_are_no_work(qtbot, theme):
    curve = Curve(("a",), np.full((1, 10_000_000), 0.1), None, 1000)
    model = NumbersModel()
    model.set_curve(curve)
    asked = []
    value = model.value
    model.value = lambda row, column: asked.append(row) or value(row, column)
    assert model.rowCount() == 10_000_000
    assert model.index(9_999_999, 2).data() == "1.000000e−01"
    assert asked == [9_999_999]


def test_the_longest_run_scrolls_to_its_end(panel, qtbot):
    """Qt counts a table's height in 32 bits."""
    lr = np.broadcast_to(np.array([0.5]), (1, MAX_STEPS))
    panel.table.model().set_curve(Curve(("a",), lr, None, 1000))
    panel.table.show_step(MAX_STEPS - 1)
    rect = panel.table.visualRect(panel.table.currentIndex())
    assert rect.height() == table_module.ROW
    assert panel.table.viewport().rect().contains(rect.center())
    assert texts(panel, MAX_STEPS - 1)[:2] == ["99,999,999", "99,999"]


def test_groups_with_commas_are_quoted():
    model = NumbersModel()
    model.set_curve(Curve(('a,"b"',), np.ones((1, 2)), None, 1))
    rows = list(csv.reader(io.StringIO(model.csv([range(1, 2)]))))
    assert rows == [["step", "epoch", 'lr/a,"b"'], ["1", "1", "1.0"]]


def test_the_model_keeps_qts_rules(qtmodeltester, schedule):
    model = NumbersModel()
    model.set_curve(simulate(edits.set_horizon(schedule, epochs=1, steps_per_epoch=10)))
    qtmodeltester.check(model)


def test_lanes_have_columns(panel, controller, qtbot):
    from lrdesigner.schedule import track_edits

    after, _ = track_edits.add_lane(controller.schedule, "weight_decay")
    with qtbot.waitSignal(controller.curve_changed, check_params_cb=lambda c: c is not None):
        controller.edit("add", after)
    model = panel.table.model()
    headers = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    assert headers[-2:] == ["weight_decay/backbone", "weight_decay/head"]
    assert texts(panel, 3)[-1] == "0.000000e+00"
