"""Tracks on the timeline: rows that are worked on exactly like the document's own phases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollBar, QToolButton

from lrdesigner.gui.state import Selection
from lrdesigner.gui.timeline.captions import caption
from lrdesigner.gui.timeline.rows import HEIGHT, full_height
from lrdesigner.schedule import track_edits
from lrdesigner.schedule.tracks import phases_of, view
from lrdesigner.schedule.units import spans

Key = Qt.Key
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def tracked(timeline, controller):
    """A track for the head (0) and a lane of weight decay (1), in a window with room for them."""
    timeline.window().resize(845, 900)
    schedule, _ = track_edits.split_off(controller.schedule, ("head",))
    schedule, _ = track_edits.add_lane(schedule, "weight_decay")
    controller.open_document(schedule, None)
    return timeline


def block(timeline, track, index) -> QPointF:
    return timeline.rows.of(track).blocks.blocks[index].rect.center()


def at(timeline, controller, track, step) -> QPointF:
    strip = timeline.rows.of(track).blocks.strip
    return QPointF(controller.axis.x_of(step), strip.top + 4)


def lengths(controller, track):
    found = view(controller.schedule, track)
    return [
        (phase.scheduler, span.start, span.end)
        for phase, span in zip(found.phases, spans(found), strict=True)
    ]


def choose(menu: QMenu, name: str) -> None:
    """Click an entry of an open menu."""
    found = next(a for a in menu.actions() if name in (a.objectName(), a.text()))
    assert found.isEnabled(), name
    spot = menu.actionGeometry(found).center()
    QTest.mouseMove(menu, spot + QPoint(0, 1))
    QTest.mouseMove(menu, spot)
    QTest.mouseClick(menu, LEFT, PLAIN, spot)


def open_add_menu(timeline) -> QMenu:
    button = timeline.findChild(QToolButton, "track_add")
    QTest.mouseMove(button)
    menu = button.menu()
    # A click on the button waits for the menu to close; the menu is what counts here.
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    return menu


def test_without_tracks_there_is_one_row_of_the_old_height(timeline):
    assert timeline.height() == HEIGHT
    assert [row.named for row in timeline.rows.rows] == [False]


def test_each_track_has_a_row_that_says_what_it_drives(tracked, controller, theme):
    assert [row.part.track for row in tracked.rows.rows] == [None, 0, 1]
    assert tracked.height() == full_height(2)
    said = [caption(controller, row.part, theme) for row in tracked.rows.rows]
    names = [(each.title, [name for name, _ in each.groups], each.note) for each in said]
    assert names == [
        ("LR", ["backbone"], ""),
        ("LR", ["head"], ""),
        ("Weight decay", [], "all groups"),
    ]
    assert "LR of head:" in tracked.accessibleDescription()


def test_a_click_selects_track_and_phase(tracked, controller, fingers):
    fingers.click(block(tracked, 0, 2))
    assert controller.selection == Selection(2, 0)
    fingers.click(block(tracked, 1, 0))
    assert controller.selection == Selection(0, 1)
    fingers.click(tracked.rows.of(0).caption.center())
    assert controller.selection == Selection(None, 0)
    fingers.click(block(tracked, None, 1))
    assert controller.selection == Selection(1)


def test_a_drop_lands_in_the_row_under_the_cursor(tracked, controller, fingers):
    before = controller.schedule
    place = at(tracked, controller, 1, 700)
    assert fingers.drag_over("StepLR", place)
    landing, shown = tracked._input.shown().landing
    assert landing.part.track == 1
    assert tracked.rows.of(1).rect.contains(shown.rect)
    fingers.drop("StepLR", place)
    assert [phase.scheduler for phase in phases_of(controller.schedule, 1)] == [
        "ConstantLR",
        "StepLR",
    ]
    assert controller.schedule.phases == before.phases
    assert controller.schedule.tracks[0] == before.tracks[0]
    assert controller.selection == Selection(1, 1)
    controller.undo_stack.undo()
    assert controller.schedule == before


def test_a_boundary_of_a_track_is_dragged_undone_and_abandoned(tracked, controller, fingers):
    before = lengths(controller, 0)
    start = at(tracked, controller, 0, 200)
    fingers.press(start)
    fingers.move(at(tracked, controller, 0, 300))
    fingers.move(at(tracked, controller, 0, 403))
    assert lengths(controller, 0)[0] == ("LinearLR", 0, 400)
    assert lengths(controller, None) == before
    fingers.key(Key.Key_Escape)
    assert lengths(controller, 0) == before
    fingers.release(start)
    fingers.drag(start, at(tracked, controller, 0, 403))
    assert lengths(controller, 0)[0] == ("LinearLR", 0, 400)
    assert controller.selection.track == 0  # the row that was taken hold of is worked on
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert lengths(controller, 0) == before


def test_blocks_of_a_track_are_reordered(tracked, controller, fingers):
    fingers.drag(block(tracked, 0, 0), at(tracked, controller, 0, 950))
    assert [name for name, *_ in lengths(controller, 0)] == [
        "ConstantLR",
        "CosineAnnealingLR",
        "LinearLR",
    ]
    assert lengths(controller, None)[0][0] == "LinearLR"
    assert controller.selection == Selection(2, 0)


def test_a_badge_of_a_track_changes_its_start(tracked, controller, fingers):
    badge = tracked.rows.of(0).blocks.blocks[1].badge.center()
    fingers.click(badge)
    assert controller.schedule.tracks[0].phases[1].start == "base"
    assert controller.schedule.phases[1].start == "continue"


def test_keys_walk_between_the_rows(tracked, controller, fingers):
    fingers.click(block(tracked, None, 2))
    fingers.key(Key.Key_Down)
    assert controller.selection == Selection(2, 0)  # the phase that runs at the same time
    fingers.key(Key.Key_Down)
    assert controller.selection == Selection(0, 1)
    fingers.key(Key.Key_Down)
    assert controller.selection == Selection(0, 1)
    fingers.key(Key.Key_Up)
    fingers.key(Key.Key_Left)
    assert controller.selection.track == 0
    fingers.key(Key.Key_Delete)
    assert len(controller.schedule.tracks[0].phases) == 2
    assert len(controller.schedule.phases) == 3
    fingers.key(Key.Key_Escape)
    assert controller.selection == Selection()


def test_delete_takes_a_selected_track_away_and_undo_brings_it_back(tracked, controller, fingers):
    fingers.click(tracked.rows.of(1).caption.center())
    fingers.key(Key.Key_Delete)
    assert [track.quantity for track in controller.schedule.tracks] == ["lr"]
    assert controller.selection == Selection()
    controller.undo_stack.undo()
    assert controller.selection == Selection(None, 1)
    assert len(controller.schedule.tracks) == 2


def test_a_lane_is_added_from_the_menu(timeline, controller, qtbot):
    choose(open_add_menu(timeline), "track_add_momentum")
    assert [track.quantity for track in controller.schedule.tracks] == ["momentum"]
    assert controller.selection == Selection(0, 0)
    assert controller.undo_stack.undoText() == "schedule momentum"
    menu = open_add_menu(timeline)
    there = {action.objectName(): action.isEnabled() for action in menu.actions()}
    menu.close()
    assert there["track_add_momentum"] is False  # it is driven already
    assert there["track_add_weight_decay"] is True
    assert "track_add_beta2" not in there  # SGD has none
    controller.undo_stack.undo()
    assert controller.schedule.tracks == ()
    assert timeline.height() == HEIGHT


def test_a_click_on_the_button_opens_the_menu(timeline, controller, qtbot):
    button = timeline.findChild(QToolButton, "track_add")
    assert button.geometry().right() < controller.axis.pixels[0]  # beside the blocks
    seen = []

    def look() -> None:  # the click goes on until the menu is closed
        menu = QApplication.activePopupWidget()
        seen.append(menu.objectName())
        QTest.keyClick(menu, Key.Key_Escape)

    QTimer.singleShot(0, timeline, look)
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: seen == ["track_add_menu"])
    assert controller.schedule.tracks == ()


def test_own_phases_for_a_group_are_added_from_the_menu(timeline, controller):
    menu = open_add_menu(timeline)
    groups = menu.findChild(QMenu, "track_add_group")
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Right)
    assert [action.text() for action in groups.actions()] == ["backbone", "head"]
    QTest.keyClick(groups, Key.Key_Down)
    QTest.keyClick(groups, Key.Key_Return)
    assert controller.schedule.tracks[0].groups == ("head",)
    assert controller.schedule.tracks[0].phases == controller.schedule.phases
    assert controller.selection == Selection(0, 0)
    menu = open_add_menu(timeline)
    assert not groups.isEnabled()  # one group stays with the main phases
    menu.close()


def test_the_menu_of_a_row(tracked, controller, qtbot):
    button = tracked.findChild(QToolButton, "track_menu_0")
    assert button.accessibleName() == "Menu of LR of head"
    QTest.mouseMove(button)
    QTest.mouseClick(button, LEFT)
    assert controller.selection == Selection(None, 0)
    menu = QApplication.activePopupWidget()
    choose(menu, "track_remove")
    assert [track.quantity for track in controller.schedule.tracks] == ["weight_decay"]
    assert controller.selection == Selection()


def test_the_context_menu_of_a_block_of_a_track(tracked, controller):
    place = block(tracked, 0, 1).toPoint()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, tracked.mapToGlobal(place), PLAIN
    )
    QApplication.sendEvent(tracked, event)
    menu = QApplication.activePopupWidget()
    choose(menu, "phase_delete")
    assert len(controller.schedule.tracks[0].phases) == 2
    assert len(controller.schedule.phases) == 3


def test_many_rows_scroll_to_the_selected_one(timeline, controller, fingers):
    schedule = controller.schedule
    for quantity in ("momentum", "weight_decay"):
        for name in ("backbone", "head"):
            lane, track = track_edits.add_lane(schedule, quantity)
            schedule = track_edits.set_lane_groups(lane, track, (name,))
    controller.open_document(schedule, None)
    bar = timeline.findChild(QScrollBar, "timeline_scroll")
    low = timeline.height()
    assert low < full_height(4)
    timeline.window().resize(845, 900)
    assert low < timeline.height() < full_height(4)
    timeline.window().resize(845, 515)
    assert timeline.height() == low
    assert bar.isVisible()
    assert timeline.rows.of(3) is None
    controller.select(Selection(0, 3))
    assert timeline.rows.of(3).rect.bottom() <= timeline.height()
    fingers.click(block(timeline, 3, 0))
    assert controller.selection == Selection(0, 3)
    controller.select(Selection())
    assert timeline.rows.of(None).rect.top() >= 0
    before = bar.value()
    event = QWheelEvent(
        QPointF(10, 30),
        QPointF(timeline.mapToGlobal(QPoint(10, 30))),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline, event)
    assert bar.value() > before
    assert controller.axis.fitted


def test_the_row_that_is_worked_on_is_marked(tracked, controller, theme):
    def edge(track):
        rect = tracked.rows.of(track).rect
        return tracked.grab().toImage().pixelColor(1, round(rect.center().y())).name()

    controller.select(Selection(None, 1))
    assert edge(1) == theme.tokens.accent
    assert edge(0) == theme.tokens.panel


def test_tool_tips_of_a_lane_speak_of_its_quantity(tracked, controller):
    from lrdesigner.gui.timeline.tips import hold_tip, phase_tip

    part = controller.part_of(1)
    assert "weight decay 0 → 0" in phase_tip(controller, part, 0)
    assert hold_tip(part) == ""
