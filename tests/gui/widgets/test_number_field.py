from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lrdesigner.gui.widgets import Bounds, NumberField

Key = Qt.Key
Mod = Qt.KeyboardModifier


class Bench:
    """A field beside another one, and what it emitted."""

    def __init__(self, qtbot: QtBot, field: NumberField) -> None:
        self.qtbot = qtbot
        self.field = field
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        self.other = QLineEdit()
        layout.addWidget(field)
        layout.addWidget(self.other)
        self.window.resize(240, 100)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.other.setFocus()
        qtbot.waitUntil(self.other.hasFocus)
        self.committed = QSignalSpy(field.value_committed)
        self.changing = QSignalSpy(field.value_changing)
        self.abandoned = QSignalSpy(field.change_abandoned)
        self.errors = QSignalSpy(field.error_changed)

    def values(self, spy: QSignalSpy) -> list[Any]:
        return [spy.at(index)[0] for index in range(spy.count())]

    def type(self, text: str) -> None:
        self.focus()
        self.field.selectAll()
        self.qtbot.keyClick(self.field, Key.Key_Delete)
        self.qtbot.keyClicks(self.field, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyPress(self.field, key, modifiers)

    def release(self, key: Qt.Key) -> None:
        self.qtbot.keyRelease(self.field, key)

    def enter(self) -> None:
        self.qtbot.keyClick(self.field, Key.Key_Return)

    def focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        self.other.setFocus(Qt.FocusReason.TabFocusReason)

    def wheel(self, notches: float, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> bool:
        place = QPointF(20, 10)
        event = QWheelEvent(
            place,
            self.field.mapToGlobal(place),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.field, event)
        return event.isAccepted()

    def mouse(self, kind: QEvent.Type, x: float) -> None:
        place = QPointF(x, 12)
        button = Qt.MouseButton.LeftButton
        up = kind == QEvent.Type.MouseButtonRelease
        event = QMouseEvent(
            kind,
            place,
            self.field.mapToGlobal(place),
            button,
            Qt.MouseButton.NoButton if up else button,
            Mod.NoModifier,
        )
        QApplication.sendEvent(self.field, event)


@pytest.fixture
def bench(qtbot: QtBot) -> Callable[..., Bench]:
    def make(value: object = 1e-3, **options: Any) -> Bench:
        field = NumberField(**options)
        field.set_value(value)
        return Bench(qtbot, field)

    return make


def test_setting_a_value_emits_nothing(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.field.set_value(2e-3)
    assert b.field.value() == 2e-3
    assert b.field.text() == "0.002"
    assert b.committed.count() == b.changing.count() == 0


def test_typing_counts_on_enter_not_before(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.type("3e-4*2")
    assert b.committed.count() == 0
    b.enter()
    assert b.values(b.committed) == [6e-4]
    assert b.field.text() == "0.0006"
    b.enter()
    assert b.committed.count() == 1


def test_typing_counts_when_the_focus_leaves(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.type("1/4")
    b.leave()
    assert b.values(b.committed) == [0.25]
    assert b.field.text() == "0.25"


def test_the_same_value_written_differently_is_no_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.type("0.0010")
    b.enter()
    assert b.committed.count() == 0
    assert b.field.text() == "0.001"


def test_a_float_field_yields_floats_and_an_int_field_ints(bench: Callable[..., Bench]) -> None:
    b = bench(0.5)
    b.type("2")
    b.enter()
    assert repr(b.values(b.committed)[0]) == "2.0"
    whole = bench(5, integer=True)
    whole.type("1e2")
    whole.enter()
    assert repr(whole.values(whole.committed)[0]) == "100"


def test_bad_text_stays_is_marked_and_says_why(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.field.set_help("The learning rate")
    b.type("abc")
    b.leave()
    assert b.field.text() == "abc"
    assert b.field.property("invalid") is True
    assert b.field.error().startswith("Not a number")
    assert b.field.toolTip() == b.field.error() == b.field.accessibleDescription()
    assert b.committed.count() == 0
    assert b.field.value() == 1e-3
    b.focus()
    assert b.field.text() == "abc"
    b.type("0.5")
    # The mark goes while typing, as soon as its reason is gone.
    assert b.field.property("invalid") is False
    assert b.field.toolTip() == "The learning rate"
    b.enter()
    assert b.values(b.committed) == [0.5]


def test_nobody_is_nagged_while_typing(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.type("1e-")
    assert b.field.error() == ""


@pytest.mark.parametrize(
    ("bounds", "text", "reason"),
    [
        (Bounds(minimum=0.0), "-1", "Must be 0 or greater, not -1"),
        (Bounds(exclusive_minimum=0), "0", "Must be greater than 0, not 0"),
        (Bounds(maximum=1), "1.5", "Must be 1 or less, not 1.5"),
        (Bounds(exclusive_maximum=1), "1", "Must be less than 1, not 1"),
    ],
)
def test_values_out_of_range_are_refused(
    bench: Callable[..., Bench], bounds: Bounds, text: str, reason: str
) -> None:
    b = bench(0.5, bounds=bounds)
    b.type(text)
    b.enter()
    assert b.field.error() == reason
    assert b.values(b.errors) == [reason]
    assert b.committed.count() == 0


def test_the_bounds_themselves_are_allowed_where_inclusive(bench: Callable[..., Bench]) -> None:
    b = bench(0.5, bounds=Bounds(minimum=0, maximum=1))
    b.type("0")
    b.enter()
    b.type("1")
    b.enter()
    assert b.values(b.committed) == [0.0, 1.0]


def test_a_check_from_outside_is_asked(bench: Callable[..., Bench]) -> None:
    b = bench(5, integer=True, check=lambda value: "Must be odd" if value % 2 == 0 else None)
    b.type("4")
    b.enter()
    assert b.field.error() == "Must be odd"
    b.type("7")
    b.enter()
    assert b.values(b.committed) == [7]
    # Stepping asks it too.
    b.press(Key.Key_Up)
    assert b.field.value() == 7


def test_escape_brings_the_last_good_value_back(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.type("nonsense")
    b.enter()
    b.qtbot.keyClick(b.field, Key.Key_Escape)
    assert (b.field.text(), b.field.error()) == ("0.001", "")
    assert b.committed.count() == b.abandoned.count() == 0


def test_escape_with_nothing_to_undo_is_left_to_others(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.focus()
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Mod.NoModifier)
    b.field.keyPressEvent(event)
    assert not event.isAccepted()
    b.type("5")
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Mod.NoModifier)
    b.field.keyPressEvent(event)
    assert event.isAccepted()


def test_holding_an_arrow_key_is_one_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    for _ in range(3):
        b.press(Key.Key_Up)
    assert b.values(b.changing) == [1.1e-3, 1.2e-3, 1.3e-3]
    assert b.committed.count() == 0
    b.release(Key.Key_Up)
    assert b.values(b.committed) == [1.3e-3]


def test_an_automatic_repeat_does_not_end_the_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    b.press(Key.Key_Up)
    repeat = QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Up, Mod.NoModifier, "", True)
    QApplication.sendEvent(b.field, repeat)
    assert b.field.is_stepping()
    b.release(Key.Key_Up)
    assert not b.field.is_stepping()


def test_modifiers_set_the_pace(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    b.press(Key.Key_Up, Mod.ControlModifier)
    b.press(Key.Key_Up, Mod.ShiftModifier)
    assert b.values(b.changing) == [2e-3, 2.01e-3]
    b.release(Key.Key_Up)


def test_escape_abandons_a_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    b.press(Key.Key_Up)
    b.qtbot.keyClick(b.field, Key.Key_Escape)
    assert b.field.value() == 1e-3
    assert b.field.text() == "0.001"
    assert b.abandoned.count() == 1
    b.release(Key.Key_Up)
    assert b.committed.count() == 0


def test_stepping_there_and_back_is_no_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    b.press(Key.Key_Up)
    b.press(Key.Key_Down)
    b.release(Key.Key_Down)
    assert b.field.value() == 1e-3
    assert (b.committed.count(), b.abandoned.count()) == (0, 1)


def test_the_wheel_steps_only_with_the_focus(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    assert not b.wheel(1)
    assert b.field.value() == 1e-3
    b.focus()
    assert b.wheel(2)
    assert b.values(b.changing) == [1.1e-3, 1.2e-3]
    b.leave()
    assert b.values(b.committed) == [1.2e-3]


def test_the_wheel_commits_when_it_rests(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    with b.qtbot.waitSignal(b.field.value_committed, timeout=5000):
        b.wheel(-1)
    assert b.values(b.committed) == [9.9e-4]


def test_a_fine_wheel_adds_up(bench: Callable[..., Bench]) -> None:
    b = bench(10, integer=True)
    b.focus()
    for _ in range(4):
        b.wheel(0.25)
    assert b.field.value() == 11
    b.field.finish_stepping()


def test_stepping_stops_at_the_bounds(bench: Callable[..., Bench]) -> None:
    b = bench(0.95, bounds=Bounds(minimum=0, maximum=1))
    b.focus()
    b.press(Key.Key_Up, Mod.ControlModifier)
    b.release(Key.Key_Up)
    b.press(Key.Key_Up)
    b.release(Key.Key_Up)
    assert b.values(b.committed) == [1.0]
    low = bench(1, integer=True, bounds=Bounds(exclusive_minimum=0))
    low.focus()
    low.press(Key.Key_Down)
    low.release(Key.Key_Down)
    assert low.committed.count() == low.abandoned.count() == 0


def test_stepping_takes_typed_text_first(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.type("0.5")
    b.press(Key.Key_Up)
    b.release(Key.Key_Up)
    assert b.values(b.committed) == [0.5, 0.51]
    b.type("bad")
    b.press(Key.Key_Up)
    assert b.field.text() == "bad"
    assert b.field.error()


def test_an_empty_field_is_none_where_that_is_a_value(bench: Callable[..., Bench]) -> None:
    b = bench(5, integer=True, nullable=True)
    b.field.set_placeholder("follows phase", 1000)
    b.type("")
    b.enter()
    assert b.values(b.committed) == [None]
    assert b.field.placeholderText() == "follows phase"
    b.press(Key.Key_Up)
    b.release(Key.Key_Up)
    assert b.values(b.committed) == [None, 1001]


def test_an_empty_field_is_wrong_elsewhere(bench: Callable[..., Bench]) -> None:
    b = bench(5, integer=True)
    b.type("")
    b.enter()
    assert b.field.error() == "A value is needed here"


def test_thousands_are_separated_only_without_the_focus(bench: Callable[..., Bench]) -> None:
    b = bench(125100, integer=True)
    assert b.field.text() == "125,100"
    b.focus()
    assert b.field.text() == "125100"
    b.leave()
    assert b.field.text() == "125,100"
    assert b.committed.count() == 0


def test_a_refresh_with_the_same_value_leaves_the_text_being_typed(
    bench: Callable[..., Bench],
) -> None:
    b = bench(1e-3)
    b.type("0.00")
    b.field.set_value(1e-3)
    assert b.field.text() == "0.00"
    b.field.set_value(7e-3)
    assert b.field.text() == "0.007"


def test_a_value_from_outside_ends_a_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    b.press(Key.Key_Up)
    b.field.set_value(0.5)
    b.release(Key.Key_Up)
    assert b.field.value() == 0.5
    assert b.committed.count() == b.abandoned.count() == 0


def test_the_echo_of_a_step_does_not_end_it(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.field.value_changing.connect(b.field.set_value)
    b.focus()
    b.press(Key.Key_Up)
    b.press(Key.Key_Up)
    b.release(Key.Key_Up)
    assert b.values(b.committed) == [1.2e-3]


def test_whole_numbers_in_a_float_field_become_floats(bench: Callable[..., Bench]) -> None:
    b = bench(1)
    assert repr(b.field.value()) == "1.0"


def test_an_error_known_elsewhere_is_shown_until_it_is_cleared(
    bench: Callable[..., Bench],
) -> None:
    b = bench(1e-3)
    b.field.set_error("torch refuses this together with T_max")
    b.focus()
    b.leave()
    b.field.set_value(2e-3)
    assert b.field.property("invalid") is True
    b.type("bad")
    b.enter()
    assert b.field.error().startswith("Not a number")
    b.qtbot.keyClick(b.field, Key.Key_Escape)
    assert b.field.error() == "torch refuses this together with T_max"
    b.field.set_error("")
    assert b.field.property("invalid") is False


def test_the_suffix_has_its_own_room_and_gives_way_to_the_number(
    bench: Callable[..., Bench],
) -> None:
    b = bench(1e-3)
    b.field.set_suffix("lr")
    place = b.field.suffix_rect()
    assert place.right() > b.field.width() - 20
    assert place.width() >= b.field.fontMetrics().horizontalAdvance("lr")
    assert b.field.accessibleDescription() == "lr"
    b.field.set_value(1.2345678901234567e-300)
    b.field.setFixedWidth(150)
    b.field.set_suffix("a long derived value")
    assert b.field.suffix_rect().isEmpty()


def test_dragging_the_suffix_is_one_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.field.set_suffix("lr")
    x = b.field.suffix_rect().center().x()
    b.mouse(QEvent.Type.MouseButtonPress, x)
    b.mouse(QEvent.Type.MouseMove, x + 7)
    b.mouse(QEvent.Type.MouseMove, x + 13)
    assert b.values(b.changing) == [1.1e-3, 1.2e-3]
    b.mouse(QEvent.Type.MouseMove, x - 7)
    b.mouse(QEvent.Type.MouseButtonRelease, x - 7)
    assert b.values(b.committed) == [9.9e-4]
    # The text itself is for the cursor.
    b.mouse(QEvent.Type.MouseButtonPress, 15)
    b.mouse(QEvent.Type.MouseMove, 80)
    b.mouse(QEvent.Type.MouseButtonRelease, 80)
    assert b.committed.count() == 1


def test_the_documents_undo_works_from_within_a_field(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    undo = QAction(b.window)
    undo.setShortcut(QKeySequence.StandardKey.Undo)
    b.window.addAction(undo)
    undone = QSignalSpy(undo.triggered)
    b.type("0.5")
    # Text of its own to undo comes first.
    b.qtbot.keyClick(b.field, Key.Key_Z, Mod.ControlModifier)
    assert undone.count() == 0
    b.type("0.5")
    b.enter()
    b.qtbot.keyClick(b.field, Key.Key_Z, Mod.ControlModifier)
    assert undone.count() == 1


def test_a_hidden_field_commits_its_change(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.focus()
    b.wheel(1)
    b.field.hide()
    assert b.values(b.committed) == [1.1e-3]


def test_a_read_only_field_does_not_step(bench: Callable[..., Bench]) -> None:
    b = bench(1e-3)
    b.field.setReadOnly(True)
    b.focus()
    b.press(Key.Key_Up)
    b.wheel(1)
    assert b.changing.count() == 0
