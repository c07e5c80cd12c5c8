"""One overlay in the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from lrdesigner.gui.overlay_look import overlay_color
from lrdesigner.gui.overlays.swatch import Swatch
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import ElidedLabel

_BUTTON = 24


class OverlayRow(QWidget):
    """Line sample, name, what it is about to do or what is wrong, eye, remove.

    The row takes the keyboard as a whole: Space shows or hides, Delete removes, C gives another
    colour.

    Signals:
        visible_requested: Id, and whether it is to be drawn.
        color_requested: Id and colour.
        remove_requested: Id.
        step_requested: The user wants to the row above (-1) or below (1).
    """

    visible_requested = Signal(int, bool)
    color_requested = Signal(int, str)
    remove_requested = Signal(int)
    step_requested = Signal(int)

    def __init__(self, overlay: Overlay, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._overlay = overlay
        self._cut = ""
        self.setObjectName(f"overlay_row_{overlay.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleDescription(
            self.tr("Space shows or hides, Delete removes, C changes the colour")
        )
        self._swatch = Swatch(theme, self)
        self._name = ElidedLabel(parent=self)
        self._name.setObjectName("overlay_name")
        self._state = QLabel(self)
        self._state.setObjectName("overlay_state")
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._eye = self._button("overlay_eye")
        self._remove = self._button("overlay_remove")
        self._remove.setIcon(icon("close", theme))
        self._remove.setToolTip(self.tr("Remove (Delete)"))
        self._lay_out()
        self._swatch.chosen.connect(self._on_color)
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
        self._overlay = overlay
        self._show()

    def set_cut(self, text: str) -> None:
        """Say how much of it the canvas shows; "" for all."""
        if text != self._cut:
            self._cut = text
            self._show()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space:
                self._on_eye()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._on_remove()
            case Qt.Key.Key_C if not event.modifiers():
                self._swatch.open_menu()
            case Qt.Key.Key_Up:
                self.step_requested.emit(-1)
            case Qt.Key.Key_Down:
                self.step_requested.emit(1)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self._overlay.visible
        menu.addAction(self.tr("Hide") if shown else self.tr("Show")).triggered.connect(
            self._on_eye
        )
        menu.addAction(self.tr("Colour…")).triggered.connect(self._swatch.open_menu)
        menu.addSeparator()
        menu.addAction(self.tr("Remove")).triggered.connect(self._on_remove)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_mouse else self.mapToGlobal(QPoint(24, self.height())))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_buttons()

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

    @Slot()
    def _show(self) -> None:
        overlay = self._overlay
        self._swatch.set_line(overlay_color(overlay, self._theme.tokens), quiet=not overlay.visible)
        self._name.set_text(overlay.name)
        _set_role(self._name, "" if overlay.visible else "dim")
        self.setToolTip(str(overlay.path))
        text, role = self._state_text()
        self._state.setText(text)
        self._state.setVisible(bool(text))
        _set_role(self._state, role)
        self._eye.setIcon(icon("eye" if overlay.visible else "eye-off", self._theme))
        act = self.tr("Hide") if overlay.visible else self.tr("Show")
        self._eye.setToolTip(self.tr("{} (Space)").format(act))
        self._eye.setAccessibleName(f"{act} {overlay.name}")
        self._remove.setAccessibleName(self.tr("Remove {}").format(overlay.name))
        self._swatch.setAccessibleName(self.tr("Colour of {}").format(overlay.name))
        shown = self.tr("shown") if overlay.visible else self.tr("hidden")
        self.setAccessibleName(", ".join(part for part in (overlay.name, shown, text) if part))
        self.update()

    def _state_text(self) -> tuple[str, str]:
        if self._overlay.error:
            return self._overlay.error, "error"
        if self._overlay.curve is None:
            return self.tr("Computing…"), "hint"
        return (self.tr("Shown: {}").format(self._cut) if self._cut else ""), "hint"

    def _show_buttons(self) -> None:
        """The remove button is there for who reaches for it; else its room is the name's."""
        self._remove.setVisible(self.underMouse() or self.hasFocus())
        self.update()

    @Slot(str)
    def _on_color(self, color: str) -> None:
        self.color_requested.emit(self._overlay.id, color)

    @Slot()
    def _on_eye(self) -> None:
        self.visible_requested.emit(self._overlay.id, not self._overlay.visible)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self._overlay.id)


def _set_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
