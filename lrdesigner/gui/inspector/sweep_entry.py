"""The way from a field to a sweep of what it edits: its context menu, and a button at its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr
from lrdesigner.params import ConstantsParam, FloatParam, IntParam, Param
from lrdesigner.sweep import ParamTarget

_BUTTON = QSize(22, 22)


class SweepEntry(QObject):
    """Offers to sweep a number; the button is there while the mouse is over the row.

    Signals:
        wanted: The number is to be swept; carries the name the entry was made with.

    Args:
        name: What the number is called.
        field: Where it is edited.
        controller: Knows which phases are being worked on.
        theme: For the button's icon.
        of_phase: Whether it belongs to those phases; a lane's cannot be shown as a fan.
    """

    wanted = Signal(str)

    def __init__(
        self,
        name: str,
        field: QWidget,
        controller: Controller,
        theme: Theme,
        *,
        of_phase: bool = True,
    ) -> None:
        super().__init__(field)
        self._name = name
        self._field = field
        self._controller = controller
        self._of_phase = of_phase
        self._more: QMenu | None = None
        self.action = QAction(icon("sweep", theme), tr("Sweep {name}", name=name), self)
        self.action.setObjectName(f"sweep_{name}")
        self.action.triggered.connect(self._on_triggered)
        field.installEventFilter(self)
        row = field.parentWidget()
        self._button: QToolButton | None = None
        if isinstance(row, FieldRow):
            self._button = self._make_button(row, theme)
            row.installEventFilter(self)

    def _make_button(self, row: FieldRow, theme: Theme) -> QToolButton:
        button = QToolButton(row)
        button.setObjectName(f"sweep_button_{self._name}")
        button.setProperty("compact", True)
        button.setIcon(icon("sweep", theme, "hint"))
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(_BUTTON)
        # The keyboard has the context menu; a stop at every number would be in its way.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(
            tr("Sweep {name}: see what all its values do, as a fan of curves", name=self._name)
        )
        button.setAccessibleName(tr("Sweep {name}", name=self._name))
        button.clicked.connect(self._on_triggered)
        button.hide()
        return button

    def add_menu(self, menu: QMenu) -> None:
        """Offer a menu of the field's own beside the sweep."""
        self._more = menu

    @property
    def possible(self) -> bool:
        """Whether the canvas could show the fan."""
        return not self._of_phase or self._controller.part.quantity == "lr"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ContextMenu and (self.possible or self._more):
            assert isinstance(event, QContextMenuEvent)
            self._show_menu(event, of_field=watched is self._field)
            return True
        if watched is not self._field:
            if event.type() == QEvent.Type.Enter:
                self._show_button()
            elif event.type() == QEvent.Type.Leave and self._button is not None:
                self._button.hide()
        return super().eventFilter(watched, event)

    def _show_button(self) -> None:
        row = self._field.parentWidget()
        if self._button is None or not isinstance(row, FieldRow) or not self.possible:
            return
        label = row.label.geometry()
        self._button.move(label.right() - _BUTTON.width() - 2, label.center().y() - 10)
        self._button.show()
        self._button.raise_()

    def _show_menu(self, event: QContextMenuEvent, *, of_field: bool) -> None:
        field = self._field
        texts = of_field and isinstance(field, QLineEdit)
        menu = field.createStandardContextMenu() if texts else QMenu(field)  # type: ignore[attr-defined]
        menu.setObjectName("sweep_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if menu.actions():
            menu.addSeparator()
        if self.possible:
            menu.addAction(self.action)
        if self._more is not None:
            menu.addMenu(self._more)
        menu.popup(event.globalPos())

    @Slot()
    def _on_triggered(self) -> None:
        self.wanted.emit(self._name)


def sweepable(declaration: Param) -> bool:
    """Whether a parameter is a number, or has numbers in it."""
    return isinstance(declaration, (FloatParam, IntParam, ConstantsParam))


def param_target(
    declaration: Param,
    params: Mapping[str, Any],
    phase: int,
    stacked: int | None,
    track: int | None,
) -> ParamTarget | None:
    """The number that a parameter's row is about; of several, the first. None if it has none."""
    value = params.get(declaration.name)
    element: int | str | None = 0 if isinstance(value, (list, tuple)) else None
    if isinstance(declaration, ConstantsParam):
        element = next(iter(value or {}), None)
        if element is None:
            return None
    return ParamTarget(phase, declaration.name, stacked, element, track)
