"""A wide, flat button: picture, words, and the keys that do the same."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets.key_caps import caps_width, paint_caps, split_keys

HEIGHT = 34
_EDGE, _ICON = 8, 18


class StartButton(QAbstractButton):
    """One thing to begin with.

    Signals:
        wanted: Its name.

    Args:
        name: What it stands for.
        text: Its words.
        keys: Its shortcut as the platform writes it, or "".
        picture: Its icon.
        theme: Colours and fonts.
        parent: Its owner.
    """

    wanted = Signal(str)

    def __init__(
        self, name: str, text: str, keys: str, picture: QIcon, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._name, self._keys, self._theme = name, keys, theme
        self.setObjectName(f"start_{name}")
        self.setText(text)
        self.setIcon(picture)
        self.setAccessibleDescription(keys)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return QSize(220, HEIGHT)

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(self._name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lit = self.underMouse() or self.isDown()
        if lit or self.hasFocus():
            ring = QPen(theme.color("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(ring)
            fill = "pressed" if self.isDown() else "hover"
            painter.setBrush(theme.color(fill) if lit else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, 6, 6)
        middle = self.rect().center().y()
        place = QRect(_EDGE, 0, _ICON, _ICON)
        place.moveCenter(QPointF(place.center().x(), middle + 1).toPoint())
        mode = QIcon.Mode.Active if lit else QIcon.Mode.Normal
        self.icon().paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
        caps = split_keys(self._keys) if self._keys else []
        taken = caps_width(caps, theme) if caps else 0
        right = self.width() - _EDGE - taken
        if caps:
            paint_caps(painter, caps, QPointF(right, middle), theme)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("text"))
        words = QRect(_EDGE + _ICON + 10, 0, round(right) - _EDGE - _ICON - 22, self.height())
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
