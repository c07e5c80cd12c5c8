"""What the actions about sweeps do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.i18n import tr, trn
from lrdesigner.sweep import Sweep, SweepError

_POINTS = 2000


class SweepAnswers(QObject):
    """Opens sweeps and saves them; saving goes on beside the window.

    Signals:
        told: Something to say in passing, such as where files were saved.

    Args:
        controller: Has the sweep.
        keeper: Knows what the document's files are called.
        window: Parent of the dialogs.
    """

    told = Signal(str)

    def __init__(self, controller: Controller, keeper: DocumentKeeper, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._keeper = keeper
        self._window = window
        self._saver = LatestWorker(self)
        self._saver.done.connect(self._on_saved)

    @Slot()
    def do_sweep(self) -> None:
        """Sweep a number of the selected phase, or close the sweep that is open."""
        sweeps = self._controller.sweeps
        if sweeps.setup is not None or sweeps.error:
            sweeps.close()
        else:
            sweeps.open()

    @Slot()
    def do_export_sweep_documents(self) -> None:
        """Save every variant as a document, in a new folder."""
        sweep = self._controller.sweeps.sweep
        if sweep is None:
            return
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Save all variants in"))
        if not chosen:
            return
        name = Path(self._keeper.suggested_name("")).name
        folder = _free(Path(chosen), f"{name}--{', '.join(t.name for t in sweep.traits)}")

        def save(cancelled: Cancelled) -> str:
            from lrdesigner.sweep import evaluate, save_documents

            fan = evaluate(sweep, _POINTS, cancelled=cancelled)
            count = len(save_documents(fan, folder, name))
            return trn(
                "Saved {count} document in {folder}",
                "Saved {count:,} documents in {folder}",
                count,
                folder=folder,
            )

        self._save(save)

    @Slot()
    def do_export_sweep_table(self) -> None:
        """Save what each variant comes to, as a table."""
        sweep: Sweep | None = self._controller.sweeps.sweep
        if sweep is None:
            return
        name = self._keeper.suggested_name("-sweep.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save the sweep as a table"), name, "*.csv"
        )
        if not chosen:
            return

        def save(cancelled: Cancelled) -> str:
            from lrdesigner.sweep import save_table

            save_table(sweep, chosen, cancelled)
            return trn(
                "Saved {count} variant in {file}",
                "Saved {count:,} variants in {file}",
                len(sweep),
                file=chosen,
            )

        self._save(save)

    def shut_down(self) -> None:
        """Wait for what is being saved to stop."""
        self._saver.close()

    def _save(self, save: Callable[[Cancelled], str]) -> None:
        def work(cancelled: Cancelled) -> object:
            from lrdesigner.engine.runner import CancelledError

            try:
                return save(cancelled)
            except CancelledError:
                return None
            except (OSError, SweepError) as error:
                return error

        self._saver.submit(work)
        self.told.emit(tr("Saving the sweep…"))

    @Slot(object)
    def _on_saved(self, result: object) -> None:
        if isinstance(result, str):
            self.told.emit(result)
        elif isinstance(result, Exception):
            self.told.emit("")
            reason = result.strerror if isinstance(result, OSError) else None
            where = f"{result.filename}: " if isinstance(result, OSError) else ""
            show_error(self._window, tr("The sweep was not saved"), f"{where}{reason or result}")


def _free(folder: Path, name: str) -> Path:
    """A folder that is not there yet."""
    kept = "".join(c if c.isalnum() or c in "-_ ,.[]" else "-" for c in name)[:120].strip()
    found, count = folder / kept, 1
    while found.exists():
        count += 1
        found = folder / f"{kept} ({count})"
    return found
