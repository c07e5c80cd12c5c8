"""One overlay in the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.mime import overlay_mime
from lrdesigner.gui.overlays.menu import OverlayMenu
from lrdesigner.gui.overlays.name_edit import NameEdit
from lrdesigner.gui.overlays.swatch import Swatch
from lrdesigner.gui.overlays.tip import overlay_tip
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import ElidedLabel
from lrdesigner.i18n import tr

_BUTTON = 24
_KEYS = {
    Qt.Key.Key_Space: "visible",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
    Qt.Key.Key_F2: "rename",
    Qt.Key.Key_C: "color",
    Qt.Key.Key_R: "reference",
}


class OverlayRow(QWidget):
    """Line sample, name, what it is about to do or what is wrong, eye, remove.

    The row takes the keyboard as a whole: Space shows or hides, Delete removes, F2 renames, C
    gives another colour, R makes it the reference, Alt with an arrow moves it. It can be dragged:
    to another place of the list, or onto the timeline.

    Signals:
        wished: Id, what is to be done, and with which value, or None.
        step_requested: The user wants to the row above (-1) or below (1).
        pointed: The mouse has come (id) or gone (None).
    """

    wished = Signal(int, str, object)
    step_requested = Signal(int)
    pointed = Signal(object)

    def __init__(self, overlay: Overlay, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._overlay = overlay
        self._notes: tuple[str, ...] = ()
        self._reference = False
        self._pressed: QPointF | None = None
        self.setObjectName(f"overlay_row_{overlay.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleDescription(
            tr(
                "Space shows or hides, Delete removes, F2 renames, C changes the colour, R makes "
                "it the reference, Alt with an arrow key moves it"
            )
        )
        self._swatch = Swatch(theme, self)
        self._name = ElidedLabel(parent=self)
        self._name.setObjectName("overlay_name")
        self._edit = NameEdit(self)
        self._state = QLabel(self)
        self._state.setObjectName("overlay_state")
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._eye = self._button("overlay_eye")
        self._remove = self._button("overlay_remove")
        self._remove.setIcon(icon("close", theme))
        self._remove.setToolTip(tr("Remove (Delete)"))
        self._lay_out()
        self._swatch.chosen.connect(self._on_color)
        self._edit.ended.connect(self._on_named)
        self._eye.clicked.connect(self._on_eye)
        self._remove.clicked.connect(self._on_remove)
        theme.changed.connect(self._show)
        self._show()
        self._show_buttons()

    @property
    def overlay(self) -> Overlay:
        """What the row shows."""
        return self._overlay

    def set_overlay(self, overlay: Overlay) -> None:
        """Show the overlay's new state."""
        if overlay is not self._overlay:
            self._overlay = overlay
            self._show()

    def set_notes(self, notes: tuple[str, ...], *, reference: bool) -> None:
        """Say where it lies and how much of it is seen, and whether it is the reference."""
        if (notes, reference) != (self._notes, self._reference):
            self._notes, self._reference = notes, reference
            self._show()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in arrows and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._wish("up" if arrows[key] < 0 else "down")
        elif key in arrows:
            self.step_requested.emit(arrows[key])
        elif key in _KEYS and not event.modifiers():
            self._wish(_KEYS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position() if left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QApplication.startDragDistance()
        pressed = self._pressed
        if pressed is not None and (event.position() - pressed).manhattanLength() >= far:
            self._pressed = None
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._wish("rename")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = OverlayMenu(self._overlay, self._reference, self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.wished.connect(self._wish)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_mouse else self.mapToGlobal(QPoint(24, self.height())))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_buttons()
        self.pointed.emit(self._overlay.id)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_buttons()
        self.pointed.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_buttons()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_buttons()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 1))
        if self.underMouse():
            painter.setBrush(self._theme.color("raised"))
        if self.hasFocus() or self.underMouse():
            painter.drawRoundedRect(place, 6, 6)

    # Inner

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setFixedSize(_BUTTON, _BUTTON)
        button.setIconSize(QSize(15, 15))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 4)
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._edit)
        words.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 2, 0)
        row.setSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._swatch, 0, top)
        row.addSpacing(4)
        row.addLayout(words, 1)
        row.addWidget(self._remove, 0, top)
        row.addWidget(self._eye, 0, top)

    def _drag(self) -> None:
        drag = QDrag(self)
        drag.setMimeData(overlay_mime(self._overlay.id, self._overlay.path))
        drag.setPixmap(self.grab())
        drag.setHotSpot(QPoint(12, 12))
        # Copied only: a file manager that is offered to move the file would take it away.
        drag.exec(Qt.DropAction.CopyAction)

    @Slot()
    def _show(self) -> None:
        overlay = self._overlay
        self._swatch.show_overlay(overlay)
        self._name.set_text(overlay.name)
        _set_role(self._name, "" if overlay.visible else "dim")
        self.setToolTip(overlay_tip(overlay, self._theme.tokens))
        text, role = self._state_text()
        self._state.setText(text)
        self._state.setVisible(bool(text))
        _set_role(self._state, role)
        self._eye.setIcon(icon("eye" if overlay.visible else "eye-off", self._theme))
        self._eye.setToolTip(tr("Hide (Space)") if overlay.visible else tr("Show (Space)"))
        names = {"name": overlay.name}
        self._eye.setAccessibleName(
            tr("Hide {name}", **names) if overlay.visible else tr("Show {name}", **names)
        )
        self._remove.setAccessibleName(tr("Remove {name}", **names))
        self._swatch.setAccessibleName(tr("Colour of {name}", **names))
        shown = tr("shown") if overlay.visible else tr("hidden")
        self.setAccessibleName(", ".join(part for part in (overlay.name, shown, text) if part))
        self.update()

    def _state_text(self) -> tuple[str, str]:
        if self._overlay.error:
            return self._overlay.error, "error"
        if self._overlay.curve is None:
            return tr("Computing…"), "hint"
        first = (tr("reference"),) if self._reference else ()
        text = " \N{MIDDLE DOT} ".join((*first, *self._notes))
        return text[:1].upper() + text[1:], "hint"

    def _show_buttons(self) -> None:
        """The remove button is there for who reaches for it; else its room is the name's."""
        self._remove.setVisible(self.underMouse() or self.hasFocus())
        self.update()

    @Slot(str, object)
    def _wish(self, wish: str, value: object = None) -> None:
        if wish == "rename":
            self._name.hide()
            self._edit.begin(self._overlay.name, self._overlay.title)
        elif wish == "color" and value is None:
            self._swatch.open_menu()
        else:
            if wish == "visible":
                value = not self._overlay.visible
            elif wish == "reference":
                value = not self._reference
            self.wished.emit(self._overlay.id, wish, value)

    @Slot(object)
    def _on_named(self, name: str | None) -> None:
        self._name.show()
        if name is not None:
            self.wished.emit(self._overlay.id, "name", name)

    @Slot(str)
    def _on_color(self, color: str) -> None:
        self._wish("color", color)

    @Slot()
    def _on_eye(self) -> None:
        self._wish("visible")

    @Slot()
    def _on_remove(self) -> None:
        self._wish("remove")


def _set_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
