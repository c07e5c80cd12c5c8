"""What a sweep can vary: a parameter of a phase, a group's LR, the run's epochs, a phase's length.

Each target is a pure edit with one number in it. `edited` is that edit as a user makes it,
checked and complete; `quick` is the same for a batch of a thousand, without the checks that
cannot fail for a value within the target's limits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.i18n import mark, tr
from lrdesigner.params import ConstantsParam, FloatParam, IntListParam, IntParam, Param
from lrdesigner.schedule import edits, group_edits, tracks
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import MAX_STEPS, Horizon, Phase, Schedule, Stacked
from lrdesigner.schedule.tracks import Part
from lrdesigner.schedule.units import Length, Unit, length_text
from lrdesigner.sweep.errors import SweepError


@dataclass(frozen=True)
class Limits:
    """Which numbers are allowed; the same words as a parameter's declaration has.

    Attributes:
        minimum: Smallest one, inclusive.
        maximum: Greatest one, inclusive.
        above: Lower bound, exclusive.
        below: Upper bound, exclusive.
        whole: Whether only whole numbers are.
    """

    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    whole: bool = False


@dataclass(frozen=True)
class Traits:
    """What people need to know of a target.

    Attributes:
        name: What it is called in tables and file names: ``"gamma"``, ``"lr[head]"``.
        place: Where it is: ``"phase 2, Exponential"``, ``"the run"``.
        unit: Its unit, as the inspector shows it.
        help: One line that says what it does.
        limits: Which values are allowed.
        value: What the document has now; None if it follows something.
        is_word: Whether the name is a word for people rather than a parameter's.
        short_place: Where it is in fewer words, in the language in use: ``"2 Exponential"``.
    """

    name: str
    place: str
    unit: str
    help: str
    limits: Limits
    value: float | None
    is_word: bool = False
    short_place: str = ""

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return tr(self.name) if self.is_word else self.name


class Target(ABC):
    """One number of a document."""

    @abstractmethod
    def traits(self, schedule: Schedule) -> Traits:
        """What it is in this document.

        Raises:
            SweepError: If the document does not have it, or it is no number.
        """

    @abstractmethod
    def edited(self, schedule: Schedule, value: float) -> Schedule:
        """The document with this value: an edit like any other."""

    @abstractmethod
    def within(self, part: Part) -> Target | None:
        """The same target in one sequence of phases seen as a document; None if not there."""

    @abstractmethod
    def quick(self, view: Schedule, value: float) -> Schedule:
        """The same edit of a document without tracks, for an allowed value."""


@dataclass(frozen=True)
class ParamTarget(Target):
    """A parameter of a phase.

    Attributes:
        phase: The phase's index.
        name: The parameter.
        stacked: Place in the phase's ``with`` list; None for the phase's own scheduler.
        element: Index in a list (one value per group), or name of a formula's constant.
        track: The track the phase is in; None for the document's own phases.
    """

    phase: int
    name: str
    stacked: int | None = None
    element: int | str | None = None
    track: int | None = None

    def traits(self, schedule: Schedule) -> Traits:
        """What it is in this document; see `Target`."""
        spec, params = self._entry(schedule)
        declaration = spec.param(self.name)
        if declaration is None:
            raise SweepError(
                tr("{key} has no parameter {name!r} to sweep", key=spec.key, name=self.name)
            )
        limits = self._limits(declaration, params)
        title = self.name if self.element is None else f"{self.name}[{self.element}]"
        if isinstance(declaration, ConstantsParam):
            title = str(self.element)
        short = f"{self.phase + 1} {tr(spec.title)}"
        at = tr("phase {number}, {scheduler}", number=self.phase + 1, scheduler=tr(spec.title))
        if self.track is not None:
            track = tracks.track_title(schedule, self.track)
            short = f"{track} {short}"
            at = tr("{track}, {phase}", track=track, phase=at)
        current = self._current(declaration, params.get(self.name, declaration.default))
        traits = Traits(title, at, declaration.unit, declaration.help, limits, current)
        return replace(traits, short_place=short)

    def edited(self, schedule: Schedule, value: float) -> Schedule:
        """The document with this value; see `Target`."""
        view = tracks.view(schedule, self.track)
        changed = edits.set_param(
            view, self.phase, self.name, self._value(view, value), stacked=self.stacked
        )
        return tracks.write_back(schedule, self.track, changed)

    def within(self, part: Part) -> Target | None:
        """The same target in a sequence of phases; see `Target`."""
        return replace(self, track=None) if part.track == self.track else None

    def quick(self, view: Schedule, value: float) -> Schedule:
        """The same edit without checks; see `Target`."""
        phase = view.phases[self.phase]
        item: Phase | Stacked = phase if self.stacked is None else phase.with_[self.stacked]
        params = FrozenDict({**item.params, self.name: self._value(view, value)})
        changed: Any = item.altered(params=params)
        if self.stacked is not None:
            stack = (*phase.with_[: self.stacked], changed, *phase.with_[self.stacked + 1 :])
            changed = phase.altered(with_=stack)
        return _with_phase(view, self.phase, changed)

    def _entry(self, schedule: Schedule) -> tuple[SchedulerSpec, Mapping[str, Any]]:
        phase = _phase(schedule, self.track, self.phase)
        if self.stacked is not None and self.stacked >= len(phase.with_):
            raise SweepError(
                tr("phase {phase} has nothing stacked there to sweep", phase=self.phase + 1)
            )
        item: Phase | Stacked = phase if self.stacked is None else phase.with_[self.stacked]
        spec = schedulers().get(item.scheduler)
        if spec is None:
            raise SweepError(
                tr(
                    "{scheduler} is not understood, so nothing of it can be swept",
                    scheduler=item.scheduler,
                )
            )
        return spec, item.params

    def _limits(self, declaration: Param, params: Mapping[str, Any]) -> Limits:
        if isinstance(declaration, ConstantsParam):
            if self.element not in (params.get(self.name) or {}):
                raise SweepError(
                    tr("there is no constant {element!r} to sweep; name one", element=self.element)
                )
            return Limits()
        if isinstance(declaration, IntListParam) and isinstance(self.element, int):
            if not 0 <= self.element < len(params.get(self.name) or ()):
                raise SweepError(
                    tr(
                        "{name} has no entry {element} to sweep",
                        name=self.name,
                        element=self.element,
                    )
                )
            return Limits(minimum=0, whole=True)
        if isinstance(declaration, FloatParam):
            return Limits(
                declaration.minimum, declaration.maximum, declaration.above, declaration.below
            )
        if isinstance(declaration, IntParam):
            return Limits(declaration.minimum, declaration.maximum, whole=True)
        raise SweepError(tr("{name} is no number, so it has no range to sweep", name=self.name))

    def _current(self, declaration: Param, value: Any) -> float | None:
        if isinstance(value, Mapping):
            value = value[self.element]
        elif isinstance(value, (list, tuple)):
            value = value[self.element if isinstance(self.element, int) else 0]
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(value) if number else None

    def _value(self, view: Schedule, value: float) -> Any:
        """The parameter's whole value."""
        if self.element is None:
            return value
        spec, params = self._entry(view)
        declaration = spec.param(self.name)
        present = params.get(self.name, declaration.default if declaration else None)
        if isinstance(self.element, str):
            return FrozenDict({**present, self.element: value})
        if not isinstance(present, (list, tuple)):
            if isinstance(present, bool) or not isinstance(present, (int, float)):
                raise SweepError(
                    tr("give {name} one value per group before sweeping one", name=self.name)
                )
            present = [present] * len(view.optimizer.groups)
        items = list(present)
        if self.element >= len(items):
            raise SweepError(
                tr("{name} has no entry {element} to sweep", name=self.name, element=self.element)
            )
        items[self.element] = value
        return tuple(items)


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
        phase = _phase(schedule, self.track, self.phase)
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
        return _with_phase(view, self.phase, phase)

    def _text(self, value: float) -> str:
        # As a decimal, so that 0.1 epochs are a tenth and not the float next to it.
        return length_text(f"{value:.9f}", self.unit)


def _phase(schedule: Schedule, track: int | None, index: int) -> Phase:
    if track is not None and track >= len(schedule.tracks):
        raise SweepError(tr("there is no track {track} to sweep", track=track + 1))
    phases = tracks.phases_of(schedule, track)
    if not 0 <= index < len(phases):
        raise SweepError(tr("there is no phase {index} to sweep", index=index + 1))
    return phases[index]


def _with_phase(view: Schedule, index: int, phase: Phase) -> Schedule:
    phases = (*view.phases[:index], phase, *view.phases[index + 1 :])
    return view.altered(phases=phases)
