"""The only place that knows the document, its undo history and its runs.

Panels show what the controller says has changed, and ask it for edits; they never talk to each
other. A widget's wish becomes a pure edit, the edit a new document, the document one undo step.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview, preview
from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.commands import EditCommand
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.state import RunState, Selection, ViewState
from lrdesigner.schedule import codec
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem, check

Look = tuple[Schedule, Preview, tuple[Problem, ...]]


class Controller(QObject):
    """Document, selection, view, curves and problems of one window.

    Signals (facts; each carries the new value):
        document_changed: The current `Schedule`, also on every move of a gesture.
        selection_changed: `Selection`.
        view_changed: `ViewState`.
        preview_changed: The fast curve (`Preview`) of the current document.
        curve_changed: The exact `Curve` of the current document, or None as soon as the
            document changes and until its run is done.
        run_changed: `RunState`.
        problems_changed: tuple of `Problem`.
        file_changed: Path, name or clean state differ.
        device_changed: Device of the exact run.
        settle_requested: What is being typed should become an edit now, or never.
    """

    document_changed = Signal(object)
    selection_changed = Signal(object)
    view_changed = Signal(object)
    preview_changed = Signal(object)
    curve_changed = Signal(object)
    run_changed = Signal(object)
    problems_changed = Signal(object)
    file_changed = Signal()
    device_changed = Signal(str)
    settle_requested = Signal()

    def __init__(
        self, schedule: Schedule, runner: Runner, overlays: OverlayStore, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.axis = TimeAxis(self)
        self.overlays = overlays
        self._runner = runner
        self._schedule = schedule
        self._selection = Selection()
        self._view = ViewState()
        self._preview = preview(schedule)
        self._curve: Curve | None = None
        self._run = RunState()
        self._problems: tuple[Problem, ...] = ()
        self._path: Path | None = None
        self._device = "cpu"
        self._gesture: tuple[str, Schedule, Selection] | None = None
        self._token = -1
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.progressed.connect(self._on_progressed)
        self.undo_stack.cleanChanged.connect(self._on_clean_changed)
        self._show(schedule, self._selection)

    # -- state ---------------------------------------------------------------------------------

    @property
    def schedule(self) -> Schedule:
        """The current document."""
        return self._schedule

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self._selection

    @property
    def view(self) -> ViewState:
        """How the curve is looked at."""
        return self._view

    @property
    def preview(self) -> Preview:
        """The fast curve of the current document."""
        return self._preview

    @property
    def curve(self) -> Curve | None:
        """The exact curve of the current document, if its run is done."""
        return self._curve

    @property
    def run(self) -> RunState:
        """How far the exact run is."""
        return self._run

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The current document's problems."""
        return self._problems

    @property
    def path(self) -> Path | None:
        """The document's file, or None."""
        return self._path

    @property
    def _folder(self) -> Path | None:
        return None if self._path is None else self._path.resolve().parent

    @property
    def clean(self) -> bool:
        """Whether everything is saved."""
        return self.undo_stack.isClean() and self._gesture is None

    @property
    def title(self) -> str:
        """What the document is called: its name, else its file, else "Untitled"."""
        return self._schedule.name or (self._path.stem if self._path else "") or "Untitled"

    @property
    def device(self) -> str:
        """Device of the exact run."""
        return self._device

    # -- edits ---------------------------------------------------------------------------------

    def edit(
        self,
        text: str,
        schedule: Schedule,
        selection: Selection | None = None,
        merge: Hashable | None = None,
    ) -> None:
        """Make an edited document the current one, as one undo step.

        Args:
            text: What the edit is called in the menu, such as "change gamma".
            schedule: The edited document.
            selection: What is selected afterwards; None keeps the selection.
            merge: Edits with an equal key in quick succession become one step.
        """
        self.cancel_gesture()
        after = self._fit(self._selection if selection is None else selection, schedule)
        if schedule == self._schedule:
            self.select(after)
            return
        before = (self._schedule, self._selection)
        self.undo_stack.push(EditCommand(text, before, (schedule, after), self._replay, merge))

    def gesture(self, text: str, schedule: Schedule) -> None:
        """Show a document while a drag goes on; nothing is on the undo stack yet."""
        if self._gesture is None:
            self._gesture = (text, self._schedule, self._selection)
        self._gesture = (text, *self._gesture[1:])
        if schedule != self._schedule:
            self._show(schedule, self._fit(self._selection, schedule))

    @property
    def in_gesture(self) -> bool:
        """Whether a gesture goes on."""
        return self._gesture is not None

    @property
    def before_gesture(self) -> Schedule:
        """The document a gesture started from; drags compute their edits from it."""
        return self._gesture[1] if self._gesture else self._schedule

    def commit_gesture(
        self, selection: Selection | None = None, merge: Hashable | None = None
    ) -> None:
        """End a gesture: what it shows becomes one undo step; `merge` as for `edit`."""
        if self._gesture is None:
            return
        text, before, selected = self._gesture
        self._gesture = None
        after = self._fit(self._selection if selection is None else selection, self._schedule)
        if self._schedule != before:
            self.undo_stack.push(
                EditCommand(text, (before, selected), (self._schedule, after), self._replay, merge)
            )
        else:
            self.select(after)

    def cancel_gesture(self) -> bool:
        """Abandon a gesture: everything is as before. Returns whether there was one."""
        if self._gesture is None:
            return False
        _, before, selected = self._gesture
        self._gesture = None
        self._show(before, selected)
        return True

    def settle(self) -> None:
        """Make edits of everything unfinished: text being typed, a gesture going on."""
        self.settle_requested.emit()
        self.commit_gesture()

    def select(self, selection: Selection) -> None:
        """Select a phase or nothing."""
        selection = self._fit(selection, self._schedule)
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)

    def set_view(self, view: ViewState) -> None:
        """Look at the curve another way; not an edit."""
        if view != self._view:
            self._view = view
            self.view_changed.emit(view)

    # -- files ---------------------------------------------------------------------------------

    def open_document(self, schedule: Schedule, path: Path | None) -> None:
        """Make another document the current one; the undo history starts anew."""
        # Everything that might fail comes before the first thing that changes.
        look = self._look(schedule, path)
        self._gesture = None
        self._path = path
        self.undo_stack.clear()
        self._present(look, Selection())
        self.axis.fit()
        self.file_changed.emit()

    def save_document(self, path: Path) -> None:
        """Write the document to a file, which becomes its own; unfinished edits are made first.

        Raises:
            OSError: If it cannot be written; nothing is lost.
        """
        self.settle()
        codec.save(self._schedule, path)
        self._path = path
        self.undo_stack.setClean()
        moved = self._schedule.folder != self._folder
        self._schedule = self._schedule.in_folder(self._folder)
        if moved and self._schedule.metric is not None and self._schedule.metric.file is not None:
            self._show(self._schedule, self._selection)  # another file of that name counts now
        self.file_changed.emit()

    # -- runs ----------------------------------------------------------------------------------

    def set_device(self, device: str) -> None:
        """Run on another device."""
        if device != self._device:
            self._device = device
            self.device_changed.emit(device)
            self._start_run()

    def cancel_run(self) -> None:
        """Stop the exact run; the fast curve stays."""
        if self._run.kind == "running":
            self._runner.cancel()
            self._token = -1
            self._set_run(RunState("live", device=self._device, message="cancelled"))

    def restart_run(self) -> None:
        """Run again, after a cancel."""
        self._start_run()

    def _replay(self, schedule: Schedule, selection: Selection) -> None:
        """Do, undo or redo a step; a gesture that still goes on knows nothing of it and ends."""
        self._gesture = None
        self._show(schedule, selection)

    def _show(self, schedule: Schedule, selection: Selection) -> None:
        """Make a document the current one and tell everybody what differs."""
        self._present(self._look(schedule, self._path), selection)

    @staticmethod
    def _look(schedule: Schedule, path: Path | None) -> Look:
        """A document in its file's folder, with its fast curve and problems."""
        schedule = schedule.in_folder(None if path is None else path.resolve().parent)
        fast = preview(schedule)
        return schedule, fast, tuple(check(schedule, fast))

    def _present(self, look: Look, selection: Selection) -> None:
        schedule, self._preview, self._problems = look
        self._schedule = schedule
        self._curve = None
        self.axis.set_total(schedule.steps)
        selected = self._selection != selection
        self._selection = selection
        self.document_changed.emit(schedule)
        if selected:
            self.selection_changed.emit(selection)
        self.preview_changed.emit(self._preview)
        self.curve_changed.emit(None)
        self.problems_changed.emit(self._problems)
        self._start_run()

    def _start_run(self) -> None:
        self._set_run(RunState("running", device=self._device))
        self._token = self._runner.submit(self._schedule, self._device)

    @Slot(int, object)
    def _on_finished(self, token: int, curve: Curve) -> None:
        if token != self._token:
            return
        self._curve = curve
        self.curve_changed.emit(curve)
        self._set_run(
            RunState(
                "exact",
                1.0,
                seconds=curve.seconds,
                torch_version=curve.torch_version,
                device=curve.device,
            )
        )

    @Slot(int, str)
    def _on_failed(self, token: int, message: str) -> None:
        if token == self._token:
            self._set_run(RunState("failed", message=message, device=self._device))

    @Slot(int, float)
    def _on_progressed(self, token: int, fraction: float) -> None:
        if token == self._token and self._run.kind == "running":
            self._set_run(RunState("running", fraction, device=self._device))

    def _set_run(self, run: RunState) -> None:
        if run != self._run:
            self._run = run
            self.run_changed.emit(run)

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        self.file_changed.emit()

    @staticmethod
    def _fit(selection: Selection, schedule: Schedule) -> Selection:
        """A selection that exists in the document."""
        if selection.phase is None or selection.phase < len(schedule.phases):
            return selection
        return Selection(len(schedule.phases) - 1 if schedule.phases else None)
