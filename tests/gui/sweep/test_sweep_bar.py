"""The bar, with a real mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from lrdesigner.schedule import edits
from lrdesigner.sweep import GroupLrTarget, ParamTarget

LEFT = Qt.MouseButton.LeftButton
ETA = ParamTarget(2, "eta_min")


@pytest.fixture
def opened(qtbot, controller, bar):
    controller.sweeps.open(ETA)
    qtbot.waitUntil(lambda: controller.sweeps.view is not None)
    bar.show()
    qtbot.waitExposed(bar)
    bar.activateWindow()
    return bar


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_it_is_there_while_a_sweep_is_open(qtbot, controller, bar):
    assert bar.isHidden()
    controller.sweeps.open(ETA)
    assert not bar.isHidden()
    assert bar.rows[1].isHidden()
    controller.sweeps.close()
    assert bar.isHidden()


def test_it_says_what_is_swept(opened):
    row = opened.rows[0]
    assert row.target.currentText() == "eta_min · 3 Cosine"
    assert row.start.text() == "1e-06"
    assert row.stop.text() == "0.0001"
    assert row.count.text() == "25"
    assert row.scale.value() == "log"
    assert opened.value.text() == "eta_min = 1e-05"
    assert opened.findChild(type(opened._state), "sweep_state").full_text() == "25 variants"


def test_dragging_the_slider_goes_through_the_variants(qtbot, controller, opened):
    slider = opened.rows[0].slider
    assert slider.value() == 12
    QTest.mousePress(slider, LEFT, pos=slider.handle_center().toPoint())
    QTest.mouseMove(slider, QPoint(slider.width() - 7, 12))
    assert controller.sweeps.index == 24
    assert opened.value.text() == "eta_min = 0.0001"
    QTest.mouseMove(slider, QPoint(0, 12))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(0, 12))
    assert controller.sweeps.index == 0


def test_the_keyboard_goes_through_the_variants(controller, opened):
    opened.focus_slider()
    slider = opened.rows[0].slider
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert controller.sweeps.index == 13
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert controller.sweeps.index == 0
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert controller.sweeps.index == 2


def test_a_typed_range_is_taken(qtbot, controller, opened):
    type_into(opened.rows[0].start, "1e-5*2")
    type_into(opened.rows[0].stop, "3e-4")
    type_into(opened.rows[0].count, "5")
    (axis,) = controller.sweeps.setup.axes
    assert (axis.start, axis.stop) == (2e-5, 3e-4)
    assert len(controller.sweeps.sweep) == 5
    assert opened.rows[0].slider.maximum() == 4
    QTest.mouseClick(opened.rows[0].scale.findChild(object, "segment_linear"), LEFT)
    assert controller.sweeps.setup.axes[0].scale == "linear"


def test_a_range_that_is_not_allowed_is_mended(controller, opened):
    type_into(opened.rows[0].start, "-1")
    assert controller.sweeps.setup.axes[0].start > 0
    assert "eta_min" in opened._state.full_text().lower()
    assert opened._state.property("role") == "warning"
    # The field shows what is swept.
    assert float(opened.rows[0].start.text()) == controller.sweeps.setup.axes[0].start


def test_arrow_keys_step_the_range_at_once(qtbot, controller, opened):
    field = opened.rows[0].stop
    field.setFocus()
    QTest.keyPress(field, Qt.Key.Key_Up)
    assert controller.sweeps.setup.axes[0].stop > 1e-4
    QTest.keyRelease(field, Qt.Key.Key_Up)
    assert field.value() == controller.sweeps.setup.axes[0].stop


def test_another_number_is_chosen_in_the_list(qtbot, controller, opened):
    target = opened.rows[0].target
    names = [target.itemText(index) for index in range(target.count())]
    assert names == [
        "start_factor · 1 Linear",
        "end_factor · 1 Linear",
        "total_iters · 1 Linear",
        "length · 1 Linear",
        "factor · 2 Constant",
        "total_iters · 2 Constant",
        "length · 2 Constant",
        "T_max · 3 Cosine",
        "eta_min · 3 Cosine",
        "length · 3 Cosine",
        "LR · backbone",
        "LR · head",
        "epochs · run",
    ]
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_End)
    QTest.keyClick(target, Qt.Key.Key_Up)
    assert controller.sweeps.setup.axes[0].target == GroupLrTarget(1)
    assert opened.value.text().startswith("lr[head] = 0.1")


def test_a_second_number(qtbot, controller, opened):
    QTest.mouseClick(opened.rows[0].button, LEFT)
    assert not opened.rows[1].isHidden()
    assert len(controller.sweeps.setup.axes) == 2
    qtbot.waitUntil(lambda: opened._state.full_text() == "225 variants")
    assert opened.value.text().startswith("eta_min = ")
    assert opened.value.text().endswith(" epochs")
    assert ", length = " in opened.value.text()
    assert (opened.rows[0].count.text(), opened.rows[1].count.text()) == ("25", "9")
    opened.rows[1].slider.setFocus()
    QTest.keyClick(opened.rows[1].slider, Qt.Key.Key_End)
    assert controller.sweeps.places[1] == 8
    QTest.mouseClick(opened.rows[1].button, LEFT)
    assert opened.rows[1].isHidden()
    assert len(controller.sweeps.setup.axes) == 1
    assert opened.rows[0].count.text() == "25"


def test_values_that_a_second_number_costs_are_told(controller, opened):
    type_into(opened.rows[0].count, "400")
    QTest.mouseClick(opened.rows[0].button, LEFT)
    assert opened.rows[0].count.text() == "100"
    assert opened._state.full_text() == "100 of its 400 values are kept, as two numbers vary"


def test_a_count_out_of_range_is_said(opened):
    count = opened.rows[0].count
    type_into(count, "100000")
    assert opened._state.full_text() == "How many values: Must be 1000 or less, not 100000"
    assert opened._state.property("role") == "error"
    # All of it can be read.
    room = count.inner_rect().width() - 6
    assert count.fontMetrics().horizontalAdvance("100000") <= room
    QTest.keyClick(count, Qt.Key.Key_Escape)
    assert opened._state.full_text() == "25 variants"


def test_what_was_refused_is_gone_with_its_reason(controller, opened):
    first, second = opened.rows
    QTest.mouseClick(first.button, LEFT)
    type_into(first.count, "500")
    assert opened._state.full_text() == "How many values: Must be 100 or less, not 500"
    first.slider.setFocus()
    QTest.mouseClick(second.button, LEFT)  # one number alone may have as many
    assert controller.sweeps.setup.counts == (500,)
    assert opened._state.full_text() == "500 variants"
    assert opened._state.property("role") == "hint"


def test_what_was_typed_for_another_number_is_gone(controller, opened):
    row = opened.rows[0]
    type_into(row.count, "nonsense")
    assert opened._state.property("role") == "error"
    row.target.setFocus()
    QTest.keyClick(row.target, Qt.Key.Key_Down)
    assert controller.sweeps.setup.axes[0].target != ETA
    assert row.count.text() == "25"
    assert opened._state.property("role") == "hint"


@pytest.mark.parametrize("field", ["start", "stop", "count"])
def test_what_was_typed_is_gone_when_the_bar_closes(qtbot, controller, opened, field):
    edit = getattr(opened.rows[0], field)
    type_into(edit, "nonsense")
    assert opened._state.property("role") == "error"
    QTest.mouseClick(opened.close_button, LEFT)
    controller.sweeps.open(ETA)
    qtbot.waitUntil(lambda: opened._state.full_text() == "25 variants")
    assert opened._state.property("role") == "hint"
    assert not edit.has_pending_text()


def test_what_was_typed_for_a_second_number_is_gone_with_it(controller, opened):
    first, second = opened.rows
    QTest.mouseClick(first.button, LEFT)
    type_into(second.count, "nonsense")
    QTest.mouseClick(second.button, LEFT)
    assert opened._state.property("role") == "hint"
    QTest.mouseClick(first.button, LEFT)
    assert opened._state.property("role") == "hint"
    assert second.count.text() == "9"


def test_adopt(qtbot, controller, opened):
    before = controller.schedule
    opened.focus_slider()
    QTest.keyClick(opened.rows[0].slider, Qt.Key.Key_End)
    QTest.mouseClick(opened.adopt, LEFT)
    assert controller.schedule == edits.set_param(before, 2, "eta_min", 1e-4)
    assert controller.undo_stack.count() == 1
    assert not opened.isHidden()


def test_variants_that_cannot_run_are_counted(qtbot, controller, opened):
    schedule = edits.set_phase(
        controller.schedule, 2, scheduler="wsd", params={"warmup_steps": 100, "decay_steps": 300}
    )
    controller.edit("wsd", schedule)
    assert "no parameter 'eta_min'" in opened._state.full_text()
    assert opened._state.property("role") == "error"
    assert not opened.adopt.isEnabled()
    controller.sweeps.open(ParamTarget(2, "decay_steps"))
    type_into(opened.rows[0].stop, "800")
    qtbot.waitUntil(lambda: "left out" in opened._state.full_text())
    assert opened._state.full_text().startswith(
        "15 of 25 variants left out: warmup_steps and decay_steps: "
    )
    lines = opened._state.toolTip().splitlines()
    assert lines[0].startswith("decay_steps = 421: warmup_steps and decay_steps: 521 steps do not")
    assert lines[-1] == "… and 5 more"
    QTest.keyClick(opened.rows[0].slider, Qt.Key.Key_End)
    assert not opened.adopt.isEnabled()
    QTest.keyClick(opened.rows[0].slider, Qt.Key.Key_Home)
    assert opened.adopt.isEnabled()


@pytest.mark.parametrize("way", ["esc", "button"])
def test_closing(controller, opened, way):
    if way == "esc":
        opened.focus_slider()
        QTest.keyClick(opened.rows[0].slider, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(opened.close_button, LEFT)
    assert controller.sweeps.setup is None
    assert opened.isHidden()


def test_esc_in_a_field_takes_back_the_text_first(controller, opened):
    field = opened.rows[0].start
    field.setFocus()
    QTest.keyClicks(field, "77")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert controller.sweeps.setup is not None
    assert field.value() == 1e-6
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert controller.sweeps.setup is None


def test_everything_has_a_name(opened):
    row = opened.rows[0]
    for widget in (row.target, row.start, row.stop, row.slider, row.count, row.scale, row.button):
        assert widget.accessibleName(), widget.objectName()
    assert opened.adopt.accessibleName() == "Adopt eta_min = 1e-05"


def test_it_fits_into_a_small_window(opened):
    assert opened.minimumSizeHint().width() <= 714
