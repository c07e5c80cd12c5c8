"""A group's LR, the run's epochs, a phase's length, as what a sweep varies."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lrdesigner.catalog import schedulers
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import edits, group_edits, tracks
from lrdesigner.schedule.model import MAX_STEPS, Horizon, Schedule
from lrdesigner.schedule.tracks import Part
from lrdesigner.schedule.units import Length, Unit, length_text
from lrdesigner.sweep.errors import SweepError
from lrdesigner.sweep.target import Limits, Target, Traits, phase_at, with_phase


@dataclass(frozen=True)
class GroupLrTarget(Target):
    """The base LR of a parameter group.

    Attributes:
        group: Its index in the optimizer.
    """

    group: int

    def traits(self, schedule: Schedule) -> Traits:
        """What it is in this document; see `Target`."""
        groups = schedule.optimizer.groups
        if self.group >= len(groups):
            raise SweepError(
                tr("there is no group {group} to sweep the LR of", group=self.group + 1)
            )
        group = groups[self.group]
        name = "lr" if len(groups) == 1 else f"lr[{group.name}]"
        text = mark("The group's base LR.")
        place = tr("group {name}", name=group.name)
        return Traits(name, place, "lr", text, Limits(minimum=0), group.lr)

    def edited(self, schedule: Schedule, value: float) -> Schedule:
        """The document with this value; see `Target`."""
        return group_edits.set_group(schedule, self.group, lr=float(value))

    def within(self, part: Part) -> Target | None:
        """The same target in a sequence of phases; see `Target`."""
        if part.quantity != "lr" or self.group not in part.groups:
            return None
        return GroupLrTarget(part.groups.index(self.group))

    def quick(self, view: Schedule, value: float) -> Schedule:
        """The same edit without checks; see `Target`."""
        groups = list(view.optimizer.groups)
        groups[self.group] = groups[self.group].altered(lr=float(value))
        optimizer = view.optimizer.altered(groups=tuple(groups))
        return view.altered(optimizer=optimizer)


@dataclass(frozen=True)
class EpochsTarget(Target):
    """The run's length in epochs."""

    def traits(self, schedule: Schedule) -> Traits:
        """What it is in this document; see `Target`."""
        most = MAX_STEPS // schedule.horizon.steps_per_epoch
        limits = Limits(minimum=1, maximum=most, whole=True)
        text = mark("How long the run is.")
        epochs = mark("epochs")
        return Traits(epochs, tr("the run"), epochs, text, limits, schedule.horizon.epochs, True)

    def edited(self, schedule: Schedule, value: float) -> Schedule:
        """The document with this value; see `Target`."""
        return edits.set_horizon(schedule, epochs=int(value))

    def within(self, part: Part) -> Target | None:
        """The same target in a sequence of phases; see `Target`."""
        return self

    def quick(self, view: Schedule, value: float) -> Schedule:
        """The same edit without checks; see `Target`."""
        per_epoch = view.horizon.steps_per_epoch
        horizon = Horizon(epochs=int(value), steps_per_epoch=per_epoch)
        return view.altered(horizon=horizon)


@dataclass(frozen=True)
class LengthTarget(Target):
    """The length of a phase.

    Attributes:
        phase: The phase's index.
        unit: What the length is written in: ``"steps"``, ``"epochs"`` or ``"percent"``.
        track: The track the phase is in; None for the document's own phases.
    """

    phase: int
    unit: Unit = "epochs"
    track: int | None = None

    def traits(self, schedule: Schedule) -> Traits:
        """What it is in this document; see `Target`."""
        phase = phase_at(schedule, self.track, self.phase)
        horizon = schedule.horizon
        most = {"steps": horizon.steps, "epochs": horizon.epochs, "percent": 100}
        if self.unit not in most:
            raise SweepError(tr("a length is swept in steps, epochs or percent"))
        limits = Limits(minimum=0, maximum=most[self.unit], whole=self.unit == "steps")
        length = Length.parse(phase.length)
        spec = schedulers().get(phase.scheduler)
        place = tr(
            "phase {number}, {scheduler}",
            number=self.phase + 1,
            scheduler=tr(spec.title) if spec else phase.scheduler,
        )
        value = float(length.number) if length.unit == self.unit else None
        unit = "%" if self.unit == "percent" else self.unit
        text = mark("The phase's length.")
        short = f"{self.phase + 1} {tr(spec.title) if spec else phase.scheduler}"
        return Traits(mark("length"), place, unit, text, limits, value, True, short)

    def edited(self, schedule: Schedule, value: float) -> Schedule:
        """The document with this value; see `Target`."""
        view = tracks.view(schedule, self.track)
        changed = edits.set_phase(view, self.phase, length=self._text(value))
        return tracks.write_back(schedule, self.track, changed)

    def within(self, part: Part) -> Target | None:
        """The same target in a sequence of phases; see `Target`."""
        return replace(self, track=None) if part.track == self.track else None

    def quick(self, view: Schedule, value: float) -> Schedule:
        """The same edit without checks; see `Target`."""
        phase = view.phases[self.phase].altered(length=self._text(value))
        return with_phase(view, self.phase, phase)

    def _text(self, value: float) -> str:
        # As a decimal, so that 0.1 epochs are a tenth and not the float next to it.
        return length_text(f"{value + 0.0:.9f}", self.unit)  # of −0.0, too
