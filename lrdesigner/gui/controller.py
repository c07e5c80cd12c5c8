"""The only place that knows the document, its undo history and its runs.

Panels show what the controller says has changed, and ask it for edits; they never talk to each
other. A widget's wish becomes a pure edit, the edit a new document, the document one undo step.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.commands import EditCommand
from lrdesigner.gui.compare_numbers import CompareNumbers
from lrdesigner.gui.compare_run import CompareRun
from lrdesigner.gui.comparison_store import ComparisonStore
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.drift_run import DriftRun
from lrdesigner.gui.entry_store import EntryStore
from lrdesigner.gui.exact_run import ExactRun
from lrdesigner.gui.look import Look
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.state import RunState, Selection, ViewState
from lrdesigner.gui.sweep_store import SweepStore
from lrdesigner.i18n import tr
from lrdesigner.schedule import codec
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem, mend_of


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
        told: A sentence about what has just been done, or why it was not.
        refused: What did not work and why, which has to be read: title and text.
        unapplied_changed: Whether a field holds text that the document could not take.
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
    told = Signal(str)
    refused = Signal(str, str)
    unapplied_changed = Signal(bool)

    def __init__(
        self,
        schedule: Schedule,
        runner: Runner,
        overlays: OverlayStore,
        parent: QObject,
        entries: EntryStore | None = None,
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.axis = TimeAxis(self)
        self.overlays = overlays
        self.entries = entries or EntryStore(None, self)
        self.sweeps = SweepStore(self)
        self.comparison = ComparisonStore(self)
        self.compared = CompareRun(self)
        self.numbers = CompareNumbers(self)
        self._exact = ExactRun(runner, self)
        self.drift = DriftRun(self, runner)
        self._look = Look(schedule, None)
        self._selection = Selection()
        self._view = ViewState()
        self._path: Path | None = None
        self._gesture: tuple[str, Schedule, Selection] | None = None
        self._unapplied: set[Hashable] = set()
        self._exact.curve_found.connect(self._on_curve)
        self._exact.state_changed.connect(self._on_run)
        self.undo_stack.cleanChanged.connect(self._on_clean_changed)
        self.file_changed.connect(self._name_document)
        self._name_document()
        self._present(self._look, self._selection)

    # -- state ---------------------------------------------------------------------------------

    @property
    def schedule(self) -> Schedule:
        """The current document."""
        return self._look.schedule

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
        return self._look.preview

    @property
    def curve(self) -> Curve | None:
        """The exact curve of the current document, if its run is done."""
        return self._exact.curve

    @property
    def run(self) -> RunState:
        """How far the exact run is."""
        return self._exact.state

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The current document's problems."""
        return self._look.problems

    @property
    def path(self) -> Path | None:
        """The document's file, or None."""
        return self._path

    @property
    def clean(self) -> bool:
        """Whether everything is saved."""
        return self.undo_stack.isClean() and self._gesture is None

    @property
    def title(self) -> str:
        """What the document is called: its name, else its file, else "Untitled"."""
        return self.schedule.name or (self._path.stem if self._path else "") or tr("Untitled")

    @property
    def device(self) -> str:
        """Device of the exact run."""
        return self._exact.device

    # -- parts ---------------------------------------------------------------------------------

    @property
    def part(self) -> DocumentPart:
        """The phases that are being worked on: the selected track's, or the document's own."""
        return DocumentPart(self, self._selection.track)

    def part_of(self, track: int | None) -> DocumentPart:
        """The phases of a track; with None the document's own."""
        return DocumentPart(self, track)

    @property
    def look(self) -> Look:
        """The document with what is seen of it at once."""
        return self._look

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
        after = (self._selection if selection is None else selection).within(schedule)
        if schedule == self.schedule:
            self.select(after)
            return
        before = (self.schedule, self._selection)
        self.undo_stack.push(EditCommand(text, before, (schedule, after), self._replay, merge))

    def mend(self, problem: Problem) -> None:
        """Do what a problem's fix says, as one undo step, if its rule knows how."""
        mend = mend_of(problem)
        if mend is None:
            return
        self.settle()
        if problem not in self.problems:
            return  # what was being typed has mended it, or moved it
        try:
            mended = mend(self.schedule, problem)
        except ValidationError as error:
            self.refused.emit(tr("This cannot be fixed like that"), codec.reason(error))
        else:
            self.edit(tr("fix a problem"), mended)

    def gesture(self, text: str, schedule: Schedule) -> None:
        """Show a document while a drag goes on; nothing is on the undo stack yet."""
        if self._gesture is None:
            self._gesture = (text, self.schedule, self._selection)
        self._gesture = (text, *self._gesture[1:])
        if schedule != self.schedule:
            self._show(schedule, self._selection.within(schedule))

    @property
    def in_gesture(self) -> bool:
        """Whether a gesture goes on."""
        return self._gesture is not None

    @property
    def before_gesture(self) -> Schedule:
        """The document a gesture started from; drags compute their edits from it."""
        return self._gesture[1] if self._gesture else self.schedule

    def commit_gesture(
        self, selection: Selection | None = None, merge: Hashable | None = None
    ) -> None:
        """End a gesture: what it shows becomes one undo step; `merge` as for `edit`."""
        if self._gesture is None:
            return
        text, before, selected = self._gesture
        self._gesture = None
        after = (self._selection if selection is None else selection).within(self.schedule)
        if self.schedule != before:
            self.undo_stack.push(
                EditCommand(text, (before, selected), (self.schedule, after), self._replay, merge)
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
        """Select a phase, a track, or neither."""
        selection = selection.within(self.schedule)
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
        look = Look(schedule, _folder(path))
        self._gesture = None
        self._path = path
        self.undo_stack.clear()
        self.sweeps.close()
        self._present(look, Selection())
        self.axis.fit()
        self.file_changed.emit()

    def keep_ghost(self) -> None:
        """Keep the document's curve as it is now, to be seen beside what becomes of it."""
        self.settle()
        ghost = self.overlays.keep_ghost(self.schedule.replace(name=self.title), self.curve)
        self.told.emit(tr("{name} is kept among the overlays", name=ghost.name))

    def save_document(self, path: Path) -> None:
        """Write the document to a file, which becomes its own; unfinished edits are made first.

        Raises:
            OSError: If it cannot be written; nothing is lost.
        """
        self.settle()
        codec.save(self.schedule, path)
        self._path = path
        self.undo_stack.setClean()
        moved = self.schedule.folder != _folder(path)
        self._look.move(_folder(path))
        metric = self.schedule.metric
        if moved and metric is not None and metric.file is not None:
            self._show(self.schedule, self._selection)  # another file of that name counts now
        self.file_changed.emit()

    @property
    def unapplied(self) -> bool:
        """Whether a field holds text that the document could not take."""
        return bool(self._unapplied)

    def set_unapplied(self, who: Hashable, unapplied: bool) -> None:
        """Fields tell whether they hold text that the document could not take."""
        before = self.unapplied
        (self._unapplied.add if unapplied else self._unapplied.discard)(who)
        if self.unapplied != before:
            self.unapplied_changed.emit(self.unapplied)

    # -- runs ----------------------------------------------------------------------------------

    def set_device(self, device: str) -> None:
        """Run on another device."""
        if device != self._exact.device:
            self._exact.device = device
            self.device_changed.emit(device)
            self.restart_run()

    def cancel_run(self) -> None:
        """Stop the exact run; the fast curve stays."""
        self._exact.cancel()

    def restart_run(self) -> None:
        """Run again, after a cancel."""
        self._exact.start(self.schedule)

    def shut_down(self) -> None:
        """Stop the threads that work for the window."""
        for each in (self.sweeps, self.compared, self.numbers):
            each.shut_down()

    # -- showing -------------------------------------------------------------------------------

    def _replay(self, schedule: Schedule, selection: Selection) -> None:
        """Do, undo or redo a step; a gesture that still goes on knows nothing of it and ends."""
        self._gesture = None
        if schedule is self.schedule:
            self._settle(selection)
        else:
            self._show(schedule, selection)

    def _settle(self, selection: Selection) -> None:
        """A gesture's last document stays: what is known of it is, and its run goes on."""
        self._exact.hurry()
        self.document_changed.emit(self.schedule)
        self.select(selection)
        self.preview_changed.emit(self.preview)

    def _show(self, schedule: Schedule, selection: Selection) -> None:
        """Make a document the current one and tell everybody what differs."""
        focus = None if self.axis.fitted else self.axis.range
        self._present(Look(schedule, _folder(self._path), focus), selection)

    def _present(self, look: Look, selection: Selection) -> None:
        self._look = look
        self._exact.forget()
        selected = self._selection != selection
        self._selection = selection  # before anybody looks at the document, as the axis's do
        self.axis.set_total(look.schedule.steps)
        self._name_document()
        self.document_changed.emit(look.schedule)
        if selected:
            self.selection_changed.emit(selection)
        self.preview_changed.emit(look.preview)
        self.curve_changed.emit(None)
        self.problems_changed.emit(look.problems)
        if self.in_gesture:
            self._exact.start_soon(look.schedule)
        else:
            self.restart_run()

    @Slot(object)
    def _on_curve(self, curve: Curve) -> None:
        if self._look.heed_curve(curve):
            self.problems_changed.emit(self.problems)
        self.curve_changed.emit(curve)

    @Slot(object)
    def _on_run(self, run: RunState) -> None:
        if run.kind == "failed" and self._look.heed_failure(run.message):
            self.problems_changed.emit(self.problems)
        self.run_changed.emit(run)

    @Slot()
    def _name_document(self) -> None:
        """No overlay should read like the document."""
        self.overlays.set_document(self.title)

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        self.file_changed.emit()


def _folder(path: Path | None) -> Path | None:
    return None if path is None else path.resolve().parent
