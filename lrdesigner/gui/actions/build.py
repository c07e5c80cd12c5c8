"""From declared actions to QActions and menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from lrdesigner.gui.actions.field_keys import FieldKeys
from lrdesigner.gui.actions.specs import ACTIONS, MENUS, SEPARATOR, ActionSpec
from lrdesigner.gui.theme import Theme, icon


class ActionSet(QObject):
    """The actions of one window, by id.

    Args:
        owner: The window.
        answers: The method ``do_<id>`` of one of these answers the action of that id.
        local: The widget in which keys of local actions work.
        undo_stack: Gives undo and redo.
        theme: For icons.
    """

    def __init__(
        self,
        owner: QWidget,
        answers: Sequence[QObject],
        local: QWidget,
        undo_stack: QUndoStack,
        theme: Theme,
    ) -> None:
        super().__init__(owner)
        self._answers = tuple(answers)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: dict[str, QMenu] = {}
        for spec in ACTIONS:
            self._add(spec, owner, local, theme)
        # The window's own; keys of local actions, and undo and redo, are the fields' too.
        FieldKeys(owner, [self._actions[spec.id] for spec in ACTIONS if not spec.local])
        self._add_history("undo", "Undo", ("Ctrl+Z",), owner, undo_stack, theme)
        self._add_history("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), owner, undo_stack, theme)

    def _answer(self, action_id: str) -> Callable[[], None]:
        """The bound method that answers an action."""
        name = f"do_{action_id}"
        answer: Callable[[], None] = next(
            getattr(each, name) for each in self._answers if hasattr(each, name)
        )
        return answer

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def menu(self, name: str) -> QMenu:
        """A menu that is filled while the program runs (``recent``, ``panels``, ``device``)."""
        return self._menus[name]

    def fill(self, bar: QMenuBar) -> None:
        """Build the declared menus."""
        titles = {
            "recent": "Open &Recent",
            "lanes": "L&anes",
            "panels": "Pa&nels",
            "device": "&Device",
        }
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
        action.triggered.connect(self._answer(spec.id))
        self._actions[spec.id] = action

    def _add_history(
        self,
        name: str,
        text: str,
        keys: tuple[str, ...],
        owner: QWidget,
        undo_stack: QUndoStack,
        theme: Theme,
    ) -> None:
        """Undo or redo. Not Qt's ready-made action: the window settles what is typed first."""
        action = _HistoryAction(text, owner)
        action.setObjectName(f"action_{name}")
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.setIcon(icon(name, theme))
        undo = name == "undo"
        (undo_stack.undoTextChanged if undo else undo_stack.redoTextChanged).connect(
            action.show_step
        )
        (undo_stack.canUndoChanged if undo else undo_stack.canRedoChanged).connect(
            action.setEnabled
        )
        action.setEnabled(undo_stack.canUndo() if undo else undo_stack.canRedo())
        action.triggered.connect(self._answer(name))
        owner.addAction(action)
        self._actions[name] = action


class _HistoryAction(QAction):
    """Says which step it takes back or brings back."""

    def __init__(self, text: str, owner: QWidget) -> None:
        super().__init__(text, owner)
        self._text = text

    @Slot(str)
    def show_step(self, step: str) -> None:
        """Show the step's name."""
        self.setText(f"{self._text} {step}".strip())
