from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import (
    Banner,
    ChipLabel,
    ChoiceField,
    CollapsibleSection,
    ElidedLabel,
    EmptyState,
    IconLabel,
    NumberField,
    SegmentedControl,
    ValueEdit,
)

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows widgets in a window that lives as long as the test."""
    windows: list[QWidget] = []

    def make(*widgets: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        return window

    return make


# Segmented control


def axis() -> SegmentedControl:
    return SegmentedControl([("linear", "Linear"), ("log", "Log"), ("both", "Both")], name="Axis")


def test_the_first_segment_holds_until_another_is_set(qtbot: QtBot) -> None:
    control = axis()
    qtbot.addWidget(control)
    changed = QSignalSpy(control.value_changed)
    assert control.value() == "linear"
    control.set_value("log")
    assert control.value() == "log"
    assert changed.count() == 0


def test_a_click_chooses_once(qtbot: QtBot, show: Show) -> None:
    control = axis()
    show(control)
    changed = QSignalSpy(control.value_changed)
    button = control.findChild(QPushButton, "segment_log")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [changed.at(i)[0] for i in range(changed.count())] == ["log"]


def test_arrow_keys_move_the_choice(qtbot: QtBot, show: Show) -> None:
    control = axis()
    show(control)
    first = control.findChild(QPushButton, "segment_linear")
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert control.value() == "log"
    second = control.findChild(QPushButton, "segment_log")
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Left)
    assert control.value() == "linear"


def test_tab_passes_the_whole_control(qtbot: QtBot, show: Show) -> None:
    control = axis()
    control.set_value("log")
    before, after = QLineEdit(), QLineEdit()
    show(before, control, after)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    chosen = control.findChild(QPushButton, "segment_log")
    assert QApplication.focusWidget() is chosen
    qtbot.keyClick(chosen, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_segments_have_names_for_screen_readers(qtbot: QtBot) -> None:
    control = axis()
    qtbot.addWidget(control)
    names = [each.accessibleName() for each in control.findChildren(QPushButton)]
    assert names == ["Axis: Linear", "Axis: Log", "Axis: Both"]
    assert control.accessibleName() == "Axis"


def test_a_segment_can_be_withdrawn_with_a_reason(qtbot: QtBot, show: Show) -> None:
    control = axis()
    show(control)
    control.set_option_enabled("log", False, "No positive values")
    button = control.findChild(QPushButton, "segment_log")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert control.value() == "linear"
    assert button.toolTip() == "No positive values"


# Choice field


def test_choosing_commits_the_value_behind_the_label(qtbot: QtBot, show: Show) -> None:
    field = ChoiceField([(None, "nothing"), (1, "one"), ("x", "the text")])
    show(field)
    committed = QSignalSpy(field.value_committed)
    assert field.value() is None
    field.set_value("x")
    assert field.currentText() == "the text"
    assert committed.count() == 0
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert [committed.at(i)[0] for i in range(committed.count())] == [1]
    assert field.value() == 1


def test_a_value_that_is_no_option_is_kept_and_shown_as_none_of_them(qtbot: QtBot) -> None:
    field = ChoiceField([(1, "one")])
    qtbot.addWidget(field)
    field.set_value("other")
    assert (field.value(), field.currentIndex()) == ("other", -1)


def test_new_options_keep_the_choice_where_they_can(qtbot: QtBot) -> None:
    field = ChoiceField([(1, "one"), (2, "two")])
    qtbot.addWidget(field)
    field.set_value(2)
    field.set_options([(2, "zwei"), (3, "drei")])
    assert (field.value(), field.currentText()) == (2, "zwei")
    field.set_options([(3, "drei")])
    assert (field.value(), field.currentText()) == (3, "drei")


def test_scrolling_past_a_choice_does_not_change_it(qtbot: QtBot, show: Show) -> None:
    field = ChoiceField([(1, "one"), (2, "two")])
    other = QLineEdit()
    show(other, field)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    event = QWheelEvent(
        QPointF(5, 5),
        field.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    assert field.value() == 1
    assert not event.isAccepted()
    assert not field.hasFocus()


# Value edit


def lengths(text: str) -> str:
    number, _, unit = text.partition(" ")
    if not number.isdigit() or unit not in ("steps", "epochs"):
        raise ValueError('Write "500 steps" or "2 epochs"')
    return f"{int(number)} {unit}"


def test_any_value_with_a_text_form_can_be_edited(qtbot: QtBot, show: Show) -> None:
    edit = ValueEdit(lengths)
    show(edit)
    committed = QSignalSpy(edit.value_committed)
    edit.set_value("2 epochs")
    edit.selectAll()
    qtbot.keyClicks(edit, "x")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.error() == 'Write "500 steps" or "2 epochs"'
    edit.selectAll()
    qtbot.keyClicks(edit, "0500 steps")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert [committed.at(i)[0] for i in range(committed.count())] == ["500 steps"]
    assert edit.text() == "500 steps"


# Labels


def test_a_long_label_ends_in_an_ellipsis_and_tells_all_in_its_tip(
    qtbot: QtBot, show: Show
) -> None:
    label = ElidedLabel("run 2025-11-21 trainer_state.json")
    show(label)
    label.setFixedWidth(60)
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == label.full_text()
    label.setFixedWidth(600)
    assert label.text() == label.full_text()
    assert label.toolTip() == ""


def test_file_names_are_no_mark_up(qtbot: QtBot, show: Show) -> None:
    label = ElidedLabel("<b>bold</b>.json\nsecond")
    show(label)
    label.setFixedWidth(600)
    assert label.text() == "<b>bold</b>.json second"
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_chip_changes_its_tone(qtbot: QtBot) -> None:
    chip = ChipLabel("exact", "ok")
    qtbot.addWidget(chip)
    chip.set_tone("warning")
    assert chip.property("tone") == "warning"


def test_an_icon_label_follows_the_theme(qtbot: QtBot) -> None:
    theme = Theme("dark")
    label = IconLabel(icon("run", theme, "error"), 20)
    qtbot.addWidget(label)
    label.resize(20, 20)
    dark = label.grab().toImage()
    theme.set_scheme("light")
    assert label.grab().toImage() != dark


# Messages


def test_a_banner_offers_its_action_and_can_be_closed(qtbot: QtBot, show: Show) -> None:
    theme = Theme("dark")
    banner = Banner("T_max is 0", "error", action="Set to 10", close_icon=icon("close", theme))
    window = show(banner)
    asked = QSignalSpy(banner.action_requested)
    closed = QSignalSpy(banner.closed)
    qtbot.mouseClick(banner.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert asked.count() == 1
    assert banner.accessibleName() == "T_max is 0"
    qtbot.mouseClick(banner.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert closed.count() == 1
    assert not banner.isVisibleTo(window)


def test_a_banner_without_an_action_shows_no_button(qtbot: QtBot, show: Show) -> None:
    banner = Banner("Saved <b>x</b>", "ok")
    window = show(banner)
    assert not banner.findChild(QPushButton).isVisibleTo(window)
    banner.set_message("Again", action="Undo")
    assert banner.findChild(QPushButton).isVisibleTo(window)
    assert (banner.text(), banner.property("tone")) == ("Again", "")


def test_an_empty_state_shows_a_way_on(qtbot: QtBot, show: Show) -> None:
    state = EmptyState("No overlays yet", icon=icon("gallery", Theme("dark")), action="Open…")
    show(state)
    asked = QSignalSpy(state.action_requested)
    qtbot.mouseClick(state.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert asked.count() == 1


# Collapsible section


def test_a_section_folds_by_mouse_and_by_key(qtbot: QtBot, show: Show) -> None:
    content = QLabel("content")
    section = CollapsibleSection("Advanced", content)
    window = show(section)
    changed = QSignalSpy(section.expanded_changed)
    header = section.findChild(QAbstractButton)
    qtbot.mouseClick(header, Qt.MouseButton.LeftButton)
    assert not content.isVisibleTo(window)
    assert not section.is_expanded()
    header.setFocus()
    qtbot.keyClick(header, Qt.Key.Key_Space)
    assert content.isVisibleTo(window)
    section.set_expanded(False)
    assert not content.isVisibleTo(window)
    assert [changed.at(i)[0] for i in range(changed.count())] == [False, True, False]


def test_a_section_can_start_folded(qtbot: QtBot, show: Show) -> None:
    content = QLabel("content")
    window = show(CollapsibleSection("Advanced", content, expanded=False))
    assert not content.isVisibleTo(window)


# Lifetime


@pytest.mark.parametrize(
    "make",
    [
        NumberField,
        axis,
        ChoiceField,
        lambda: Banner("text", action="x"),
        lambda: EmptyState("text", action="x"),
        lambda: CollapsibleSection("x", QLabel("y")),
        lambda: ElidedLabel("x"),
    ],
)
def test_a_dropped_widget_is_gone_without_the_help_of_the_collector(
    qapp: QApplication, make: type[QWidget]
) -> None:
    gc.collect()
    gc.disable()
    try:
        widget = make()
        seen = weakref.ref(widget)
        del widget
        assert seen() is None
    finally:
        gc.enable()
