"""The palette: search, keyboard, double click, drags that start at a card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from lrdesigner.catalog import schedulers
from lrdesigner.gui.mime import dragged_scheduler
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.palette.model import KEY_ROLE, PaletteModel
from lrdesigner.gui.palette.view import CardView
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import edits
from lrdesigner.schedule.units import spans


@pytest.fixture
def panel(qtbot, controller, theme):
    QCursor.setPos(QPoint(5000, 5000))  # wherever a test before has left it
    panel = PalettePanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(250, 620)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    return panel


def search_field(panel) -> QLineEdit:
    return panel.findChild(QLineEdit, "palette_search")


def cards(panel) -> CardView:
    return panel.findChild(CardView, "palette_cards")


def phases(controller) -> list[str]:
    return [phase.scheduler for phase in controller.schedule.phases]


# -- what is offered -----------------------------------------------------------------------------


def test_every_scheduler_is_an_entry_with_its_key(panel):
    assert panel.entries() == schedulers().keys()
    model = cards(panel).model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    assert [r.data(KEY_ROLE) for r in rows if r.data(KEY_ROLE)] == schedulers().keys()
    headings = [r.data() for r in rows if r.data(KEY_ROLE) is None]
    assert headings == ["Warm-up", "Hold", "Decay", "Cyclic", "Adaptive", "Custom"]


def test_a_drag_carries_the_key():
    model = PaletteModel()
    for spec in schedulers():
        index = model.index_of(spec.key)
        assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        assert dragged_scheduler(model.mimeData([index])) == spec.key
    assert not model.index(0).flags() & Qt.ItemFlag.ItemIsDragEnabled  # a heading


def test_the_tool_tip_tells_what_it_does_and_where_it_is_from():
    model = PaletteModel()
    spec = schedulers()["CosineAnnealingLR"]
    tip = model.index_of(spec.key).data(Qt.ItemDataRole.ToolTipRole)
    for part in (spec.key, spec.summary, spec.formula, spec.source):
        assert part in tip


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = PaletteModel()
    qtmodeltester.check(model)
    model.set_query("cosine")
    qtmodeltester.check(model)


# -- search --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("staircase", "StepLR"),  # keyword
        ("reducelron", "ReduceLROnPlateau"),  # key
        ("super-convergence", "OneCycleLR"),  # summary
        ("multistep", "MultiStepLR"),  # title
        ("RAMP", "LinearLR"),
        ("megatron", "inverse_sqrt_megatron"),  # frameworks
        ("megatron", "wsd"),
        ("minicpm", "wsd"),
        ("openmmlab", "cosine_periods"),
        ("vaswani", "noam"),  # source
        ("warmup cosine", "deepspeed_warmup_cosine"),  # a key in two words
        ("warm-up cosine", "half_cosine"),
        ("warm up", "warmup_linear"),
        ("kdecay", "k_decay_cosine"),
        ("inverse-square-root", "inverse_sqrt"),
    ],
)
def test_search_finds_by_name_key_keyword_and_summary(panel, qtbot, query, key):
    panel.focus_search()
    qtbot.keyClicks(search_field(panel), query)
    assert key in panel.entries()
    assert len(panel.entries()) < len(schedulers())


def shown_titles(panel) -> list[str]:
    model = cards(panel).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_better_a_match_the_higher_it_stands(panel, qtbot):
    before = shown_titles(panel)
    qtbot.keyClicks(search_field(panel), "cosine")
    found = shown_titles(panel)
    # The section of the best match leads, the exact title leads in it, keywords come last.
    assert found[:3] == ["Decay", "Cosine", "Cosine + floor"]
    assert found.index("k-decay cosine") > found.index("Cosine + flat")
    warm_up = found[found.index("Warm-up") :]
    assert warm_up.index("Cosine rise") < warm_up.index("Quadratic rise")
    search_field(panel).clear()
    qtbot.keyClicks(search_field(panel), "steplr")
    assert shown_titles(panel)[:2] == ["Decay", "StepLR"]
    search_field(panel).clear()
    assert shown_titles(panel) == before


def test_focus_search_leads_to_the_field_and_selects_what_is_there(panel, qtbot):
    search_field(panel).setText("cosine")
    cards(panel).setFocus()
    panel.focus_search()
    assert search_field(panel).hasFocus()
    qtbot.keyClicks(search_field(panel), "step")
    assert search_field(panel).text() == "step"


def test_nothing_found_says_what_was_looked_for_and_offers_a_way_back(panel, qtbot):
    qtbot.keyClicks(search_field(panel), "<b>foo</b>")
    assert panel.entries() == []
    assert not cards(panel).isVisible()
    label = next(w for w in panel.findChildren(QLabel) if "Nothing is called" in w.text())
    assert label.text().startswith("Nothing is called “<b>foo</b>”. ")
    assert label.textFormat() == Qt.TextFormat.PlainText
    button = next(b for b in panel.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.entries() == schedulers().keys()
    assert cards(panel).isVisible()


def test_escape_clears_the_search(panel, qtbot):
    qtbot.keyClicks(search_field(panel), "cosine")
    qtbot.keyClick(search_field(panel), Qt.Key.Key_Escape)
    assert search_field(panel).text() == ""
    assert panel.entries() == schedulers().keys()


def test_enter_in_the_search_inserts_the_first_match(panel, controller, qtbot):
    qtbot.keyClick(search_field(panel), Qt.Key.Key_Return)
    assert len(phases(controller)) == 3  # nothing was searched for
    qtbot.keyClicks(search_field(panel), "plateau")
    qtbot.keyClick(search_field(panel), Qt.Key.Key_Return)
    assert phases(controller)[-1] == "ReduceLROnPlateau"


# -- inserting -----------------------------------------------------------------------------------


def test_keys_walk_over_the_cards_and_enter_inserts(panel, controller, qtbot):
    view = cards(panel)
    search_field(panel).setText("deepspeed")
    qtbot.keyClick(search_field(panel), Qt.Key.Key_Down)
    assert view.hasFocus()
    walked = [view.currentIndex().data(KEY_ROLE)]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
        walked.append(view.currentIndex().data(KEY_ROLE))
    assert walked == [
        "deepspeed_warmup",
        "warmup_log",
        "deepspeed_warmup_decay",
        "deepspeed_warmup_cosine",
        "deepspeed_one_cycle",
    ]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert phases(controller)[-1] == "deepspeed_one_cycle"
    assert controller.selection == Selection(3)
    assert controller.undo_stack.undoText() == "add phase"


def test_up_from_the_first_row_leads_back_to_the_search(panel, qtbot):
    qtbot.keyClick(search_field(panel), Qt.Key.Key_Down)
    qtbot.keyClick(cards(panel), Qt.Key.Key_Up)
    assert cards(panel).currentIndex().data() == "Warm-up"  # the heading, which folds
    qtbot.keyClick(cards(panel), Qt.Key.Key_Up)
    assert search_field(panel).hasFocus()


def test_a_double_click_inserts_after_the_selected_phase(panel, controller, qtbot):
    controller.select(Selection(0))
    before = controller.schedule
    place = panel.entry_rect("ExponentialLR").center()
    viewport = cards(panel).viewport()
    where = viewport.mapFrom(panel, place)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert controller.schedule is before  # one click inserts nothing
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert phases(controller) == ["LinearLR", "ExponentialLR", "ConstantLR", "CosineAnnealingLR"]
    assert controller.selection == Selection(1)
    # It takes half of the selected phase's time; the others stay where they are.
    assert [s.start for s in spans(controller.schedule)] == [0, 100, 200, 500]
    controller.undo_stack.undo()
    assert controller.schedule == before


def test_without_a_selection_it_goes_to_the_end(panel, controller):
    controller.select(Selection())
    panel.insert("StepLR")
    assert phases(controller)[-1] == "StepLR"
    assert controller.selection == Selection(3)


def test_a_free_stretch_at_the_end_is_filled(panel, controller):
    controller.edit("x", edits.set_phase(controller.schedule, 2, length="2 epochs"))
    panel.insert("StepLR")
    assert [s.start for s in spans(controller.schedule)] == [0, 200, 500, 700]
    assert controller.schedule.phases[3].length == "rest"


def test_an_empty_timeline_takes_it(panel, controller):
    controller.edit("x", controller.schedule.replace(phases=()))
    panel.insert("StepLR")
    assert phases(controller) == ["StepLR"]


def test_after_a_phase_of_a_single_step(panel, controller):
    controller.edit("x", edits.set_phase(controller.schedule, 0, length="1 step"), Selection(0))
    panel.insert("StepLR")
    assert phases(controller)[:2] == ["LinearLR", "StepLR"]


# -- drags ---------------------------------------------------------------------------------------


def test_every_card_can_be_reached_by_the_mouse(panel, qtbot):
    panel.resize(250, 200)
    qtbot.wait(1)
    viewport = cards(panel).viewport()
    inside = QRect(viewport.mapTo(panel, QPoint(0, 0)), viewport.size())
    for key in panel.entries():
        rect = panel.entry_rect(key)
        assert inside.contains(rect)
        assert rect.width() > 90
        assert rect.height() > 40
        index = cards(panel).indexAt(viewport.mapFrom(panel, rect.center()))
        assert index.data(KEY_ROLE) == key
    search_field(panel).setText("plateau")
    assert panel.entry_rect("LinearLR").isEmpty()


def test_a_card_is_dragged_with_its_key_under_the_pointer(panel, qtbot, monkeypatch):
    started = []
    make = CardView.make_drag

    class Caught:
        def __init__(self, drag) -> None:
            self.drag = drag

        def exec(self, actions) -> None:
            started.append((dragged_scheduler(self.drag.mimeData()), self.drag, actions))

    monkeypatch.setattr(CardView, "make_drag", lambda *args: Caught(make(*args)))
    viewport = cards(panel).viewport()
    start = viewport.mapFrom(panel, panel.entry_rect("OneCycleLR").center())
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    far = QApplication.startDragDistance() + 2
    for step in (1, far, 2 * far):
        QTest.mouseMove(viewport, start + QPoint(step, 0))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start)
    [(key, drag, actions)] = started
    assert key == "OneCycleLR"
    assert actions == Qt.DropAction.CopyAction
    card = panel.entry_rect("OneCycleLR").size()
    assert drag.pixmap().deviceIndependentSize().toSize() == card
    assert QRect(QPoint(0, 0), card).contains(drag.hotSpot())


# -- look ----------------------------------------------------------------------------------------


def outline(panel, key: str) -> str:
    rect = panel.entry_rect(key)
    image = panel.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(
        round((rect.left() + 1) * ratio), round(rect.center().y() * ratio)
    ).name()


def test_the_selected_phases_scheduler_is_outlined(panel, controller, theme):
    plain = outline(panel, "LinearLR")
    assert plain == theme.tokens.raised
    controller.select(Selection(0))
    assert outline(panel, "LinearLR") != plain
    assert outline(panel, "ConstantLR") == plain
    controller.select(Selection(1))
    assert outline(panel, "LinearLR") == plain
    assert outline(panel, "ConstantLR") != plain


def test_an_unknown_scheduler_outlines_nothing(panel, controller, theme):
    unknown = controller.schedule.phases[0].replace(scheduler="Mystery")
    controller.edit("x", controller.schedule.replace(phases=(unknown,)), Selection(0))
    assert {outline(panel, key) for key in panel.entries()} == {theme.tokens.raised}


def test_cards_follow_the_theme(panel, theme):
    assert outline(panel, "StepLR") == theme.tokens.raised
    theme.set_scheme("light")
    assert outline(panel, "StepLR") == theme.tokens.raised


def test_a_wider_palette_has_more_columns(panel, qtbot):
    first = panel.entries()[:3]

    def columns() -> int:
        tops = [panel.entry_rect(key).top() for key in first]
        return tops.count(tops[0])

    assert columns() == 2
    panel.resize(420, 620)
    qtbot.waitUntil(lambda: columns() == 3)
