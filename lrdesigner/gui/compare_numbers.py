"""The numbers of all curves, computed beside the window and kept as long as a curve is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrdesigner.compare.numbers import CurveNumbers, curve_numbers, sampled_numbers
from lrdesigner.engine.curve import Curve
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.i18n import tr

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller
    from lrdesigner.gui.state import Overlay

Key = tuple[int | None, int]
_AT_ONCE = 8
"""How many rows of fast curves are summed up in the window's own thread: about 2 ms of work."""


@dataclass(frozen=True, eq=False)
class NumbersRow:
    """One row of the table.

    Attributes:
        overlay: The overlay it is about; None for the document.
        name: What the curve is called.
        group: Index of the group.
        groups: Names of all groups of the curve.
        numbers: What it comes to; None while that is computed, or if it cannot be.
        error: Why there are none, or "".
        live: Whether they are those of the fast curve, or of the curve before an edit.
        per_epoch: Its steps of an epoch.
    """

    overlay: Overlay | None
    name: str
    group: int
    groups: tuple[str, ...]
    numbers: CurveNumbers | None
    error: str = ""
    live: bool = False
    per_epoch: int = 1

    @property
    def key(self) -> Key:
        """What stays the same while its numbers change."""
        return (None if self.overlay is None else self.overlay.id, self.group)


class CompareNumbers(QObject):
    """Numbers of document and overlays; it works while somebody wants to see them.

    Signals:
        changed: tuple of `NumbersRow`.

    Args:
        controller: Has the curves; also the owner.
    """

    changed = Signal(object)

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._wanted = False
        self._known: dict[Key, tuple[object, CurveNumbers | None]] = {}
        self.rows: tuple[NumbersRow, ...] = ()
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_done)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self.refresh)
        for signal in (
            controller.preview_changed,
            controller.curve_changed,
            controller.overlays.changed,
            controller.file_changed,
        ):
            signal.connect(self._on_change)

    def set_wanted(self, wanted: bool) -> None:
        """Whether the numbers are looked at."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._due.stop()
            if wanted:
                self.refresh()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that is going to come."""
        controller = self._controller
        runs = controller.curve is None and controller.run.kind == "running"
        waits = any(o.curve is None and not o.error for o in controller.overlays.overlays)
        return not runs and not waits and not self._missing()

    def shut_down(self) -> None:
        """Stop the thread, if there is one."""
        self._due.stop()
        self._worker.close()

    @Slot()
    def _on_change(self) -> None:
        if self._wanted:
            self._due.start()

    @Slot()
    def refresh(self) -> None:
        """Compute what is missing; show what is there."""
        missing = self._missing()
        fast = all(isinstance(source, Preview) for _, source in missing)
        if not missing or (fast and len(missing) <= _AT_ONCE):
            self._worker.forget()
            self._take(missing_numbers(missing, lambda: False))
        else:
            self._worker.submit(lambda cancelled: missing_numbers(missing, cancelled))
            self._show()

    def _missing(self) -> list[tuple[Key, Curve | Preview]]:
        """The rows whose numbers are not known, or are those of another curve."""
        return [
            (key, source)
            for key, source in self._sources().items()
            if key not in self._known or self._known[key][0] is not source
        ]

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if isinstance(result, dict):
            self._take(result)

    def _take(self, found: dict[Key, tuple[object, CurveNumbers | None]]) -> None:
        self._known.update(found)
        self._show()

    def _sources(self) -> dict[Key, Curve | Preview]:
        """The curve behind each row that has one."""
        controller = self._controller
        own: Curve | Preview = controller.curve or controller.preview
        found: dict[Key, Curve | Preview] = {(None, g): own for g in range(len(own.groups))}
        for overlay in controller.overlays.overlays:
            if overlay.curve is not None:
                curve = overlay.curve
                found.update({(overlay.id, g): curve for g in range(len(curve.groups))})
        return found

    def _show(self) -> None:
        """The rows; a number that is a little old is better than none while a drag goes on."""
        sources = self._sources()
        self._known = {key: value for key, value in self._known.items() if key in sources}
        controller = self._controller
        own: Curve | Preview = controller.curve or controller.preview
        rows = [self._row(None, controller.title, g, own.groups) for g in range(len(own.groups))]
        for overlay in controller.overlays.overlays:
            groups = ("",) if overlay.curve is None else overlay.curve.groups
            rows += [self._row(overlay, overlay.name, g, groups) for g in range(len(groups))]
        self.rows = tuple(rows)
        self.changed.emit(self.rows)

    def _row(
        self, overlay: Overlay | None, name: str, group: int, groups: tuple[str, ...]
    ) -> NumbersRow:
        known = self._known.get((None if overlay is None else overlay.id, group))
        live = overlay is None and (known is None or known[0] is not self._controller.curve)
        numbers = None if known is None else known[1]
        error = "" if overlay is None else overlay.error
        if known is not None and numbers is None:
            error = tr("no step has a value")
        per_epoch = self._controller.schedule.horizon.steps_per_epoch
        if overlay is not None and overlay.curve is not None:
            per_epoch = overlay.curve.steps_per_epoch
        return NumbersRow(overlay, name, group, groups, numbers, error, live, per_epoch)


def missing_numbers(
    missing: list[tuple[Key, Curve | Preview]], cancelled: Cancelled
) -> dict[Key, tuple[object, CurveNumbers | None]]:
    """The numbers of rows, as many as there is time for."""
    found: dict[Key, tuple[object, CurveNumbers | None]] = {}
    for key, source in missing:
        if cancelled():
            break
        row = source.lr[key[1]]
        try:
            if isinstance(source, Curve):
                numbers = curve_numbers(row)
            else:
                numbers = sampled_numbers(row, source.steps, int(source.steps[-1]) + 1)
        except ValueError:  # a recorded run may be nothing but gaps
            found[key] = (source, None)
        else:
            found[key] = (source, numbers)
    return found
