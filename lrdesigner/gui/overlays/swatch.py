"""The sample of an overlay's line, and the menu that gives it another colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton, QWidget

from lrdesigner.gui.theme import Theme, swatch

_CHOICES = 6


class Swatch(QToolButton):
    """A short piece of the overlay's line; a click offers other colours.

    Signals:
        chosen: The colour as ``"#rrggbb"``; "" for the theme's own.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._color = QColor()
        self._quiet = False
        self.setObjectName("overlay_color")
        self.setFixedSize(26, 24)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(self.tr("Change the colour"))
        self.clicked.connect(self.open_menu)

    def color(self) -> QColor:
        """The colour of the line."""
        return self._color

    def set_line(self, color: str, *, quiet: bool) -> None:
        """Show that colour; a hidden overlay's line is quiet."""
        if QColor(color) != self._color or quiet != self._quiet:
            self._color, self._quiet = QColor(color), quiet
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
            action = menu.addAction(swatch(color), self.tr("Colour {}").format(number))
            action.setData(color)
        menu.addSeparator()
        menu.addAction(self.tr("The theme’s own")).setData("")
        menu.addAction(self.tr("Other colour…")).setData("other")
        menu.triggered.connect(self._on_action)
        return menu

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        if action.data() != "other":
            self.chosen.emit(str(action.data()))
            return
        dialog = QColorDialog(self._color, self)
        dialog.setObjectName("overlay_color_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Colour of the overlay"))
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
        color = QColor(self._theme.tokens.faint) if self._quiet else self._color
        pen = QPen(color, 2.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.0, 1.5])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(4, middle), QPointF(self.width() - 4, middle))
