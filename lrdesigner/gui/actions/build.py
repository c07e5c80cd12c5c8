"""From declared actions to QActions and menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from lrdesigner.gui.actions.specs import ACTIONS, MENUS, SEPARATOR, ActionSpec
from lrdesigner.gui.theme import Theme, icon


class ActionSet(QObject):
    """The actions of one window, by id.

    Args:
        owner: The window; its method ``do_<id>`` answers the action of that id.
        local: The widget in which keys of local actions work.
        undo_stack: Gives undo and redo.
        theme: For icons.
    """

    def __init__(
        self, owner: QWidget, local: QWidget, undo_stack: QUndoStack, theme: Theme
    ) -> None:
        super().__init__(owner)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: dict[str, QMenu] = {}
        for spec in ACTIONS:
            self._add(spec, owner, local, theme)
        for name, action, keys in (
            ("undo", undo_stack.createUndoAction(owner, "Undo"), "Ctrl+Z"),
            ("redo", undo_stack.createRedoAction(owner, "Redo"), "Ctrl+Shift+Z"),
        ):
            more = [QKeySequence("Ctrl+Y")] if name == "redo" else []
            action.setShortcuts([QKeySequence(keys), *more])
            action.setObjectName(f"action_{name}")
            action.setIcon(icon(name, theme))
            self._actions[name] = action
            owner.addAction(action)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def menu(self, name: str) -> QMenu:
        """A menu that is filled while the program runs (``recent``, ``panels``, ``device``)."""
        return self._menus[name]

    def fill(self, bar: QMenuBar) -> None:
        """Build the declared menus."""
        titles = {"recent": "Open &Recent", "panels": "&Panels", "device": "&Device"}
        for title, items in MENUS:
            menu = bar.addMenu(title)
            menu.setObjectName("menu_" + title.replace("&", "").lower())
            menu.setToolTipsVisible(True)
            for item in items:
                if item == SEPARATOR:
                    menu.addSeparator()
                elif item.startswith("menu:"):
                    name = item.removeprefix("menu:")
                    self._menus[name] = menu.addMenu(titles[name])
                    self._menus[name].setObjectName(f"menu_{name}")
                else:
                    menu.addAction(self._actions[item])

    def _add(self, spec: ActionSpec, owner: QWidget, local: QWidget, theme: Theme) -> None:
        action = QAction(spec.text, owner)
        action.setObjectName(f"action_{spec.id}")
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        tip = spec.tip
        if spec.keys:
            native = QKeySequence.SequenceFormat.NativeText
            tip = f"{tip} ({QKeySequence(spec.keys[0]).toString(native)})"
        action.setToolTip(tip)
        action.setStatusTip(spec.tip)
        if spec.icon:
            action.setIcon(icon(spec.icon, theme))
        action.setCheckable(spec.checkable)
        if spec.group:
            group = self._groups.get(spec.group)
            if group is None:
                group = self._groups[spec.group] = QActionGroup(owner)
            group.addAction(action)
        place = local if spec.local else owner
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        place.addAction(action)
        action.triggered.connect(getattr(owner, f"do_{spec.id}"))
        self._actions[spec.id] = action
