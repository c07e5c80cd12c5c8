"""Differences and slopes for the lanes of the canvas: made beside the window, kept while valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrdesigner.compare.pairs import Pairs, pairs
from lrdesigner.compare.views import (
    IntArray,
    Plotted,
    Subject,
    difference,
    slope,
    telling_steps,
)
from lrdesigner.gui.compare_subjects import (
    Compared,
    all_compared,
    document_compared,
    overlay_compared,
)
from lrdesigner.gui.latest import Cancelled, LatestWorker

if TYPE_CHECKING:
    from lrdesigner.gui.controller import Controller
    from lrdesigner.gui.state import DifferenceKind, SlopeKind

LaneKind = Literal["difference", "slope"]
KINDS: tuple[LaneKind, ...] = ("difference", "slope")
_AT_ONCE = 8
"""How many lines of fast curves are made in the window's own thread: about 2 ms of work."""


@dataclass(frozen=True, eq=False)
class ViewLine:
    """One line of a lane.

    Attributes:
        of: The curve it is about.
        group: Which of its groups.
        plotted: The line.
    """

    of: Compared
    group: int
    plotted: Plotted


@dataclass(frozen=True, eq=False)
class LaneView:
    """What a lane shows.

    Attributes:
        what: The kind of difference or of slope.
        own_peak: Whether the curves are in parts of their own peaks.
        lines: Its lines.
        reference: The curve that the others are compared with; None in a lane of slopes.
        pairings: Which groups belong together, for each compared curve.
    """

    what: DifferenceKind | SlopeKind
    own_peak: bool
    lines: tuple[ViewLine, ...] = ()
    reference: Compared | None = None
    pairings: tuple[tuple[Compared, Pairs], ...] = ()


@dataclass(frozen=True, eq=False)
class _Task:
    """A line that has to be there, and how it is made."""

    key: tuple[object, ...]
    of: Compared
    group: int
    subjects: tuple[Subject, ...]
    make: Callable[[tuple[Subject, ...], Cancelled | None], Plotted]

    def serves(self, other: _Task) -> bool:
        """Whether the line made for another task is the one that this one asks for."""
        return self.key == other.key and all(
            _same(a, b) for a, b in zip(self.subjects, other.subjects, strict=True)
        )


Wanted = dict[LaneKind, tuple[LaneView, list[_Task]]]


@dataclass(frozen=True, eq=False)
class _Result:
    """What was made beside the window, and what for."""

    wanted: Wanted
    made: list[tuple[_Task, Plotted]]
    telling: dict[int, tuple[object, IntArray]]


def _same(one: Subject, other: Subject) -> bool:
    return (
        one.values is other.values
        and one.steps is other.steps
        and (one.frame, one.total, one.factor) == (other.frame, other.total, other.factor)
    )


class CompareRun(QObject):
    """Keeps the lanes of differences and slopes in step with document, overlays and choices.

    Signals:
        changed: What kind of lane has something else to show; see `view`.

    Args:
        controller: Has the curves and how they are compared; also the owner.
    """

    changed = Signal(str)

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._views: dict[LaneKind, LaneView] = {}
        self._made: dict[tuple[object, ...], tuple[_Task, Plotted]] = {}
        self._telling: dict[int, tuple[object, IntArray]] = {}
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_done)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self.refresh)
        for signal in (
            controller.preview_changed,
            controller.curve_changed,
            controller.view_changed,
            controller.overlays.changed,
            controller.comparison.changed,
        ):
            signal.connect(self._on_change)

    def view(self, kind: LaneKind) -> LaneView | None:
        """What a lane shows; None if it is off or nothing is there to be shown."""
        return self._views.get(kind)

    def shut_down(self) -> None:
        """Stop the thread, if there is one."""
        self._due.stop()
        self._worker.close()

    @Slot()
    def _on_change(self) -> None:
        state = self._controller.comparison.state
        if state.difference != "off" or state.slope != "off":
            # A document comes with several signals; one look at it is enough.
            self._due.start()
        elif self._views:
            self._due.stop()
            self._forget()

    def _forget(self) -> None:
        self._worker.forget()
        self._made.clear()
        kinds, self._views = list(self._views), {}
        for kind in kinds:
            self.changed.emit(kind)

    @Slot()
    def refresh(self) -> None:
        """Make what is missing, and show what is there."""
        wanted: Wanted = {kind: found for kind in KINDS if (found := self._plan(kind))}
        tasks = [task for _, found in wanted.values() for task in found]
        missing = [task for task in tasks if self._found(task) is None]
        if not missing:
            self._show(wanted)
            return
        quick = all(_is_fast(task) for task in missing) and len(missing) <= _AT_ONCE
        if quick:
            self._worker.forget()
            self._take((task, task.make(task.subjects, None)) for task in missing)
            self._show(wanted)
            return

        def work(cancelled: Cancelled) -> object:
            try:
                made = [(task, task.make(task.subjects, cancelled)) for task in missing]
                return _Result(wanted, made, self._tell(tasks))
            except InterruptedError:
                return None

        self._worker.submit(work)

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if result is None:
            return
        assert isinstance(result, _Result)
        self._take(result.made)
        self._telling.update(result.telling)
        self._show(result.wanted)

    def _take(self, made: Iterable[tuple[_Task, Plotted]]) -> None:
        for task, plotted in made:
            self._made[task.key] = (task, plotted)

    def _found(self, task: _Task) -> Plotted | None:
        known = self._made.get(task.key)
        return known[1] if known is not None and task.serves(known[0]) else None

    def _show(self, wanted: Wanted) -> None:
        state = self._controller.comparison.state
        shown = {"difference": state.difference != "off", "slope": state.slope != "off"}
        tasks = [task for _, found in wanted.values() for task in found]
        keys = {task.key for task in tasks}
        rows = {id(subject.values) for task in tasks for subject in task.subjects}
        self._made = {key: value for key, value in self._made.items() if key in keys}
        self._telling = {key: value for key, value in self._telling.items() if key in rows}
        before, self._views = self._views, {}
        for kind, (view, asked) in wanted.items():
            if not shown[kind]:
                continue
            lines = [
                ViewLine(task.of, task.group, plotted)
                for task in asked
                if (plotted := self._found(task)) is not None
            ]
            self._views[kind] = replace(view, lines=tuple(lines))
        for kind in {*before, *self._views}:
            self.changed.emit(kind)

    # -- what is wanted ------------------------------------------------------------------------

    def _plan(self, kind: LaneKind) -> tuple[LaneView, list[_Task]] | None:
        state = self._controller.comparison.state
        if kind == "difference" and state.difference != "off":
            return self._differences(state.difference)
        if kind == "slope" and state.slope != "off":
            return LaneView(state.slope, state.own_peak), list(self._slopes(state.slope))
        return None

    def _differences(self, what: DifferenceKind) -> tuple[LaneView, list[_Task]] | None:
        controller, relative = self._controller, what == "ratio"
        overlay = controller.comparison.reference
        reference = (
            document_compared(controller)
            if overlay is None
            else overlay_compared(controller, overlay)
        )
        if reference is None:
            return None

        def make(subjects: tuple[Subject, ...], cancelled: Cancelled | None) -> Plotted:
            return difference(*subjects, relative=relative, cancelled=cancelled)

        tasks: list[_Task] = []
        pairings = []
        for each in all_compared(controller):
            if each.id == reference.id:
                continue
            found = pairs(each.groups, reference.groups)
            pairings.append((each, found))
            for group, partner in found.indices:
                key = ("difference", relative, each.id, group, reference.id, partner)
                subjects = (self._told(each.rows[group]), self._told(reference.rows[partner]))
                tasks.append(_Task(key, each, group, subjects, make))
        own_peak = controller.comparison.state.own_peak
        return LaneView(what, own_peak, (), reference, tuple(pairings)), tasks

    def _slopes(self, kind: SlopeKind) -> Iterable[_Task]:
        relative, epoch = kind.endswith("share"), kind.startswith("epoch")
        for each in all_compared(self._controller):
            over = each.per_epoch if epoch else 1

            def make(
                subjects: tuple[Subject, ...], cancelled: Cancelled | None, over: int = over
            ) -> Plotted:
                return slope(subjects[0], over, relative=relative, cancelled=cancelled)

            for group, row in enumerate(each.rows):
                yield _Task(("slope", kind, over, each.id, group), each, group, (row,), make)

    # -- what a look at some steps must not miss --------------------------------------------------

    def _told(self, subject: Subject) -> Subject:
        known = self._telling.get(id(subject.values))
        if known is None or known[0] is not subject.values:
            return subject
        return replace(subject, telling=known[1])

    def _tell(self, tasks: list[_Task]) -> dict[int, tuple[object, IntArray]]:
        """The telling steps of all rows with every step known, for the next fast curve."""
        rows = {id(s.values): s.values for task in tasks for s in task.subjects if s.steps is None}
        found: dict[int, tuple[object, IntArray]] = {}
        for number, values in rows.items():
            known = self._telling.get(number)
            if known is None or known[0] is not values:
                found[number] = (values, telling_steps(values))
        return found


def _is_fast(task: _Task) -> bool:
    return any(subject.steps is not None for subject in task.subjects)
