"""The grid of cards."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QScrollBar, QStyle, QStyleOptionViewItem, QWidget

from lrdesigner.gui.palette.delegate import CardDelegate
from lrdesigner.gui.palette.model import HEADING_ROLE, KEY_ROLE, PaletteModel
from lrdesigner.gui.palette.rows import Heading
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RENAME = Qt.Key.Key_F2
_ASKS = (_RENAME, Qt.Key.Key_Delete)
_FOLDS = {
    Qt.Key.Key_Left: True,
    Qt.Key.Key_Minus: True,
    Qt.Key.Key_Right: False,
    Qt.Key.Key_Plus: False,
}
_TURNS = (*_ENTER, Qt.Key.Key_Space)


class CardView(QListView):
    """Cards in columns: arrow keys move, Enter and double click insert, cards can be dragged.

    A click on a heading folds its section, and unfolds it; so do Enter and Space, Left and Right.

    Signals:
        insert_requested: The scheduler's key.
        search_requested: The user wants back to the search field (up from the first row).
        menu_requested: The key of the entry, "" for a heading, and where on the screen its menu
            opens.
        rename_requested: The key (F2).
        delete_requested: The key (Del).
    """

    insert_requested = Signal(str)
    search_requested = Signal()
    menu_requested = Signal(str, QPoint)
    rename_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, model: PaletteModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards = CardDelegate(theme, self)
        self._model = model
        # A list that may have a scroll bar keeps more room for it than this style's takes, enough
        # to lose a column. So the view goes without, and one over it does the work.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._bar.setValue)
        self.setObjectName("palette_cards")
        self.setAccessibleName(tr("Schedulers"))
        self.setAccessibleDescription(
            tr("Drag a card onto the timeline, or press Enter to insert it")
        )
        # Wrapping, left to right: headings are as wide as the view and so have their own rows.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(self._cards)
        self.setModel(model)
        self.doubleClicked.connect(self._on_double_clicked)
        self._pressed: QPersistentModelIndex | None = None

    def set_marked(self, key: str) -> None:
        """Outline the card of the selected phase's scheduler."""
        if self._cards.set_marked(key):
            self.viewport().update()

    def card_rect(self, index: QModelIndex) -> QRect:
        """The card of an entry, scrolled into view; in the viewport's coordinates."""
        self.scrollTo(index)
        return self.card_place(index)

    def card_place(self, index: QModelIndex) -> QRect:
        """The card of an entry where it is now; in the viewport's coordinates."""
        return self._cards.card_rect(self.visualRect(index))

    def fold(self, name: str, folded: bool) -> None:
        """Fold a section, or unfold it; its heading stays where it is."""
        index = self._model.heading_index(name)
        top = self.visualRect(index).top()
        names = set(self._model.folded) - {name}
        self._model.set_folded(names | {name} if folded else names)
        index = self._model.heading_index(name)
        self.setCurrentIndex(index)
        moved = self.visualRect(index).top() - top
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def make_drag(self, index: QModelIndex, grip: QPoint) -> QDrag:
        """The drag of an entry: its key, and its card under the pointer."""
        card = self._cards.card_rect(self.visualRect(index))
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData([index]))
        drag.setPixmap(self._card_pixmap(index, card.size()))
        drag.setHotSpot(grip - card.topLeft())
        return drag

    # Qt

    def startDrag(self, supported: Qt.DropAction) -> None:
        index = self.currentIndex()
        if index.isValid():
            card = self._cards.card_rect(self.visualRect(index))
            grip = self.viewport().mapFromGlobal(QCursor.pos())
            if not card.contains(grip):
                grip = card.center()
            self.make_drag(index, grip).exec(supported)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll bar's room stays free when there is none, so that nothing jumps.
        width = self._bar.sizeHint().width()
        self._bar.setGeometry(self.width() - width, 0, width, self.height())
        if self._cards.set_width(self.width() - width):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        inner = self.verticalScrollBar()
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(inner.singleStep())
        self._bar.setRange(inner.minimum(), inner.maximum())
        self._bar.setVisible(inner.maximum() > inner.minimum())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        heading = index.data(HEADING_ROLE)
        key = Qt.Key(event.key())
        if isinstance(heading, Heading) and (key in _FOLDS or key in _TURNS):
            folded = not heading.folded if key in _TURNS else _FOLDS[key]
            self.fold(heading.name, folded)
            event.accept()
            return
        if event.key() in _ENTER and index.isValid():
            self.insert_requested.emit(str(index.data(KEY_ROLE)))
            event.accept()
            return
        if event.key() in _ASKS and index.isValid():
            asked = self.rename_requested if event.key() == _RENAME else self.delete_requested
            asked.emit(str(index.data(KEY_ROLE)))
            event.accept()
            return
        if event.key() == Qt.Key.Key_Up and self._in_first_row(index):
            self.search_requested.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        key = index.data(KEY_ROLE)
        if not index.isValid() or not index.flags():
            return
        place = event.globalPos()
        if by_key:
            place = self.viewport().mapToGlobal(self.card_rect(index).center())
        self.menu_requested.emit(str(key or ""), place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton
        self._pressed = QPersistentModelIndex(index) if plain else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index, pressed = self.indexAt(event.position().toPoint()), self._pressed
        self._pressed = None
        heading = index.data(HEADING_ROLE)
        if not isinstance(heading, Heading) or heading.folded is None:
            return
        if pressed is not None and pressed == index:
            self.fold(heading.name, not heading.folded)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        shape = Qt.CursorShape.ArrowCursor
        if index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            shape = Qt.CursorShape.OpenHandCursor
        elif index.flags():
            shape = Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    # Inner

    def _in_first_row(self, index: QModelIndex) -> bool:
        if not index.isValid():
            return True
        places = map(self._model.index, range(self._model.rowCount()))
        first = next((place for place in places if place.flags()), index)
        return self.visualRect(index).top() <= self.visualRect(first).top()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if key is not None:
            self.insert_requested.emit(str(key))

    def _card_pixmap(self, index: QModelIndex, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self._cards.cell_rect(size)  # type: ignore[attr-defined]
        option.state = QStyle.StateFlag.State_Enabled  # type: ignore[attr-defined]
        painter = QPainter(pixmap)
        painter.setOpacity(0.9)
        self._cards.paint(painter, option, index)
        painter.end()
        return pixmap
