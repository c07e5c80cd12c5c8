"""From declared actions to QActions and menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from lrdesigner.gui.actions.field_keys import FieldKeys
from lrdesigner.gui.actions.keys import with_keys
from lrdesigner.gui.actions.menus import MENUS, SEPARATOR, SUBMENUS
from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.gui.actions.specs import ACTIONS
from lrdesigner.gui.menu_entries import set_words
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import mark, plain, tr

_HISTORY = (
    ("undo", mark("Undo"), mark("Undo {step}"), mark("Take back {step}"), ("Ctrl+Z",)),
    (
        "redo",
        mark("Redo"),
        mark("Redo {step}"),
        mark("Bring back {step}"),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
    ),
)


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
        for name, text, step, tip, keys in _HISTORY:
            action = _HistoryAction(text, step, tip, keys, owner)
            action.setObjectName(f"action_{name}")
            action.setIcon(icon(name, theme))
            action.follow(undo_stack, undo=name == "undo")
            action.triggered.connect(self._answer(name))
            owner.addAction(action)
            self._actions[name] = action

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
        for title, items in MENUS:
            menu = bar.addMenu(tr(title))
            menu.setObjectName("menu_" + title.replace("&", "").lower())
            menu.setToolTipsVisible(True)
            for item in items:
                if item == SEPARATOR:
                    menu.addSeparator()
                elif item.startswith("menu:"):
                    name = item.removeprefix("menu:")
                    self._menus[name] = menu.addMenu(tr(SUBMENUS[name]))
                    self._menus[name].setObjectName(f"menu_{name}")
                    self._menus[name].setToolTipsVisible(True)
                    self._menus[name].menuAction().setToolTip(plain(tr(SUBMENUS[name])))
                else:
                    menu.addAction(self._actions[item])

    def _add(self, spec: ActionSpec, owner: QWidget, local: QWidget, theme: Theme) -> None:
        action = _DeclaredAction(spec, owner)
        # Who knows a program in English finds what that calls it.
        set_words(action, (plain(spec.text), *spec.words))
        if spec.icon:
            action.setIcon(icon(spec.icon, theme))
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


class _DeclaredAction(QAction):
    """An action as it is declared; while it cannot be chosen, its tip says what has to be done.

    Args:
        spec: The declaration.
        owner: The window.
    """

    def __init__(self, spec: ActionSpec, owner: QWidget) -> None:
        super().__init__(tr(spec.text), owner)
        self.setIconText(plain(self.text()))
        self._spec = spec
        self.setObjectName(f"action_{spec.id}")
        self.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        self.setCheckable(spec.checkable)
        self.enabledChanged.connect(self._show_tip)
        self._show_tip()

    @Slot()
    def _show_tip(self) -> None:
        tip, needs = tr(self._spec.tip), tr(self._spec.needs)
        if not self.isEnabled() and needs:
            tip = needs
        self.setToolTip(with_keys(tip, *self._spec.keys[:1]))
        self.setStatusTip(tip)


class _HistoryAction(QAction):
    """Undo or redo, which says which step it takes back or brings back.

    Not Qt's ready-made action: the window settles what is typed first.

    Args:
        text: Its text while there is no step.
        step_text: Its text for a ``{step}``.
        tip: Its tip for a ``{step}``.
        keys: Shortcuts.
        owner: The window.
    """

    def __init__(
        self, text: str, step_text: str, tip: str, keys: tuple[str, ...], owner: QWidget
    ) -> None:
        super().__init__(tr(text), owner)
        self._texts = text, step_text, tip
        self._keys = keys
        self.setIconText(tr(text))
        self.setShortcuts([QKeySequence(each) for each in keys])
        self.show_step("")

    def follow(self, stack: QUndoStack, *, undo: bool) -> None:
        """Show that stack's steps."""
        (stack.undoTextChanged if undo else stack.redoTextChanged).connect(self.show_step)
        (stack.canUndoChanged if undo else stack.canRedoChanged).connect(self.setEnabled)
        self.setEnabled(stack.canUndo() if undo else stack.canRedo())

    @Slot(str)
    def show_step(self, step: str) -> None:
        """Show the step's name."""
        text, step_text, tip = self._texts
        self.setText(tr(step_text, step=step.replace("&", "&&")) if step else tr(text))
        told = tr(tip, step=step) if step else tr(text)
        self.setToolTip(with_keys(told, *self._keys[:1]))
        self.setStatusTip(told)
