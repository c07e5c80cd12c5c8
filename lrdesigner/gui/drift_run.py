"""The drift of a run on a device, on request: it takes a run on the CPU besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.digest import Digest
from lrdesigner.engine.drift import Drift, drift
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.gui.runner import Runner

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller

_NONE = -1


@dataclass(frozen=True, eq=False)
class DriftView:
    """A drift, ready to be drawn.

    Attributes:
        groups: Names of the parameter groups.
        drift: The differences.
        digests: Extremes of the absolute differences, a group each.
        worst: Group and step of the greatest relative difference.
        share: That difference, in parts of the LR.
    """

    groups: tuple[str, ...]
    drift: Drift
    digests: tuple[Digest, ...]
    worst: tuple[int, int]
    share: float


class DriftRun(QObject):
    """Compares the exact run on a device with one on the CPU, while somebody wants to see it.

    Signals:
        changed: A `DriftView`, or None as soon as it is not that of the document any more.
        wanted_changed: Whether it is wanted.

    Args:
        controller: Has the run on the device; also the owner.
        runner: Makes the one on the CPU, after the other is done.
    """

    changed = Signal(object)
    wanted_changed = Signal(bool)

    def __init__(self, controller: Controller, runner: Runner) -> None:
        super().__init__(controller)
        self._controller = controller
        self._runner = runner
        self._token = _NONE
        self._found: Curve | None = None
        self.wanted = False
        self.view: DriftView | None = None
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_done)
        controller.curve_changed.connect(self._on_curve)
        runner.finished.connect(self._on_finished)

    def set_wanted(self, wanted: bool) -> None:
        """Compare, or do not."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.wanted_changed.emit(wanted)
            self._on_curve(self._controller.curve)

    @Slot(object)
    def _on_curve(self, curve: Curve | None) -> None:
        self._token = _NONE
        self._worker.forget()
        if self.view is not None:
            self.view = None
            self.changed.emit(None)
        if self.wanted and curve is not None and curve.device != "cpu":
            self._found = curve
            self._token = self._runner.submit(self._controller.schedule, "cpu")

    @Slot(int, object)
    def _on_finished(self, token: int, reference: Curve) -> None:
        found = self._found
        if token == self._token and found is not None:
            self._worker.submit(lambda cancelled: _view(found, reference, cancelled))

    @Slot(object)
    def _on_done(self, view: object) -> None:
        if isinstance(view, DriftView):
            self.view = view
            self.changed.emit(view)


def _view(found: Curve, reference: Curve, cancelled: Cancelled) -> DriftView | None:
    difference = drift(found, reference)
    digests = tuple(Digest(row) for row in difference.absolute)
    for digest in digests:
        if cancelled():
            return None
        digest.prepare()
    group, step = difference.worst
    share = float(difference.relative[group, step])
    return DriftView(found.groups, difference, digests, (group, step), share)
