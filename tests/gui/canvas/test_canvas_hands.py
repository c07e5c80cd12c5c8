"""Boundaries and rings in the hand: limits, snapping, exact values, the keyboard."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from lrdesigner.gui.snapping import Guide
from lrdesigner.gui.state import Selection, ViewState
from lrdesigner.gui.widgets import ValueBubble
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.units import spans

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def ends(controller):
    return [span.end for span in spans(controller.schedule)]


def lr(controller, group=1):
    return controller.schedule.optimizer.groups[group].lr


def ring(hand, group=1):
    found = next(h for h in hand.view.marks.handles if h.group == group)
    return hand.at(found.step, found.lr)


def warning(hand):
    return hand.view.readout.reading.warning


# -- boundaries ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "to", "modifier", "end", "reason"),
    [
        (200, -300, PLAIN, [1, 500, 1000], "a phase has one step at least"),
        (200, 900, PLAIN, [499, 500, 1000], "the next phase keeps one step at least"),
        (200, 990, ALT, [699, 999, 1000], "the later phases need the rest of the run"),
        (1000, 1300, PLAIN, [200, 500, 1000], "the run ends here"),
    ],
)
def test_a_boundary_stops_at_its_limit_and_says_why(
    hand, controller, start, to, modifier, end, reason
):
    here = hand.at(start) - QPointF(1, 0)
    hand.press(here, modifiers=modifier)
    hand.move(hand.at((start + to) / 2), modifiers=modifier)
    hand.move(hand.at(to), modifiers=modifier)
    assert warning(hand) == reason
    hand.release(hand.at(to), modifiers=modifier)
    assert ends(controller) == end
    assert not [p for p in controller.problems if p.severity == "error"]


def test_within_its_reach_nothing_is_complained_of(hand):
    hand.press(hand.at(200))
    hand.move(hand.at(300))
    hand.move(hand.at(400))
    assert warning(hand) == ""
    hand.release(hand.at(400))


@pytest.mark.parametrize("beside", [QPointF(-700, -300), QPointF(700, 300)])
def test_the_read_out_can_be_read_wherever_the_hand_goes(hand, beside):
    hand.press(hand.at(500))
    hand.move(hand.at(500) + beside / 2)
    hand.move(hand.at(500) + beside)
    box = hand.view.readout
    assert box.reading.warning
    assert hand.view.plane.rect.contains(box.mapRectToScene(box.boundingRect()))
    hand.release(hand.at(500))


def test_the_read_out_says_what_gives_way(hand, controller):
    hand.press(hand.at(200))
    hand.move(hand.at(300))
    assert hand.view.readout.reading.more == "trading time (Alt: later phases move)"
    hand.move(hand.at(300), modifiers=ALT)
    assert hand.view.readout.reading.more == "later phases move (Alt: trade time)"
    assert ends(controller) == [300, 600, 1000]
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert ends(controller) == [200, 500, 1000]


def test_shift_makes_a_boundary_ten_times_finer(hand, controller):
    hand.press(hand.at(200), modifiers=SHIFT)
    hand.move(hand.at(300), modifiers=SHIFT)
    hand.move(hand.at(400), modifiers=SHIFT)
    hand.release(hand.at(400), modifiers=SHIFT)
    assert ends(controller)[0] == pytest.approx(220, abs=2)


def test_ends_of_other_tracks_attract_and_a_line_says_so(hand, controller):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "optimizer": {
            "type": "SGD",
            "groups": [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.1}],
        },
        "phases": [
            {"scheduler": "ConstantLR", "length": "2 epochs"},
            {"scheduler": "ConstantLR"},
        ],
        "tracks": [
            {
                "groups": ["b"],
                "phases": [{"scheduler": "ConstantLR", "length": "347 steps"}],
            }
        ],
    }
    controller.open_document(loads(json.dumps(text)), None)
    near = hand.at(351)
    hand.press(hand.at(200))
    hand.move(hand.at(300))
    hand.move(near)
    assert ends(controller)[0] == 347
    assert hand.view.guides.guide == Guide(step=347)
    picture = hand.view.grab().toImage()
    x = int(hand.view.plane.x_of(347))
    accent = hand.view.guides.theme.tokens.accent
    column = [picture.pixelColor(x, y).name() for y in range(60, 300)]
    hand.move(near, modifiers=CTRL)
    assert ends(controller)[0] == pytest.approx(351, abs=2)
    assert hand.view.guides.guide == Guide()
    hand.release(near, modifiers=CTRL)
    blue = int(accent[5:7], 16)
    assert sum(int(name[5:7], 16) > blue * 0.5 for name in column) > 40


def test_a_boundary_stays_marked_while_it_is_dragged(hand):
    def accent_pixels():
        picture = hand.view.grab().toImage()
        x = int(hand.view.plane.x_of(hand.view.marks.boundaries[0].step))
        wanted = hand.view.marks.theme.tokens.accent
        return sum(picture.pixelColor(x, y).name() == wanted for y in range(40, 400))

    assert accent_pixels() < 10  # where the curve crosses it
    hand.press(hand.at(200))
    hand.move(hand.at(300))
    hand.move(hand.at(404), modifiers=CTRL)
    assert accent_pixels() > 40
    hand.release(hand.at(404), modifiers=CTRL)


def test_esc_brings_back_what_was_in_sight(hand, controller):
    controller.axis.set_range(100, 400)
    hand.press(hand.at(200))
    hand.move(hand.at(250))
    controller.axis.zoom(0.5, 200)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert controller.axis.range == (100, 400)
    hand.release(hand.at(250))
    assert controller.undo_stack.count() == 0


def test_zooming_in_a_drag_does_not_move_what_is_held(hand, controller):
    hand.press(hand.at(200))
    hand.move(hand.at(300))
    place = hand.at(350)
    hand.move(place, modifiers=CTRL)
    held = ends(controller)[0]
    controller.axis.zoom(0.5, controller.axis.step_at((place - QPointF(hand.view.pos())).x()))
    hand.move(place, modifiers=CTRL)
    assert ends(controller)[0] == pytest.approx(held, abs=1)
    hand.release(place, modifiers=CTRL)


def test_an_earlier_phase_that_takes_the_rest_stays_where_it_is(hand, controller):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "phases": [
            {"scheduler": "ConstantLR"},
            {"scheduler": "ExponentialLR", "params": {"gamma": 0.99}, "length": "3 epochs"},
        ],
    }
    controller.open_document(loads(json.dumps(text)), None)
    hand.drag(hand.at(1000) - QPointF(1, 0), hand.at(900) - QPointF(1, 0))
    assert ends(controller) == [700, 900]
    controller.undo_stack.undo()
    assert controller.schedule.phases[0].length == "rest"


# -- rings ---------------------------------------------------------------------------------------


def test_round_lrs_attract_a_ring(hand, controller):
    start = ring(hand)
    hand.press(start)
    near = QPointF(start.x(), hand.at(0, 0.0508).y())
    hand.move(near)
    assert lr(controller) == 0.05
    assert hand.view.guides.guide == Guide(level=0.05)
    hand.move(near, modifiers=CTRL)
    assert lr(controller) != 0.05
    assert hand.view.guides.guide == Guide()
    hand.release(near, modifiers=CTRL)


def test_shift_makes_a_ring_ten_times_finer(hand, controller):
    start = ring(hand)
    hand.press(start, modifiers=SHIFT)
    hand.move(start + QPointF(0, 100), modifiers=SHIFT)
    hand.release(start + QPointF(0, 100), modifiers=SHIFT)
    gone = hand.view.plane
    tenth = abs(gone.lr_at(start.y()) - gone.lr_at(start.y() + 10))
    assert 0.1 - lr(controller) == pytest.approx(tenth, rel=0.25)


def test_an_lr_stops_at_zero_and_says_so(hand, controller):
    start = ring(hand)
    hand.press(start)
    hand.move(start + QPointF(0, 100))
    hand.move(start + QPointF(0, 900))
    assert lr(controller) == 0
    assert warning(hand) == "LR cannot be below 0"
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert lr(controller) == 0.1
    hand.release(start)


def test_in_the_log_view_zero_is_out_of_reach_and_it_says_so(hand, controller):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "phases": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.999}}],
    }
    controller.set_view(ViewState(log=True))
    controller.open_document(loads(json.dumps(text)), None)
    assert not hand.view.plane.scale.zero
    start = ring(hand, 0)
    hand.press(start)
    hand.move(start + QPointF(0, 100))
    hand.move(start + QPointF(0, 3000))
    low = lr(controller, 0)
    assert low > 0
    assert warning(hand).startswith("a logarithmic axis never reaches 0")
    hand.move(start + QPointF(0, 4000))
    assert lr(controller, 0) == low
    QTest.keyClick(hand.canvas, Qt.Key.Key_Escape)
    hand.release(start)


def test_what_the_optimizer_refuses_is_not_set(hand, controller):
    text = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 100},
        "optimizer": {"type": "SparseAdam", "groups": [{"name": "all", "lr": 0.1}]},
        "phases": [{"scheduler": "ConstantLR", "params": {"factor": 1}}],
    }
    controller.open_document(loads(json.dumps(text)), None)
    start = ring(hand, 0)
    hand.press(start)
    hand.move(start + QPointF(0, 100))
    hand.move(start + QPointF(0, 900))
    assert lr(controller, 0) > 0
    assert "takes no LR of 0" in warning(hand)
    hand.release(start + QPointF(0, 900))
    assert not [p for p in controller.problems if p.severity == "error"]


# -- typing --------------------------------------------------------------------------------------


def double_click(hand, point):
    QTest.mouseDClick(hand.canvas, Qt.MouseButton.LeftButton, pos=point.toPoint())


def field(hand, name) -> QLineEdit:
    return hand.canvas.findChild(QLineEdit, f"bubble_{name}")


def enter(edit, text):
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("name", "text", "length", "end"),
    [
        ("length", "3 epochs", "3 epochs", 300),
        ("length", "250 steps", "250 steps", 250),
        ("length", "12.5%", "12.5%", 125),
        ("end", "2.75", "2.75 epochs", 275),
    ],
)
def test_a_boundary_is_typed(hand, controller, name, text, length, end):
    double_click(hand, hand.at(200))
    assert field(hand, "length").hasFocus()
    assert field(hand, "length").text() == "2 epochs"
    assert field(hand, "end").text() == "2"
    if name == "end":
        QTest.keyClick(field(hand, "length"), Qt.Key.Key_Tab)
    enter(field(hand, name), text)
    assert controller.schedule.phases[0].length == length
    assert ends(controller) == [end, 500, 1000]
    assert controller.undo_stack.count() == 1
    assert controller.axis.fitted
    assert hand.canvas.hasFocus()


@pytest.mark.parametrize("ringed", [False, True])
def test_nothing_is_said_under_the_form(hand, qtbot, ringed):
    point = ring(hand) if ringed else hand.at(200)
    hand.hover(point)
    assert hand.view.readout.reading is not None
    double_click(hand, point)
    assert hand.view.readout.reading is None
    hand.hover(point + QPointF(1, 0))
    assert hand.view.readout.reading is None
    QTest.keyClick(field(hand, "own" if ringed else "length"), Qt.Key.Key_Escape)
    hand.hover(point)
    assert hand.view.readout.reading is not None
    # The keyboard's card gives way as well, and comes back.
    while not hand.canvas.hands.chosen:
        QTest.keyClick(hand.canvas, Qt.Key.Key_Tab)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Right)
    card = hand.canvas.findChild(QWidget, "canvas_card")
    assert card.isVisible()
    QTest.keyClick(hand.canvas, Qt.Key.Key_Return)
    assert hand.canvas.hands.bubble is not None
    assert not card.isVisible()
    assert hand.view.readout.reading is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9 epochs", "The next phase keeps one step at least"),
        ("0 steps", "A phase has one step at least"),
        ("soon", "is not a length"),
        ("rest", "rest"),
    ],
)
def test_a_length_that_cannot_be_says_why_and_stays(hand, controller, text, reason):
    before = controller.schedule
    double_click(hand, hand.at(200))
    enter(field(hand, "length"), text)
    labels = hand.canvas.findChild(ValueBubble).findChildren(QLabel)
    assert any(reason in label.text() for label in labels if label.property("role") == "error")
    assert field(hand, "length").text() == text
    assert controller.schedule == before


def test_an_lr_is_typed(hand, controller):
    double_click(hand, ring(hand))
    enter(field(hand, "own"), "-1")
    labels = hand.canvas.findChild(ValueBubble).findChildren(QLabel)
    assert any("cannot be below 0" in label.text() for label in labels)
    enter(field(hand, "own"), "3e-4*2")
    assert lr(controller) == 6e-4
    assert controller.undo_stack.undoText() == "change LR of head"


def test_who_leaves_the_form_keeps_what_is_good(hand, controller, qtbot):
    double_click(hand, ring(hand))
    QTest.keyClicks(field(hand, "own"), "0.25")
    hand.click(hand.at(700))
    assert lr(controller) == 0.25
    assert hand.canvas.hands.bubble is None
    double_click(hand, ring(hand))
    QTest.keyClicks(field(hand, "own"), "nonsense")
    hand.click(hand.at(700))
    assert lr(controller) == 0.25
    assert hand.canvas.hands.bubble is None


def test_the_forms_keys_are_not_the_panels(hand, controller):
    hand.click(hand.at(200))  # chosen: arrows would move it, and Enter would type it
    double_click(hand, hand.at(200))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
        QTest.keyClick(field(hand, "length"), key)
    assert controller.undo_stack.count() == 0
    enter(field(hand, "length"), "1 epoch")
    assert ends(controller)[0] == 100
    assert hand.canvas.hands.bubble is None
    assert hand.canvas.hasFocus()


def test_saving_takes_what_is_being_typed(hand, controller, tmp_path):
    double_click(hand, ring(hand))
    QTest.keyClicks(field(hand, "own"), "0.75")
    controller.save_document(tmp_path / "a.json")
    assert '"lr": 0.75' in (tmp_path / "a.json").read_text(encoding="utf-8")
    assert controller.clean


# -- keyboard ------------------------------------------------------------------------------------


def describe(hand):
    return hand.canvas.accessibleDescription()


def test_tab_reaches_rings_and_boundaries_and_arrows_move_them(hand, controller):
    canvas = hand.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert describe(hand).startswith("backbone 1.00e−02 lr")
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert lr(controller, 0) > 0.01
    assert controller.undo_stack.undoText() == "change LR of backbone"
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert describe(hand).startswith("head 1.00e−01 lr")
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert "Linear 2 epochs, Constant 3 epochs; step 200" in describe(hand)
    QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    assert ends(controller) == [201, 500, 1000]
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert ends(controller)[0] == 196
    assert controller.undo_stack.undoText() == "resize phase"
    count = controller.undo_stack.count()
    for _ in range(80):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert ends(controller)[0] == 1
    assert controller.undo_stack.count() == count
    assert "a phase has one step at least" in describe(hand)
    assert canvas.hands._card.reading.warning == "a phase has one step at least"
    assert canvas.hands._card.isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_Up)  # up and down it does not go
    assert ends(controller)[0] == 1
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert field(hand, "length").hasFocus()


def test_of_a_selected_phase_tab_reaches_knobs_then_its_ring_and_ends(hand, controller):
    controller.select(Selection(2))
    seen = []
    while hand.canvas.focusNextPrevChild(True) and len(seen) < 20 and hand.canvas.hands.words:
        seen.append(hand.canvas.hands.chosen.chosen.key)
    kinds = [key[0] for key in seen]
    assert kinds == sorted(kinds, key=["knob", "ring", "boundary"].index)
    assert [key[2] for key in seen if key[0] == "boundary"] == [1, 2]
    assert len(set(seen)) == len(seen)


def test_a_click_chooses_what_the_keyboard_moves(hand, controller):
    hand.click(hand.at(500))
    assert hand.canvas.hands.chosen.chosen.key == ("boundary", None, 1)
    assert controller.selection == Selection(None)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Right)
    assert ends(controller)[1] == 505
    hand.click(ring(hand, 0))
    QTest.keyClick(hand.canvas, Qt.Key.Key_Down)
    assert lr(controller, 0) < 0.01
    hand.click(hand.at(700))
    assert hand.canvas.hands.chosen is None
    assert controller.selection == Selection(2)


def test_what_keys_move_out_of_sight_is_followed(hand, controller):
    controller.axis.set_range(150, 210)
    hand.click(hand.at(200))
    for _ in range(30):
        QTest.keyClick(hand.canvas, Qt.Key.Key_Right)
    end = ends(controller)[0]
    assert end > 210
    assert controller.axis.range[0] <= end <= controller.axis.range[1] + 1e-6
