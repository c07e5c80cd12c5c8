"""The sequences of phases of a swept document: what varies in each, and how to compute it."""

from __future__ import annotations

from collections.abc import Sequence

from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.tracks import Part, located, parts
from lrdesigner.sweep.batch import Batch, plan_batch
from lrdesigner.sweep.model import Sweep
from lrdesigner.sweep.target import Target


class SweptPart:
    """One sequence of phases (`schedule.tracks.Part`) in all variants.

    Attributes:
        part: Which one.
        varies: Whether anything swept is about it.
        batch: What to compute for all variants; for one, if nothing varies.
    """

    def __init__(self, sweep: Sweep, part: Part) -> None:
        self.part = part
        self._variants = len(sweep)
        targets = [axis.target.within(part) for axis in sweep.axes]
        self.varies = any(target is not None for target in targets)
        self._views: Sequence[Schedule] = (part.view,)
        if self.varies:
            self._views = [_edited(part.view, targets, values) for values in sweep.settings]
        self.batch: Batch = plan_batch(self._views)

    @property
    def doubtful(self) -> set[int]:
        """Variants that only asking one by one tells about."""
        found = self.batch.doubtful
        return found if self.varies or not found else set(range(self._variants))

    def view(self, index: int) -> Schedule:
        """A variant of the sequence as a document of its own."""
        return self._views[index if self.varies else 0]

    def located(self, message: str) -> str:
        """What is said about the sequence as what is said about the document."""
        return located(self.part.track, self.part.word, message)


def swept_parts(sweep: Sweep) -> tuple[SweptPart, ...]:
    """All sequences of phases of a swept document."""
    return tuple(SweptPart(sweep, part) for part in parts(sweep.schedule))


def _edited(view: Schedule, targets: Sequence[Target | None], values: Sequence[float]) -> Schedule:
    for target, value in zip(targets, values, strict=True):
        if target is not None:
            view = target.quick(view, value)
    return view
