"""Tables in the form: numbers typed into cells, rows that come and go, undo, errors, focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from lrdesigner.catalog import schedulers
from lrdesigner.params.base import MAX_ROWS

POINTS = [[0, 0.1], [10, 1.0], [20, 0.0]]
Key = Qt.Key
DECLARED = schedulers()["piecewise_linear"].param("points")


def opened(bench, points=POINTS, name: str = "piecewise_linear") -> None:
    bench.open_one(name, {"table" if name == "piecewise_constant" else "points": points})


def points(bench) -> list[list[float]]:
    return [list(row) for row in bench.params()["points"]]


def cells(bench) -> list[list[str]]:
    """What the cells say, until there is no further row."""
    rows = []
    while bench.visible(f"param_points_{len(rows)}_time"):
        place = len(rows)
        rows.append([bench.field(f"param_points_{place}_{c}").text() for c in ("time", "value")])
    return rows


def push(bench, name: str) -> None:
    button = bench.field(name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    QApplication.processEvents()


# -- what is shown -------------------------------------------------------------------------------


def test_rows_under_a_header_with_the_declared_names(bench):
    opened(bench)
    assert cells(bench) == [["0", "0.1"], ["10", "1.0"], ["20", "0.0"]]
    field = bench.field("param_points")
    headings = [label.text() for label in field.findChildren(QLabel) if label.isVisible()]
    assert headings == ["time (steps)", "value"]
    assert not bench.visible("param_points_add")
    cell = bench.field("param_points_1_value")
    assert cell.accessibleName() == "points, row 2, value"
    assert DECLARED.help in cell.toolTip()


def test_times_are_epochs_in_a_phase_that_steps_per_epoch(bench):
    bench.open({"scheduler": "piecewise_linear", "params": {"points": POINTS}, "interval": "epoch"})
    texts = [label.text() for label in bench.field("param_points").findChildren(QLabel)]
    assert "time (epochs)" in texts


def test_nothing_is_cut_at_the_panels_width(bench):
    opened(bench, [[0, 0.1], [1_000_000, 0.012345]])
    for name in ("param_points_1_time", "param_points_1_value"):
        cell = bench.field(name)
        assert cell.fontMetrics().horizontalAdvance(cell.text()) < cell.contentsRect().width() - 12
    field = bench.field("param_points")
    right = field.mapTo(bench.panel, QPoint(field.width(), 0)).x()
    assert right <= bench.panel.viewport().width()


# -- numbers -------------------------------------------------------------------------------------


def test_a_typed_number_is_one_undo_step(bench):
    opened(bench)
    bench.type("param_points_1_value", "5e-1")
    assert points(bench) == [[0, 0.1], [10, 0.5], [20, 0.0]]
    bench.type("param_points_1_time", "12")
    assert points(bench) == [[0, 0.1], [12, 0.5], [20, 0.0]]
    assert bench.steps == 2
    assert bench.controller.undo_stack.undoText() == "change points"
    bench.undo()
    assert points(bench) == [[0, 0.1], [10, 0.5], [20, 0.0]]
    assert cells(bench)[1] == ["10", "0.5"]
    bench.undo()
    assert points(bench) == POINTS
    assert cells(bench)[1] == ["10", "1.0"]


def test_leaving_a_cell_with_tab_commits_and_leads_to_the_next(bench):
    opened(bench)
    bench.type("param_points_0_time", "3", Key.Key_Tab)
    assert points(bench)[0] == [3, 0.1]
    assert bench.field("param_points_0_value").hasFocus()
    QTest.keyClick(bench.field("param_points_0_value"), Key.Key_Tab)
    assert bench.field("param_points_1_time").hasFocus()


def test_a_number_that_is_not_allowed_stays_marked_and_does_not_count(bench):
    opened(bench)
    bench.type("param_points_1_time", "25")
    assert points(bench) == POINTS
    assert bench.marked("param_points_1_time")
    assert not bench.marked("param_points_1_value")
    assert bench.field("param_points_1_time").text() == "25"
    wrong = [[0, 0.1], [25, 1.0], [20, 0.0]]
    assert bench.message("param_points") == DECLARED.error(wrong)
    assert "rising times" in bench.message("param_points")
    bench.type("param_points_1_value", "-1")
    assert bench.marked("param_points_1_value")
    assert bench.steps == 0


def test_fractions_are_no_times_and_words_are_no_values(bench):
    opened(bench)
    bench.type("param_points_1_time", "10.5")
    assert "whole number" in bench.message("param_points")
    bench.press("param_points_1_time", Key.Key_Escape)
    bench.type("param_points_1_value", "half")
    assert "Not a number" in bench.message("param_points")
    assert points(bench) == POINTS


def test_escape_restores_the_number(bench):
    opened(bench)
    bench.type("param_points_1_time", "25")
    bench.press("param_points_1_time", Key.Key_Escape)
    assert bench.field("param_points_1_time").text() == "10"
    assert not bench.marked("param_points_1_time")
    assert bench.message("param_points") == ""
    assert bench.steps == 0


def test_numbers_that_need_each_other_count_together(bench):
    opened(bench)
    bench.type("param_points_1_time", "25")
    bench.type("param_points_0_value", "0.2")  # needs nothing and counts alone
    assert points(bench) == [[0, 0.2], [10, 1.0], [20, 0.0]]
    assert bench.field("param_points_1_time").text() == "25"
    bench.type("param_points_2_time", "30")
    assert points(bench) == [[0, 0.2], [25, 1.0], [30, 0.0]]
    assert not bench.marked("param_points_1_time")
    assert bench.message("param_points") == ""
    assert bench.steps == 2


def test_arrow_keys_step_and_stop_where_the_table_ends(bench):
    opened(bench, [[0, 0.1], [1, 1.0]])
    bench.press("param_points_1_time", Key.Key_Up)
    assert points(bench) == [[0, 0.1], [2, 1.0]]
    bench.press("param_points_0_time", Key.Key_Down)
    bench.press("param_points_1_time", Key.Key_Down)
    assert points(bench) == [[0, 0.1], [1, 1.0]]
    bench.press("param_points_1_time", Key.Key_Down)  # would meet the row above
    assert points(bench) == [[0, 0.1], [1, 1.0]]
    assert bench.steps == 2


def test_the_wheel_is_drawn_as_it_turns_and_escape_takes_it_back(bench):
    opened(bench)
    bench.focus("param_points_1_value")
    bench.wheel("param_points_1_value", 1)
    assert points(bench)[1][1] > 1.0
    assert bench.controller.in_gesture
    bench.press("param_points_1_value", Key.Key_Escape)
    assert points(bench) == POINTS
    assert not bench.controller.in_gesture
    assert bench.steps == 0


# -- rows ----------------------------------------------------------------------------------------


def test_a_row_is_added_between_two_others(bench):
    opened(bench)
    push(bench, "param_points_0_add")
    assert points(bench) == [[0, 0.1], [5, 0.1], [10, 1.0], [20, 0.0]]
    assert cells(bench)[1] == ["5", "0.1"]
    cell = bench.field("param_points_1_time")
    assert cell.hasFocus()
    assert cell.selectedText() == "5"
    assert bench.steps == 1
    assert bench.controller.undo_stack.undoText() == "change points"
    bench.undo()
    assert points(bench) == POINTS
    assert len(cells(bench)) == 3


def test_insert_in_the_last_row_goes_on_as_far(bench):
    opened(bench)
    bench.press("param_points_2_value", Key.Key_Insert)
    assert points(bench)[2:] == [[20, 0.0], [30, 0.0]]
    QTest.keyClicks(bench.field("param_points_3_time"), "99\t")
    QTest.keyClicks(QApplication.focusWidget(), "0.5\r")
    assert points(bench)[3] == [99, 0.5]


def test_no_row_is_added_where_no_whole_number_fits(bench):
    opened(bench, [[0, 0.1], [1, 1.0]])
    button = bench.field("param_points_0_add")
    assert not button.isEnabled()
    assert "No whole number" in button.toolTip()
    bench.press("param_points_0_time", Key.Key_Insert)
    assert points(bench) == [[0, 0.1], [1, 1.0]]
    assert bench.field("param_points_1_add").isEnabled()


def test_a_row_is_removed_by_its_button(bench):
    opened(bench)
    push(bench, "param_points_1_remove")
    assert points(bench) == [[0, 0.1], [20, 0.0]]
    assert cells(bench) == [["0", "0.1"], ["20", "0.0"]]
    assert bench.steps == 1
    bench.undo()
    assert points(bench) == POINTS
    assert cells(bench)[1] == ["10", "1.0"]
    bench.redo()
    assert len(cells(bench)) == 2


def test_ctrl_delete_removes_the_row_and_the_focus_stays_in_its_column(bench):
    opened(bench)
    for stays in ("param_points_1_value", "param_points_0_value"):
        cell = bench.focus("param_points_1_value")
        QTest.keyClick(cell, Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
        assert bench.field(stays).hasFocus()
    assert points(bench) == [[0, 0.1]]


def test_what_is_typed_into_a_row_goes_with_it(bench):
    opened(bench)
    bench.type("param_points_1_value", "0.7", key=None)
    QTest.keyClick(
        bench.field("param_points_1_value"), Key.Key_Delete, Qt.KeyboardModifier.ControlModifier
    )
    assert points(bench) == [[0, 0.1], [20, 0.0]]
    assert bench.steps == 1


def test_tab_goes_through_a_new_row_in_order(bench, qtbot):
    opened(bench)
    bench.press("param_points_0_time", Key.Key_Insert)
    expected = ["1_value", "2_time", "2_value", "3_time"]

    def walked() -> list[str]:
        bench.focus("param_points_1_time")
        names = []
        for _ in expected:
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
            names.append(QApplication.focusWidget().objectName().removeprefix("param_points_"))
        return names

    qtbot.waitUntil(lambda: walked() == expected)  # the order is set when all is laid out


def test_the_last_row_stays(bench):
    opened(bench, [[5, 1.0]])
    assert not bench.field("param_points_0_remove").isEnabled()
    cell = bench.focus("param_points_0_time")
    QTest.keyClick(cell, Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert points(bench) == [[5, 1.0]]


def test_a_row_that_is_wrong_goes_with_its_mark(bench):
    opened(bench)
    bench.type("param_points_1_time", "25")
    push(bench, "param_points_1_remove")
    assert points(bench) == [[0, 0.1], [20, 0.0]]
    assert bench.message("param_points") == ""
    assert cells(bench) == [["0", "0.1"], ["20", "0.0"]]
    assert bench.steps == 1


def test_removing_the_row_in_the_way_makes_a_number_count(bench):
    opened(bench)
    bench.type("param_points_1_time", "25")
    push(bench, "param_points_2_remove")
    assert points(bench) == [[0, 0.1], [25, 1.0]]
    assert bench.message("param_points") == ""


def test_times_that_need_not_rise_are_repeated(bench):
    opened(bench, [[5, 1.0], [5, 0.1]], "piecewise_constant")
    push(bench, "param_table_0_add")
    assert [list(row) for row in bench.params()["table"]] == [[5, 1.0], [5, 1.0], [5, 0.1]]


def test_a_missing_table_begins_with_a_row(bench):
    bench.open_one("piecewise_linear", {})
    assert cells(bench) == []
    button = bench.focus("param_points_add")
    QTest.keyClick(button, Key.Key_Space)
    assert points(bench) == [[0, 1.0]]
    assert bench.field("param_points_0_time").hasFocus()
    assert not bench.visible("param_points_add")


# -- with the rest of the panel --------------------------------------------------------------------


def test_another_phases_table_is_another_table(bench):
    short = [[0, 1.0], [4, 0.0]]
    bench.open(
        {"scheduler": "piecewise_linear", "params": {"points": POINTS}, "length": "12 steps"},
        {"scheduler": "piecewise_linear", "params": {"points": short}, "length": "rest"},
    )
    field = bench.focus("param_points_1_value")
    field.selectAll()
    QTest.keyClicks(field, "0.7")  # not committed
    bench.select(1)
    assert cells(bench) == [["0", "1.0"], ["4", "0.0"]]
    assert [list(row) for row in bench.params(1)["points"]] == short
    assert points(bench)[1] == [10, 0.7]  # it belongs to the phase it was typed for


def test_the_field_passes_the_focus_to_its_first_cell(bench):
    opened(bench)
    field = bench.field("param_points")
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    assert bench.field("param_points_0_time").hasFocus()


def test_numbers_that_nobody_touched_stay_as_the_document_has_them(bench):
    opened(bench, [[0, 1], [10, 2]])
    bench.type("param_points_0_value", "0.5")
    assert bench.params()["points"] == ((0, 0.5), (10, 2))
    assert type(bench.params()["points"][1][1]) is int


def test_a_full_table_says_that_it_takes_no_more_rows(bench):
    opened(bench, [[2 * row, 0.5] for row in range(MAX_ROWS - 1)])
    push(bench, "param_points_4_add")
    assert len(points(bench)) == MAX_ROWS
    button = bench.field("param_points_2_add")
    assert not button.isEnabled()
    assert "A table has 1,000 rows at most" in button.toolTip()
