"""The timeline panel: paints the rows of phases and hands events on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lrdesigner.engine.preview import Preview
from lrdesigner.gui import navigation
from lrdesigner.gui.announce import announce, listening
from lrdesigner.gui.boundary_typing import boundary_fields, type_boundary
from lrdesigner.gui.bubble_host import BubbleHost
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.timeline.blocks import Blocks
from lrdesigner.gui.timeline.captions import caption, paint_caption
from lrdesigner.gui.timeline.drops import TimelineDrops
from lrdesigner.gui.timeline.furniture import Furniture
from lrdesigner.gui.timeline.input import TimelineInput
from lrdesigner.gui.timeline.insert_menu import InsertMenu
from lrdesigner.gui.timeline.menu import PhaseMenu
from lrdesigner.gui.timeline.painting import Painter
from lrdesigner.gui.timeline.rows import HEIGHT, Rows, lay_out_rows, wanted_height
from lrdesigner.gui.timeline.scene import paint_held, paint_row
from lrdesigner.gui.timeline.tips import description, selection_words, tip
from lrdesigner.gui.timeline.track_menus import TrackMenu
from lrdesigner.i18n import tr


class TimelinePanel(QWidget):
    """The phases as blocks, on the canvas's x axis: a row for the document's own, one a track.

    Args:
        controller: Document, selection, time axis.
        theme: Colours and fonts.
        parent: Its owner.
    """

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._controller = controller
        self._theme = theme
        self._painter = Painter(theme)
        self._rows = Rows()
        self._said = ""
        self._furniture = Furniture(self, controller, theme)
        self._drops = TimelineDrops(self, controller)
        self._input = TimelineInput(self, controller, self._drops)
        self._typing = BubbleHost(controller, theme, self)
        controller.document_changed.connect(self._typing.close)
        self._furniture.scrolled.connect(self._lay_out)
        self._shown: Preview | None = None
        controller.document_changed.connect(self._on_document)
        controller.selection_changed.connect(self._show_selection)
        controller.axis.changed.connect(self._lay_out)
        controller.view_changed.connect(self._lay_out)  # the unit that lengths are told in
        theme.changed.connect(self.update)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(800, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.height())

    @property
    def rows(self) -> Rows:
        """The rows that can be seen."""
        return self._rows

    @property
    def blocks(self) -> Blocks:
        """Where the document's own phases stand."""
        row = self._rows.of(None)
        return row.blocks if row is not None else Blocks()

    @Slot()
    def _on_document(self) -> None:
        # When a gesture ends, its last document is announced again.
        if self._controller.preview is not self._shown:
            self._shown = self._controller.preview
            self._fit()

    @Slot()
    def _fit(self) -> None:
        """As high as the document's tracks need, up to a point."""
        height = wanted_height(len(self._controller.schedule.tracks), self.window().height())
        if height != self.height():
            self.setFixedHeight(height)
        self._furniture.fit()
        self._lay_out()

    @Slot()
    def _lay_out(self) -> None:
        size = self.size()
        scroll = self._furniture.scroll
        self._rows = lay_out_rows(self._controller, size.width(), size.height(), scroll)
        self._furniture.place(self._rows)
        self._describe()

    @Slot()
    def _show_selection(self) -> None:
        self._furniture.reveal(self._controller.selection.track)
        self._describe()

    def _describe(self) -> None:
        text = description(self._controller)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        if listening() and self.hasFocus():
            said = selection_words(self._controller)
            if said != self._said:
                self._said = said
                announce(self, said)
        self._input.refresh()
        self.update()

    def open_menu(
        self, part: DocumentPart, index: int, place: QPoint, step: int | None = None
    ) -> PhaseMenu:
        """Open the context menu of a phase at a global position; `step` is the one under it."""
        menu = PhaseMenu(self._controller, part, index, self._theme, self, step)
        menu.typing_wanted.connect(self._on_typing_wanted)
        menu.popup(place)
        return menu

    def open_insert_menu(self, part: DocumentPart, index: int, place: QPoint) -> InsertMenu:
        """Open the menu of what can be put before the phase at `index`, at a global position."""
        menu = InsertMenu(self._controller, part, index, self)
        menu.popup(place)
        return menu

    def type_end(self, part: DocumentPart, index: int) -> None:
        """Type where a phase ends, beside its boundary."""
        row = self._rows.of(part.track)
        if row is None:
            return
        block = row.blocks.blocks[index]
        left, right = row.blocks.left, row.blocks.right
        spot = QPointF(max(left, min(block.end, right)), block.rect.center().y())
        window = self.window()
        self._typing.open(
            boundary_fields(self._controller, part, index),
            partial(type_boundary, self._controller, part, index),
            self.mapTo(window, spot.toPoint()),
            window,
        )

    @Slot(int)
    def _on_typing_wanted(self, index: int) -> None:
        self.type_end(self._controller.part, index)

    @property
    def typing(self) -> BubbleHost:
        """The form for exact values."""
        return self._typing

    def open_track_menu(self, part: DocumentPart, place: QPoint) -> TrackMenu:
        """Open the menu of a track at a global position."""
        menu = TrackMenu(part, self._controller, self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
        return menu

    # -- events --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        shown = self._input.shown()
        for row in self._rows.rows:
            if row.named:
                said = caption(self._controller, row.part, self._theme)
                paint_caption(painter, self._theme, row, said, active=row.part.active)
        for row in self._rows.rows:  # what sticks out of a row lies over the captions
            selected = row.part.chosen
            paint_row(painter, self._painter, row, shown, selected=selected, focus=self.hasFocus())
        paint_held(painter, self._painter, self._rows, shown, float(self.width()))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and navigation.pinch(
            self._controller.axis, event
        ):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._input.wants_key(event):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip(self, position: QPointF) -> str:
        row = self._rows.at(position.y())
        if row is None:
            return ""
        if row.named and row.caption.contains(position):
            return row.part.title[:1].upper() + row.part.title[1:]
        return tip(self._controller, row.part, row.blocks.hit(position))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._input.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._furniture.wheel(event):
            navigation.wheel(self._controller.axis, event, event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._input.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._input.context_menu(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self.window().installEventFilter(self)
        self._fit()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._input.cancel()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._furniture.fit()
        self._lay_out()
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drops.move(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.drop(event)
