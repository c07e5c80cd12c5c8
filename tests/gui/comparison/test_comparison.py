"""The table of numbers: what it says, sorted, pointed at, copied; the choices above it."""

from __future__ import annotations

import csv
import io
import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton

from lrdesigner.compare.frames import Anchor
from lrdesigner.compare.numbers import curve_numbers
from lrdesigner.compare.table import COLUMNS
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.comparison import ComparisonPanel
from lrdesigner.gui.state import Overlay
from lrdesigner.schedule import edits
from lrdesigner.schedule.group_edits import set_group

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def panel(qtbot, controller, theme):
    panel = ComparisonPanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(900, 320)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: controller.curve is not None and controller.numbers.complete)
    qtbot.waitUntil(lambda: not any(row.live for row in rows(panel)))
    return panel


@pytest.fixture
def put(controller, qtbot, tmp_path):
    def put(*schedules):
        paths = []
        for number, schedule in enumerate(schedules):
            paths.append(tmp_path / f"overlay {number}.json")
            schedule.save(paths[-1])
        controller.overlays.open(paths)
        overlays = controller.overlays
        qtbot.waitUntil(lambda: all(o.curve is not None for o in overlays.overlays))
        qtbot.waitUntil(lambda: controller.numbers.complete and len(controller.numbers.rows) > 2)
        return overlays.overlays

    return put


@pytest.fixture
def lower(schedule):
    """Another name, a tenth of the head's LR, and zero at the end."""
    lower = edits.set_param(schedule, 2, "eta_min", 0.0)
    return edits.set_name(set_group(lower, 1, lr=0.01), "lower")


def rows(panel):
    return panel._model.rows


def cells(panel, column: str) -> list[str]:
    model = panel.table.model()
    place = 2 + KEYS.index(column)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def names(panel) -> list[str]:
    model = panel.table.model()
    return [
        f"{model.index(r, 0).data()}/{model.index(r, 1).data()}" for r in range(model.rowCount())
    ]


def click_head(panel, qtbot, column: int) -> None:
    head = panel.table.horizontalHeader()
    x = head.sectionViewportPosition(column) + 20
    qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(x, head.height() // 2))


def note(panel) -> str:
    label = panel.findChild(QLabel, "comparison_note")
    return label.text() if label.isVisible() else ""


# -- numbers -------------------------------------------------------------------------------------


def test_the_documents_groups_are_there_without_overlays(panel, controller):
    assert names(panel) == ["test/backbone", "test/head"]
    expected = [curve_numbers(row) for row in controller.curve.lr]
    assert [row.numbers for row in rows(panel)] == expected
    assert cells(panel, "peak") == ["1.00e−02", "1.00e−01"]
    assert cells(panel, "steps_to_peak") == ["200", "200"]
    assert cells(panel, "warm_up_share") == ["20\u202f%", "20\u202f%"]
    assert cells(panel, "area") == [f"{n.area:.4g}" for n in expected]
    assert "keep a ghost" in note(panel)


def test_overlays_have_rows_of_their_own_with_all_groups(panel, controller, put, lower):
    put(lower)
    assert names(panel) == ["test/backbone", "test/head", "lower/backbone", "lower/head"]
    curve = controller.overlays.overlays[0].curve
    assert rows(panel)[3].numbers == curve_numbers(curve.lr[1])


def test_steps_at_zero_are_said_where_the_log_leaves_them_out(panel, controller, put, lower):
    zero = edits.set_phase(lower, 2, length="3 epochs")
    put(zero)
    shown = cells(panel, "mean_log10_lr")
    assert not shown[0].endswith("*")
    assert shown[2].endswith("*")
    numbers = rows(panel)[2].numbers
    assert numbers.zeros == 200
    assert "leaves out steps at LR 0" in note(panel)
    tip = (
        panel.table.model()
        .index(2, 2 + KEYS.index("mean_log10_lr"))
        .data(Qt.ItemDataRole.ToolTipRole)
    )
    assert "Without 200 steps at LR 0" in tip
    assert "Geometric mean" in tip


def test_tips_have_every_digit_and_the_ratio_to_the_reference(panel, controller, put, lower):
    put(lower)
    index = panel.table.model().index(3, 2 + KEYS.index("peak"))
    tip = index.data(Qt.ItemDataRole.ToolTipRole).splitlines()
    assert tip == ["0.01", "0.1 × that of test"]
    controller.comparison.change(reference=0)
    tip = panel.table.model().index(1, 2 + KEYS.index("peak")).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[1] == "10 × that of lower"
    assert names(panel)[2] == "lower (reference)/backbone"


def test_steps_are_told_in_epochs_too(panel):
    index = panel.table.model().index(0, 2 + KEYS.index("steps_to_peak"))
    assert index.data(Qt.ItemDataRole.ToolTipRole).splitlines() == ["200", "2 epochs"]


def test_columns_say_what_they_are(panel):
    model = panel.table.model()
    for place, column in enumerate(COLUMNS):
        tip = model.headerData(2 + place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        assert tip == column.help


def test_while_the_hand_drags_the_numbers_follow_and_are_about(panel, controller, qtbot):
    before = rows(panel)[0].numbers
    longer = edits.set_horizon(controller.schedule, steps_per_epoch=5000)
    controller.gesture("x", longer)
    qtbot.waitUntil(lambda: rows(panel)[0].numbers is not before)
    numbers = rows(panel)[0].numbers
    assert not numbers.exact
    assert numbers.steps == 50_000
    assert cells(panel, "area")[0].startswith("≈ ")
    tip = panel.table.model().index(0, 2 + KEYS.index("area")).data(Qt.ItemDataRole.ToolTipRole)
    assert "Of the live curve" in tip
    controller.commit_gesture()
    assert rows(panel)[0].live
    panel.table.selectRow(0)
    assert panel._model.csv([0]) == (panel._model.csv([0])[0], 0)  # only exact numbers go out
    qtbot.waitUntil(lambda: not rows(panel)[0].live)
    assert rows(panel)[0].numbers.area == pytest.approx(numbers.area, rel=1e-3)


def test_a_recorded_run_without_phases_or_values_is_no_harm(panel, controller, qtbot):
    lr = np.array([[0.1, np.nan, 0.3], [np.nan, np.nan, np.nan]])
    curve = Curve(("a", "b"), lr, None, 1)
    store = controller.overlays
    store._overlays = (Overlay(5, None, "run", curve=curve, title="run"),)
    store.changed.emit(store.overlays)
    qtbot.waitUntil(lambda: len(rows(panel)) == 4 and controller.numbers.complete)
    assert rows(panel)[2].numbers.missing == 1
    assert rows(panel)[3].error == "no step has a value"
    assert cells(panel, "peak")[2:] == ["3.00e−01", "–"]


def test_nothing_is_computed_while_nobody_looks(panel, controller, qtbot, monkeypatch):
    from lrdesigner.gui import compare_numbers

    made = []
    function = compare_numbers.curve_numbers
    monkeypatch.setattr(
        compare_numbers, "curve_numbers", lambda row: (made.append(1), function(row))[1]
    )
    panel.hide()
    controller.edit("x", edits.set_param(controller.schedule, 2, "eta_min", 1e-4))
    qtbot.waitUntil(lambda: controller.curve is not None)
    QApplication.processEvents()
    assert made == []
    panel.show()
    qtbot.waitUntil(lambda: not rows(panel)[0].live and rows(panel)[0].numbers.end > 9e-5)
    assert len(made) == 2  # once for each group


def test_exact_numbers_are_found_beside_the_window(
    panel, controller, qtbot, put, lower, monkeypatch
):
    from lrdesigner.gui import compare_numbers

    threads = []
    function = compare_numbers.curve_numbers
    monkeypatch.setattr(
        compare_numbers,
        "curve_numbers",
        lambda row: (threads.append(threading.current_thread()), function(row))[1],
    )
    put(lower)
    assert len(rows(panel)) == 4
    assert len(threads) == 2  # the overlay's groups; the document's were known
    assert threading.main_thread() not in threads


# -- order ---------------------------------------------------------------------------------------


def test_a_click_on_a_head_sorts_and_the_third_restores_the_list(
    panel, put, lower, qtbot, schedule
):
    put(lower, edits.set_name(set_group(schedule, 0, lr=0.5), "higher"))
    order = names(panel)
    peak = 2 + KEYS.index("peak")
    click_head(panel, qtbot, peak)
    values = [row.numbers.peak for row in rows(panel)]
    assert values == sorted(values)
    click_head(panel, qtbot, peak)
    assert [row.numbers.peak for row in rows(panel)] == sorted(values, reverse=True)
    assert names(panel)[0] == "higher/backbone"
    click_head(panel, qtbot, peak)
    assert names(panel) == order


def test_what_there_is_not_comes_last_whichever_way(panel, controller, put, lower, schedule, qtbot):
    nothing = edits.set_name(schedule, "nothing")
    nothing = set_group(set_group(nothing, 0, lr=0.0), 1, lr=0.0)
    nothing = edits.set_param(nothing, 2, "eta_min", 0.0)
    put(nothing)
    log = 2 + KEYS.index("mean_log10_lr")
    for _ in range(2):
        click_head(panel, qtbot, log)
        assert cells(panel, "mean_log10_lr")[2:] == ["–*", "–*"] or cells(panel, "mean_log10_lr")[
            2:
        ] == ["–", "–"]


def test_a_selection_stays_with_its_curve_when_the_order_changes(panel, put, lower, qtbot):
    put(lower)
    panel.table.selectRow(3)
    click_head(panel, qtbot, 2 + KEYS.index("peak"))
    (index,) = panel.table.selectionModel().selectedRows()
    row = rows(panel)[index.row()]
    assert (row.name, row.groups[row.group]) == ("lower", "head")


# -- pointing, toggling, copying -----------------------------------------------------------------


def moved(table, row: int) -> None:
    place = QPointF(table.visualRect(table.model().index(row, 0)).center())
    there = table.viewport().mapToGlobal(place)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, there, none, none, PLAIN)
    QApplication.sendEvent(table.viewport(), event)


def test_the_row_under_the_mouse_makes_its_overlay_stand_out(panel, controller, put, lower):
    put(lower)
    moved(panel.table, 2)
    assert controller.comparison.pointed_at == 0
    moved(panel.table, 0)
    assert controller.comparison.pointed_at is None


def test_space_shows_and_hides(panel, controller, put, lower, qtbot):
    put(lower)
    panel.table.setCurrentIndex(panel.table.model().index(2, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert not controller.overlays.overlays[0].visible
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert controller.overlays.overlays[0].visible


def test_the_menu_makes_a_curve_the_reference(panel, controller, put, lower):
    put(lower)
    place = panel.table.visualRect(panel.table.model().index(2, 0)).center()
    there = panel.table.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, there)
    QApplication.sendEvent(panel.table.viewport(), event)
    menu = panel.table.findChild(QMenu, "comparison_menu")
    next(a for a in menu.actions() if "Reference" in a.text()).trigger()
    assert controller.comparison.state.reference == 0
    menu.close()


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_selected_rows_or_all_are_copied_with_every_digit(panel, controller, put, lower, qtbot):
    put(lower)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    found = read(QGuiApplication.clipboard().text())
    assert [(row["curve"], row["group"]) for row in found] == [
        ("test", "backbone"),
        ("test", "head"),
        ("lower", "backbone"),
        ("lower", "head"),
    ]
    numbers = curve_numbers(controller.overlays.overlays[0].curve.lr[1])
    assert float(found[3]["area"]) == numbers.area
    assert float(found[3]["mean_log10_lr"]) == numbers.mean_log
    assert note(panel) == "Copied 4 rows as CSV"
    panel.table.selectRow(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [row["group"] for row in read(QGuiApplication.clipboard().text())] == ["head"]


def test_copied_unseen_the_table_is_computed_first(panel, controller, qtbot, put, lower):
    put(lower)
    panel.hide()
    QGuiApplication.clipboard().clear()
    controller.edit("x", set_group(controller.schedule, 0, lr=0.7))
    told = []
    controller.told.connect(told.append)
    qtbot.waitUntil(lambda: controller.curve is not None)
    panel.copy_all()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["Copied 4 rows as CSV"]
    assert float(read(QGuiApplication.clipboard().text())[0]["peak"]) == 0.7


# -- choices -------------------------------------------------------------------------------------


def choose(panel, name: str, place: int) -> None:
    button = panel.findChild(QToolButton, f"comparison_{name}")
    menu = button.findChild(QMenu, f"compare_menu_{name}")
    menu.aboutToShow.emit()
    menu.actions()[place].trigger()


def test_the_choices_change_how_curves_are_compared(panel, controller, put, lower, qtbot):
    put(lower)
    choose(panel, "reference", 1)
    choose(panel, "align", 1)
    choose(panel, "difference", 2)
    choose(panel, "slope", 3)
    state = controller.comparison.state
    assert (state.reference, state.align) == (0, Anchor("peak"))
    assert (state.difference, state.slope) == ("ratio", "step_share")
    texts = [
        panel.findChild(QToolButton, f"comparison_{name}").accessibleName()
        for name in ("reference", "align", "difference", "slope")
    ]
    assert texts == ["vs lower", "Align: peak", "Difference: ratio", "Slope: % per step"]
    choose(panel, "reference", 0)
    assert controller.comparison.state.reference is None
    for name in ("own_length", "own_peak"):
        button = panel.findChild(QToolButton, f"comparison_{name}")
        qtbot.mouseClick(button, LEFT)
        assert getattr(controller.comparison.state, name)
        assert button.isChecked()


def test_the_boundaries_are_offered_by_the_phases_they_lie_between(panel, controller):
    menu = panel.findChild(QToolButton, "comparison_align").menu()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert texts[2] == "Boundary 1: Linear → Constant"
    menu.actions()[3].trigger()
    assert controller.comparison.state.align == Anchor("boundary", 2)
