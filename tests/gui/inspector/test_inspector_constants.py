"""A formula's constants: rows that are turned, added, renamed, removed; the formula goes along."""

from __future__ import annotations

import pytest
from documents import THREE_GROUPS, phase
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from lrdesigner.schedule.problems import check

Key = Qt.Key
FORMULA = "param_formula"
DECAY = {"formula": "low + lr * exp(-k * t / T)", "constants": {"k": 4.0, "low": 0.001}}


@pytest.fixture
def decay(bench):
    bench.open_one("formula", dict(DECAY))
    return bench


def constants(bench):
    return dict(bench.params()["constants"])


def test_each_constant_is_a_row(decay):
    assert decay.field("param_constants_name_0").text() == "k"
    assert decay.field("param_constants_name_1").text() == "low"
    assert decay.field("param_constants_k").text() == "4.0"
    assert decay.field("param_constants_low").accessibleName() == "low"


def test_a_typed_number_is_one_undo_step(decay):
    decay.type("param_constants_k", "7")
    assert constants(decay) == {"k": 7.0, "low": 0.001}
    assert decay.steps == 1
    assert decay.controller.undo_stack.undoText() == "change k"
    decay.undo()
    assert constants(decay) == DECAY["constants"]
    assert decay.field("param_constants_k").text() == "4.0"


def test_turning_a_constant_is_drawn_as_it_goes_on_and_one_undo_step(decay):
    seen = []
    decay.controller.document_changed.connect(
        lambda schedule: seen.append(schedule.phases[0].params["constants"]["k"])
    )
    decay.focus("param_constants_k")
    decay.wheel("param_constants_k", 1)
    decay.wheel("param_constants_k", 2)
    assert len(seen) == 3
    assert seen == sorted(seen)
    assert decay.steps == 0
    decay.press("param_constants_low", Key.Key_Up)
    assert decay.steps == 2
    decay.undo()
    assert constants(decay) == {"k": seen[-1], "low": 0.001}
    decay.undo()
    assert constants(decay) == DECAY["constants"]


def test_taps_on_one_constant_merge_and_on_another_do_not(decay):
    for _ in range(3):
        decay.press("param_constants_k", Key.Key_Up)
    decay.press("param_constants_low", Key.Key_Up)
    assert decay.steps == 2


def test_escape_takes_back_a_turn(decay):
    decay.focus("param_constants_k")
    decay.wheel("param_constants_k", 3)
    assert constants(decay)["k"] > 4
    QTest.keyClick(decay.field("param_constants_k"), Key.Key_Escape)
    assert constants(decay) == DECAY["constants"]
    assert decay.steps == 0


def test_a_new_name_goes_into_the_formula(decay):
    decay.type("param_constants_name_0", "rate")
    assert decay.params()["formula"] == "low + lr * exp(-rate * t / T)"
    assert list(constants(decay).items()) == [("rate", 4.0), ("low", 0.001)]
    assert decay.field(FORMULA).text() == "low + lr * exp(-rate * t / T)"
    assert decay.field(FORMULA).wrong_part() is None
    assert decay.steps == 1
    decay.type("param_constants_rate", "5")
    assert constants(decay)["rate"] == 5


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("low", "There is a constant low already"),
        ("t", "T means something else already"),
        ("2k", "'2k' is no name"),
        ("lambda", "is a word of Python"),
        ("__class__", "is no name"),
    ],
)
def test_a_name_that_cannot_be_is_marked(decay, name, words):
    decay.type("param_constants_name_0", name)
    assert words.casefold() in decay.message("param_constants_name_0").casefold()
    assert decay.marked("param_constants_name_0")
    assert decay.steps == 0


def test_a_constant_is_added_with_a_free_name_that_can_be_typed_over(decay):
    decay.click("param_constants_add")
    assert constants(decay) == {**DECAY["constants"], "a": 1.0}
    name = decay.field("param_constants_name_2")
    assert name.hasFocus()
    assert name.selectedText() == "a"
    assert decay.steps == 1


def test_removing_a_constant_leaves_the_curve_as_it_was(decay):
    before = decay.controller.preview.lr.copy()
    decay.click("param_constants_k_remove")
    assert decay.params()["formula"] == "low + lr * exp(-4.0 * t / T)"
    assert constants(decay) == {"low": 0.001}
    assert (decay.controller.preview.lr == before).all()
    assert not decay.visible("param_constants_k")
    QTest.keyClick(
        decay.focus("param_constants_low"), Key.Key_Delete, Qt.KeyboardModifier.ControlModifier
    )
    assert decay.params() == {"formula": "0.001 + lr * exp(-4.0 * t / T)", "constants": {}}
    assert decay.steps == 2


def test_a_missing_constant_is_said_and_added_with_one_click(decay):
    decay.type(FORMULA, "lr * exp(-k * t / T) + floor_lr", key=None)
    said = "'floor_lr' is not known here: add it as a constant, or use one of t, T, lr, pi, e, k"
    assert decay.message(FORMULA).startswith(said)
    assert decay.field(FORMULA).wrong_part() == (23, 8)
    assert decay.field("param_constants_add").text() == "+ Add constant floor_lr"
    decay.click("param_constants_add")
    assert decay.params()["formula"] == "lr * exp(-k * t / T) + floor_lr"
    assert constants(decay) == {"k": 4.0, "low": 0.001, "floor_lr": 1.0}
    assert decay.field("param_constants_floor_lr").hasFocus()
    assert decay.message(FORMULA) == ""
    assert decay.field(FORMULA).wrong_part() is None
    assert decay.steps == 1
    assert not decay.controller.in_gesture
    assert decay.field("param_constants_add").text() == "+ Add constant"
    decay.undo()
    assert decay.params() == DECAY
    assert decay.field(FORMULA).text() == DECAY["formula"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("os.system(1)", "'.' has no meaning in a formula"),
        ("np.exp(t)", "Names have no parts in a formula; write exp alone"),
        ("lr * exp(-q * t", "'(' is never closed"),
        ("q t", "An operator is missing before 't'"),
        ("__import__('os')", "'__import__' is not known here; known are t, T, lr, pi, e, k, low,"),
        ("nan * t", "'nan' is not known here; did you mean a finite number?"),
        ("lr / Inf", "'Inf' is not known here; did you mean a finite number?"),
        ("q * os.path", "'.' has no meaning in a formula"),
    ],
)
def test_a_constant_is_offered_only_where_it_is_what_lacks(decay, typed, said):
    decay.type(FORMULA, typed, key=None)
    assert decay.message(FORMULA).startswith(said)
    assert decay.field("param_constants_add").text() == "+ Add constant"
    decay.type(FORMULA, "lr * q + r", key=None)
    assert decay.field("param_constants_add").text() == "+ Add constant q"
    decay.click("param_constants_add")
    assert decay.field("param_constants_add").text() == "+ Add constant r"


def test_a_number_becomes_a_constant(decay, qtbot):
    decay.type(FORMULA, "lr * 0.95 ** t")
    field = decay.focus(FORMULA)
    field.setCursorPosition(7)
    where = field.cursorRect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, field.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(field.viewport(), event)
    menu = field.findChild(QMenu)
    action = next(a for a in menu.actions() if a.objectName() == "action_make_constant")
    assert action.text() == "Make 0.95 a constant"
    action.trigger()
    assert decay.params()["formula"] == "lr * a ** t"
    assert constants(decay)["a"] == 0.95
    assert decay.field("param_constants_name_2").hasFocus()
    assert decay.steps == 2
    menu.close()


def test_lambdas_have_no_constants_to_make(bench):
    bench.open_one("LambdaLR", {"lr_lambda": "0.95 ** t"})
    field = bench.focus("param_lr_lambda")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), field.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(field.viewport(), event)
    menu = field.findChild(QMenu)
    assert not any(a.objectName() == "action_make_constant" for a in menu.actions())
    menu.close()


def test_undoing_a_constant_marks_the_formula_that_uses_it(bench):
    bench.open_one("formula", {"formula": "lr", "constants": {}})
    bench.click("param_constants_add")
    bench.type(FORMULA, "lr * k")
    assert bench.message(FORMULA) == ""
    params = {"formula": "lr * k", "constants": {}}
    bench.open_one("formula", params)
    assert bench.field(FORMULA).wrong_part() == (5, 1)
    assert "'k' is not known here" in bench.message(FORMULA)
    assert bench.marked(FORMULA)
    bench.click("param_constants_add")
    assert bench.params() == {"formula": "lr * k", "constants": {"k": 1.0}}
    assert bench.field(FORMULA).wrong_part() is None
    assert not bench.marked(FORMULA)


def test_each_groups_formula_uses_the_same_constants(bench):
    params = {"formula": ["lr * k", "k", "lr"], "constants": {"k": 0.1}}
    bench.open(phase("formula", params), groups=THREE_GROUPS)
    bench.type("param_constants_name_0", "rate")
    assert bench.params()["formula"] == ("lr * rate", "rate", "lr")
    bench.type("param_formula_2", "lr + more", key=None)
    assert bench.field("param_formula_2").wrong_part() == (5, 4)
    bench.click("param_constants_add")
    assert bench.params()["formula"] == ("lr * rate", "rate", "lr + more")
    assert dict(bench.params()["constants"]) == {"rate": 0.1, "more": 1.0}
    bench.click("param_constants_rate_remove")
    assert bench.params()["formula"] == ("lr * 0.1", "0.1", "lr + more")


def test_a_long_formula_has_as_many_lines_as_it_needs(bench):
    bench.open_one("formula", {"formula": "lr"})
    field = bench.field(FORMULA)
    one = field.height()
    bench.type(FORMULA, "lr * exp(-t / T) + " * 5 + "lr")
    assert field.height() > 2 * one
    QApplication.processEvents()
    bottom = field.cursorRect().bottom()
    assert bottom <= field.viewport().height()
    bench.type(FORMULA, "lr")
    assert field.height() == one


def test_a_formula_pasted_in_several_lines_is_one(bench):
    bench.open_one("formula", {"formula": "lr"})
    field = bench.focus(FORMULA)
    field.selectAll()
    QApplication.clipboard().setText("lr *\n  exp(-t\r\n/ T)\n")
    field.paste()
    QTest.keyClick(field, Key.Key_Return)
    assert bench.params()["formula"] == "lr * exp(-t / T)"


def test_undo_keys_reach_the_document_when_nothing_is_typed(bench, qtbot):
    from PySide6.QtGui import QKeyEvent

    bench.open_one("formula", {"formula": "lr"})
    field = bench.focus(FORMULA)
    kind = QKeyEvent.Type.ShortcutOverride

    def claims():
        event = QKeyEvent(kind, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not claims()
    QTest.keyClicks(field, "1")
    assert claims()


def test_the_heading_is_the_title_and_the_summary_that_were_given(bench):
    bench.open_one("formula", {"formula": "lr"})
    assert bench.panel.findChild(object, "phase_title").text() == "Formula"
    params = {"formula": "lr", "title": "My decay", "summary": "Stays where it is."}
    bench.open_one("formula", params)
    assert bench.panel.findChild(object, "phase_title").text() == "My decay"
    assert bench.text("phase_summary") == "Stays where it is."
    bench.type("param_title", "Other")
    assert bench.params()["title"] == "Other"
    bench.type("param_title", "")
    assert "title" not in bench.params()


# -- what only the exact run finds -----------------------------------------------------------------


# One step in 100,019, which no look at the formula gives away.
ONCE = f"t * t * t % 100019 == {77777**3 % 100019}"


def known_at_once(bench):
    """The problems of the fast curve."""
    return check(bench.controller.schedule, bench.controller.preview)


def test_a_step_that_only_the_exact_run_reaches_is_told_of_at_the_field(bench, qtbot):
    long = {"epochs": 100, "per_epoch": 1000}
    bench.open_one(
        "formula", {"formula": f"lr / where({ONCE}, k, 1)", "constants": {"k": 0}}, **long
    )
    assert not known_at_once(bench)
    qtbot.waitUntil(lambda: bench.controller.run.kind == "failed", timeout=20_000)
    said = bench.message(FORMULA)
    assert "The formula has no value at t = 77,777 (step 77,777): division by zero" in said
    [problem] = bench.controller.problems
    assert problem.param == "formula"
    bench.type("param_constants_k", "-1")
    assert bench.message(FORMULA) == ""
    assert bench.controller.problems == ()


def test_a_negative_step_that_only_the_exact_run_reaches_is_told_of(bench, qtbot):
    long = {"epochs": 100, "per_epoch": 1000}
    params = {"formula": f"lr * where({ONCE}, -1, 1)"}
    bench.open_one("formula", params, **long)
    assert not known_at_once(bench)
    qtbot.waitUntil(lambda: bench.controller.run.kind == "exact", timeout=20_000)
    assert "a negative LR at t = 77,777 (step 77,777): -0.1" in bench.message(FORMULA)
