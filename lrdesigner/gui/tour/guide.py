"""Leads through the tour: which step, where it points, whether its task is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from lrdesigner.gui.actions.keys import keys_of, native
from lrdesigner.gui.actions.specs import ACTIONS
from lrdesigner.gui.announce import announce
from lrdesigner.gui.tour.callout import Callout, Spotlight
from lrdesigner.gui.tour.steps import STEPS, Moment, TourStep
from lrdesigner.gui.tour.targets import Targets
from lrdesigner.i18n import tr

if TYPE_CHECKING:
    from lrdesigner.gui.main_window import MainWindow

ADVANCE_MS = 900
"""Long enough to see that it was the right thing, and what it did."""
_LOOK_MS = 120
_TYPED_INTO = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)


class Tour(QObject):
    """One way through the steps. It changes nothing itself, and can be left at any time.

    Signals:
        ended: It is over, by the last step or before.

    Args:
        window: What it is about.
    """

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._controller = window.controller
        self._targets = Targets(window)
        self._number = -1
        self._before: Moment | None = None
        self._undone = self._copies = 0
        self._index = self._controller.undo_stack.index()
        self._focus: QWidget | None = QApplication.focusWidget()
        self._done = False
        self.spotlight = Spotlight(window.theme, window)
        self.callout = Callout(window.theme, window)
        self.callout.next_wanted.connect(self.advance)
        self.callout.back_wanted.connect(self.go_back)
        self.callout.leave_wanted.connect(self.leave)
        # What it points at moves with everything: panels, scrolling, the curve.
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.follow)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ADVANCE_MS)
        self._soon.timeout.connect(self._go_on)
        for signal in (
            self._controller.document_changed,
            self._controller.selection_changed,
            self._controller.view_changed,
        ):
            signal.connect(self._check)
        self._controller.undo_stack.indexChanged.connect(self._on_index)
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    # -- the way -------------------------------------------------------------------------------

    @property
    def step(self) -> TourStep:
        """The present step."""
        return STEPS[self._number]

    @property
    def done(self) -> bool:
        """Whether the present step's task has been done."""
        return self._done

    def start(self) -> None:
        """Show the first step."""
        self.callout.show()
        self._look.start()
        self._go(0, 1)

    @Slot()
    def advance(self) -> None:
        """Go to the next step; after the last one it is over."""
        self._go(self._number + 1, 1)

    @Slot()
    def _go_on(self) -> None:
        """Go to the next step by itself, and leave the keyboard to somebody who types."""
        self._go(self._number + 1, 1, take=not isinstance(QApplication.focusWidget(), _TYPED_INTO))

    @Slot()
    def go_back(self) -> None:
        """Go to the step before."""
        if self._number > 0:
            self._go(self._number - 1, -1)

    @Slot()
    def leave(self) -> None:
        """No more of it; the keyboard goes back to where it was."""
        if self._number == len(STEPS):
            return
        self._number = len(STEPS)
        self._look.stop()
        self._soon.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        held = self.callout.isAncestorOf(QApplication.focusWidget() or self._window)
        held = held or QApplication.focusWidget() is self.callout
        for widget in (self.callout, self.spotlight):
            widget.hide()
            widget.deleteLater()
        if held and self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()
        self.deleteLater()

    def take_keyboard(self) -> None:
        """Put the keyboard on the callout."""
        self.callout.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, number: int, by: int, *, take: bool = True) -> None:
        """Show that step, or the nearest one in that direction that can be pointed at."""
        self._soon.stop()
        if number >= len(STEPS):
            self.leave()
            return
        self._number = max(0, number)
        self._targets.prepare(self.step.id)
        if self._targets.find(self.step.id).rect.isEmpty() and 0 < number < len(STEPS) - 1:
            self._go(number + by, by, take=take)
            return
        self._before = self._moment()
        self._done = False
        keys = {spec.id: native(keys_of(spec.id)[0]) for spec in ACTIONS}
        keys |= {"undo": native("Ctrl+Z")}
        step = self.step
        title, text, task = (_with_keys(each, keys) for each in (step.title, step.text, step.task))
        self.callout.say(self._number + 1, len(STEPS), title, text, task)
        self.follow()
        if take:
            self.take_keyboard()
        announce(self.callout, self.callout.accessibleName())

    # -- where it points -----------------------------------------------------------------------

    @Slot()
    def follow(self) -> None:
        """Stand beside what the step is about, wherever that is now."""
        if not 0 <= self._number < len(STEPS):
            return
        target = self._targets.find(self.step.id)
        area = QRect(self._window.rect())
        self.spotlight.show_around(target.rect)
        ringed = target.rect.adjusted(-5, -5, 5, 5) if not target.rect.isEmpty() else target.rect
        held = self._controller.in_gesture
        if held and not self.callout.place_in_window.intersects(ringed):
            return  # under a hand that drags, nothing else should move
        self.callout.move_beside(ringed, area, target.clear)

    # -- what has been done --------------------------------------------------------------------

    def _moment(self) -> Moment:
        controller = self._controller
        return Moment(
            controller.schedule,
            controller.selection,
            controller.view,
            self._undone,
            self._copies,
        )

    @Slot()
    def _check(self) -> None:
        """Whether the task is done; while something is being dragged it is not yet."""
        if self._done or self._before is None or self._controller.in_gesture:
            return
        if not 0 <= self._number < len(STEPS) or not self.step.done(self._before, self._moment()):
            return
        self._done = True
        self.callout.set_done(True, last=self._number == len(STEPS) - 1)
        announce(self.callout, tr("Done"))
        self._soon.start()

    @Slot(int)
    def _on_index(self, index: int) -> None:
        if index < self._index:
            self._undone += 1
        self._index = index
        self._check()

    @Slot()
    def _on_clipboard(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text and text == self._window.details.code.text():
            self._copies += 1
            self._check()

    # -- Qt's events ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in (
            QEvent.Type.Resize,
            QEvent.Type.LayoutRequest,
        ):
            QTimer.singleShot(0, self, self.follow)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            here = isinstance(watched, QWidget) and watched.window() is self._window
            if here and event.key() == Qt.Key.Key_Escape and self._esc_is_free():
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def _esc_is_free(self) -> bool:
        """Esc abandons a drag, and what is being typed, before it leaves the tour."""
        busy = self._controller.in_gesture or self._controller.unapplied
        return not busy and QApplication.activePopupWidget() is None


def _with_keys(text: str, keys: dict[str, str]) -> str:
    """A text with the keys of the actions that it names."""
    return tr(text, **{name: keys[name] for name in keys if f"{{{name}}}" in text})
