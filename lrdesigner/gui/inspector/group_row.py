"""One parameter group: name, LR, and what it does differently from the optimizer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lrdesigner import numerals
from lrdesigner.gui.inspector.argument_fields import ArgumentRow
from lrdesigner.gui.inspector.dots import GroupDot
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.rows import (
    FIELD_HEIGHT,
    SMALL_BUTTON,
    MessageLabel,
    column,
    label_width,
)
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Bounds, NumberField, ValueEdit
from lrdesigner.i18n import mark, tr
from lrdesigner.params import Param
from lrdesigner.schedule import group_edits
from lrdesigner.schedule.model import Group, OptimizerSpec, Schedule
from lrdesigner.schedule.optimizers import OPTIMIZERS, group_refusals, optimizer_defaults
from lrdesigner.schedule.track_edits import lr_track_of
from lrdesigner.sentences import ended, joined

_ROOM = 9
_OVERRIDES = ("momentum", "betas", "weight_decay")


class LrField(NumberField):
    """A narrow field: a long number is rounded until it has the focus, so its exponent shows."""

    def _format_value(self, value: object, *, focused: bool) -> str:
        text = super()._format_value(value, focused=focused)
        if focused or len(text) <= _ROOM or not isinstance(value, float):
            return text
        return numerals.localised(f"{value:.4g}")


class GroupRow(QWidget):
    """Signals carry the group's place, the name of the field and its value."""

    changing = Signal(int, str, object)
    committed = Signal(int, str, object)
    abandoned = Signal(int, str)
    menu_wanted = Signal(int, QPoint)
    """The menu of the group at that place, at a point of the screen."""
    rows_changed = Signal()

    def __init__(self, place: int, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = place
        self._look = ("", "")
        self._said: tuple[str, bool] | None = None
        self._editor = editor
        self._theme = theme
        self._dot = GroupDot(theme, self)
        self._name = self._make_name()
        self._lr = self._make_lr()
        self._more = self._button("more", "chevron-right", tr("Overrides of this group"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more)
        self._menu = self._button("menu", "more", tr("What can be done with this group"))
        self._menu.clicked.connect(self._on_menu)
        self._message = MessageLabel(theme, self)
        self._overrides = QWidget(self)
        self._overrides.setVisible(False)
        self._fields: list[ArgumentRow] = []
        column(self._overrides)
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._dot)
        line.addWidget(self._name)
        line.addSpacing(4)
        line.addWidget(self._lr, 1)
        line.addSpacing(2)
        line.addWidget(self._more)
        line.addWidget(self._menu)
        rows = column(self, 3)
        rows.addLayout(line)
        rows.addWidget(self._message)
        rows.addWidget(self._overrides)

    def refresh(self, schedule: Schedule, place: int, names: tuple[str, ...]) -> None:
        """Show a group of a document whose groups have these names."""
        optimizer = schedule.optimizer
        group = optimizer.groups[place]
        self._dot.set_group(place, names)
        self._name.set_value(group.name)
        self._lr.set_value(group.lr)
        self._lr.setAccessibleName(tr("LR of {name}", name=group.name))
        self._show_menu(group.name, own=lr_track_of(schedule, group.name) is not None)
        self._refresh_overrides(optimizer, group)

    def _show_menu(self, name: str, *, own: bool) -> None:
        if (name, own) == self._said:
            return
        self._said = (name, own)
        self._menu.setIcon(icon("more", self._theme, "accent" if own else "hint"))
        self._menu.setAccessibleName(tr("Menu of {name}", name=name))
        self._menu.setToolTip(
            tr("This group has phases of its own; click for what can be done with it")
            if own
            else tr("What can be done with this group")
        )

    def settle(self) -> None:
        """Drop what is being typed."""
        for field in (self._name, self._lr):
            field.revert()

    def focus_name(self) -> None:
        """Let the name be typed."""
        self._name.setFocus()
        self._name.selectAll()

    def _refresh_overrides(self, optimizer: OptimizerSpec, group: Group) -> None:
        info = OPTIMIZERS.get(optimizer.type)
        defaults = dict(info.defaults) if info else {}
        wanted = [name for name in _OVERRIDES if name in defaults]
        wanted += [name for name in group.overrides if name in defaults and name not in wanted]
        params = [param for name in wanted if info and (param := info.param(name))]
        if params != [row.declaration for row in self._fields]:
            self._rebuild_overrides(params)
        effective = optimizer_defaults(optimizer)
        refused = group_refusals(optimizer, self._place)
        said = {found.name: joined(ended(found.message), found.fix) for found in refused}
        self._lr.set_error(said.get("lr", ""))
        for row in self._fields:
            value = group.overrides.get(row.name)
            row.show_value(value, effective[row.name], mark("as optimizer: {value}"))
            row.show_problem(said.get(row.name, ""))
        if any(row.name in said for row in self._fields):
            self._more.setChecked(True)
        own = len(group.overrides)
        self._more.setVisible(bool(wanted))
        look = (
            "chevron-down" if self._more.isChecked() else "chevron-right",
            "accent" if own else "hint",
        )
        if look != self._look:
            self._look = look
            self._more.setIcon(icon(look[0], self._theme, look[1]))
        self._more.setToolTip(
            tr("{names} of its own", names=", ".join(group.overrides))
            if own
            else tr("Momentum and weight decay of this group alone")
        )

    def _rebuild_overrides(self, params: list[Param]) -> None:
        layout = self._overrides.layout()
        assert layout is not None
        for row in self._fields:
            layout.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        self._fields = []
        for declaration in params:
            row = ArgumentRow(declaration, self._theme, self._overrides)
            row.field.setObjectName(f"group_{declaration.name}_{self._place}")
            row.changing.connect(self._on_override_changing)
            row.committed.connect(self._on_override)
            row.abandoned.connect(self._on_override_abandoned)
            layout.addWidget(row)
            row.show()
            self._fields.append(row)
        self.rows_changed.emit()

    # Parts

    def _make_name(self) -> ValueEdit:
        field = ValueEdit(str, check=self._name_objection, parent=self)
        field.setObjectName(f"group_name_{self._place}")
        field.setProperty("quiet", True)
        field.setAccessibleName(tr("Name of group {place}", place=self._place + 1))
        field.set_help(tr("The group's name; click to change it"))
        field.setFixedWidth(label_width(self) - self._dot.sizeHint().width() - 4)
        field.error_changed.connect(self._show_message)
        field.value_committed.connect(self._on_name)
        return field

    def _make_lr(self) -> NumberField:
        field = LrField(bounds=Bounds(minimum=0), parent=self)
        field.setObjectName(f"group_lr_{self._place}")
        field.set_suffix("lr")
        field.set_help(tr("The group's base LR, which every scheduler starts from"))
        field.error_changed.connect(self._show_message)
        field.value_changing.connect(self._on_lr_changing)
        field.value_committed.connect(self._on_lr)
        field.change_abandoned.connect(self._on_lr_abandoned)
        return field

    def _button(self, name: str, picture: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"group_{name}_{self._place}")
        button.setIcon(icon(picture, self._theme, "hint"))
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(SMALL_BUTTON.width(), FIELD_HEIGHT)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _name_objection(self, value: object) -> str | None:
        groups = self._editor.controller.schedule.optimizer.groups
        if any(g.name == value for i, g in enumerate(groups) if i != self._place):
            return tr("Another group is named {name!r}; give each group its own name", name=value)
        return self._editor.objection(partial(group_edits.set_group, index=self._place, name=value))

    # Slots

    @Slot()
    def _show_message(self) -> None:
        self._message.show_message(self._name.error() or self._lr.error(), "error")

    @Slot(object)
    def _on_name(self, value: object) -> None:
        self.committed.emit(self._place, "name", value)

    @Slot(object)
    def _on_lr_changing(self, value: object) -> None:
        self.changing.emit(self._place, "lr", value)

    @Slot(object)
    def _on_lr(self, value: object) -> None:
        self.committed.emit(self._place, "lr", value)

    @Slot()
    def _on_lr_abandoned(self) -> None:
        self.abandoned.emit(self._place, "lr")

    @Slot(str, object)
    def _on_override_changing(self, name: str, value: object) -> None:
        self.changing.emit(self._place, name, value)

    @Slot(str, object)
    def _on_override(self, name: str, value: object) -> None:
        self.committed.emit(self._place, name, value)

    @Slot(str)
    def _on_override_abandoned(self, name: str) -> None:
        self.abandoned.emit(self._place, name)

    @Slot(bool)
    def _on_more(self, expanded: bool) -> None:
        self._overrides.setVisible(expanded)
        schedule = self._editor.controller.schedule
        if self._place < len(schedule.optimizer.groups):
            self._refresh_overrides(schedule.optimizer, schedule.optimizer.groups[self._place])

    @Slot()
    def _on_menu(self) -> None:
        self.menu_wanted.emit(self._place, self._menu.mapToGlobal(QPoint(0, self._menu.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self._place, event.globalPos())
