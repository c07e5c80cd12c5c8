"""Layer-wise LR decay: one parameter group becomes one group per layer, each slower than the next.

With n layers, a factor f and a base LR, layer i of n gets ``base * f ** (n - 1 - i)``: the last
layer, nearest to the head, keeps the base LR (Clark et al. 2020, ELECTRA, arXiv:2003.10555; Bao et
al. 2021, BEiT, arXiv:2106.08254). Groups may also be listed the other way round, head first.
"""

from __future__ import annotations

from typing import Any, Literal

from lrdesigner.i18n import tr
from lrdesigner.params import Param
from lrdesigner.schedule.group_edits import map_declared_lists
from lrdesigner.schedule.model import MAX_GROUPS, Group, Phase, Schedule, Track
from lrdesigner.schedule.tracks import group_indices, phases_of

Highest = Literal["last", "first"]
PLACE = "{i}"


def layer_factors(layers: int, factor: float, highest: Highest = "last") -> tuple[float, ...]:
    """What the base LR is multiplied by, layer by layer.

    >>> layer_factors(3, 0.5)
    (0.25, 0.5, 1.0)
    """
    rising = [factor ** (layers - 1 - i) for i in range(layers)]
    return tuple(rising if highest == "last" else reversed(rising))


def layer_names(pattern: str, layers: int) -> tuple[str, ...]:
    """The layers' names: the pattern with their number, from 0, in place of ``{i}``."""
    return tuple(pattern.replace(PLACE, str(i)) for i in range(layers))


def split_into_layers(
    schedule: Schedule,
    index: int,
    layers: int,
    factor: float,
    *,
    lr: float | None = None,
    pattern: str = "layer {i}",
    highest: Highest = "last",
) -> Schedule:
    """Put one group per layer in a group's place.

    They have its overrides and follow the phases it followed. Per-group values of these phases
    are copied to every layer; those that are LRs are scaled like the base LR.

    Args:
        schedule: The document.
        index: The group that becomes the layers.
        layers: How many there are; 1 or more.
        factor: LR of a layer in units of the next one's, above 0.
        lr: The highest layer's LR; None for the group's own.
        pattern: The layers' names, with ``{i}`` for the layer's number.
        highest: Which layer has the base LR.

    Raises:
        ValueError: If this cannot be: too many groups, names that are taken, a bad factor.
    """
    groups = schedule.optimizer.groups
    old = groups[index]
    names = layer_names(pattern, layers)
    _refuse(schedule, index, names, factor)
    factors = layer_factors(layers, factor, highest)
    base = old.lr if lr is None else lr
    new = tuple(
        Group.model_validate({**old.overrides, "name": name, "lr": base * each})
        for name, each in zip(names, factors, strict=True)
    )
    optimizer = schedule.optimizer.replace(groups=(*groups[:index], *new, *groups[index + 1 :]))
    tracks = tuple(
        _renamed(track, old.name, names).replace(
            phases=_spread(schedule, place, index, factors, scaled=track.quantity == "lr")
        )
        for place, track in enumerate(schedule.tracks)
    )
    return schedule.replace(
        optimizer=optimizer,
        phases=_spread(schedule, None, index, factors, scaled=True),
        tracks=tracks,
    )


def _refuse(schedule: Schedule, index: int, names: tuple[str, ...], factor: float) -> None:
    if not names:
        raise ValueError(tr("there must be a layer at least"))
    if not factor > 0:
        raise ValueError(tr("factor must be above 0, not {factor:g}", factor=factor))
    if len(set(names)) < len(names):
        raise ValueError(tr("the name must contain {i}, which stands for the layer's number"))
    others = {g.name for i, g in enumerate(schedule.optimizer.groups) if i != index}
    taken = sorted(others & set(names))
    if taken:
        raise ValueError(
            tr("there is a group named {name!r} already; choose another name", name=taken[0])
        )
    total = len(others) + len(names)
    if total > MAX_GROUPS:
        raise ValueError(
            tr(
                "that would be {total} groups; at most {most} can be drawn",
                total=total,
                most=MAX_GROUPS,
            )
        )


def _renamed(track: Track, old: str, names: tuple[str, ...]) -> Track:
    if track.groups is None or old not in track.groups:
        return track
    place = track.groups.index(old)
    return track.model_copy(
        update={"groups": (*track.groups[:place], *names, *track.groups[place + 1 :])}
    )


def _spread(
    schedule: Schedule, track: int | None, index: int, factors: tuple[float, ...], *, scaled: bool
) -> tuple[Phase, ...]:
    """Phases with a value per layer where there was one for the group; LRs times the factors."""
    members = group_indices(schedule, track)
    phases = phases_of(schedule, track)
    if index not in members:
        return phases
    place = members.index(index)

    def spread(declaration: Param, values: tuple[Any, ...]) -> tuple[Any, ...]:
        mine = values[place]
        is_lr = scaled and declaration.unit == "lr" and isinstance(mine, (int, float))
        layers = [mine * factor if is_lr else mine for factor in factors]
        return (*values[:place], *layers, *values[place + 1 :])

    return map_declared_lists(phases, spread, size=len(members))
