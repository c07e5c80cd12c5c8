"""Formulas: drawn as they are typed, the wrong part marked, Esc takes everything back."""

from __future__ import annotations

from documents import phase
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

Key = Qt.Key
NAME = "param_lr_lambda"


def test_the_document_follows_each_formula_that_is_one(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    seen = []
    bench.controller.document_changed.connect(
        lambda schedule: seen.append(schedule.phases[0].params["lr_lambda"])
    )
    bench.type(NAME, "0.9 ** t", key=None)
    assert seen == ["0", "0.", "0.9", "0.9 ** t"]
    assert bench.field(NAME).text() == "0.9 ** t"
    assert bench.steps == 0
    QTest.keyClick(bench.field(NAME), Key.Key_Return)
    assert bench.params() == {"lr_lambda": "0.9 ** t"}
    assert bench.steps == 1
    assert not bench.controller.in_gesture
    bench.undo()
    assert bench.params() == {"lr_lambda": "1"}
    assert bench.field(NAME).text() == "1"


def test_the_cursor_stays_where_it_is_typed(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "0.9 ** t"})
    field = bench.focus(NAME)
    field.setCursorPosition(3)
    QTest.keyClicks(field, "55")
    assert field.text() == "0.955 ** t"
    assert field.cursorPosition() == 5


def test_escape_takes_back_what_was_typed(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "0.5", key=None)
    assert bench.params() == {"lr_lambda": "0.5"}
    QTest.keyClick(bench.field(NAME), Key.Key_Escape)
    assert bench.params() == {"lr_lambda": "1"}
    assert bench.field(NAME).text() == "1"
    assert bench.steps == 0
    assert not bench.controller.in_gesture


def test_leaving_the_field_takes_the_formula(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "0.5", key=Key.Key_Tab)
    assert bench.params() == {"lr_lambda": "0.5"}
    assert bench.steps == 1
    assert not bench.controller.in_gesture


def test_typing_the_old_formula_again_is_no_edit(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "12", key=None)
    QTest.keyClick(bench.field(NAME), Key.Key_Backspace)
    QTest.keyClick(bench.field(NAME), Key.Key_Return)
    assert bench.params() == {"lr_lambda": "1"}
    assert bench.steps == 0
    assert not bench.controller.in_gesture


def test_what_is_wrong_is_said_at_once_and_underlined(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    field = bench.field(NAME)
    bench.type(NAME, "0.9 ^ t", key=None)
    assert field.wrong_part() == (4, 1)
    assert bench.marked(NAME)
    assert "a power is written **" in bench.message(NAME)
    bench.type(NAME, "sinus(t)", key=None)
    assert field.wrong_part() == (0, 5)
    assert "sin" in bench.message(NAME)
    bench.type(NAME, "1 + sin(t)", key=None)
    assert field.wrong_part() is None
    assert bench.message(NAME) == ""
    assert not bench.marked(NAME)


def test_the_wrong_part_is_painted_in_red(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    field = bench.field(NAME)

    def reds():
        image = field.grab().toImage()
        inner = image.copy(image.rect().adjusted(8, 4, -8, -4))
        spots = ((x, y) for x in range(inner.width()) for y in range(inner.height()))
        colors = [inner.pixelColor(x, y) for x, y in spots]
        return [color for color in colors if color.red() - color.green() > 80]

    bench.type(NAME, "2 * t", key=None)
    assert not reds()
    bench.type(NAME, "2 ^ t", key=None)
    assert reds()


def test_nothing_counts_when_the_field_is_left_with_something_wrong(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "0.5 *", key=Key.Key_Tab)
    assert bench.params() == {"lr_lambda": "1"}
    assert bench.field(NAME).text() == "0.5 *"
    assert bench.marked(NAME)
    assert bench.steps == 0
    assert not bench.controller.in_gesture


def test_code_is_no_formula(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    for text in ("__import__('os')", "lambda t: t", "9**9**9"):
        bench.type(NAME, text)
        assert bench.params() == {"lr_lambda": "1"}
        assert bench.message(NAME)


def test_a_formula_without_a_value_is_told_of_at_its_field(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "1 / t")
    assert bench.params() == {"lr_lambda": "1 / t"}
    assert "The formula has no value at t = 0 (step 0): division by zero" in bench.message(NAME)
    assert bench.marked(NAME)


def test_saving_in_mid_formula_keeps_field_and_document_together(bench, tmp_path):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "0.5", key=None)
    bench.controller.save_document(tmp_path / "a.json")
    assert bench.params() == {"lr_lambda": "0.5"}
    QTest.keyClick(bench.field(NAME), Key.Key_Escape)
    assert bench.field(NAME).text() == bench.params()["lr_lambda"] == "0.5"


def test_a_gesture_ended_elsewhere_leaves_field_and_document_together(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "1"})
    bench.type(NAME, "0.5", key=None)
    bench.controller.commit_gesture()
    QTest.keyClick(bench.field(NAME), Key.Key_Escape)
    assert bench.field(NAME).text() == bench.params()["lr_lambda"] == "0.5"


def test_undo_in_mid_formula_leaves_no_gesture_behind(bench):
    bench.open(phase("LambdaLR", {"lr_lambda": "1"}))
    bench.type("horizon_epochs", "9")
    bench.type(NAME, "0.5", key=None)
    bench.undo()
    assert not bench.controller.in_gesture
    assert bench.params() == {"lr_lambda": "1"}
    assert bench.field(NAME).text() == "1"
    assert bench.controller.schedule.horizon.epochs == 8
