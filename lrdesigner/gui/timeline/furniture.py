"""The timeline's widgets: a button that adds tracks, one a track for its menu, a scroll bar."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollBar, QToolButton, QWidget

from lrdesigner.gui.actions.keys import tip_of
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.timeline.rows import (
    CAPTION,
    HEIGHT,
    PITCH,
    Rows,
    full_height,
    row_top,
)
from lrdesigner.gui.timeline.track_menus import AddTrackMenu, TrackMenu
from lrdesigner.gui.widgets import MenuButton
from lrdesigner.i18n import tr

_BUTTON = QSize(24, 18)
_BESIDE = 6
_NOTCH = 120.0


class Furniture(QObject):
    """Keeps the timeline's widgets in their places.

    Signals:
        scrolled: The rows are elsewhere now.

    Args:
        panel: The timeline.
        controller: Document and time axis.
        theme: Icons.
    """

    scrolled = Signal()

    def __init__(self, panel: QWidget, controller: Controller, theme: Theme) -> None:
        super().__init__(panel)
        self._panel = panel
        self._controller = controller
        self._theme = theme
        self._menus: list[QToolButton] = []
        self._add = self._make_add()
        self._mode = self._make_mode()
        controller.view_changed.connect(self._show_mode)
        self._show_mode()
        self._bar = QScrollBar(Qt.Orientation.Vertical, panel)
        self._bar.setObjectName("timeline_scroll")
        self._bar.setSingleStep(PITCH // 2)
        self._bar.setCursor(Qt.CursorShape.ArrowCursor)
        self._bar.hide()
        self._bar.valueChanged.connect(self.scrolled)

    def _make_add(self) -> MenuButton:
        add = MenuButton(self._panel)
        add.setObjectName("track_add")
        add.setText(tr("+ Track"))
        add.setProperty("variant", "link")
        add.setToolTip(
            tr("Add a track: phases of their own for a group, or for weight decay, momentum, betas")
        )
        add.setAccessibleName(tr("Add a track"))
        add.setCursor(Qt.CursorShape.ArrowCursor)
        add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        add.setMenu(AddTrackMenu(self._controller, self._theme, add))
        return add

    def _make_mode(self) -> QToolButton:
        """Which phases a boundary moves when it is dragged."""
        mode = QToolButton(self._panel)
        mode.setObjectName("timeline_ripple")
        mode.setProperty("variant", "link")
        mode.setCheckable(True)
        mode.setCursor(Qt.CursorShape.ArrowCursor)
        mode.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        mode.setAccessibleName(tr("Later phases move when a boundary is dragged"))
        mode.clicked.connect(self._on_mode)
        return mode

    @Slot(bool)
    def _on_mode(self, ripple: bool) -> None:
        self._controller.set_view(replace(self._controller.view, ripple=ripple))

    @Slot()
    def _show_mode(self) -> None:
        ripple = self._controller.view.ripple
        self._mode.setChecked(ripple)
        self._mode.setText(tr("Ripple") if ripple else tr("Trade"))
        tip = (
            tr(
                "Dragging a boundary moves all later phases. Click to let the next phase give or "
                "take the time instead; holding Alt does that once."
            )
            if ripple
            else tr(
                "Dragging a boundary lets the next phase give or take the time. Click to move all "
                "later phases instead; holding Alt does that once."
            )
        )
        self._mode.setToolTip(tip_of(tip, "ripple"))

    @property
    def scroll(self) -> int:
        """How far the rows are scrolled."""
        return self._bar.value()

    def fit(self) -> None:
        """The panel or the number of rows is another."""
        panel = self._panel
        beyond = max(0, full_height(len(self._controller.schedule.tracks)) - panel.height())
        self._bar.setPageStep(panel.height())
        self._bar.setRange(0, beyond)
        self._bar.setVisible(beyond > 0)
        width = self._bar.sizeHint().width()
        self._bar.setGeometry(panel.width() - width, 0, width, panel.height())

    def reveal(self, track: int | None) -> None:
        """Scroll until a row can be seen whole."""
        top = row_top(track)
        if top < self._bar.value():
            self._bar.setValue(top)
        elif top + PITCH > self._bar.value() + self._panel.height():
            self._bar.setValue(top + PITCH - self._panel.height())

    def wheel(self, event: QWheelEvent) -> bool:
        """Beside the plot the wheel scrolls the rows. Returns whether it was there."""
        left, right = self._controller.axis.pixels
        inside = left <= event.position().x() <= right
        if inside or self._bar.isHidden():
            return False
        self._bar.setValue(self._bar.value() - round(event.angleDelta().y() / _NOTCH * PITCH / 2))
        event.accept()
        return True

    def place(self, rows: Rows) -> None:
        """Put the buttons where the rows are."""
        left = round(self._controller.axis.pixels[0])
        self._add.setFixedWidth(max(24, min(left - _BESIDE, self._add.sizeHint().width())))
        top = (HEIGHT if not rows.rows or not rows.rows[0].named else PITCH + CAPTION) // 2
        half = self._add.sizeHint().height() // 2
        self._add.move(max(0, (left - self._add.width()) // 2), top - 2 * half)
        self._mode.setFixedWidth(max(24, min(left - _BESIDE, self._mode.sizeHint().width())))
        self._mode.move(max(0, (left - self._mode.width()) // 2), top)
        named = [row for row in rows.rows if row.part.track is not None]
        while len(self._menus) < len(named):
            self._menus.append(self._make_menu())
        for button, row in zip(self._menus, named, strict=False):
            caption = row.caption
            button.setProperty("track", row.part.track)
            button.setAccessibleName(tr("Menu of {title}", title=row.part.title))
            button.move(
                round(caption.right()) - _BUTTON.width(),
                round(caption.top()) + (CAPTION - _BUTTON.height()) // 2,
            )
            button.setObjectName(f"track_menu_{row.part.track}")
            button.show()
        for button in self._menus[len(named) :]:
            button.hide()
            button.setObjectName("")

    def _make_menu(self) -> QToolButton:
        button = QToolButton(self._panel)
        button.setIcon(icon("more", self._theme, "hint"))
        button.setProperty("compact", True)
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(_BUTTON)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tr("What can be done with this track"))
        button.clicked.connect(self._on_menu)
        return button

    @Slot()
    def _on_menu(self) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        part = self._controller.part_of(int(button.property("track")))
        part.select(None)
        menu = TrackMenu(part, self._controller, self._theme, button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
