"""The time axis in steps, epochs, percent, samples and tokens."""

from __future__ import annotations

import itertools
import json

import pytest
from batch_documents import batched, imagenet
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

import lrdesigner as lrd
from lrdesigner.gui.boundary_typing import boundary_fields, type_boundary
from lrdesigner.gui.dialogs.shortcut_rows import PLACES
from lrdesigner.gui.problems.gestures import PROBLEMS
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.time_text import place_text, shown_unit, time_ticks
from lrdesigner.schedule.counting import count_at
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.units import spans

IMAGENET = imagenet(sequence_length=196)
OLMO = batched(epochs=1, steps=476_837, batch_size=2048, sequence_length=2048)


@pytest.fixture
def window(make_window):
    return make_window()


def show(window, schedule):
    window.controller.open_document(schedule, None)
    QApplication.processEvents()


def segment(window, unit) -> QAbstractButton:
    bar = window.findChild(QWidget, "toolbar_unit")
    return bar.findChild(QAbstractButton, f"segment_{unit}")


def labels(window) -> list[str]:
    return window.canvas.view.time_labels


# -- words and ticks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "first", "texts"),
    [
        ("steps", 0, ["0", "20,000", "40,000"]),
        ("epochs", 0, ["0", "20", "40"]),
        ("percent", 0, ["0", "20", "40"]),
        ("samples", 0, ["0", "20M", "40M"]),
        ("tokens", 0, ["0", "5B", "10B"]),
    ],
)
def test_ticks_are_round_in_the_unit_that_is_shown(unit, first, texts):
    found = time_ticks(first, IMAGENET.steps, unit, IMAGENET.horizon, 480)
    assert [text for _, text in found][:3] == texts
    for (step, text), (after, _) in itertools.pairwise(found):
        assert after > step >= 0, text


def test_a_tick_stands_at_the_step_that_reaches_it():
    ticks = time_ticks(0, OLMO.steps, "tokens", OLMO.horizon, 480)
    [step] = [step for step, text in ticks if text == "500B"]
    assert step == pytest.approx(5e11 / (2048 * 2048))


@given(
    st.integers(1, 300), st.integers(1, 5000), st.floats(0, 0.9), st.floats(1e-4, 1),
    st.sampled_from(["steps", "epochs", "percent", "samples", "tokens"]),
)  # fmt: skip
def test_labels_tell_ticks_apart_however_far_one_zooms(epochs, per_epoch, start, share, unit):
    horizon = Horizon(epochs=epochs, steps_per_epoch=per_epoch, batch=OLMO.horizon.batch)
    first = start * horizon.steps
    last = min(float(horizon.steps), first + max(4.0, share * horizon.steps))
    if last - first < 1:
        return
    ticks = time_ticks(first, last, unit, horizon, 900)
    assert len({text for _, text in ticks}) == len(ticks)
    assert all(first - 1e-6 <= step <= last + 1e-6 * last for step, _ in ticks)


def test_places_tell_what_has_been_gone_through():
    assert place_text(87_570, IMAGENET.horizon) == "step 87,570 · epoch 70.0"
    assert place_text(87_570, IMAGENET.horizon, "epochs") == "step 87,570 · epoch 70.0"
    text = place_text(87_570, IMAGENET.horizon, "samples")
    assert text == "step 87,570 · epoch 70.0 · 89.7 M samples"
    assert place_text(238_418, OLMO.horizon, "tokens") == "step 238,418 · 1 T tokens"
    assert place_text(5, Horizon(), "tokens") == "step 5 · epoch 0.1"


def test_steps_stand_in_for_what_is_not_known():
    assert shown_unit("tokens", imagenet().horizon) == "steps"
    assert shown_unit("samples", imagenet().horizon) == "samples"
    same = time_ticks(0, 1000, "steps", Horizon(), 500)
    assert time_ticks(0, 1000, "tokens", Horizon(), 500) == same


# -- the window ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("unit", "key"), [("samples", Qt.Key.Key_6), ("tokens", Qt.Key.Key_7)])
def test_keys_menu_and_bar_choose_what_is_known(window, unit, key):
    show(window, OLMO)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key, Qt.KeyboardModifier.ControlModifier)
    assert window.controller.view.unit == unit
    assert window.actions_[unit].isChecked()
    assert segment(window, unit).isChecked()
    assert labels(window)[-1].endswith("B" if unit == "tokens" else "M")
    QTest.mouseClick(segment(window, "steps"), Qt.MouseButton.LeftButton)
    assert window.controller.view.unit == "steps"


def test_the_axis_and_the_read_out_count_the_same(window):
    show(window, OLMO)
    window.actions_["tokens"].trigger()
    canvas = window.canvas
    x = window.controller.axis.x_of(200_000)
    QTest.mouseMove(canvas, QPointF(x, canvas.height() / 2).toPoint())
    QApplication.processEvents()
    step = round(window.controller.axis.cursor)
    title = canvas.view.readout.reading.title
    tokens = count_at("tokens", OLMO.horizon, step)
    assert f"{tokens / 1e9:.3g} B tokens" in title


def test_a_unit_that_is_not_known_leads_to_the_calculator_and_is_taken_then(window):
    show(window, lrd.loads(lrd.dumps(batched(epochs=10, steps=100))))
    window.controller.open_document(lrd.loads('{"format": "lrdesigner", "version": 1}'), None)
    button = segment(window, "tokens")
    assert button.text() == "Tokens…"
    assert "batches and sequences" in button.toolTip()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.controller.view.unit == "epochs"
    assert segment(window, "epochs").isChecked()
    assert window.actions_["epochs"].isChecked()
    field = window.focusWidget()
    assert field.objectName() == "batch_batch_size"
    assert field.isVisible()
    assert "as soon as batch size and sequence length" in window.statusBar().currentMessage()
    QTest.keyClicks(field, "1024\r")
    assert window.controller.view.unit == "epochs"
    field = window.inspector.findChild(QWidget, "batch_sequence_length")
    field.setFocus()
    QTest.keyClicks(field, "2048\r")
    assert window.controller.view.unit == "tokens"
    assert segment(window, "tokens").isChecked()
    assert button.text() == "Tokens"
    window.controller.undo_stack.undo()
    assert segment(window, "steps").isChecked()  # as long as they are not known
    window.controller.undo_stack.redo()
    assert segment(window, "tokens").isChecked()


def test_choosing_another_unit_forgets_the_one_that_was_asked_for(window):
    show(window, batched(batch_size=8))
    window.actions_["tokens"].trigger()
    assert window.focusWidget().objectName() == "batch_sequence_length"
    window.actions_["percent"].trigger()
    QTest.keyClicks(window.inspector.findChild(QWidget, "batch_sequence_length"), "128\r")
    assert window.controller.view.unit == "percent"


def test_the_calculator_has_an_action(window):
    window.actions_["batch_calculator"].trigger()
    assert window.focusWidget().objectName() == "batch_dataset_size"


def test_it_comes_back_at_the_next_start(make_window, tmp_path):
    path = tmp_path / "s.json"
    first = make_window(settings_path=path)
    show(first, OLMO)
    first.actions_["tokens"].trigger()
    first.close()
    assert json.loads(path.read_text())["unit"] == "tokens"
    second = make_window(settings_path=path)
    assert segment(second, "steps").isChecked()  # its document knows no tokens
    show(second, OLMO)
    assert segment(second, "tokens").isChecked()


def test_a_unit_nobody_knows_is_ignored(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"unit": "furlongs", "log_axis": false}')
    settings = Settings.read(path)
    assert settings.unit == "epochs"
    assert not settings.log_axis


@pytest.mark.parametrize("schedule", [OLMO, batched(epochs=10, steps=100)])
def test_nothing_in_the_bar_is_cut_at_1280(window, schedule, qtbot):
    window.resize(1280, 800)
    show(window, schedule)
    bar = window.findChild(QWidget, "toolbar")
    for text in ("live · running torch 100%", "typed text not applied"):
        badge = window.findChild(QLabel, "toolbar_badge")
        badge.setText(text)
        QApplication.processEvents()
        for button in bar.findChildren(QAbstractButton):
            if button.isVisible():
                right = button.mapTo(bar, button.rect().topRight()).x()
                assert right <= bar.width(), button.objectName()
                assert button.width() >= button.minimumSizeHint().width(), button.objectName()


# -- problems, numbers -----------------------------------------------------------------------------


def test_a_problem_is_fixed_with_one_click(window, qtbot):
    show(window, imagenet(steps=1300))
    window.details.setCurrentWidget(window.details.problems)
    view = window.details.problems.findChild(QWidget, "problems_list")
    QApplication.processEvents()
    index = view.model().index(0, 0)
    link = view._rows.mend_place(view.visualRect(index), index)
    assert not link.isEmpty()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert window.schedule == imagenet()
    assert window.controller.undo_stack.count() == 1
    window.controller.undo_stack.undo()
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.schedule == imagenet()


def test_the_shortcuts_page_tells_the_keys_of_the_list():
    fix = next(g for g in PROBLEMS.gestures if g.keys == ("Ctrl+Return",))
    assert "Fix it" in fix.mouse
    assert PROBLEMS in PLACES


def test_a_fix_that_cannot_be_says_why(window, qtbot):
    schedule = batched(steps=5, dataset_size=10**12, batch_size=1)
    show(window, schedule)
    with qtbot.waitSignal(window.controller.refused) as signal:
        window.controller.mend(window.controller.problems[0])
    assert "at most 100,000,000 can be run" in signal.args[1]
    assert window.schedule == schedule
    for box in window.findChildren(QMessageBox):
        box.close()


def test_the_problem_itself_leads_to_the_field(window):
    show(window, imagenet(steps=1300))
    window.details.setCurrentWidget(window.details.problems)
    view = window.details.problems.findChild(QWidget, "problems_list")
    QApplication.processEvents()
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.focusWidget().objectName() == "horizon_steps_per_epoch"
    assert window.schedule == imagenet(steps=1300)


def test_numbers_have_samples_and_tokens_where_they_are_known(window, qtbot):
    show(window, batched(epochs=2, steps=4, dataset_size=100, batch_size=32, sequence_length=10))
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    model = window.details.numbers.table.model()
    headers = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    assert headers == ["step", "epoch", "samples", "tokens", "lr/all"]
    rows = [[model.value(row, column) for column in range(4)] for row in range(6)]
    assert rows == [
        [0, 0, 0, 0],
        [1, 0, 32, 320],
        [2, 0, 64, 640],
        [3, 0, 96, 960],
        [4, 1, 100, 1000],  # the epoch's last step had four samples
        [5, 1, 132, 1320],
    ]
    lines = model.csv([range(4, 6)]).splitlines()
    assert lines[0] == "step,epoch,samples,tokens,lr/all"
    assert lines[1].startswith("4,1,100,1000,0.")
    show(window, batched(epochs=2, steps=4))
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    assert model.columnCount() == 3


def test_the_status_bar_says_what_the_run_goes_through(window):
    show(window, OLMO)
    assert (
        "476,837 steps · 2 T tokens · "
        in window.statusBar().findChild(QLabel, "status_document").text()
    )
    show(window, imagenet())
    assert "· 115 M samples ·" in window.statusBar().findChild(QLabel, "status_document").text()


@pytest.mark.parametrize(("text", "step"), [("500B", 119_209), ("1,000,000,000,000", 238_419)])
def test_a_boundary_is_typed_in_tokens(window, text, step):
    data = json.loads(lrd.dumps(OLMO))
    data["phases"].insert(0, {"scheduler": "LinearLR", "length": "2000 steps"})
    show(window, lrd.loads(json.dumps(data)))
    window.actions_["tokens"].trigger()
    part = window.controller.part
    fields = {each.name: each for each in boundary_fields(window.controller, part, 0)}
    assert (fields["end"].text, fields["end"].unit) == ("8388608000", "tokens")
    type_boundary(window.controller, part, 0, {"end": text})
    assert spans(window.schedule)[0].end == step
