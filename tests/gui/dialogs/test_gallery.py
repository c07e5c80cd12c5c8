"""The gallery of presets and examples, with real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

import lrdesigner as lrd
from lrdesigner.examples import examples
from lrdesigner.gui.dialogs.gallery import Gallery
from lrdesigner.gui.dialogs.recipe_details import number
from lrdesigner.gui.dialogs.recipe_model import RecipeModel
from lrdesigner.gui.dialogs.recipes import CATEGORIES, recipes
from lrdesigner.presets import presets
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def gallery(qtbot, theme):
    gallery = Gallery(theme)
    qtbot.addWidget(gallery)
    gallery.show()
    qtbot.waitExposed(gallery)
    return gallery


def titles(gallery) -> list[str]:
    model = gallery.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def read(gallery) -> set[int]:
    """The rows whose documents have been read."""
    return set(gallery._model._documents)


def place(gallery, row: int) -> QPoint:
    return gallery.view.visualRect(gallery.view.model().index(row, 0)).center()


def choose_category(qtbot, gallery, key: str) -> None:
    qtbot.mouseClick(gallery.category.findChild(QPushButton, f"segment_{key}"), LEFT)


def text(gallery, name: str) -> str:
    return gallery.details.findChild(QLabel, name).text()


def test_presets_and_examples_are_offered(gallery):
    wanted = [each.title for each in (*presets(), *examples())]
    assert titles(gallery) == [*wanted, "Empty schedule"]


def test_curves_are_drawn_for_what_is_in_sight_only(gallery, qtbot):
    model = gallery.view.model()
    area = gallery.view.viewport().rect()

    def in_sight() -> set[int]:
        index = model.index
        return {
            r
            for r in range(model.rowCount())
            if gallery.view.visualRect(index(r, 0)).intersects(area)
        }

    qtbot.waitUntil(lambda: in_sight() <= read(gallery))
    assert len(read(gallery)) < model.rowCount() / 2
    bar = gallery.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = in_sight()
    assert last - read(gallery)
    qtbot.waitUntil(lambda: last <= read(gallery))
    assert len(read(gallery)) < model.rowCount()
    shape = gallery._model.index(0, 0).data(RecipeModel.THUMBNAIL)
    assert shape.y.max() == 1.0
    assert shape.top == 0.1


def test_scrolled_past_is_read_after_what_is_in_sight(gallery, qtbot):
    qtbot.waitUntil(lambda: not gallery._model._timer.isActive())
    order = []
    gallery._model.dataChanged.connect(lambda first, last, roles: order.append(first.row()))
    for row in (30, 31, 32):  # asked for in this order
        assert gallery._model.index(row, 0).data(RecipeModel.THUMBNAIL) is None
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == [32, 31, 30]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("llama", {"LLaMA 7B", "Llama 3 405B"}),  # title
        ("resnet-50 goyal", {"ResNet-50, one hour"}),  # model and author
        ("1706.03762", {"Transformer base (Noam)"}),  # paper
        ("SWA averaging", {"SWA, VGG-16 on CIFAR-100"}),  # tag
        ("noam", {"Transformer base (Noam)"}),  # scheduler's key
        ("Restarts", {"SGDR, CIFAR"}),  # scheduler's title
        ("timgaripov", {"SWA, VGG-16 on CIFAR-100"}),  # repository
        ("plateau warm-up", {"Linear warm-up, plateau"}),
    ],
)
def test_search_finds_by(gallery, qtbot, words, found):
    qtbot.keyClicks(gallery.search, words)
    assert found <= set(titles(gallery))
    assert len(titles(gallery)) <= len(found) + 4


def test_search_and_enter_open_what_was_found(gallery, qtbot):
    gallery.search.setFocus()
    qtbot.keyClicks(gallery.search, "bert pre-training mlm")
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert signal.args[0] in (lrd.preset("bert"), lrd.preset("roberta"))
    assert signal.args[0].name == "BERT, pre-training"
    assert signal.args[0].folder is None  # saving must not overwrite the preset
    assert "github.com/google-research/bert" in signal.args[0].notes
    assert not gallery.isVisible()


def test_nothing_found_says_so_and_opens_nothing(gallery, qtbot):
    qtbot.keyClicks(gallery.search, "zzzz")
    assert titles(gallery) == []
    for name in ("gallery_open", "gallery_overlay"):
        assert not gallery.findChild(QPushButton, name).isEnabled()
    assert not gallery.details.title.isVisible()
    with qtbot.assertNotEmitted(gallery.chosen):
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert gallery.isVisible()
    qtbot.keyClick(gallery.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(gallery.search, Qt.Key.Key_Backspace)
    assert titles(gallery)
    assert gallery.details.title.isVisible()


@pytest.mark.parametrize("key", [key for key, _ in CATEGORIES])
def test_a_category_shows_its_own(gallery, qtbot, key):
    choose_category(qtbot, gallery, "speech")
    choose_category(qtbot, gallery, key)
    wanted = [each.title for each in recipes() if key == "all" or key in each.categories]
    assert titles(gallery) == wanted
    assert wanted
    assert gallery.view.currentIndex().row() == 0


def test_every_preset_is_in_a_category_that_can_be_chosen():
    known = {key for key, _ in CATEGORIES}
    for each in recipes():
        assert set(each.categories) <= known - {"all"}
        assert each.categories


def test_category_and_words_together(gallery, qtbot):
    choose_category(qtbot, gallery, "fine-tuning")
    qtbot.keyClicks(gallery.search, "lora")
    assert titles(gallery) == ["Stable Diffusion LoRA", "LoRA, GPT-2 medium on E2E"]


def test_keys_walk_from_the_search_over_the_cards(gallery, qtbot):
    gallery.search.setFocus()
    qtbot.keyClick(gallery.search, Qt.Key.Key_Down)
    assert gallery.view.hasFocus()
    qtbot.keyClick(gallery.view, Qt.Key.Key_Right)
    assert text(gallery, "gallery_title") == presets()[1].title
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.keyClick(gallery.view, Qt.Key.Key_Return)
    assert signal.args[0].name == presets()[1].title


def test_escape_closes_and_opens_nothing(gallery, qtbot):
    with qtbot.assertNotEmitted(gallery.chosen):
        qtbot.keyClick(gallery.search, Qt.Key.Key_Escape)
    assert not gallery.isVisible()


def test_a_double_click_opens(gallery, qtbot):
    viewport = gallery.view.viewport()
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.mouseClick(viewport, LEFT, pos=place(gallery, 1))
        qtbot.mouseDClick(viewport, LEFT, pos=place(gallery, 1))
    assert signal.args[0].name == presets()[1].title


def test_the_empty_schedule_is_empty_and_no_overlay(gallery, qtbot):
    qtbot.keyClicks(gallery.search, "empty schedule")
    assert not gallery.findChild(QPushButton, "gallery_overlay").isEnabled()
    with qtbot.waitSignal(gallery.chosen) as signal:
        qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert signal.args[0] == Schedule()


def test_a_click_shows_numbers_and_source(gallery, qtbot):
    row = next(r for r, title in enumerate(titles(gallery)) if title == "DINO ViT-S, pre-training")
    qtbot.mouseClick(gallery.view.viewport(), LEFT, pos=place(gallery, row))
    preset = next(each for each in presets() if each.key == "dino")
    assert text(gallery, "gallery_title") == preset.title
    assert text(gallery, "gallery_summary") == preset.summary
    assert text(gallery, "gallery_steps") == preset.steps
    assert preset.url in text(gallery, "gallery_source")
    assert gallery.details.source.openExternalLinks()
    facts = {
        "peak_lr": "0.001",
        "warm-up": "25,020 steps",
        "end_lr": "1e−6",
        "length": "250,200 steps\n100 epochs × 2,502\n128 M samples",
        "optimizer": "AdamW",
        "groups": "weights, no-decay",
        "schedulers": "Linear t/W · Cosine",
        "also_scheduled": "weight decay",
    }
    assert {name: text(gallery, f"fact_{name}") for name in facts} == facts


def test_an_example_has_numbers_but_no_source(gallery, qtbot):
    qtbot.keyClicks(gallery.search, "two groups")
    assert text(gallery, "gallery_title") == "Two groups, two formulas"
    assert text(gallery, "fact_peak_lr") == "0.001"
    assert not gallery.details.findChild(QLabel, "fact_warm-up").isVisible()
    assert not gallery.details.source.isVisible()
    assert not gallery.details.steps.isVisible()


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (0.128, "0.128"), (3e-5, "3e−5"), (1.38107e-3, "0.00138")]
)
def test_numbers_are_short(value, shown):
    assert number(value) == shown


def test_after_an_overlay_there_is_nothing_to_cancel(gallery, qtbot):
    leave = gallery.findChild(QPushButton, "gallery_cancel")
    assert leave.text() == "Cancel"
    gallery.search.setText("LLaMA 7B")
    qtbot.mouseClick(gallery.findChild(QPushButton, "gallery_overlay"), LEFT)
    assert leave.text() == "Close"
    qtbot.mouseClick(leave, LEFT)
    assert not gallery.isVisible()


def test_an_overlay_is_asked_for_and_the_gallery_stays(gallery, qtbot):
    qtbot.keyClicks(gallery.search, "llama 7b")
    with qtbot.waitSignal(gallery.overlay_wanted) as signal:
        qtbot.mouseClick(gallery.findChild(QPushButton, "gallery_overlay"), LEFT)
    assert lrd.load(signal.args[0]) == lrd.preset("llama")
    assert gallery.isVisible()
    assert gallery.findChild(QLabel, "gallery_added").text().startswith("LLaMA 7B")


def test_an_unreadable_file_opens_nothing(gallery, qtbot, monkeypatch):
    def fail(path):
        raise DocumentError(f"{path}: gone")

    monkeypatch.setattr("lrdesigner.presets.load", fail)
    qtbot.keyClicks(gallery.search, "ppo")
    assert titles(gallery) == ["PPO, Atari"]
    assert not gallery.findChild(QPushButton, "gallery_open").isEnabled()


def test_the_theme_reaches_the_link(gallery, theme):
    before = text(gallery, "gallery_source")
    theme.set_scheme("light")
    assert text(gallery, "gallery_source") != before


def test_the_model_keeps_qts_rules(gallery, qtmodeltester):
    qtmodeltester.check(gallery._model)
    qtmodeltester.check(gallery._filter)


def open_gallery(qtbot, window) -> Gallery:
    window.findChild(object, "action_gallery").trigger()
    gallery = window.findChild(Gallery)
    qtbot.waitExposed(gallery)
    return gallery


def test_the_window_starts_from_a_preset(make_window, qtbot):
    window = make_window()
    gallery = open_gallery(qtbot, window)
    qtbot.keyClicks(gallery.search, "sgdr")
    qtbot.keyClick(gallery.search, Qt.Key.Key_Return)
    assert window.schedule == lrd.preset("sgdr")


def test_the_window_lays_a_preset_over_its_curve(make_window, qtbot):
    window = make_window()
    before = window.schedule
    gallery = open_gallery(qtbot, window)
    qtbot.keyClicks(gallery.search, "llama 7b")
    qtbot.mouseClick(gallery.findChild(QPushButton, "gallery_overlay"), LEFT)
    overlays = window.controller.overlays.overlays
    assert [each.name for each in overlays] == ["LLaMA 7B"]
    qtbot.waitUntil(lambda: window.controller.overlays.overlays[0].curve is not None)
    curve = window.controller.overlays.overlays[0].curve
    assert curve.lr.max() == pytest.approx(3e-4)
    assert window.schedule == before
    qtbot.keyClick(gallery, Qt.Key.Key_Escape)
