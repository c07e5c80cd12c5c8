"""The overlays panel: the list, opening files, and what went wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
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
    QMenu,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.actions.keys import tip_of
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.mime import dragged_documents, dragged_overlay
from lrdesigner.gui.overlay_look import cut_text, missing_text, shift_text
from lrdesigner.gui.overlays.rows import OverlayRows
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Banner, MenuButton
from lrdesigner.i18n import tr

EDGE = 12


class OverlaysPanel(QWidget):
    """Curves drawn beside the current one: open, show, hide, name, colour, order, remove.

    Signals:
        pull_requested: Phases of that overlay (id) are to be taken into the document.
        document_requested: That overlay (id) is to be opened as the document.
    """

    pull_requested = Signal(int)
    document_requested = Signal(int)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._store = controller.overlays
        self._theme = theme
        self._errors: dict[str, Banner] = {}
        self._dropping = False
        self.setObjectName("overlays")
        self.setAccessibleName(tr("Overlays"))
        self.setAcceptDrops(True)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = OverlayRows(theme, self)
        self._empty = QLabel(self)
        self._empty.setObjectName("overlays_empty")
        self._empty.setProperty("role", "help")
        self._empty.setWordWrap(True)
        self._empty.setText(
            tr(
                "Compare with other schedules: drop their files here, any number at once. Or keep "
                "a ghost of this one before you change it."
            )
        )
        self._open = self._link("overlays_open", tr("Open overlay…"), "add")
        self._open.setToolTip(
            tip_of(tr("Draw saved schedules over the current curve"), "open_overlay")
        )
        self._ghost = self._link("overlays_ghost", tr("Keep ghost"), "ghost")
        self._ghost.setToolTip(
            tip_of(
                tr("Keep the curve as it is now, to see it beside what becomes of it"), "keep_ghost"
            )
        )
        self._more = MenuButton(self)
        self._more.setObjectName("overlays_compare")
        self._more.setIcon(icon("more", theme))
        self._more.setFixedSize(24, 24)
        self._more.setIconSize(QSize(16, 16))
        self._more.setToolTip(tr("Align, normalise, differences, numbers"))
        self._more.setAccessibleName(tr("How overlays are compared"))
        self._lay_out()
        self._open.clicked.connect(self.ask_open)
        self._ghost.clicked.connect(self._on_ghost)
        self._rows.wished.connect(self._on_wish)
        self._rows.moved.connect(self._store.move)
        self._rows.pointed.connect(controller.comparison.point_at)
        self._rows.focused.connect(self._show_row)
        self._store.changed.connect(self._show)
        for signal in (
            controller.document_changed,
            controller.view_changed,
            controller.curve_changed,
            controller.comparison.changed,
        ):
            signal.connect(self._show_notes)
        theme.changed.connect(self.update)
        self._noted: tuple[object, ...] = ()
        self._show(self._store.overlays)

    def _link(self, name: str, text: str, picture: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("variant", "link")
        button.setIcon(icon(picture, self._theme, "accent_text"))
        return button

    def _lay_out(self) -> None:
        heading = QLabel(tr("Overlays"), self)
        heading.setProperty("role", "heading")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, EDGE - 4, 0)
        head.addWidget(heading, 1)
        head.addWidget(self._more)
        self._messages = QVBoxLayout()
        self._messages.setSpacing(4)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, EDGE - 2, 4)
        column.setSpacing(4)
        column.addWidget(self._empty)
        column.addWidget(self._rows)
        column.addLayout(self._messages)
        links = QHBoxLayout()
        links.setContentsMargins(0, 0, 0, EDGE - 4)
        links.setSpacing(4)
        links.addSpacing(-4)  # the words, not the button's frame, stand at the margin
        links.addWidget(self._open)
        links.addWidget(self._ghost)
        links.addStretch(1)
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
        outer.setContentsMargins(EDGE, EDGE - 6, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(head)
        outer.addWidget(scroll, 1)
        outer.addLayout(links)
        self._scroll = scroll

    # -- for the window --------------------------------------------------------------------------

    def set_menu(self, menu: QMenu) -> None:
        """What the button beside the heading opens."""
        self._more.setMenu(menu)

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose files to open."""
        path = self._controller.path
        names, _ = QFileDialog.getOpenFileNames(
            self,
            tr("Open overlays"),
            str(path.parent) if path else "",
            tr("Schedules (*.json);;All files (*)"),
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
        if dragged_overlay(event.mimeData()) is None and dragged_documents(event.mimeData()):
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
        self._rows.show_overlays(overlays)
        self._rows.setVisible(bool(overlays))
        self._empty.setVisible(not overlays)
        self._show_notes()

    @Slot()
    def _show_notes(self) -> None:
        """Where each lies, how much of it is seen, and which is the reference."""
        controller = self._controller
        schedule, unit = controller.schedule, controller.view.unit
        comparison = controller.comparison
        places, reference = comparison.placements, comparison.reference
        state = (places, reference, unit, schedule.horizon, self._store.overlays)
        if state == self._noted:
            return  # as after most edits
        self._noted = state
        for number, row in self._rows.rows.items():
            place = places.get(number)
            notes: tuple[str, ...] = ()
            if place is not None:
                cut = cut_text(place, row.overlay, schedule, unit)
                shown = tr("in this run: {part}", part=cut) if cut else ""
                texts = (shift_text(place, schedule, unit), missing_text(place), shown)
                notes = tuple(text for text in texts if text)
            row.set_notes(notes, reference=reference is not None and reference.id == number)

    @Slot(int, str, object)
    def _on_wish(self, number: int, wish: str, value: object) -> None:
        store = self._store
        if number not in self._rows.rows:
            return  # it went while its row was being asked
        place = list(self._rows.rows).index(number)
        match wish:
            case "visible":
                store.set_visible(number, bool(value))
            case "alone":
                store.show_only(number)
            case "remove":
                store.remove(number)
            case "up" | "down":
                store.move(number, place - 1 if wish == "up" else place + 1)
            case "reference":
                self._controller.comparison.change(reference=number if value else None)
            case "read_again":
                self._read_again(number)
            case "pull":
                self.pull_requested.emit(number)
            case "open":
                self.document_requested.emit(number)
            case "name" | "color" | "style" | "anchor":
                field = "given" if wish == "name" else wish
                store.change(number, **{field: value})

    def _read_again(self, number: int) -> None:
        overlay = self._store.find(number)
        if overlay is not None and overlay.path is not None:
            self.open_paths([overlay.path])

    @Slot()
    def _on_ghost(self) -> None:
        self._controller.keep_ghost()

    @Slot(QWidget)
    def _show_row(self, row: QWidget) -> None:
        self._scroll.ensureWidgetVisible(row, 0, 8)

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
