"""The code panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from lrdesigner._files import write_atomically
from lrdesigner.engine.curve import Curve
from lrdesigner.exporting import ExporterSpec, exporters
from lrdesigner.gui.code.editor import CodeView
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.place_text import in_words, problem_line
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import ChipLabel, EmptyState, Tone
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError

_PATIENCE_MS = 150
_CONFIRM_MS = 1500
_EDGE = 10
_SCROLL_BAR = 14


class CodePanel(QWidget):
    """The text of one export target.

    What it shows as current is the current document's. While the exact run goes on the old text
    stays, and after a moment steps back with a note; a document that cannot run has no code, and
    the panel says what to change.

    Signals:
        available_changed: Whether there is anything to copy or save. A run that is done in a
            moment does not count as absence.
    """

    available_changed = Signal(bool)

    def __init__(
        self, controller: Controller, theme: Theme, exporter_key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._spec: ExporterSpec = exporters()[exporter_key]
        self._current = False
        self._available = True
        self._due = False  # a text could be made, but nobody has asked for it yet
        self._copy_when_current = False
        self._refusal = ""  # why the exporter gave no text for a document that runs
        self.setObjectName("code")
        self._view = CodeView(self._spec.language, theme, self)
        self._view.setAccessibleName(tr(self._spec.title))
        self._message = EmptyState(
            "", icon=icon("error", theme, "error"), action=tr("Run again"), parent=self
        )
        self._message.setObjectName("code_message")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._message)
        self._note = ChipLabel("", parent=self)
        self._note.setObjectName("code_note")
        self._note.hide()
        self._patience = self._timer(_PATIENCE_MS)
        self._confirmed = self._timer(_CONFIRM_MS)
        self._turn_to(self._view)
        self._patience.timeout.connect(self._on_patience)
        self._confirmed.timeout.connect(self._show_note)
        self._message.action_requested.connect(controller.restart_run)
        controller.file_changed.connect(self._on_file)
        if self._spec.needs_plan:
            controller.curve_changed.connect(self._on_curve)
            controller.run_changed.connect(self._on_run)
        else:
            controller.document_changed.connect(self._on_document)
        self._refresh()

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        # A proxy that is hidden would hold Tab up.
        self.setFocusProxy(self._view if page is self._view else None)  # type: ignore[arg-type]

    # -- for the window --------------------------------------------------------------------------

    @property
    def suffix(self) -> str:
        """Usual suffix of a file with this text, with the dot."""
        return self._spec.suffix

    def is_current(self) -> bool:
        """Whether there is a text and it is the current document's."""
        return self._current

    def is_available(self) -> bool:
        """Whether there is a text to copy or save, or will be in a moment."""
        return self._available

    def text(self) -> str:
        """The text that is shown; while the exact run goes on it may be an older document's."""
        self._render_if_due()
        return self._view.text()

    def reason(self) -> str:
        """Why there is no current text, for people; "" if there is."""
        if self._current:
            return ""
        return self._refusal or self._failure() or tr("The exact run is still going on.")

    @Slot()
    def copy(self) -> bool:
        """Copy the text; while a run goes on, as soon as it is there.

        Returns:
            Whether it was copied at once.
        """
        self._render_if_due()
        if not self._current:
            self._copy_when_current = not self._failure()
            return False
        QGuiApplication.clipboard().setText(self._view.text())
        self._confirm(tr("Copied"))
        return True

    def save_to(self, path: Path) -> None:
        """Write the text to a file.

        Raises:
            OSError: If it cannot be written; an existing file is left untouched.
            ScheduleError: If there is no current text.
        """
        self._render_if_due()
        if not self._current:
            raise ScheduleError(self.reason())
        write_atomically(path, self._view.text().encode())
        self._confirm(tr("Saved"))

    @Slot()
    def save_as(self) -> None:
        """Ask for a file and write the text there; says what is wrong if that fails."""
        path = self._controller.path
        folder = path.parent if path else Path.home()
        stem = path.stem if path else "schedule"
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save {title}", title=tr(self._spec.title)),
            str(folder / f"{stem}{self.suffix}"),
            f"*{self.suffix}",
        )
        if not name:
            return
        try:
            self.save_to(Path(name))
        except (OSError, ScheduleError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            show_error(self, tr("The code was not saved"), f"{name}: {reason or error}")

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._render_if_due()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    # Inner: what to show

    @Slot()
    def _on_file(self) -> None:
        """A document without a history has just been opened."""
        if self._controller.undo_stack.count():
            return
        self._view.start_over()
        if self._current and not self._due:
            self._view.set_text(self._view.text())

    @Slot(object)
    def _on_curve(self, curve: Curve | None) -> None:
        self._refresh()

    @Slot(object)
    def _on_document(self, schedule: object) -> None:
        self._refresh()

    @Slot(object)
    def _on_run(self, run: object) -> None:
        if self._controller.curve is None:
            self._refresh()

    def _refresh(self) -> None:
        ready = not self._spec.needs_plan or self._controller.curve is not None
        self._due = ready
        self._refusal = ""
        if ready:
            self._patience.stop()
            self._current = True
            self._set_available(True)
            if self.isVisible() or self._copy_when_current:
                self._render_if_due()
        else:
            self._current = False
            self._show_waiting()
        if self._copy_when_current and self._current:
            self._copy_when_current = False
            self.copy()

    def _show_waiting(self) -> None:
        failure = self._failure()
        if failure:
            self._patience.stop()
            self._message.set_text(failure)
            self._message.set_action_visible(self._controller.run.kind == "live")
            self._turn_to(self._message)
            self._copy_when_current = False
            self._set_available(False)
        elif not self._patience.isActive():
            # A run that is done in a moment should not make the text flicker.
            self._patience.start()
        self._show_note()

    def _failure(self) -> str:
        """Why there will be no code; "" while there is hope."""
        errors = [p for p in self._controller.problems if p.severity == "error"]
        if errors and self._spec.needs_plan:
            schedule = self._controller.schedule
            lines = (problem_line(schedule, problem) for problem in errors)
            return "\n".join((tr("There is no code for this schedule yet."), *lines))
        run = self._controller.run
        if run.kind == "failed":
            why = in_words(self._controller.schedule, run.message)
            return tr("There is no code for this schedule yet.") + f"\n{why}"
        if run.kind == "live" and self._controller.curve is None:
            return tr("The code needs the exact run, which was stopped.")
        return ""

    def _render_if_due(self) -> None:
        if not self._due:
            return
        self._due = False
        try:
            text = self._render()
        except ScheduleError as error:
            self._refusal = in_words(self._controller.schedule, str(error))
            self._message.set_text(self._refusal)
            self._message.set_action_visible(False)
            self._turn_to(self._message)
            self._current = False
            self._set_available(False)
            return
        self._view.set_text(text)
        self._view.set_dimmed(False)
        self._turn_to(self._view)
        self._show_note()

    def _render(self) -> str:
        schedule, curve = self._controller.schedule, self._controller.curve
        if not self._spec.needs_plan or curve is None:
            return self._spec.export(schedule)
        from lrdesigner.engine.simulate import make_plan

        # The run knows what each phase starts from, so that nothing has to run here.
        plan = make_plan(schedule, curve.bases, track_bases=curve.track_bases)
        return self._spec.export(schedule, plan=plan)

    def _set_available(self, available: bool) -> None:
        if available != self._available:
            self._available = available
            self.available_changed.emit(available)

    # Inner: the note in the corner

    @Slot()
    def _on_patience(self) -> None:
        if not self._current:
            self._view.set_dimmed(True)
            self._set_available(False)
            self._show_note()

    @Slot()
    def _show_note(self) -> None:
        if self._confirmed.isActive():
            return
        waiting = self._view.is_dimmed() and self._pages.currentWidget() is self._view
        self._set_note(tr("Running torch…") if waiting else "", "accent")

    def _confirm(self, text: str) -> None:
        self._set_note(text, "ok")
        self._confirmed.start()

    def _set_note(self, text: str, tone: Tone) -> None:
        self._note.setText(text)
        self._note.setAccessibleName(text)
        self._note.set_tone(tone)
        self._note.setVisible(bool(text))
        self._place_note()

    def _place_note(self) -> None:
        self._note.adjustSize()
        self._note.move(self.width() - self._note.width() - _EDGE - _SCROLL_BAR, _EDGE)
        self._note.raise_()

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        return timer
