"""Cards beside and below each other, which share the width they have."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QWidget

from lrdesigner.gui.dialogs.recipe_cards import CARD, GAP, RecipeDelegate
from lrdesigner.gui.theme import Theme


class CardView(QListView):
    """A list of recipes as cards: as many in a row as fit, and as wide as there is room for.

    Args:
        theme: Colours and fonts.
        parent: Its owner.
        card: The least size of a card.
        lines: How many lines the summary has.
    """

    def __init__(self, theme: Theme, parent: QWidget, card: QSize = CARD, lines: int = 3) -> None:
        super().__init__(parent)
        self._least = card.width()
        self._cards = RecipeDelegate(theme, self, card, lines)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setItemDelegate(self._cards)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()  # only now it has its style
        super().showEvent(event)

    def _fit(self) -> None:
        # The list keeps the scroll bar's place free, whether it is there or not, and a pixel.
        bar = self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
        )
        room = self.maximumViewportSize().width() - bar - 1
        place = max(GAP + 1, room // max(1, room // (self._least + GAP)))
        self._cards.set_width(place - GAP)
        size = QSize(place, self._cards.card.height() + GAP)
        if size != self.gridSize():
            self.setGridSize(size)
