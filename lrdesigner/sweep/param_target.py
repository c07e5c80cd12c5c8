"""A parameter of a phase, as what a sweep varies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.i18n import tr
from lrdesigner.params import ConstantsParam, FloatParam, IntListParam, IntParam, Param
from lrdesigner.schedule import edits, tracks
from lrdesigner.schedule.frozen import FrozenDict
from lrdesigner.schedule.model import Phase, Schedule, Stacked
from lrdesigner.schedule.tracks import Part
from lrdesigner.sweep.errors import SweepError
from lrdesigner.sweep.target import Limits, Target, Traits, phase_at, with_phase


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
        return with_phase(view, self.phase, changed)

    def _entry(self, schedule: Schedule) -> tuple[SchedulerSpec, Mapping[str, Any]]:
        phase = phase_at(schedule, self.track, self.phase)
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
