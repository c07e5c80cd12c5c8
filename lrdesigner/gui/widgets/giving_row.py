"""A row of widgets in which the least important give way where there is no room for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

_LEAST = 320


@dataclass(frozen=True)
class Step:
    """What is done where there is no room for everything.

    Attributes:
        hidden: Goes away.
        shown: Comes in its place, or None.
    """

    hidden: QWidget
    shown: QWidget | None = None


class GivingRow(QWidget):
    """Widgets side by side; what goes away can be had elsewhere, such as in menus.

    Args:
        name: The first widget, a text, which is cut before anything goes.
        least: Pixels that are left of it.
        parent: Its owner.
    """

    def __init__(self, name: QWidget, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._least = least
        self._steps: Sequence[Step] = ()
        self.row = QHBoxLayout(self)
        self.row.addWidget(name)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """What gives way, the first thing first."""
        self._steps = steps
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """As few steps as will do; the name gets what is left."""
        for taken in range(len(self._steps) + 1):
            left = self.width() - self._wanted(taken)
            if left >= 0 or taken == len(self._steps):
                break
        for number, step in enumerate(self._steps):
            _show(step.hidden, number >= taken)
            _show(step.shown, number < taken)
        most = self._least + max(0, left)
        if self._name.maximumWidth() != most:
            self._name.setMaximumWidth(most)

    def _wanted(self, taken: int) -> int:
        """Pixels that everything needs after so many steps."""
        away: set[QWidget | None] = {step.hidden for step in self._steps[:taken]}
        away |= {step.shown for step in self._steps[taken:]}
        margins = self.row.contentsMargins()
        total, count = margins.left() + margins.right() + self._least, 1
        for place in range(self.row.count()):
            item = self.row.itemAt(place)
            assert item is not None
            widget = item.widget()
            if widget is self._name or (widget is not None and widget in away):
                continue
            if item.spacerItem() is not None:
                continue
            # Of a widget that is hidden now the item would say nothing.
            hint = item.sizeHint() if widget is None else widget.sizeHint()
            if widget is not None:
                hint = hint.expandedTo(widget.minimumSize())
            total += hint.width()
            count += 1
        return total + (count - 1) * self.row.spacing()


def _show(widget: QWidget | None, shown: bool) -> None:
    if widget is not None and widget.isHidden() == shown:
        widget.setVisible(shown)
