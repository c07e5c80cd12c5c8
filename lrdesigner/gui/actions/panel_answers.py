"""What the actions about panels do: go from one to the next, take one out of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from lrdesigner.gui.layout import PanelLayout
from lrdesigner.gui.tab_order import focus_first
from lrdesigner.i18n import tr


class PanelAnswers(QObject):
    """The keyboard's way around the window, panel by panel.

    Signals:
        told: A sentence about what was not possible.
        changed: Panels can be moved now, or no longer.

    Args:
        layout: Where the panels stand.
        panels: Gives all of them, in their order.
        parent: Its owner.
    """

    told = Signal(str)
    changed = Signal()

    def __init__(
        self, layout: PanelLayout, panels: Callable[[], Sequence[QWidget]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._layout = layout
        self._panels = panels

    @Slot()
    def do_next_panel(self) -> None:
        """The keyboard goes to the next panel."""
        self._go(1)

    @Slot()
    def do_previous_panel(self) -> None:
        """The keyboard goes to the panel before."""
        self._go(-1)

    @Slot()
    def do_float_panel(self) -> None:
        """The panel that has the keyboard gets a window of its own, or goes back into this one."""
        focus = QApplication.focusWidget()
        name = self._layout.dock_of(focus) if focus is not None else None
        if name is None:
            self.told.emit(tr("Click into a panel first: the one with the keyboard floats."))
            return
        self._layout.toggle_floating(name)
        if focus is not None:
            focus.window().activateWindow()
            focus.setFocus()
        self.changed.emit()

    def _go(self, by: int) -> None:
        panels = [panel for panel in self._panels() if panel.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, panel in enumerate(panels) if _holds(panel, focus)), -1)
        start = here if here >= 0 else (-1 if by > 0 else 0)
        for step in range(1, len(panels) + 1):
            panel = panels[(start + by * step) % len(panels)]
            if focus_first(panel):
                panel.window().activateWindow()
                return


def _holds(panel: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (panel is focus or panel.isAncestorOf(focus))
