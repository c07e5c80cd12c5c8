"""What the actions about the time axis' unit do, and the batch calculator they may lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import XUnit
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import counting

_TOLD = {
    ("batch_size",): mark("The axis counts samples as soon as the batch size is known."),
    ("sequence_length",): mark("The axis counts tokens as soon as the sequence length is known."),
    ("batch_size", "sequence_length"): mark(
        "The axis counts tokens as soon as batch size and sequence length are known."
    ),
}


class UnitAnswers(QObject):
    """The unit of the time axis.

    A unit that the document does not know leads to the batch calculator, and is taken as soon as
    what it needs has been filled in.

    Signals:
        put_off: The unit stays what it was for now.

    Args:
        controller: The document and how it is looked at.
        settings: Remember the unit.
        ask: Opens the calculator at a field of the batch; "" for its first one.
        parent: The window.
    """

    put_off = Signal()

    def __init__(
        self,
        controller: Controller,
        settings: Settings,
        ask: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._settings = settings
        self._ask = ask
        self._wanted: XUnit | None = None
        controller.document_changed.connect(self._on_document)
        controller.file_changed.connect(self._on_file)

    @Slot()
    def do_steps(self) -> None:
        """Steps on the time axis."""
        self.set_unit("steps")

    @Slot()
    def do_epochs(self) -> None:
        """Epochs on the time axis."""
        self.set_unit("epochs")

    @Slot()
    def do_percent(self) -> None:
        """Percent on the time axis."""
        self.set_unit("percent")

    @Slot()
    def do_samples(self) -> None:
        """Samples on the time axis."""
        self.set_unit("samples")

    @Slot()
    def do_tokens(self) -> None:
        """Tokens on the time axis."""
        self.set_unit("tokens")

    @Slot()
    def do_batch_calculator(self) -> None:
        """Show what the batches are made of."""
        self._ask("")

    @Slot(str)
    def set_unit(self, unit: XUnit) -> None:
        """Count in a unit, or ask for what it takes to know it."""
        self._wanted = None
        lacking = counting.missing(unit, self._controller.schedule.horizon)
        if lacking:
            self._wanted = unit
            self.put_off.emit()
            self._ask(lacking[0])
            self._controller.told.emit(tr(_TOLD[lacking]))
            return
        self._take(unit)

    def _take(self, unit: XUnit) -> None:
        self._wanted = None
        self._settings.unit = unit
        self._controller.set_view(replace(self._controller.view, unit=unit))

    @Slot()
    def _on_document(self) -> None:
        wanted, horizon = self._wanted, self._controller.schedule.horizon
        if wanted is not None and counting.known(wanted, horizon):
            self._take(wanted)

    @Slot()
    def _on_file(self) -> None:
        """Another document: what was asked of the last one does not count for it."""
        if not self._controller.undo_stack.count():
            self._wanted = None
