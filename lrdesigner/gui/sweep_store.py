"""The sweep that is open in a window: what varies, its curves, and the variant looked at.

None of it belongs to the document. The sweep follows the document: with every edit its curves
are evaluated anew, in this thread if that is quick, else beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.i18n import tr
from lrdesigner.sweep import (
    Sweep,
    SweepAxis,
    SweepError,
    Target,
    fitted,
    suggested,
    targets,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lrdesigner.gui.controller import Controller
    from lrdesigner.sweep.fan import Fan

COUNT, COUNT_OF_TWO = 25, 9
MOST_OF_ONE, MOST_OF_TWO = 1000, 100
"""How many values a number may have, where it is the only one, and where there are two."""
_LEAST_POINTS, _MOST_POINTS, _ROUGH_POINTS = 200, 2000, 200
_AT_ONCE = 0.006
_VALUES_PER_SECOND = 4e7


@dataclass(frozen=True)
class SweepSetup:
    """What varies.

    Attributes:
        axes: One or two numbers, with their ranges.
        counts: How many values each takes.
        chosen: The values of the variant that is looked at.
    """

    axes: tuple[SweepAxis, ...]
    counts: tuple[int, ...]
    chosen: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class FanView:
    """The curves of a sweep, as the canvas shows them.

    Attributes:
        fan: The curves in sight.
        low: The lowest value of the whole run.
        high: The highest.
        positive: The lowest above 0; inf if there is none.
    """

    fan: Fan
    low: float
    high: float
    positive: float


class SweepStore(QObject):
    """The open sweep.

    Signals:
        changed: Another setup, or none; or something else is said about it.
        fan_changed: A `FanView`, or None.
        chosen_changed: Another variant is looked at.
        opened: A sweep was opened by hand.

    Args:
        controller: Has the document; also the owner.
    """

    changed = Signal()
    fan_changed = Signal(object)
    chosen_changed = Signal()
    opened = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._setup: SweepSetup | None = None
        self._sweep: Sweep | None = None
        self._view: FanView | None = None
        self._error = ""
        self._wanted: Target | None = None  # what could not be swept when it was asked for
        self._note = ""
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_done)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self._evaluate)
        controller.document_changed.connect(self._on_document)
        controller.axis.changed.connect(self._on_axis)

    # -- state ---------------------------------------------------------------------------------

    @property
    def setup(self) -> SweepSetup | None:
        """What varies; None if no sweep is open."""
        return self._setup

    @property
    def sweep(self) -> Sweep | None:
        """The sweep of the present document; None if there is none, or it is impossible."""
        return self._sweep

    @property
    def view(self) -> FanView | None:
        """The curves; None until they are there."""
        return self._view

    @property
    def error(self) -> str:
        """Why there is no sweep, or ""."""
        return self._error

    @property
    def note(self) -> str:
        """What had to be changed about the range that was asked for, or ""."""
        return self._note

    @property
    def index(self) -> int | None:
        """The variant that is looked at."""
        if self._sweep is None or self._setup is None:
            return None
        return self._sweep.nearest(self._setup.chosen)

    @property
    def places(self) -> tuple[int, ...]:
        """Which value of each axis is looked at."""
        if self._sweep is None or self.index is None:
            return ()
        settings = self._sweep.settings[self.index]
        pairs = zip(self._sweep.values, settings, strict=True)
        return tuple(values.index(value) for values, value in pairs)

    # -- wishes --------------------------------------------------------------------------------

    def open(self, target: Target | None = None) -> None:
        """Sweep a number; without one, a number of the selected phase or of the run."""
        found = self._first() if target is None else target
        if self._open(found):
            self.opened.emit()

    def _open(self, target: Target) -> bool:
        try:
            axis = suggested(self._controller.schedule, target)
        except SweepError as error:
            self._setup, self._wanted = None, target
            self._fail(str(error))
            return False
        self._set(SweepSetup((axis,), (COUNT,), self._present((axis,))))
        return True

    def close(self) -> bool:
        """No sweep any more. Returns whether there was one."""
        if self._setup is None and not self._error:
            return False
        self._setup = self._sweep = self._wanted = None
        self._error = self._note = ""
        self._worker.forget()
        self._show(None)
        self.changed.emit()
        return True

    def set_target(self, place: int, target: Target) -> None:
        """Let an axis vary another number."""
        if self._setup is not None:
            axis = suggested(self._controller.schedule, target)
            self._replace(place, axis, self._setup.counts[place])

    def set_axis(self, place: int, axis: SweepAxis) -> None:
        """Change an axis' range or scale; what is not allowed is mended, and said."""
        if self._setup is None:
            return
        try:
            mended, note = fitted(axis, self._controller.schedule)
        except SweepError as error:
            self._note = str(error)
            self.changed.emit()
            return
        self._replace(place, mended, self._setup.counts[place], note)

    def set_count(self, place: int, count: int) -> None:
        """Change how many values an axis has."""
        if self._setup is not None:
            self._replace(place, self._setup.axes[place], count)

    def add_axis(self) -> None:
        """Vary a second number too: the next one of the same phase.

        The first keeps its values, unless two numbers may not have as many each.
        """
        if self._setup is None or len(self._setup.axes) > 1:
            return
        schedule = self._controller.schedule
        every = targets(schedule)
        first = self._setup.axes[0].target
        start = every.index(first) + 1 if first in every else 0
        second = next(t for t in [*every[start:], *every[:start]] if t != first)
        axes = (self._setup.axes[0], suggested(schedule, second))
        had = self._setup.counts[0]
        kept = min(had, MOST_OF_TWO)
        note = ""
        if kept < had:
            note = tr(
                "{kept} of its {had:,} values are kept, as two numbers vary", kept=kept, had=had
            )
        self._set(SweepSetup(axes, (kept, COUNT_OF_TWO), self._present(axes)), note)

    def remove_axis(self) -> None:
        """Vary one number only."""
        if self._setup is not None and len(self._setup.axes) > 1:
            axes = self._setup.axes[:1]
            self._set(SweepSetup(axes, self._setup.counts[:1], self._setup.chosen[:1]))

    def choose(self, place: int, value_index: int) -> None:
        """Look at another variant."""
        if self._setup is None or self._sweep is None:
            return
        chosen = list(self._sweep.settings[self.index or 0])
        chosen[place] = self._sweep.values[place][value_index]
        if tuple(chosen) != self._setup.chosen:
            self._setup = replace(self._setup, chosen=tuple(chosen))
            self.chosen_changed.emit()

    def adopt(self) -> bool:
        """Make the variant that is looked at the document. Returns whether it can be."""
        index = self.index
        if self._sweep is None or index is None or index in self._errors():
            return False
        variant = self._sweep.variant(index)
        self._controller.edit(tr("adopt {variant}", variant=self._sweep.label(index)), variant)
        return True

    def shut_down(self) -> None:
        """Stop the thread, if there is one."""
        self._due.stop()
        self._worker.close()

    # -- following the document ------------------------------------------------------------------

    @Slot()
    def _on_document(self) -> None:
        if self._setup is not None:
            self._make()
        elif self._wanted is not None:
            self._open(self._wanted)

    @Slot()
    def _on_axis(self) -> None:
        if self._sweep is not None:
            self._due.start()

    def _first(self) -> Target:
        """A number of the selected phase, or the first there is."""
        controller = self._controller
        every = targets(controller.schedule)
        part = controller.part
        own = [
            target
            for target in every
            if (getattr(target, "phase", -1), getattr(target, "track", None))
            == (part.phase, part.track)
        ]
        return (own or every)[0]

    def _present(self, axes: tuple[SweepAxis, ...]) -> tuple[float, ...]:
        """The document's own values, or the middle of the range."""
        schedule = self._controller.schedule
        found = []
        for axis in axes:
            value = axis.target.traits(schedule).value
            found.append((axis.start + axis.stop) / 2 if value is None else value)
        return tuple(found)

    def _replace(self, place: int, axis: SweepAxis, count: int, note: str = "") -> None:
        assert self._setup is not None
        axes, counts = list(self._setup.axes), list(self._setup.counts)
        chosen = list(self._setup.chosen)
        if axes[place].target != axis.target:
            chosen[place] = self._present((axis,))[0]
        axes[place], counts[place] = axis, count
        self._set(SweepSetup(tuple(axes), tuple(counts), tuple(chosen)), note)

    def _set(self, setup: SweepSetup, note: str = "") -> None:
        self._setup, self._wanted, self._note = setup, None, note
        self._make()

    def _fail(self, error: str) -> None:
        self._sweep, self._error = None, error
        self._worker.forget()
        self._show(None)
        self.changed.emit()

    def _make(self) -> None:
        """The sweep of the present document."""
        assert self._setup is not None
        schedule = self._controller.schedule
        try:
            # The document may allow less than it did when the range was chosen.
            axes = tuple(fitted(axis, schedule)[0] for axis in self._setup.axes)
            self._sweep = Sweep(schedule, axes, self._setup.counts)
        except SweepError as error:
            self._fail(str(error))
            return
        self._error = ""
        self._due.start()
        self.changed.emit()

    # -- evaluation ------------------------------------------------------------------------------

    @Slot()
    def _evaluate(self) -> None:
        sweep = self._sweep
        if sweep is None:
            return
        steps, whole = self._steps(sweep)

        def work(cancelled: Cancelled) -> object:
            from lrdesigner.engine.runner import CancelledError

            try:
                return _fan_view(sweep, steps, whole, cancelled)
            except CancelledError:
                return None

        values = len(sweep) * len(sweep.schedule.optimizer.groups) * len(steps)
        if values / _VALUES_PER_SECOND < _AT_ONCE:
            self._worker.forget()
            self._on_done(work(lambda: False))
        else:
            self._worker.submit(work)

    def _steps(self, sweep: Sweep) -> tuple[NDArray[np.int64], bool]:
        """One step for each pixel in sight, and whether these are all of the run."""
        axis = self._controller.axis
        left, right = axis.pixels
        first, last = axis.range
        points = round(max(_LEAST_POINTS, min(right - left, _MOST_POINTS)))
        start, stop = max(0, int(first) - 1), min(int(last) + 2, sweep.schedule.steps)
        spread = np.linspace(start, stop - 1, points)
        return np.unique(spread.astype(np.int64)), axis.fitted

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if not isinstance(result, FanView) or self._sweep is None:
            return
        # Of a document a few edits ago they are better than none, as long as the variants match.
        if result.fan.sweep.settings == self._sweep.settings:
            self._show(result)
            self.changed.emit()

    def _errors(self) -> dict[int, str]:
        return dict(self._view.fan.errors) if self._view is not None else {}

    def _show(self, view: FanView | None) -> None:
        if view is not self._view:
            self._view = view
            self.fan_changed.emit(view)


def _fan_view(sweep: Sweep, steps: NDArray[np.int64], whole: bool, cancelled: Cancelled) -> FanView:
    from lrdesigner.sweep import evaluate  # a window opens without it

    fan = evaluate(sweep, steps=steps, cancelled=cancelled)
    every = fan if whole else evaluate(sweep, points=_ROUGH_POINTS, cancelled=cancelled)
    values = every.values[every.valid]
    values = values[np.isfinite(values)]
    if not values.size:
        return FanView(fan, 0.0, 0.0, np.inf)
    positive = float(np.min(values, where=values > 0, initial=np.inf))
    return FanView(fan, float(values.min()), float(values.max()), positive)
