"""What is said against what was typed comes into sight, and nothing jumps otherwise."""

from __future__ import annotations

import pytest
from documents import phase
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.inspector.rows import MessageLabel
from lrdesigner.schedule import edits

Key = Qt.Key
NAME = "param_max_lr"


def end_below(bench, name) -> None:
    """Make the panel just high enough for a field."""
    field = bench.field(name)
    bottom = field.mapTo(bench.panel.widget(), QPoint(0, field.height())).y()
    bench.panel.resize(bench.panel.width(), bottom + 2)
    QApplication.processEvents()
    assert bar(bench).value() == 0
    assert bar(bench).maximum() > 100


@pytest.fixture
def low(bench):
    """A panel that ends below the field."""
    bench.open_one("OneCycleLR", {"max_lr": 0.1})
    end_below(bench, NAME)
    return bench


def bar(bench):
    return bench.panel.verticalScrollBar()


def in_sight(bench, widget) -> bool:
    viewport = bench.panel.viewport()
    place = QRect(widget.mapTo(viewport, QPoint()), widget.size())
    return viewport.rect().contains(place)


def sentence(bench, name=NAME) -> MessageLabel:
    row = bench.field(name).parentWidget()
    return next(w for w in row.findChildren(MessageLabel) if w.text())


def test_after_enter(low):
    low.type(NAME, "-1")
    QApplication.processEvents()
    assert in_sight(low, sentence(low))
    assert in_sight(low, low.field(NAME))


def test_after_the_focus_has_left(low):
    low.type(NAME, "nonsense", key=None)
    low.focus("phase_length")
    QApplication.processEvents()
    assert in_sight(low, sentence(low))


def test_what_the_checks_find_in_what_was_typed(low):
    end_below(low, "param_total_steps")
    low.type("param_total_steps", "2")
    QApplication.processEvents()
    assert low.params()["total_steps"] == 2
    assert sentence(low, "param_total_steps").text().startswith("total_steps is 2 but the phase")
    assert in_sight(low, sentence(low, "param_total_steps"))


def test_after_tab_with_the_next_field(low):
    low.type(NAME, "nonsense", key=Key.Key_Tab)
    QApplication.processEvents()
    assert in_sight(low, sentence(low))
    assert QApplication.focusWidget() is not low.field(NAME)


def test_a_formula_that_goes_wrong_while_it_is_typed(bench):
    bench.open_one("formula", {"formula": "lr"})
    end_below(bench, "param_formula")
    field = bench.focus("param_formula")
    QTest.keyClicks(field, " * foo(")
    QApplication.processEvents()
    assert in_sight(bench, sentence(bench, "param_formula"))
    assert in_sight(bench, field)


def test_nothing_jumps_when_the_document_changes_elsewhere(low):
    wrong = edits.set_param(low.controller.schedule, 0, "max_lr", -1.0)
    low.focus("phase_length")
    low.controller.edit("elsewhere", wrong)
    QApplication.processEvents()
    assert sentence(low).text()
    assert bar(low).value() == 0


def test_nothing_jumps_back_to_a_field_that_was_scrolled_away(low):
    low.focus(NAME)
    bar(low).setValue(bar(low).maximum())
    before = bar(low).value()
    wrong = edits.set_param(low.controller.schedule, 0, "max_lr", -1.0)
    low.controller.edit("elsewhere", wrong)
    QApplication.processEvents()
    assert bar(low).value() == before


def test_a_cell_of_a_long_table_stays_in_sight(bench):
    points = [[10 * place, 1.0] for place in range(60)]
    bench.open(phase("piecewise_linear", {"points": points}))
    bench.type("param_points_1_time", "nonsense")
    QApplication.processEvents()
    assert in_sight(bench, bench.field("param_points_1_time"))
