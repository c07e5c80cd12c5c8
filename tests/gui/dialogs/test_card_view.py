"""Cards share the width of their list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyle, QWidget

from lrdesigner.gui.dialogs.card_view import CardView
from lrdesigner.gui.dialogs.recipe_cards import GAP
from lrdesigner.gui.dialogs.recipe_model import RecipeModel

LEAST = 196


@pytest.mark.parametrize("width", [*range(640, 660), 300, 150, 1000])
def test_as_many_in_a_row_as_fit_and_no_gap_beside_them(qtbot, theme, width):
    host = QWidget()
    qtbot.addWidget(host)
    view = CardView(theme, host, QSize(LEAST, 144), lines=2)
    view.setModel(RecipeModel(view))
    view.resize(width, 500)
    host.resize(width, 500)
    host.show()
    qtbot.waitExposed(host)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(9, 0)).top() > 0)
    places = [view.visualRect(view.model().index(row, 0)) for row in range(10)]
    in_a_row = [place for place in places if place.top() == places[0].top()]
    extent = QStyle.PixelMetric.PM_ScrollBarExtent
    bar = view.style().pixelMetric(extent, None, view.verticalScrollBar())
    rest = view.maximumViewportSize().width() - in_a_row[-1].right() - 1
    assert bar <= rest <= bar + len(in_a_row), "the scroll bar's place, and what does not divide"
    assert len(in_a_row) == max(1, (width - bar - 1) // (LEAST + GAP))
    assert view.horizontalScrollBar().maximum() == 0
