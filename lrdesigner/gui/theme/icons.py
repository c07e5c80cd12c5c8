"""Icons drawn in one colour, recoloured from the theme whenever they are painted.

The drawings are ``resources/icons/<name>.svg``: 20 x 20, strokes in ``currentColor``. Because the
colour is looked up at painting time, a change of theme needs no new icons, and because the SVG is
rendered at the size and scale asked for, icons are crisp on every screen.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lrdesigner._resources import resource_dir

if TYPE_CHECKING:
    from lrdesigner.gui.theme.theme import Theme

_APP_ICON = "lrdesigner"
_SWATCH = 18


def icon(name: str, theme: Theme, role: str = "dim", on: str | None = None) -> QIcon:
    """The icon ``name`` in the colour of a token.

    Args:
        name: A file of ``resources/icons`` without its suffix, such as ``"undo"``.
        theme: Where the colours come from.
        role: The token of the icon at rest, such as ``"dim"``, ``"ok"``, ``"on_accent"``; under
            the pointer a "dim" icon turns to "text", disabled ones turn to "faint".
        on: The token while the button is checked; without it, the same.
    """
    return QIcon(_ThemedEngine(name, theme, role, on))


def swatch(color: str) -> QIcon:
    """A dot of that colour, for lists of colours to choose from."""
    pixmap = QPixmap(_SWATCH * 2, _SWATCH * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(QRectF(3, 3, 12, 12))
    painter.end()
    return QIcon(pixmap)


def icon_names() -> tuple[str, ...]:
    """The names ``icon`` knows."""
    paths = (resource_dir() / "icons").glob("*.svg")
    return tuple(sorted(path.stem for path in paths if path.stem != _APP_ICON))


def app_icon() -> QIcon:
    """The application's own icon, in its own colours."""
    return QIcon(str(resource_dir() / "icons" / f"{_APP_ICON}.svg"))


class _ThemedEngine(QIconEngine):
    def __init__(self, name: str, theme: Theme, role: str, on: str | None) -> None:
        super().__init__()
        _source(name)  # an unknown name fails here, not in the middle of painting
        self._name = name
        self._theme = theme
        self._role = role
        self._on = on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        svg = _source(self._name).replace("currentColor", self._color(mode, state))
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(place))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        pixels = QSize(round(size.width() * scale), round(size.height() * scale))
        image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRect(QPoint(0, 0), pixels), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        # Qt owns what it gets here but Python does not know: without a reference of ours the
        # engine would be collected under Qt's feet. Icons are cloned only when somebody adds to
        # one, so that the references stay few.
        copy = _ThemedEngine(self._name, self._theme, self._role, self._on)
        self._theme.keep_alive(copy)
        return copy

    def isNull(self) -> bool:
        return False

    def key(self) -> str:
        return "lrdesigner"

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tokens = self._theme.tokens
        if mode == QIcon.Mode.Disabled:
            return tokens.faint
        role = self._on if self._on and state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Active and role == "dim":
            role = "text"
        return QColor(str(getattr(tokens, role))).name()


@cache
def _source(name: str) -> str:
    path = resource_dir() / "icons" / f"{name}.svg"
    if not path.is_file():
        msg = f"no icon named {name!r}; there are {', '.join(icon_names())}"
        raise KeyError(msg)
    return path.read_text(encoding="utf-8")
