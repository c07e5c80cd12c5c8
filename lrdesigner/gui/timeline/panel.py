"""The timeline panel: paints the row of phases and hands events on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Slot
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
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lrdesigner.gui import navigation
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.timeline.blocks import HEIGHT, Blocks, lay_out
from lrdesigner.gui.timeline.input import TimelineInput
from lrdesigner.gui.timeline.menu import PhaseMenu
from lrdesigner.gui.timeline.painting import Painter
from lrdesigner.gui.timeline.scene import paint_scene
from lrdesigner.gui.timeline.tips import description, tip
from lrdesigner.gui.timeline.wishes import Wishes


class TimelinePanel(QWidget):
    """The phases as blocks, on the canvas's x axis.

    Args:
        controller: Document, selection, time axis.
        theme: Colours and fonts.
        parent: Its owner.
    """

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._controller = controller
        self._theme = theme
        self._painter = Painter(theme)
        self._blocks = Blocks()
        self.wishes = Wishes(controller)
        self._input = TimelineInput(self, controller, self.wishes)
        controller.document_changed.connect(self._lay_out)
        controller.selection_changed.connect(self._show_selection)
        controller.axis.changed.connect(self._lay_out)
        theme.changed.connect(self.update)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(800, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, HEIGHT)

    @property
    def blocks(self) -> Blocks:
        """Where everything stands."""
        return self._blocks

    @Slot()
    def _lay_out(self) -> None:
        self._blocks = lay_out(self._controller.schedule, self._controller.axis)
        self._show_selection()

    @Slot()
    def _show_selection(self) -> None:
        text = description(self._controller)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        self._input.refresh()
        self.update()

    def open_menu(self, index: int, place: QPoint) -> PhaseMenu:
        """Open the context menu of a phase at a global position."""
        menu = PhaseMenu(self._controller.schedule, index, self.wishes, self._theme, self)
        menu.popup(place)
        return menu

    # -- events --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        paint_scene(
            painter,
            self._painter,
            self._blocks,
            self._input.shown(),
            selected=self._controller.selection.phase,
            focus=self.hasFocus(),
            width=float(self.width()),
        )
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
            hit = self._blocks.hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(self._controller, hit), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._input.press(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
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

    def hideEvent(self, event: QHideEvent) -> None:
        self._input.cancel()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._input.drag_move(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._input.drag_move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._input.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._input.drop(event)
