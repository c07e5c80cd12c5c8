"""The overlays panel: the list, opening files, and what went wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.mime import dragged_documents
from lrdesigner.gui.overlay_look import cut_text
from lrdesigner.gui.overlays.row import OverlayRow
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Banner

EDGE = 12


class OverlaysPanel(QWidget):
    """Saved schedules drawn over the current curve: open, show, hide, colour, remove."""

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._store = controller.overlays
        self._theme = theme
        self._rows: dict[int, OverlayRow] = {}
        self._errors: dict[str, Banner] = {}
        self._dropping = False
        self.setObjectName("overlays")
        self.setAccessibleName(self.tr("Overlays"))
        self.setAcceptDrops(True)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty = QLabel(self)
        self._empty.setProperty("role", "help")
        self._empty.setWordWrap(True)
        self._empty.setText(
            self.tr("Compare with other schedules: drop their files here, any number at once.")
        )
        self._open = QPushButton(self.tr("Open overlay…"), self)
        self._open.setObjectName("overlays_open")
        self._open.setProperty("variant", "link")
        self._open.setIcon(icon("add", theme, "accent_text"))
        self._open.setToolTip(self.tr("Draw saved schedules over the current curve"))
        self._lay_out()
        self._open.clicked.connect(self.ask_open)
        self._store.changed.connect(self._show)
        controller.document_changed.connect(self._show_cuts)
        controller.view_changed.connect(self._show_cuts)
        theme.changed.connect(self.update)
        self._show(self._store.overlays)

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Overlays"), self)
        heading.setProperty("role", "heading")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._messages = QVBoxLayout()
        self._messages.setSpacing(4)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, EDGE - 2, EDGE)
        column.setSpacing(4)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addLayout(self._messages)
        link = QHBoxLayout()
        link.setContentsMargins(0, 0, 0, 0)
        link.addSpacing(-4)  # the words, not the button's frame, stand at the margin
        link.addWidget(self._open)
        link.addStretch(1)
        column.addLayout(link)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        # The panel's own ground shows through, and the outline of a drop with it.
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(EDGE, EDGE - 2, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(heading)
        outer.addWidget(scroll, 1)
        self._scroll = scroll

    # -- for the window --------------------------------------------------------------------------

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose files to open."""
        path = self._controller.path
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Open overlays"),
            str(path.parent) if path else "",
            self.tr("Schedules (*.json);;All files (*)"),
        )
        self.open_paths(Path(name) for name in names)

    def open_paths(self, paths: Iterable[Path]) -> None:
        """Open files; each that cannot be read says why, and the others open all the same."""
        for path in paths:
            self._forget_error(str(path))
            for message in self._store.open([path]):
                reason = message.removeprefix(f"{path}: ")
                self._show_error(str(path), f"{path.name}: {reason}")

    def errors(self) -> list[str]:
        """The messages that stand in the panel."""
        return [banner.text() for banner in self._errors.values()]

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(250, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 96)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_documents(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_dropping(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dropping(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.open_paths(dragged_documents(event.mimeData()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        if self._dropping:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(4, 4, -4, -4), 7, 7)

    # Inner

    def _set_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.update()

    @Slot(object)
    def _show(self, overlays: tuple[Overlay, ...]) -> None:
        kept = {overlay.id for overlay in overlays}
        for number in [number for number in self._rows if number not in kept]:
            self._drop_row(number)
        for overlay in overlays:
            if overlay.id in self._rows:
                self._rows[overlay.id].set_overlay(overlay)
            else:
                self._add_row(overlay)
        self._empty.setVisible(not overlays)
        self._show_cuts()

    @Slot()
    def _show_cuts(self) -> None:
        """A run that is longer than the document's is seen only in part."""
        schedule, unit = self._controller.schedule, self._controller.view.unit
        for row in self._rows.values():
            row.set_cut(cut_text(row.overlay, schedule, unit))

    def _add_row(self, overlay: Overlay) -> None:
        row = OverlayRow(overlay, self._theme, self)
        row.visible_requested.connect(self._store.set_visible)
        row.color_requested.connect(self._store.set_color)
        row.remove_requested.connect(self._store.remove)
        row.step_requested.connect(self._step)
        self._rows[overlay.id] = row
        self._list.addWidget(row)
        row.show()

    def _drop_row(self, number: int) -> None:
        """Remove a row; the keyboard goes on to its neighbour."""
        row = self._rows[number]
        if row.hasFocus() and not self._step(1, row):
            self._step(-1, row)
        del self._rows[number]
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    @Slot(int)
    def _step(self, by: int, row: OverlayRow | None = None) -> bool:
        rows = list(self._rows.values())
        start = row or next((each for each in rows if each.hasFocus()), None)
        if start is None:
            return False
        place = rows.index(start) + by
        if not 0 <= place < len(rows):
            return False
        rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(rows[place], 0, 8)
        return True

    def _show_error(self, path: str, text: str) -> None:
        banner = Banner(
            text,
            "error",
            icon=icon("error", self._theme, "error"),
            close_icon=icon("close", self._theme),
            parent=self,
        )
        banner.setObjectName("overlay_error")
        banner.closed.connect(self._forget_closed)
        self._errors[path] = banner
        self._messages.addWidget(banner)
        banner.show()

    def _forget_error(self, path: str) -> None:
        banner = self._errors.pop(path, None)
        if banner is not None:
            self._messages.removeWidget(banner)
            banner.deleteLater()

    @Slot()
    def _forget_closed(self) -> None:
        for path in [path for path, banner in self._errors.items() if banner.isHidden()]:
            self._forget_error(path)
