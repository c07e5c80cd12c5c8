"""The theme in use: tokens, and everything of Qt that is made from them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from lrdesigner.gui.theme.fonts import FontRole, font
from lrdesigner.gui.theme.palette import build_palette
from lrdesigner.gui.theme.stylesheet import build_stylesheet
from lrdesigner.gui.theme.tokens import Scheme, Tokens, tokens_for

SchemeSetting = Literal["dark", "light", "system"]

_QT_SCHEMES = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}


class Theme(QObject):
    """Which scheme is shown, and its colours and fonts.

    The application makes one and hands it to whoever paints. ``changed`` is emitted after the
    scheme has changed and, once applied, after the application has been restyled: a widget that
    paints with ``tokens`` connects its ``update`` to it.
    """

    changed = Signal()

    def __init__(self, setting: SchemeSetting = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._setting: SchemeSetting = setting
        self._app: QApplication | None = None
        self._kept: list[object] = []
        self._scheme: Scheme = self._resolve()

    @property
    def setting(self) -> SchemeSetting:
        """What the user chose; "system" follows the desktop."""
        return self._setting

    @property
    def scheme(self) -> Scheme:
        """What is shown."""
        return self._scheme

    @property
    def tokens(self) -> Tokens:
        """The colours of the scheme shown."""
        return tokens_for(self._scheme)

    def color(self, role: str) -> QColor:
        """A token, by its field or property name, as a QColor."""
        return QColor(str(getattr(self.tokens, role)))

    def font(self, role: FontRole = "ui") -> QFont:
        """The font of a role: ui, title, small, strong or code."""
        return font(role)

    def apply(self, app: QApplication) -> None:
        """Style ``app``, and keep its style in step with the scheme from now on."""
        if self._app is None:
            hints = app.styleHints()
            hints.colorSchemeChanged.connect(self.refresh)
            # Some platforms forget to announce a change; coming back to the window is a good
            # moment to look again.
            app.applicationStateChanged.connect(self.refresh)
        self._app = app
        app.setStyle("Fusion")
        app.setFont(font("ui"))
        self._announce_to_platform()
        self._scheme = self._resolve()
        self._restyle()

    def keep_alive(self, thing: object) -> None:
        """Hold a reference for as long as the theme lives."""
        self._kept.append(thing)

    @Slot(str)
    def set_scheme(self, setting: SchemeSetting) -> None:
        """Choose "dark", "light" or "system"."""
        if setting == self._setting:
            return
        self._setting = setting
        if self._app is not None:
            self._announce_to_platform()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look again at what the desktop shows, and follow it if that was the user's choice."""
        scheme = self._resolve()
        if scheme == self._scheme:
            return
        self._scheme = scheme
        self._restyle()
        self.changed.emit()

    def _resolve(self) -> Scheme:
        if self._setting != "system":
            return self._setting
        if QGuiApplication.instance() is None:
            return "dark"
        scheme = QGuiApplication.styleHints().colorScheme()
        return "light" if scheme == Qt.ColorScheme.Light else "dark"

    def _announce_to_platform(self) -> None:
        """Let the platform draw what is its own (title bars, file dialogs) in the same scheme."""
        hints = QGuiApplication.styleHints()
        if self._setting == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(_QT_SCHEMES[self._setting])

    def _restyle(self) -> None:
        if self._app is None:
            return
        self._app.setPalette(build_palette(self.tokens))
        self._app.setStyleSheet(build_stylesheet(self.tokens))
