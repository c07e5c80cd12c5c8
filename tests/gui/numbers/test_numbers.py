"""The table of numbers: the curve's own, to the last digit, for any length."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.numbers import NumbersPanel
from lrdesigner.gui.numbers.model import NumbersModel
from lrdesigner.gui.widgets import NumberField
from lrdesigner.schedule import edits


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = NumbersPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(700, 300)
    panel.show()
    qtbot.waitUntil(lambda: controller.curve is not None)
    return panel


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
    assert texts(panel, 350) == ["350", "3", "0.01", "0.1"]
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


def test_nothing_stale_is_shown_while_a_run_goes_on(panel, controller):
    controller.edit("rename", edits.set_name(controller.schedule, "x"))
    assert panel.table.model().rowCount() == 0
    assert "Waiting" in panel._summary.full_text()


def test_ten_million_rows_are_no_work(qtbot, theme):
    curve = Curve(("a",), np.full((1, 10_000_000), 0.1), None, 1000)
    model = NumbersModel()
    model.set_curve(curve)
    asked = []
    value = model.value
    model.value = lambda row, column: asked.append(row) or value(row, column)
    assert model.rowCount() == 10_000_000
    assert model.index(9_999_999, 2).data() == "0.1"
    assert asked == [9_999_999]


def test_the_model_keeps_qts_rules(qtmodeltester, schedule):
    model = NumbersModel()
    model.set_curve(simulate(edits.set_horizon(schedule, epochs=1, steps_per_epoch=10)))
    qtmodeltester.check(model)
