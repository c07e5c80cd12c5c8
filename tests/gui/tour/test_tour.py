"""The tour: it points at the real things, waits for them to be used, and is left at any time."""

from __future__ import annotations

import pytest
from access import mouse_only, nameless
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from lrdesigner.gui.settings import Settings
from lrdesigner.gui.start_page import StartPage
from lrdesigner.gui.tour import guide as guiding
from lrdesigner.gui.tour.placing import place
from lrdesigner.gui.tour.steps import CARD, STEPS
from lrdesigner.schedule import edits

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(guiding, "ADVANCE_MS", 1)


@pytest.fixture
def window(make_window, qtbot):
    return ready(make_window(), qtbot)


def ready(window, qtbot):
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.timeline.setFocus()
    return window


def start(window):
    QTest.keySequence(window.focusWidget(), QKeySequence("Ctrl+F1"))
    tour = window._start._tour
    assert tour is not None
    assert tour.callout.isVisible()
    return tour


def go_to(tour, step: str) -> None:
    for _ in STEPS:
        if tour.step.id == step:
            QApplication.processEvents()
            tour.follow()
            return
        tour.advance()
    raise AssertionError(step)


def target(tour) -> QRect:
    return tour._targets.find(tour.step.id).rect


def drag(widget, start: QPoint, by: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    for part in (3, 2, 1):
        QTest.mouseMove(widget, start + by / part)
    QTest.mouseRelease(widget, LEFT, pos=start + by)


def local(window, widget, rect: QRect) -> QPoint:
    return widget.mapFrom(window, rect.center())


def field_of(window, tour) -> QLineEdit:
    """The field that the step points at."""
    return next(
        each
        for each in window.inspector.findChildren(QLineEdit)
        if each.isVisible() and QRect(each.mapTo(window, QPoint()), each.size()) == target(tour)
    )


# -- the whole way ------------------------------------------------------------------------------


def test_all_of_it_by_doing_what_it_asks(window, qtbot):
    tour = start(window)
    said = []
    tour.ended.connect(lambda: said.append("ended"))

    def done(step: str) -> None:
        qtbot.waitUntil(lambda: tour.step.id != step)

    assert tour.step.id == "card"
    window.palette_panel.insert(CARD)
    done("card")
    assert tour.step.id == "boundary"
    drag(window.timeline, local(window, window.timeline, target(tour)), QPoint(-40, 0))
    done("boundary")
    assert tour.step.id == "ring"
    before = window.schedule.optimizer
    drag(window.canvas, local(window, window.canvas, target(tour)), QPoint(0, 40))
    assert window.schedule.optimizer != before
    done("ring")
    assert tour.step.id == "undo"
    QTest.mouseClick(window.findChild(QWidget, "toolbar_undo"), LEFT)
    assert window.schedule.optimizer == before
    done("undo")
    assert tour.step.id == "field"
    field = field_of(window, tour)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    done("field")
    assert tour.step.id == "axis"
    axis = window.findChild(QWidget, "toolbar_axis")
    QTest.mouseClick(axis.findChild(QWidget, "segment_linear"), LEFT)
    done("axis")
    assert tour.step.id == "copy"
    qtbot.waitUntil(lambda: window.controller.run.kind == "exact")
    QTest.mouseClick(window.findChild(QWidget, "code_copy"), LEFT)
    done("copy")
    assert tour.step.id == "help"
    assert tour.callout.next.text() == "Done"
    QTest.mouseClick(tour.callout.next, LEFT)
    assert said == ["ended"]
    assert not window.findChild(QWidget, "tour_callout") or not tour.callout.isVisible()


def test_who_types_keeps_the_keyboard(window, qtbot):
    """The step goes on by itself a moment after the first key; the next keys are the field's."""
    tour = start(window)
    go_to(tour, "field")
    field = field_of(window, tour)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: tour.step.id == "axis")
    assert window.focusWidget() is field
    tour.go_back()
    assert window.focusWidget() is tour.callout


def test_something_else_does_not_count(window, qtbot):
    tour = start(window)
    window.controller.edit("x", edits.set_name(window.schedule, "other"))
    window.controller.edit("x", edits.remove_phase(window.schedule, 0))
    qtbot.wait(50)
    assert tour.step.id == "card"
    assert not tour.done


def test_a_drag_counts_when_the_hand_lets_go(window, qtbot):
    tour = start(window)
    go_to(tour, "boundary")
    spot = local(window, window.timeline, target(tour))
    QTest.mousePress(window.timeline, LEFT, pos=spot)
    for by in (10, 30, 40):
        QTest.mouseMove(window.timeline, spot + QPoint(-by, 0))
    assert window.controller.in_gesture
    assert not tour.done
    QTest.mouseRelease(window.timeline, LEFT, pos=spot + QPoint(-40, 0))
    assert tour.done
    assert tour.callout.task.text().startswith("✓")


def test_it_changes_nothing_itself(window):
    before = window.schedule
    tour = start(window)
    while tour.step.id != "help":
        tour.advance()
    tour.advance()
    assert window.schedule is before
    assert window.controller.undo_stack.count() == 0


# -- leaving, and the keyboard ------------------------------------------------------------------


def test_esc_leaves_it_and_gives_the_keyboard_back(window):
    tour = start(window)
    assert tour.callout.hasFocus()
    QTest.keyClick(tour.callout, Qt.Key.Key_Escape)
    assert window._start._tour is None
    assert window.focusWidget() is window.timeline


def test_esc_leaves_it_from_anywhere_but_abandons_a_drag_first(window):
    tour = start(window)
    go_to(tour, "boundary")
    before = window.schedule
    spot = local(window, window.timeline, target(tour))
    QTest.mousePress(window.timeline, LEFT, pos=spot)
    for by in (10, 30, 40):
        QTest.mouseMove(window.timeline, spot + QPoint(-by, 0))
    window.timeline.setFocus()
    QTest.keyClick(window.timeline, Qt.Key.Key_Escape)
    assert window.schedule == before
    assert window._start._tour is tour
    QTest.mouseRelease(window.timeline, LEFT, pos=spot)
    QTest.keyClick(window.timeline, Qt.Key.Key_Escape)
    assert window._start._tour is None


def test_next_and_back_by_keyboard(window):
    tour = start(window)
    seen = [tour.step.id]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_PageDown):
        QTest.keyClick(tour.callout, key)
        seen.append(tour.step.id)
    assert seen == [step.id for step in STEPS[:4]]
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_PageUp):
        QTest.keyClick(tour.callout, key)
    assert tour.step.id == "card"
    QTest.keyClick(tour.callout, Qt.Key.Key_Left)
    assert tour.step.id == "card"
    assert not tour.callout.back.isEnabled()


def test_tab_leads_from_its_words_into_the_window_and_back(window):
    tour = start(window)
    seen = []
    for _ in range(150):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
        if seen[-1] is tour.callout:
            break
    assert tour.callout.next in seen
    assert window.canvas in seen
    assert seen[-1] is tour.callout


def test_asked_for_again_it_takes_the_keyboard(window):
    tour = start(window)
    window.timeline.setFocus()
    QTest.keySequence(window.timeline, QKeySequence("Ctrl+F1"))
    assert window._start._tour is tour
    assert tour.callout.hasFocus()


def test_every_control_of_it_has_a_name(window):
    tour = start(window)
    assert not nameless(tour.callout)
    assert not mouse_only(tour.callout)
    assert tour.callout.accessibleName().startswith("Schedulers are cards. Each card")


def test_a_window_that_closes_takes_it_along(window):
    start(window)
    assert window.close()
    assert window._start._tour is None


# -- where it points ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1920, 1080)])
def test_it_never_covers_what_it_explains(window, size):
    tour = start(window)
    for step in STEPS:
        go_to(tour, step.id)
        window.resize(*size)
        QApplication.processEvents()
        tour.follow()
        rect = target(tour)
        assert not rect.isEmpty(), step.id
        assert not tour.callout.place_in_window.intersects(rect), step.id
        assert window.rect().contains(tour.callout.place_in_window), step.id
        assert tour.spotlight.geometry().contains(rect), step.id
        for label in (tour.callout.text, tour.callout.task):
            assert label.isHidden() or label.height() >= label.heightForWidth(label.width())


def test_it_follows_what_it_points_at(window, qtbot):
    tour = start(window)
    go_to(tour, "axis")
    before = tour.spotlight.geometry()
    window.resize(1300, 850)
    qtbot.waitUntil(lambda: tour.spotlight.geometry() != before)
    assert tour.spotlight.geometry().contains(target(tour))


def test_it_does_not_move_under_a_hand_that_drags(window):
    tour = start(window)
    go_to(tour, "ring")
    spot = local(window, window.canvas, target(tour))
    before = tour.callout.geometry()
    QTest.mousePress(window.canvas, LEFT, pos=spot)
    for by in (5, 20, 60):
        QTest.mouseMove(window.canvas, spot + QPoint(0, by))
        tour.follow()
    assert window.controller.in_gesture
    assert tour.callout.geometry() == before
    QTest.mouseRelease(window.canvas, LEFT, pos=spot + QPoint(0, 60))


def test_hidden_panels_tabs_and_folded_cards_come_back_for_it(window):
    window.palette_panel.parentWidget().hide()
    window.details.parentWidget().hide()
    window.details.setCurrentWidget(window.details.problems)
    window.palette_panel.focus_search()
    tour = start(window)
    assert window.palette_panel.isVisible()
    assert not target(tour).isEmpty()
    go_to(tour, "copy")
    assert window.details.currentWidget() is window.details.code
    assert not target(tour).isEmpty()


def test_what_there_is_not_is_passed_over_both_ways(window):
    window.actions_["new"].trigger()
    tour = start(window)
    tour.advance()
    assert tour.step.id == "ring"
    tour.go_back()
    assert tour.step.id == "card"
    go_to(tour, "undo")
    tour.advance()
    assert tour.step.id == "axis"  # no phase, no form


@given(st.integers(0, 1200), st.integers(0, 700), st.integers(4, 240), st.integers(4, 120))
def test_there_is_room_beside_anything_small(x, y, wide, high):
    area = QRect(0, 0, 1280, 800)
    rect = QRect(x, y, wide, high).intersected(area)
    found, side = place(QSize(320, 220), rect, area)
    assert side
    assert not found.intersects(rect)
    assert area.contains(found)


def test_with_nothing_to_point_at_it_stands_in_the_middle():
    found, side = place(QSize(300, 200), QRect(), QRect(0, 0, 1000, 800))
    assert side == ""
    assert abs(found.center().x() - 500) <= 1
    assert abs(found.center().y() - 400) <= 1


def test_it_keeps_off_what_the_task_needs_if_it_can():
    area, rect = QRect(0, 0, 1200, 800), QRect(500, 400, 20, 50)
    lane = QRect(100, 390, 1000, 70)
    found, _ = place(QSize(300, 200), rect, area, (lane,))
    assert not found.intersects(lane)


# -- first start --------------------------------------------------------------------------------


def test_the_first_start_page_offers_it_first_and_later_ones_do_not(window, make_window, qtbot):
    window.actions_["start_page"].trigger()
    page = window.findChild(StartPage)
    assert page.tour.property("variant") == "primary"
    assert page.tour.hasFocus()
    QTest.keyClick(page.tour, Qt.Key.Key_Space)
    assert not page.isVisible()
    assert window._start._tour.callout.isVisible()
    window.close()
    assert Settings.read(window._settings_path).tour_seen
    again = ready(make_window(), qtbot)
    again.actions_["start_page"].trigger()
    assert again.findChild(StartPage).tour.property("variant") != "primary"
