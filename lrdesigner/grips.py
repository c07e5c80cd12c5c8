"""Where a scheduler's curve can be taken hold of: declarations, and what follows by itself.

A *grip* is a point of the curve that one or two parameters move: sideways a time (``T_max``),
up and down a level (``eta_min``). A scheduler declares those that are special to it; the others
follow from what its parameters say about themselves, so that a new scheduler has grips at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lrdesigner.catalog import Args
    from lrdesigner.params import Param

Place = Callable[["Args", int], float]
"""(arguments, group) -> the local time of a grip."""

_LEVEL_UNITS = ("lr", "× base")
_SHARE_UNITS = ("of phase",)


@dataclass(frozen=True)
class Dial:
    """One number within a scheduler's parameters.

    Attributes:
        name: The parameter.
        item: Place in its list, or row of its table; None for the parameter itself.
        column: Column of its table.
    """

    name: str
    item: int | None = None
    column: int | None = None

    def read(self, args: Args, group: int) -> float | None:
        """The number, for one group; None if it has none."""
        value: Any = args.group(self.name, group) if self.item is None else args[self.name]
        if self.item is not None:
            value = value[self.item]
            value = value if self.column is None else value[self.column]
        return value  # type: ignore[no-any-return]

    def written(self, value: Any, old: Any, args: Args, group: int) -> Any:
        """The parameter's whole value with this number in it.

        Args:
            value: The number.
            old: What the document has.
            args: The arguments resolved from it.
            group: The group, where the parameter has one number for each.
        """
        if self.item is None:
            if old is None and isinstance(args.values[self.name], list):
                old = args.values[self.name]  # it followed each group's own base
            return _replaced(old, group, value) if isinstance(old, (list, tuple)) else value
        if self.column is None:
            return _replaced(old, self.item, value)
        return _replaced(old, self.item, _replaced(old[self.item], self.column, value))


def _replaced(items: Sequence[Any], place: int, value: Any) -> list[Any]:
    return [*items[:place], value, *items[place + 1 :]]


@dataclass(frozen=True)
class Grip:
    """A point that can be taken hold of.

    Attributes:
        at: Where it stands.
        level: What moves up and down; of several the first that is not 0 and has an effect, else
            the last that has one.
        time: What moves sideways.
    """

    at: Place
    level: tuple[Dial, ...] = ()
    time: Dial | None = None

    def found(self, args: Args) -> Iterator[Grip]:
        """Itself."""
        yield self


@dataclass(frozen=True)
class ItemGrips:
    """One grip for each entry of a list of times.

    Attributes:
        name: The list.
        levels: What moves up and down there; as in `Grip`.
    """

    name: str
    levels: tuple[str, ...] = ()

    def found(self, args: Args) -> Iterator[Grip]:
        """The grips of the entries there are."""
        levels = tuple(map(Dial, self.levels))
        for item in range(len(args[self.name])):
            yield Grip(_item(self.name, item), levels, Dial(self.name, item))


@dataclass(frozen=True)
class KnotGrips:
    """One grip for each row of a table of times and values.

    Attributes:
        name: The table.
        lengths: Whether these arguments' times are lengths, not starts.
    """

    name: str
    lengths: Callable[[Args], bool] = lambda args: False

    def found(self, args: Args) -> Iterator[Grip]:
        """The grips of the rows there are."""
        lengths = self.lengths(args)
        for row in range(len(args[self.name])):
            time: Dial | None = Dial(self.name, row, 0)
            if lengths:  # a row begins where the ones before it end
                time = Dial(self.name, row - 1, 0) if row else None
            place = _after_rows(self.name, row) if lengths else _row(self.name, row)
            yield Grip(place, (Dial(self.name, row, 1),), time)


GripSource = Grip | ItemGrips | KnotGrips


# -- places ----------------------------------------------------------------------------------------


def start(args: Args, group: int) -> float:
    """The phase's first step."""
    return 0


def end(args: Args, group: int) -> float:
    """The phase's end, where the next one takes over."""
    return args.ticks


def at_sum(*names: str, plus: int = 0) -> Place:
    """After these durations; None counts as nothing."""
    return lambda args, group: sum(args[name] or 0 for name in names) + plus


def share(name: str, of: str, plus: int = 0) -> Place:
    """At a fraction of a duration."""
    return lambda args, group: args[name] * args[of] + plus


def end_of(name: str) -> Place:
    """The end of a duration, or of the phase if that comes first."""
    if not name:
        return end
    return lambda args, group: min(args[name], args.ticks)


def halfway(name: str) -> Place:
    """In the middle of a duration, or of the phase if that is shorter."""
    return lambda args, group: min(args[name], args.ticks) // 2


def before_end(total: str, *names: str) -> Place:
    """So long before a duration's end."""
    return lambda args, group: args[total] - sum(args[name] or 0 for name in names)


def _item(name: str, item: int) -> Place:
    return lambda args, group: args[name][item]


def _row(name: str, row: int) -> Place:
    return lambda args, group: args[name][row][0]


def _after_rows(name: str, row: int) -> Place:
    return lambda args, group: [0, *accumulate(time for time, _ in args[name])][row]


# -- short ways to say it --------------------------------------------------------------------------


def level(at: Place, *names: str) -> Grip:
    """A point that moves up and down."""
    return Grip(at, tuple(map(Dial, names)))


def time(at: Place, name: str, *levels: str) -> Grip:
    """A point that moves sideways, and with `levels` up and down as well."""
    return Grip(at, tuple(map(Dial, levels)), Dial(name))


def default_grips(params: Sequence[Param]) -> tuple[GripSource, ...]:
    """What follows from the parameters: durations, shares, lists, tables, and levels at the end."""
    shown = [p for p in params if not p.advanced]
    total = next((p.name for p in shown if p.follows == "length"), "")
    levels = list(_levels(shown))
    found: list[GripSource] = [level(end_of(total), *names) for names in levels[:-1]]
    last = levels[-1] if levels else ()
    if total:
        found.append(time(end_of(total), total, *last))
    elif last:
        found.append(level(end, *last))
    for param in shown:
        if param.name == total:
            continue
        if param.kind == "int" and param.unit == "ticks":
            found.append(time(at_sum(param.name), param.name))
        elif param.kind == "float" and param.unit in _SHARE_UNITS and total:
            found.append(time(share(param.name, total), param.name))
        elif param.kind == "int_list":
            found.append(ItemGrips(param.name))
        elif param.kind == "table":
            found.append(KnotGrips(param.name))
    return tuple(found)


def _levels(params: Sequence[Param]) -> Iterator[tuple[str, ...]]:
    """The parameters that say how high something is; a floor and its ratio are one thing."""
    names = [p.name for p in params if p.kind == "float" and p.unit in _LEVEL_UNITS]
    for name in names:
        if f"{name}_ratio" not in names:
            whole = name.removesuffix("_ratio")
            yield (name, whole) if whole != name and whole in names else (name,)
