"""The menu of an overlay: how it is shown, where it lies, what can be taken from it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.compare.frames import START, Anchor
from lrdesigner.gui.actions.keys import native
from lrdesigner.gui.anchor_text import boundary_texts
from lrdesigner.gui.state import Overlay, OverlayStyle
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import mark, tr

STYLES: tuple[tuple[OverlayStyle, str], ...] = (
    ("dashed", mark("&Dashed")),
    ("ghost", mark("&Ghost (Faint)")),
)


class OverlayMenu(QMenu):
    """What can be done with an overlay.

    Signals:
        wished: What is to be done (such as ``"rename"``), and with which value, or None.

    Args:
        overlay: The overlay.
        reference: Whether differences are taken against it.
        theme: Icons.
        parent: Its owner.
    """

    wished = Signal(str, object)

    def __init__(self, overlay: Overlay, reference: bool, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay_menu")
        self._overlay = overlay
        self._add("visible", tr("&Hide") if overlay.visible else tr("&Show"), keys="Space")
        self._add("alone", tr("Show &Only This One"))
        self._add("rename", tr("Re&name…"), keys="F2")
        self._add("color", tr("&Colour…"), keys="C")
        self._add_choice("style", tr("St&yle"), overlay.style, [(s, tr(t)) for s, t in STYLES])
        self._add_choice("anchor", tr("&Align by"), overlay.anchor, self._anchors())
        self.addSeparator()
        used = self._add("reference", tr("&Reference of Differences"), keys="R")
        used.setCheckable(True)
        used.setChecked(reference)
        if overlay.schedule is not None:
            self._add("pull", tr("&Take Its Phases…"))
            self._add("open", tr("Open as &Document"))
        if overlay.path is not None:
            self._add("read_again", tr("Read File A&gain"))
        self.addSeparator()
        self._add("up", tr("Move &Up"), keys="Alt+Up")
        self._add("down", tr("Move Do&wn"), keys="Alt+Down")
        self._add("remove", tr("Remo&ve"), keys="Del").setIcon(icon("remove", theme))
        self.triggered.connect(self._on_triggered)

    def _add(
        self,
        wish: str,
        text: str,
        value: object = None,
        menu: QMenu | None = None,
        keys: str = "",
    ) -> QAction:
        # The keys are the row's own, which has them while it has the keyboard; shown only.
        action = QAction(f"{text}\t{native(keys)}" if keys else text, self)
        action.setObjectName(f"action_overlay_{wish}")
        action.setData((wish, value))
        (menu or self).addAction(action)
        return action

    def _add_choice(
        self, wish: str, title: str, chosen: object, options: list[tuple[object, str]]
    ) -> None:
        menu = QMenu(title, self)
        menu.setObjectName(f"overlay_menu_{wish}")
        self.addMenu(menu)
        group = QActionGroup(menu)
        for value, text in options:
            action = self._add(wish, text, value, menu)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            group.addAction(action)

    def _anchors(self) -> list[tuple[object, str]]:
        """By which of its own places it can lie on the document's."""
        found: list[tuple[object, str]] = [(None, tr("The Same Place as &Others"))]
        found += [(START, tr("Its &Start")), (Anchor("peak"), tr("Its &Peak"))]
        schedule = self._overlay.schedule
        if schedule is not None:
            found += boundary_texts(schedule)
        return [*found, (Anchor("end"), tr("Its &End"))]

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.wished.emit(*action.data())
