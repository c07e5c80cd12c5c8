"""The document as frozen models (design: the JSON format, version 1)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    PrivateAttr,
    field_validator,
    model_validator,
)

from lrdesigner.i18n import tr
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.frozen import FrozenDict, FrozenModel, freeze
from lrdesigner.schedule.units import Length, LengthError

if TYPE_CHECKING:
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler

FORMAT = "lrdesigner"
VERSION = 1
MAX_STEPS = 100_000_000
MAX_PHASES = 1000
MAX_GROUPS = 256
MAX_STACKED = 16
MAX_TRACKS = 1024
MAX_TRACK_PHASES = 10_000
MAX_METRIC_VALUES = 10_000_000
Interval = Literal["step", "epoch"]
Start = Literal["continue", "base"]
Quantity = Literal["lr", "momentum", "beta2", "weight_decay"]


def _mapping(value: Any) -> FrozenDict:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise ValueError(tr('must be an object such as {"gamma": 0.9}'))
    frozen: FrozenDict = freeze(dict(value))
    return frozen


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Params = Annotated[Mapping[str, Any], PlainValidator(_mapping)]


class Horizon(FrozenModel):
    """How long the run is: `epochs` × `steps_per_epoch` optimizer steps.

    Attributes:
        epochs: Epochs of the run.
        steps_per_epoch: Optimizer steps of an epoch; what counts, whatever `batch` says.
        batch: What the samples of a step are, if that is known.
    """

    epochs: int = Field(default=10, ge=1)
    steps_per_epoch: int = Field(default=100, ge=1)
    batch: Batch | None = None

    @property
    def steps(self) -> int:
        """Number of optimizer steps N."""
        return self.epochs * self.steps_per_epoch

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.steps > MAX_STEPS:
            raise ValueError(
                tr(
                    "{epochs:,} epochs × {steps_per_epoch:,} steps are {steps:,} steps; at "
                    "most {most:,} can be run; take fewer epochs or steps per epoch",
                    epochs=self.epochs,
                    steps_per_epoch=self.steps_per_epoch,
                    steps=self.steps,
                    most=MAX_STEPS,
                )
            )
        return self


class Group(FrozenModel):
    """A parameter group: name, base LR, and overrides of the optimizer's arguments (extras)."""

    name: str = Field(min_length=1)
    lr: float = Field(ge=0)

    @property
    def overrides(self) -> Mapping[str, Any]:
        """Optimizer arguments this group overrides, such as momentum."""
        return self.model_extra or {}


class OptimizerSpec(FrozenModel):
    """The optimizer: a class name of `torch.optim`, its arguments, its groups."""

    type: str = Field(default="SGD", min_length=1)
    args: Params = Field(default_factory=FrozenDict)
    groups: Annotated[tuple[Group, ...], BeforeValidator(_tuple)] = Field(
        default=(Group(name="all", lr=0.1),), min_length=1, max_length=MAX_GROUPS
    )

    @field_validator("groups")
    @classmethod
    def _names_differ(cls, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        seen: dict[str, int] = {}
        for index, group in enumerate(groups):
            if group.name in seen:
                raise ValueError(
                    tr(
                        "groups {first} and {index} are both named {name!r}; give each group its "
                        "own name",
                        first=seen[group.name],
                        index=index,
                        name=group.name,
                    )
                )
            seen[group.name] = index
        return groups


class Stacked(FrozenModel):
    """A scheduler stacked on a phase (`ChainedScheduler`)."""

    scheduler: str = Field(min_length=1)
    params: Params = Field(default_factory=FrozenDict)


class Phase(FrozenModel):
    """A stretch of the timeline run by one scheduler, or by a stack of them."""

    scheduler: str = Field(min_length=1)
    length: str = "rest"
    interval: Interval = "step"
    start: Start = "continue"
    params: Params = Field(default_factory=FrozenDict)
    with_: Annotated[tuple[Stacked, ...], BeforeValidator(_tuple)] = Field(
        default=(), alias="with", max_length=MAX_STACKED
    )

    @field_validator("length")
    @classmethod
    def _length_reads(cls, text: str) -> str:
        try:
            Length.parse(text)
        except LengthError as error:
            raise ValueError(str(error)) from None
        return text


def _one_rest(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    rest = [i for i, phase in enumerate(phases) if Length.parse(phase.length).unit == "rest"]
    if len(rest) > 1:
        raise ValueError(
            tr(
                'phases {first} and {second} both have the length "rest" (which a '
                "missing length means); only one phase can take the rest",
                first=rest[0],
                second=rest[1],
            )
        )
    return phases


Phases = Annotated[
    tuple[Phase, ...],
    BeforeValidator(_tuple),
    Field(max_length=MAX_PHASES),
    AfterValidator(_one_rest),
]


class Track(FrozenModel):
    """Phases of their own for some groups' LR, or for another quantity that groups hold.

    Attributes:
        quantity: What the phases drive: ``"lr"``, ``"momentum"`` (or beta1, as torch's cyclic
            schedulers mean it), ``"beta2"``, ``"weight_decay"``.
        groups: Names of the groups it drives; None for all that no other track of the quantity
            names. An LR track names its groups: the document's own phases drive the others.
        phases: The phases, with the same meaning as the document's.
    """

    quantity: Quantity = "lr"
    groups: Annotated[tuple[str, ...], BeforeValidator(_tuple), Field(min_length=1)] | None = None
    phases: Phases = ()


def _bounded_tracks(value: Any) -> Any:
    """Refuse phases that nobody could wait for, before they are read one by one."""
    tracks = _tuple(value)
    count = sum(map(_phase_count, tracks)) if isinstance(tracks, tuple) else 0
    if count > MAX_TRACK_PHASES:
        raise ValueError(
            tr(
                "have {count:,} phases in all, more than {most:,}, the most this program handles",
                count=count,
                most=MAX_TRACK_PHASES,
            )
        )
    return tracks


def _phase_count(track: Any) -> int:
    phases = track.get("phases") if isinstance(track, dict) else getattr(track, "phases", ())
    return len(phases) if isinstance(phases, (list, tuple)) else 0


class Metric(FrozenModel):
    """The validation metric that drives `ReduceLROnPlateau`: values, a formula, or a file."""

    values: Annotated[tuple[float, ...], BeforeValidator(_tuple)] | None = None
    formula: str | None = None
    file: str | None = None
    column: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [n for n in ("values", "formula", "file") if getattr(self, n) is not None]
        if len(given) != 1:
            found = tr(" and ").join(given) or tr("none of them")
            raise ValueError(
                tr("give exactly one of values, formula, file; found {found}", found=found)
            )
        if self.values is not None and len(self.values) > MAX_METRIC_VALUES:
            raise ValueError(
                tr("values has {count:,} entries; one per epoch is enough", count=len(self.values))
            )
        if self.values is not None and not self.values:
            raise ValueError(tr("values is empty; give one value per epoch"))
        if self.file is not None and not self.column:
            raise ValueError(tr('name the column of the file, such as "column": "val_loss"'))
        return self


class Schedule(FrozenModel):
    """The document: horizon, optimizer and groups, phases, tracks, metric."""

    format: Literal["lrdesigner"] = "lrdesigner"
    version: Literal[1] = 1
    name: str = ""
    notes: str = ""
    horizon: Horizon = Horizon()
    optimizer: OptimizerSpec = OptimizerSpec()
    phases: Phases = ()
    tracks: Annotated[tuple[Track, ...], BeforeValidator(_bounded_tracks)] = Field(
        default=(), max_length=MAX_TRACKS
    )
    metric: Metric | None = None
    _folder: Path | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        """Documents are equal when they say the same, wherever they were loaded from."""
        if not isinstance(other, Schedule):
            return NotImplemented
        return self.__dict__ == other.__dict__ and self.model_extra == other.model_extra

    def __hash__(self) -> int:
        return hash((self.name, self.horizon, len(self.phases)))

    @model_validator(mode="after")
    def _tracks_fit(self) -> Self:
        """Every group has one sequence of phases at most for each quantity, and exists."""
        names = {group.name for group in self.optimizer.groups}
        taken: dict[tuple[str, str | None], int] = {}
        for index, track in enumerate(self.tracks):
            if track.quantity == "lr" and track.groups is None:
                raise ValueError(
                    tr(
                        'tracks[{index}]: name its groups, such as "groups": ["head"]; the '
                        "document's own phases drive the LR of all others",
                        index=index,
                    )
                )
            for name in track.groups or (None,):
                if name is not None and name not in names:
                    raise ValueError(
                        tr(
                            "tracks[{index}]: there is no group {name!r}; the optimizer's are "
                            "{names}",
                            index=index,
                            name=name[:40],
                            names=", ".join(map(repr, sorted(names)))[:120],
                        )
                    )
                if (track.groups or ()).count(name or "") > 1:
                    raise ValueError(
                        tr(
                            "tracks[{index}] names the group {name!r} twice; keep one",
                            index=index,
                            name=name,
                        )
                    )
                other = taken.setdefault((track.quantity, name), index)
                if other != index:
                    if name is None:
                        who = tr("all other groups")
                    else:
                        who = tr("the group {group!r}", group=name[:40])
                    raise ValueError(
                        tr(
                            "tracks[{other}] and tracks[{index}] both drive the {quantity} of "
                            "{who}; keep one",
                            other=other,
                            index=index,
                            quantity=track.quantity,
                            who=who,
                        )
                    )
        if self.tracks and all(("lr", name) in taken for name in names):
            raise ValueError(
                tr(
                    "tracks: every group has an LR track of its own, so the document's "
                    "phases drive nothing; leave one group without"
                )
            )
        return self

    @property
    def folder(self) -> Path | None:
        """Folder the document was loaded from, which a metric's file is relative to."""
        return self._folder

    @property
    def steps(self) -> int:
        """Number of optimizer steps N of the horizon."""
        return self.horizon.steps

    def in_folder(self, folder: Path | None) -> Schedule:
        """The same document as if loaded from `folder`."""
        if folder == self._folder:
            return self
        copy = self.model_copy()
        private = copy.__pydantic_private__
        if private is not None:
            private["_folder"] = folder
        return copy

    def save(self, path: str | Path) -> None:
        """Write the document as JSON, atomically: the old file stays until the new is whole."""
        from lrdesigner.schedule.codec import save

        save(self, path)

    def build(self, optimizer: Optimizer) -> LRScheduler:
        """The scheduler for a real training run; see `lrdesigner.engine.build`."""
        from lrdesigner.engine.build import build

        return build(self, optimizer)
