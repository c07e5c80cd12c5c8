"""Runs the driver and proves what has to hold after every edit, and after all of them."""

from __future__ import annotations

import collections
import difflib
import gc
import random
import traceback
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from soak_edits import Edits

from lrdesigner.gui.state import Selection
from lrdesigner.schedule.codec import dumps, loads

ROUND_TRIP = 20
"""Edits between two looks at the document as text, and at the picture."""
IGNORED = "This plugin does not support"
SPARE = {"widgets": 25, "timers": 3, "actions": 40}
"""Pools that panels keep for later (rows of tracks, of groups) may be a little fuller."""
Counts = dict[str, collections.Counter[str]]


class Soak:
    """Edits at random, in segments that are undone all the way back.

    Args:
        window: The window.
        seed: Of chance; the same seed does the same.
        documents: What the segments start from, in turn.
        files: Saved schedules that can be dropped.
        records: Where Qt's warnings arrive (pytest-qt's ``qtlog.records``).
        errors: Where exceptions of slots arrive (``qtbot.capture_exceptions``).
    """

    def __init__(
        self,
        window,
        seed: int,
        documents: Iterable[str],
        files: list[Path],
        records: list,
        errors: list,
    ) -> None:
        self.window = window
        self.controller = window.controller
        self.edits = Edits(window, random.Random(seed), files)
        self.documents = [loads(text) for text in documents]
        self.records, self.errors = records, errors
        self.done: collections.Counter[str] = collections.Counter()
        self.steps = 0
        self.tell: Callable[[str], object] = lambda _line: None
        self.counts: dict[int, Counts] = {}
        self.path: Path | None = None
        self.first = self.controller.schedule

    def run(self, segments: int, edits: int) -> None:
        """Make so many segments of so many edits each."""
        watch = QTimer()
        watch.timeout.connect(self.answer)
        watch.start(50)
        with _no_file_dialogs():
            for segment in range(segments):
                self.segment(segment % len(self.documents), edits)
        watch.stop()

    def segment(self, which: int, edits: int) -> None:
        """Edit a document, and take everything back."""
        controller = self.controller
        controller.open_document(self.documents[which], None)
        self.path, self.first = None, controller.schedule
        for _ in range(edits):
            self.step()
        self.calm()
        before = dumps(self.first)
        after = dumps(controller.schedule)
        stack = controller.undo_stack
        top = stack.index()
        self.tell(f"{self.steps} edits: the last {edits} made {top} undo steps")
        while stack.canUndo():
            stack.undo()
        self.same(before)
        assert controller.schedule == self.first, self.history()
        while stack.index() < top:
            stack.redo()
        self.same(after)
        while stack.canUndo():
            place = stack.index()
            QTest.keyClick(self.window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert stack.index() == place - 1, f"Ctrl+Z does nothing, {self.where()}"
        self.same(before)
        self.check("undo")
        controller.open_document(self.documents[which], None)
        self.count(which)

    def same(self, text: str) -> None:
        """The document is that one, to the letter."""
        now = dumps(self.controller.schedule)
        if now != text:
            lines = difflib.unified_diff(text.splitlines(), now.splitlines(), lineterm="", n=1)
            raise AssertionError("\n".join([self.history(), *lines]))

    def step(self) -> None:
        """One edit, and what must hold after any."""
        self.steps += 1
        try:
            what = self.edits.one()
        except Exception as error:
            raise AssertionError(f"step {self.steps}: {self.history()}") from error
        self.done[what] += 1
        self.last.append(what)
        QApplication.processEvents()
        self.dismiss()
        self.activate()
        self.check(what)
        self.note_opened()
        if self.steps % ROUND_TRIP == 0:
            controller = self.controller
            assert loads(dumps(controller.schedule)) == controller.schedule, self.history()
            self.window.grab()
            self.check(what)

    def note_opened(self) -> None:
        """A file that missed the timeline has been opened by the window: back to that, then."""
        if self.controller.path != self.path:
            self.path, self.first = self.controller.path, self.controller.schedule
            assert not self.controller.undo_stack.count(), self.history()
            self.done["opened"] += 1

    def answer(self) -> None:
        """Cancel the question whether to save, before a file is opened: it waits for that."""
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.objectName() == "save_question":
            self.done["asked to save"] += 1
            QTest.keyClick(box, Qt.Key.Key_Escape)

    @property
    def last(self) -> collections.deque[str]:
        """The latest edits."""
        if not hasattr(self, "_last"):
            self._last: collections.deque[str] = collections.deque(maxlen=12)
        return self._last

    def history(self) -> str:
        """Where it is, to find what went wrong."""
        return f"after {self.steps} edits, the last were {', '.join(self.last)}"

    def activate(self) -> None:
        """No window manager gives the keyboard back after a menu or a message."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
            self.window.canvas.setFocus()

    def where(self) -> str:
        """Where the keyboard is."""
        focus, active = QApplication.focusWidget(), QApplication.activeWindow()
        return f"focus {focus}, active {active}, {self.history()}"

    def dismiss(self) -> None:
        """Read messages, and put dialogs away."""
        while QApplication.activePopupWidget() is not None:
            QApplication.activePopupWidget().close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                known = isinstance(widget, QMessageBox) and widget.objectName() == "error_message"
                assert known, f"{widget} {widget.windowTitle()}: {self.history()}"
                assert "Something went wrong" not in widget.text(), widget.informativeText()
                QTest.keyClick(widget, Qt.Key.Key_Escape)

    def check(self, what: str) -> None:
        """No exception, no warning of Qt's, nothing in hand any more."""
        if self.errors:
            text = "".join(traceback.format_exception(*self.errors[0]))
            raise AssertionError(f"{what}: {self.history()}\n{text}")
        warnings = [
            record.message
            for record in self.records
            if record.type_name != "QtDebugMsg" and IGNORED not in record.message
        ]
        assert not warnings, f"{what}: {warnings} {self.history()}"
        canvas, timeline = self.window.canvas, self.window.timeline
        held = [any(hand.busy for hand in canvas.hands), canvas.lanes.busy]
        held.append(timeline._input._current() is not None)
        if any(held):
            raise AssertionError(f"{what}: still in hand: {held}, {self.history()}")

    def calm(self) -> None:
        """Nobody types, nothing is open, nothing is selected."""
        controller = self.controller
        controller.settle()
        controller.sweeps.close()
        for overlay in controller.overlays.overlays:
            controller.overlays.remove(overlay.id)
        self.window.canvas.setFocus()
        for _ in range(3):
            QTest.keyClick(self.window.canvas, Qt.Key.Key_Escape)
        self.dismiss()
        self.activate()

    # -- leaks -------------------------------------------------------------------------------------

    def count(self, which: int) -> None:
        """The same document again, with as many widgets and timers as the first time."""
        for selection in (Selection(0), Selection()):  # the inspector keeps the last form
            self.controller.select(selection)
            QApplication.processEvents()
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
        gc.collect()
        now = _alive(self.window)
        if which not in self.counts:
            self.counts[which] = now
            return
        before = self.counts[which]
        for kind, spare in SPARE.items():
            more = now[kind].total() - before[kind].total()
            extra = (now[kind] - before[kind]).most_common(12)
            assert more <= spare, f"{more} more {kind}: {extra}"
            self.tell(f"{more:+d} {kind}")


def _alive(window: QWidget) -> Counts:
    """What exists, by name: below the window, and whatever Python holds beside it."""
    roots: list[QObject] = [window, QApplication.instance()]
    held = [o for o in gc.get_objects() if issubclass(type(o), QTimer | QAction)]
    found: Counts = {"widgets": collections.Counter(map(_name, QApplication.allWidgets()))}
    for kind, base in (("timers", QTimer), ("actions", QAction)):
        each = {o for root in roots for o in root.findChildren(base)}
        each |= {o for o in held if isinstance(o, base) and shiboken6.isValid(o)}
        found[kind] = collections.Counter(map(_name, each))
    return found


def _name(thing: QObject) -> str:
    return f"{type(thing).__name__} {thing.objectName()}"


@contextmanager
def _no_file_dialogs():
    """Whoever asks for a file gets none: the driver cannot answer a dialog of the system."""
    names = ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")
    kept = {name: getattr(QFileDialog, name) for name in names}
    try:
        QFileDialog.getOpenFileName = staticmethod(lambda *a, **k: ("", ""))
        QFileDialog.getOpenFileNames = staticmethod(lambda *a, **k: ([], ""))
        QFileDialog.getSaveFileName = staticmethod(lambda *a, **k: ("", ""))
        QFileDialog.getExistingDirectory = staticmethod(lambda *a, **k: "")
        yield
    finally:
        for name, function in kept.items():
            setattr(QFileDialog, name, function)
