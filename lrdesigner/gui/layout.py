"""Where the panels stand: docks, sizes, and remembering them."""

from __future__ import annotations

import logging

from PySide6.QtCore import QByteArray, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QVBoxLayout, QWidget

from lrdesigner.gui.actions.keys import with_keys
from lrdesigner.gui.lane_look import Lanes
from lrdesigner.gui.settings import Settings, decode, encode
from lrdesigner.gui.small_window import LEAST_HEIGHT, LEAST_LOW, Room, stack
from lrdesigner.gui.tab_order import focus_first
from lrdesigner.gui.widgets import HLine
from lrdesigner.i18n import tr

LEFT, RIGHT = 250, 316
BOTTOM_SHARE = 0.32
DEFAULT_SIZE = QSize(1440, 900)
VERSION = 1
_ELSEWHERE = 280
"""Height that bars and tabs need at their lowest, with room to drag the tabs a little."""
_LEAST_CANVAS = 180
_LEAST_SEEN, _TITLE = QSize(120, 60), 30

log = logging.getLogger(__name__)


class _NoTitle(QWidget):
    """A title bar that takes no room, for locked docks."""

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class _Column(QVBoxLayout):
    """The middle of the window, which never asks for more height than the window has for it.

    The canvas asks for its lanes, the timeline for its tracks, and a sweep comes on top; together
    they would make the window higher than its screen. The canvas, the highest of all, gives way.

    Args:
        parent: The widget it lays out.
        canvas: Gives way.
    """

    def __init__(self, parent: QWidget, canvas: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas

    def minimumSize(self) -> QSize:
        wanted = super().minimumSize()
        others = wanted.height() - self._canvas.minimumSizeHint().height()
        room = self.parentWidget().window().height() - _ELSEWHERE
        return QSize(wanted.width(), min(wanted.height(), max(others + _LEAST_CANVAS, room)))


def _is_seen(place: QRect, least: QSize) -> bool:
    """Whether enough of it lies on some screen to take hold of."""
    for screen in QGuiApplication.screens():
        both = place.intersected(screen.availableGeometry())
        if both.width() >= least.width() and both.height() >= least.height():
            return True
    return False


class PanelLayout(QObject):
    """The docks of a window.

    Args:
        window: The main window.
        settings: Remembers geometry and layout.
    """

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._docks: dict[str, QDockWidget] = {}
        self._titles: dict[QDockWidget, str] = {}
        self._lanes: Lanes | None = None
        self._default: QByteArray | None = None
        self._room = Room()
        self._least_width = 0
        corners = (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        )
        for corner, area in corners:
            window.setCorner(corner, area)

    def add(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        """Put a panel into a dock."""
        dock = QDockWidget(title, self._window)
        self._titles[dock] = title
        dock.setObjectName(f"dock_{name}")
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        self._docks[name] = dock
        return dock

    def add_lanes(self, lanes: Lanes) -> None:
        """Remember how lanes stand, too."""
        self._lanes = lanes
        lanes.restore(self._settings.lanes)

    def arrange(self, above: QWidget, canvas: QWidget, timeline: QWidget) -> None:
        """The default sizes; canvas and timeline in the middle, one above the other."""
        # The timeline knows how high it is, so there is nothing to split.
        middle = QWidget(self._window)
        middle.setObjectName("middle")
        column = _Column(middle, canvas)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(canvas, 1)
        column.addWidget(HLine(middle))
        column.addWidget(timeline)
        self._window.setCentralWidget(middle)
        # What the panels ask for depends on the window's height; it must not set a limit to it.
        self._window.setMinimumHeight(LEAST_LOW)
        self._sizes()
        self.set_locked(self._settings.panels_locked)
        self._default = self._window.saveState(VERSION)

    def _sizes(self) -> None:
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        docks = self._docks
        # On a small screen the tabs give way before the canvas does.
        bottom = round(self._window.height() * BOTTOM_SHARE)
        self._window.resizeDocks([docks["palette"], docks["inspector"]], [LEFT, RIGHT], horizontal)
        self._window.resizeDocks([docks["details"]], [bottom], vertical)
        self._window.resizeDocks([docks["palette"], docks["overlays"]], [620, 180], vertical)

    def fill_menu(self, menu: QMenu) -> None:
        """One entry per panel to show or hide it."""
        for number, (name, dock) in enumerate(self._docks.items(), start=1):
            action = dock.toggleViewAction()
            action.setObjectName(f"action_panel_{name}")
            action.setShortcut(QKeySequence(f"Alt+{number}"))
            tip = tr("Show or hide the panel “{panel}”", panel=dock.windowTitle())
            action.setToolTip(with_keys(tip, f"Alt+{number}"))
            action.setStatusTip(tip)
            menu.addAction(action)

    def show_panel(self, name: str) -> None:
        """Show the dock of a panel, over others in its place."""
        self._docks[name].show()
        self._docks[name].raise_()

    def focus(self, name: str, panel: QWidget) -> None:
        """Put the keyboard into a panel, whose dock is shown if it is hidden.

        Args:
            name: Of the dock.
            panel: The panel, or what of it is wanted.
        """
        self.show_panel(name)
        focus_first(panel)
        panel.window().activateWindow()

    def dock_of(self, widget: QWidget) -> str | None:
        """The name of the dock that a widget is in; None if it is in none."""
        docks = self._docks.items()
        return next((name for name, dock in docks if dock.isAncestorOf(widget)), None)

    def toggle_floating(self, name: str) -> None:
        """Give a panel a window of its own, or put it back; what floats needs title bars."""
        dock = self._docks[name]
        floating = dock.isFloating()
        if not floating:
            self.set_locked(False)
        dock.setFloating(not floating)
        self._keep_on_screens()

    @Slot(bool)
    def set_locked(self, locked: bool) -> None:
        """Hide the docks' title bars, or show them so that panels can be moved and floated."""
        self._settings.panels_locked = locked
        for dock in self._docks.values():
            if locked and dock.isFloating():
                dock.setFloating(False)
            bar = _NoTitle(dock) if locked else None
            old = dock.titleBarWidget()
            dock.setTitleBarWidget(bar)  # type: ignore[arg-type]
            if old is not None:
                old.deleteLater()

    def reset(self) -> None:
        """Everything back to its place."""
        self._find_room()
        if self._default is not None and not self._room.small:
            self._window.restoreState(self._default, VERSION)
            for dock in self._docks.values():
                dock.show()
            self._sizes()
        if self._lanes is not None:
            self._lanes.restore({})

    def restore_geometry(self) -> None:
        """Size and place of the window; before it is shown."""
        window = self._window
        restored = window.restoreGeometry(decode(self._settings.geometry))
        available = window.screen().availableGeometry()
        if not restored or not _is_seen(window.frameGeometry(), least=_LEAST_SEEN):
            window.resize(DEFAULT_SIZE.boundedTo(available.size()))
            if restored:  # somewhere else, or on a screen that is gone
                frame = window.frameGeometry()
                frame.moveCenter(available.center())
                window.move(frame.topLeft())
        self._least_width = window.minimumSizeHint().width()
        # On a screen that has room for more, no window is so small that panels share a place.
        least = QSize(self._least_width, LEAST_HEIGHT).boundedTo(available.size())
        window.resize(window.size().expandedTo(least))
        self._find_room()
        if self._room.small:  # all of the screen is just enough, and its frame has to fit as well
            window.setGeometry(
                QRect(available.topLeft(), window.size().boundedTo(available.size()))
            )
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def _find_room(self) -> None:
        """Where there is not enough of it, panels share a place."""
        self._room = Room.of(self._window.size(), self._least_width)
        self._window.setMinimumHeight(self._room.least_height)
        for dock, title in self._titles.items():
            dock.setWindowTitle(title)
        if self._room.small:
            stack(self._window, self._docks, self._room)

    def restore_panels(self) -> None:
        """The docks' places; Qt ignores them before the window is shown."""
        small = self._room.small
        if not small:
            self._sizes()
        state = decode(self._settings.small_layout if small else self._settings.layout)
        if state and not self._window.restoreState(state, VERSION):
            log.warning("the layout of the panels was not understood; they stand as at first")
            self.reset()
        if self._settings.panels_locked:
            for dock in self._docks.values():
                dock.setFloating(False)
        self._keep_on_screens()

    def _keep_on_screens(self) -> None:
        """What floats where no screen is any more comes back to where the window is."""
        for dock in self._docks.values():
            if not dock.isFloating():
                continue
            screen = self._window.screen().availableGeometry()
            if dock.width() > screen.width() or dock.height() > screen.height():
                dock.resize(dock.size().boundedTo(screen.size()))
            frame = dock.frameGeometry()
            title = QRect(frame.topLeft(), QSize(frame.width(), _TITLE))
            if not _is_seen(title, least=QSize(_LEAST_SEEN.width(), _TITLE // 2)):
                frame.moveCenter(screen.center())
                dock.move(frame.topLeft())

    def remember(self) -> None:
        """Put geometry and layout into the settings."""
        self._settings.geometry = encode(bytes(self._window.saveGeometry().data()))
        state = encode(bytes(self._window.saveState(VERSION).data()))
        if self._room.small:
            self._settings.small_layout = state
        else:
            self._settings.layout = state
        if self._lanes is not None:
            self._settings.lanes = dict(self._lanes.looks)
