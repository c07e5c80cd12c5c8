"""The titles on the cards: short enough to be read, and full names are still found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from lrdesigner.catalog import Category, schedulers
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.palette.delegate import CardDelegate
from lrdesigner.gui.palette.model import PaletteModel
from lrdesigner.gui.palette.view import CardView


def test_every_title_fits_its_card(qtbot, controller, theme):
    panel = PalettePanel(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(250, 620)
    panel.show()
    qtbot.waitExposed(panel)
    delegate = panel.findChild(CardView, "palette_cards").itemDelegate()
    assert isinstance(delegate, CardDelegate)
    metrics = QFontMetrics(theme.font("small"))
    cut = []
    for spec in schedulers():
        card = QRect(panel.entry_rect(spec.key))
        assert card.width() > 90
        room = delegate.title_rect(card).width()
        shown = metrics.elidedText(spec.title, Qt.TextElideMode.ElideRight, room)
        # With a system font that is unusually wide a few letters may go, never a whole word.
        if shown != spec.title and len(spec.title) > 14:
            cut.append(spec.title)
    assert not cut


@pytest.mark.parametrize("category", Category)
def test_titles_tell_the_cards_of_a_category_apart(category):
    titles = [spec.title.casefold() for spec in schedulers() if spec.category is category]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("category", Category)
def test_torchs_own_classes_come_first(category):
    of_torch = [spec.key[0].isupper() for spec in schedulers() if spec.category is category]
    assert of_torch == sorted(of_torch, reverse=True)
    assert of_torch[0]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("warm-up logarithmic", "warmup_log"),
        ("untuned exponential warm-up", "untuned_exponential_warmup"),
        ("inverse square root megatron", "inverse_sqrt_megatron"),
        ("inverse square root hf", "inverse_sqrt"),
        ("inverse time keras", "keras_inverse_time"),
        ("reciprocal square root", "t5_rsqrt"),
        ("polynomial with end lr", "polynomial_end"),
        ("lr range test", "log_interpolation"),
        ("warmupcosinelr deepspeed", "deepspeed_warmup_cosine"),
        ("warm-up stable decay", "wsd"),
        ("budgeted linear", "budgeted_linear"),
        ("cosine with hard restarts", "cosine_hard_restarts"),
        ("piecewise constant", "piecewise_constant"),
    ],
)
def test_full_names_are_found_though_the_title_is_short(query, key):
    model = PaletteModel()
    model.set_query(query)
    assert key in model.keys()  # noqa: SIM118 - a list that the model gives, not a mapping
    assert len(model.keys()) < 8
