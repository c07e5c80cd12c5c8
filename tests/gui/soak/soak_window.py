"""The driver in the inspector, the menus and all around."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget
from soak_base import CTRL, TEXTS, Part

from lrdesigner.gui.widgets import ChoiceField, NumberField

COUNTS = ("1", "2", "5", "12", "40", "0", "-3", "x")
"""For what makes a run long: it has to stay short."""
LONG = ("epochs", "steps", "run_budget", "batch", "sequence", "dataset", "devices", "group_count")
ACTIONS = (
    *("undo", "redo", "cut_phases", "copy_phases", "paste_phases", "delete_phase"),
    *("duplicate_phase", "split_phase", "join_phases", "move_left", "move_right", "ripple"),
    *("select_all", "select_none", "linear", "log", "steps", "epochs", "percent", "zoom_in"),
    *("zoom_out", "zoom_fit", "theme_dark", "theme_light", "sweep", "start_run", "stop_run"),
    *("lock_panels", "reset_layout", "find"),
)


class AroundThem(Part):
    """Types into forms, chooses from lists and menus, goes back and forth."""

    def _some(self, kind: type, where: QWidget | None = None):
        """A widget of that kind that can be used."""
        where = where or self.window.inspector
        found = [w for w in where.findChildren(kind) if w.isVisibleTo(where) and w.isEnabled()]
        return self.rng.choice(found) if found else None

    def field(self) -> None:
        """Type into a field of the inspector, or turn the wheel over it."""
        edit = self._some(QLineEdit)
        if edit is None or edit.isReadOnly():
            return
        edit.setFocus()
        if isinstance(edit, NumberField) and self.do.chance(0.3):
            notches = self.rng.choice((-2, -1, 1, 3))
            if not self._is_long(edit):
                self.do.wheel(edit, QPointF(edit.rect().center()), notches, self.do.modifier())
            return
        texts = COUNTS if self._is_long(edit) else TEXTS
        if self.do.chance(0.85):
            self.do.key(Qt.Key.Key_A, CTRL)
        self.do.type(self.rng.choice(texts))
        self.do.key(self.rng.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))
        if self.do.chance(0.2):
            self.do.key(Qt.Key.Key_Z, CTRL)

    @staticmethod
    def _is_long(edit: QWidget) -> bool:
        return any(word in edit.objectName() for word in LONG)

    def choice(self) -> None:
        """Another choice in a list."""
        combo = self._some(ChoiceField)
        if combo is not None:
            combo.setFocus()
            self.do.key(self.rng.choice((Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End)))

    def button(self) -> None:
        """A check box of the inspector, or a fold."""
        box = self._some(QCheckBox)
        if box is not None:
            self.do.click(box)

    def group_menu(self) -> None:
        """Another group, or the menu of one."""
        add = self.window.inspector.findChild(QAbstractButton, "group_add")
        count = len(self.window.schedule.optimizer.groups)
        if add is not None and add.isVisible() and count < 4 and self.do.chance(0.4):
            self.do.click(add)
            return
        menus = [
            button
            for button in self.window.inspector.findChildren(QAbstractButton)
            if button.objectName().startswith("group_menu_") and button.isVisible()
        ]
        if menus:
            self.do.click(self.rng.choice(menus))
            self.close_popups(0.8, ("group_do_freeze", "group_do_layers"))

    def action(self) -> None:
        """Something from the menu bar."""
        action = self.window.actions_[self.rng.choice(ACTIONS)]
        if action.isEnabled():
            action.trigger()
        QApplication.clipboard().text()

    def history(self) -> None:
        """Back and forth."""
        for _ in range(self.rng.randint(1, 3)):
            key = Qt.Key.Key_Z if self.do.chance(0.6) else Qt.Key.Key_Y
            self.do.key(key, CTRL, self.window.canvas)

    def sweep(self) -> None:
        """Open a sweep, look at a variant, adopt it or not."""
        window = self.window
        if window.controller.sweeps.setup is None:
            window.actions_["sweep"].trigger()
        slider = window.sweep_bar.rows[0].slider
        if slider.isVisible() and slider.isEnabled():
            at = QPointF(self.rng.uniform(2, slider.width() - 2), slider.height() / 2)
            self.do.click(slider, at)
        adopt = window.sweep_bar.findChild(QAbstractButton, "sweep_adopt")
        if adopt is not None and adopt.isEnabled() and self.do.chance(0.5):
            self.do.click(adopt)
        if self.do.chance(0.7):
            window.controller.sweeps.close()

    def resize(self) -> None:
        """Another size of the window."""
        self.window.resize(self.rng.choice((1280, 1440)), self.rng.choice((800, 900)))

    def tabs(self) -> None:
        """Another tab below."""
        bar = self.window.details.tabBar()
        place = bar.tabRect(self.rng.randrange(bar.count())).center()
        self.do.click(bar, QPointF(place))
