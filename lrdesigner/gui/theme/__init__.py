"""How the application looks: colours, fonts, icons and the one style sheet.

    from lrdesigner.gui.theme import Theme, Tokens, icon

The application makes one ``Theme``, calls ``theme.apply(app)`` and hands the theme to the panels.
Widgets that paint themselves use ``theme.tokens`` (or ``theme.color(role)``) in ``paintEvent`` and
connect ``theme.changed`` to ``update``. Everything else is styled from here; nobody else calls
``setStyleSheet``. What a widget is, it says with its class or with a dynamic property, set once
before it is shown (``widget.setProperty("role", "dim")``):

========================  =====================================================================
property                  on, and what it gives
========================  =====================================================================
``role="title"``          QLabel: 14 px semibold
``role="strong"``         QLabel: 13 px semibold
``role="heading"``        QLabel: 13 px semibold, dim (palette categories, "Overlays")
``role="dim"``            QLabel: dim text (form labels)
``role="help"``           QLabel: 12 px dim text (help under a title)
``role="hint"``           QLabel: the quietest text
``role="ok"``             QLabel: the colour of good news; likewise ``warning``, ``error``
``role="code"``           QPlainTextEdit, QTextEdit: no frame, code margins; give it
                          ``theme.font("code")``
``variant="primary"``     QPushButton, QToolButton: filled with the accent (Export)
``variant="flat"``        QPushButton: no ground until hovered ("Copy")
``variant="link"``        QPushButton, QToolButton: accent-coloured words ("+ Add group")
``variant="danger"``      QPushButton: error-coloured words
``variant="menu"``        QToolButton: raised, with a chevron: says what is chosen, opens a menu
``variant="toggle"``      QToolButton: outlined words that are on or off
``invalid=true``          QLineEdit, QAbstractSpinBox, QComboBox: marked as wrong
``surface="panel"``       QWidget (with WA_StyledBackground): ground of panels; likewise
                          ``"window"``, ``"raised"``, ``"card"`` (raised, rounded; with
                          ``selected=true`` outlined in the accent)
``tone="ok"``             ChipLabel: outline and words in that colour; also ``warning``,
                          ``error``, ``accent``; without it, neutral
========================  =====================================================================

QToolButton is flat by default; ``compact=true`` leaves it no padding. QTabBar has the accent
underline. QDockWidget, QMainWindow separators, QSplitter, scroll bars, menus, item views and tool
tips need no properties.
"""

from __future__ import annotations

from lrdesigner.gui.theme.color import contrast, luminance, mix
from lrdesigner.gui.theme.icons import app_icon, icon, icon_names, swatch
from lrdesigner.gui.theme.theme import SchemeSetting, Theme
from lrdesigner.gui.theme.tokens import CATEGORIES, DARK, LIGHT, Scheme, Tokens, tokens_for

__all__ = [
    "CATEGORIES",
    "DARK",
    "LIGHT",
    "Scheme",
    "SchemeSetting",
    "Theme",
    "Tokens",
    "app_icon",
    "contrast",
    "icon",
    "icon_names",
    "luminance",
    "mix",
    "swatch",
    "tokens_for",
]
