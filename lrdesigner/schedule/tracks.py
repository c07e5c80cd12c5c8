"""Tracks: phases of their own for a group, and lanes for what a group holds beside its LR.

Each sequence of phases is looked at as a document of its own (a *view*): the same horizon and
metric, only its groups, and for a lane the quantity in place of the LR. So everything that works
on a document works on a track.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrdesigner.i18n import mark, tr, with_word
from lrdesigner.schedule.model import Group, OptimizerSpec, Phase, Quantity, Schedule, Track
from lrdesigner.schedule.optimizers import OPTIMIZERS, optimizer_defaults

QUANTITIES: tuple[Quantity, ...] = ("lr", "momentum", "beta2", "weight_decay")


class LaneOptimizer(OptimizerSpec):
    """What stands for the optimizer in a lane's view: groups with one number each, no momentum."""

    type: str = "Adagrad"


@dataclass(frozen=True)
class Part:
    """One sequence of phases and what it drives.

    Attributes:
        track: Its index in the document's tracks; None for the document's own phases.
        quantity: What it drives.
        groups: Indices of the optimizer's groups it drives, rising; never empty.
        view: The sequence as an ordinary document without tracks.
        word: What people call what it drives: "LR", "beta1", "weight decay".
    """

    track: int | None
    quantity: Quantity
    groups: tuple[int, ...]
    view: Schedule
    word: str


def parts(schedule: Schedule) -> tuple[Part, ...]:
    """The document's own phases first, then every track that drives a group."""
    return tuple(_parts(schedule))


def _parts(schedule: Schedule) -> Iterator[Part]:
    yield Part(None, "lr", group_indices(schedule, None), view(schedule, None), "LR")
    for index, track in enumerate(schedule.tracks):
        groups = group_indices(schedule, index)
        if groups:
            word = quantity_title(schedule.optimizer, track.quantity)
            yield Part(index, track.quantity, groups, view(schedule, index), word)


def group_indices(schedule: Schedule, track: int | None) -> tuple[int, ...]:
    """The groups that a track drives, or with None the document's own phases."""
    quantity: Quantity = "lr" if track is None else schedule.tracks[track].quantity
    named = None if track is None else schedule.tracks[track].groups
    if named is None:
        same = [item for item in schedule.tracks if item.quantity == quantity]
        others = {name for item in same for name in item.groups or ()}
        keep = [group.name not in others for group in schedule.optimizer.groups]
    else:
        keep = [group.name in named for group in schedule.optimizer.groups]
    return tuple(index for index, kept in enumerate(keep) if kept)


def view(schedule: Schedule, track: int | None) -> Schedule:
    """A track, or with None the document's own phases, as an ordinary document without tracks.

    A document without tracks is its own view. A lane that drives no group (others name them all)
    has all groups in its view, so that it can still be looked at.
    """
    if track is None and not schedule.tracks:
        return schedule
    phases = schedule.phases if track is None else schedule.tracks[track].phases
    indices = group_indices(schedule, track)
    groups = schedule.optimizer.groups
    chosen = tuple(groups[index] for index in indices) or groups
    quantity: Quantity = "lr" if track is None else schedule.tracks[track].quantity
    optimizer = schedule.optimizer.replace(groups=chosen)
    if quantity != "lr":
        optimizer = LaneOptimizer(
            groups=tuple(
                Group(name=group.name, lr=own_value(schedule.optimizer, group, quantity) or 0.0)
                for group in chosen
            ),
        )
    return schedule.replace(tracks=(), phases=phases, optimizer=optimizer)


def write_back(schedule: Schedule, track: int | None, edited: Schedule) -> Schedule:
    """The document with an edited view's phases (and metric) in place of that track's own."""
    if track is None and not schedule.tracks:
        return edited
    if track is None:
        return schedule.replace(phases=edited.phases, metric=edited.metric)
    tracks = list(schedule.tracks)
    tracks[track] = tracks[track].replace(phases=edited.phases)
    return schedule.replace(tracks=tuple(tracks), metric=edited.metric)


def phases_of(schedule: Schedule, track: int | None) -> tuple[Phase, ...]:
    """The phases of a track, or with None the document's own."""
    return schedule.phases if track is None else schedule.tracks[track].phases


def own_value(spec: OptimizerSpec, group: Group, quantity: Quantity) -> float | None:
    """What a group holds of a quantity where no phase drives it; None if it has none.

    A value torch would refuse counts as none; the optimizer's own rules tell of it.
    """
    if quantity == "lr":
        return group.lr
    value = _argument(spec, group, quantity)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= sys.float_info.max else None


def _argument(spec: OptimizerSpec, group: Group, quantity: Quantity) -> Any:
    values = {**optimizer_defaults(spec), **group.overrides}
    key = optimizer_key(spec, quantity)
    if key != "betas":
        return values.get(key or "")
    betas = values.get(key)
    if not isinstance(betas, tuple) or len(betas) != 2:
        return None
    return betas[1 if quantity == "beta2" else 0]


def optimizer_key(spec: OptimizerSpec, quantity: Quantity) -> str | None:
    """The optimizer's argument behind a quantity: ``"betas"`` for two of them; None if it lacks it.

    An optimizer this program does not know may have anything, and is believed to.
    """
    info = OPTIMIZERS.get(spec.type)
    if quantity == "lr":
        return "lr"
    if info is None:
        return {"momentum": "momentum", "beta2": "betas"}.get(quantity, "weight_decay")
    if quantity == "momentum":
        return info.momentum_key
    key = "betas" if quantity == "beta2" else "weight_decay"
    return key if key in info.defaults else None


def lane_error(schedule: Schedule, track: int) -> str:
    """Why the optimizer does not have what a lane drives, as a sentence, or ""."""
    spec, quantity = schedule.optimizer, schedule.tracks[track].quantity
    if spec.type not in OPTIMIZERS:
        return ""  # which has a sentence of its own
    if optimizer_key(spec, quantity) is None:
        lacks = {
            "beta2": mark("{optimizer} has no betas."),
            "momentum": mark("{optimizer} has neither momentum nor betas."),
        }
        sentence = lacks.get(quantity, mark("{optimizer} has no weight decay."))
        return tr(sentence, optimizer=spec.type)
    for index in group_indices(schedule, track):
        group = spec.groups[index]
        if own_value(spec, group, quantity) is None:
            return tr(
                "The {quantity} of the group {group!r} is none that torch takes.",
                quantity=tr(quantity_title(spec, quantity)),
                group=group.name[:40],
            )
    return ""


def located(track: int | None, word: str, message: str) -> str:
    """An error's message about a view as one about the whole document: its path, its words.

    Args:
        track: The track, or None for the document's own phases.
        word: What people call what it drives; see `Part`.
        message: What is said about the view.
    """
    if track is None:
        return message
    text = in_words_of(word, message)
    return f"tracks[{track}]{'.' if text.startswith('phases[') else ': '}{text}"


def in_words_of(word: str, message: str) -> str:
    """What is said about an LR, said about what a lane drives.

    Args:
        word: What people call it, in English; see `Part`.
        message: In the language in use.
    """
    if word == "LR":
        return message
    ours, other = tr("LR"), tr(word)
    if ours != "LR":  # a language of which we know nothing but the word
        return with_word(message, ours, other)
    return re.sub(r"\bLR\b", other, re.sub(r"\b([Aa])n LR\b", r"\1 LR", message))


def track_title(schedule: Schedule, track: int | None) -> str:
    """What people call a sequence of phases: "LR", "LR of head", "weight decay of backbone"."""
    if track is None:
        return tr("LR")
    item = schedule.tracks[track]
    name = tr(quantity_title(schedule.optimizer, item.quantity))
    if item.groups is None:
        return name
    return tr("{quantity} of {groups}", quantity=name, groups=", ".join(item.groups))


def quantity_title(spec: OptimizerSpec, quantity: Quantity) -> str:
    """What people call a quantity: "LR", "momentum", "beta1", "beta2", "weight decay".

    In English, to be translated where it is shown: files and code name it too.
    """
    if quantity == "momentum":
        return "beta1" if optimizer_key(spec, quantity) == "betas" else mark("momentum")
    return {"lr": mark("LR"), "beta2": "beta2"}.get(quantity, mark("weight decay"))


def add_track(
    schedule: Schedule,
    quantity: Quantity,
    groups: tuple[str, ...] | None,
    phases: tuple[Phase, ...] = (),
) -> Schedule:
    """Append a track.

    Raises:
        pydantic.ValidationError: If a group has such a track already, or none is left to the
            document's own phases.
    """
    track = Track(quantity=quantity, groups=groups, phases=phases)
    return schedule.replace(tracks=(*schedule.tracks, track))


def remove_track(schedule: Schedule, track: int) -> Schedule:
    """Delete a track; its groups follow the document's own phases, or hold their own value."""
    tracks = schedule.tracks
    return schedule.replace(tracks=tracks[:track] + tracks[track + 1 :])
