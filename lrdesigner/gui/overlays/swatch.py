"""The sample of an overlay's line, and the menu that gives it another colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton, QWidget

from lrdesigner.gui.line_sample import sample_pen
from lrdesigner.gui.overlay_look import overlay_color, overlay_dashes, overlay_group_color
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme, swatch
from lrdesigner.i18n import tr

_CHOICES = 6
_MOST_LINES = 3
_APART = 5.0
_WIDTH = 1.8


class Swatch(QToolButton):
    """Short pieces of the overlay's lines; a click offers other colours.

    Signals:
        chosen: The colour as ``"#rrggbb"``; "" for the theme's own.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._overlay: Overlay | None = None
        self.setObjectName("overlay_color")
        self.setFixedSize(26, 24)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(tr("Change the colour (C)"))
        self.clicked.connect(self.open_menu)

    def color(self) -> QColor:
        """The colour of the first line."""
        overlay = self._overlay
        return QColor() if overlay is None else QColor(overlay_color(overlay, self._theme.tokens))

    def show_overlay(self, overlay: Overlay) -> None:
        """Show its lines; a hidden overlay's are quiet."""
        self._overlay = overlay
        self.update()

    @Slot()
    def open_menu(self) -> None:
        """Offer the theme's colours, and any other."""
        menu = self.make_menu()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def make_menu(self) -> QMenu:
        """The menu of colours; it goes away by itself when it is closed."""
        menu = QMenu(self)
        menu.setObjectName("overlay_color_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tokens = self._theme.tokens
        for number, color in enumerate(tokens.overlay_colors(_CHOICES), start=1):
            action = menu.addAction(swatch(color), tr("Colour {number}", number=number))
            action.setData(color)
        menu.addSeparator()
        menu.addAction(tr("The theme’s own")).setData("")
        menu.addAction(tr("Other colour…")).setData("other")
        menu.triggered.connect(self._on_action)
        return menu

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        if action.data() != "other":
            self.chosen.emit(str(action.data()))
            return
        dialog = QColorDialog(self.color(), self)
        dialog.setObjectName("overlay_color_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Colour of the overlay"))
        dialog.colorSelected.connect(self._on_color)
        dialog.open()

    @Slot(QColor)
    def _on_color(self, color: QColor) -> None:
        self.chosen.emit(color.name())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hover"))
            painter.drawRoundedRect(self.rect(), 5, 5)
        overlay = self._overlay
        if overlay is None:
            return
        groups = 1 if overlay.curve is None else len(overlay.curve.groups)
        lines = min(groups, _MOST_LINES)
        top = self.height() / 2 - _APART * (lines - 1) / 2
        for index in range(lines):
            painter.setPen(self._pen(overlay, index, groups))
            y = top + _APART * index
            painter.drawLine(QPointF(4, y), QPointF(self.width() - 4, y))

    def _pen(self, overlay: Overlay, group: int, groups: int) -> QPen:
        tokens = self._theme.tokens
        color = overlay_group_color(overlay, tokens, group, groups)
        shown = QColor(color if overlay.visible else tokens.faint)
        return sample_pen(shown, overlay_dashes(overlay, group), _WIDTH)
