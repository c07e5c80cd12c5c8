"""Cycles of different lengths, each of which is a piece of its own in a formula.

Cycles of one length need no more than a remainder, however many there are. Where each is longer
than the one before, a formula has room for a few dozen of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from itertools import islice

from lrdesigner.catalog import Args
from lrdesigner.i18n import tr

MOST_CYCLES = 200
"""More of different lengths than any formula has room for; a text goes on no further."""

_MOST_COUNTED = 10_000

Errors = Callable[[Args], Iterable[str]]
Starts = Callable[[Args], Iterator[object]]


@dataclass(frozen=True)
class Cycles:
    """How a family's cycles grow.

    Attributes:
        of: The cycles that begin within a phase, one by one.
        length: The parameter that says how long the first is.
        growth: The one that says how many times as long each is as the one before; with 1 all are
            of one length.
    """

    of: Starts
    length: str
    growth: str

    def checked(self, errors: Errors, text: Callable[[Args], str], longest: int) -> Errors:
        """Rules across parameters, and that the formula has room for all cycles.

        Args:
            errors: The rules.
            text: The formula.
            longest: How many characters it may have.
        """

        @wraps(errors)  # it goes by the name of the family's own rules
        def all_errors(args: Args) -> Iterator[str]:
            found = list(errors(args))
            yield from found or self._too_many(args, text, longest)

        return all_errors

    def _too_many(self, args: Args, text: Callable[[Args], str], longest: int) -> Iterator[str]:
        if args[self.growth] == 1:
            return
        characters = len(text(args))
        if characters <= longest:
            return
        count = sum(1 for _ in islice(self.of(args), _MOST_COUNTED + 1))
        room = min(count, MOST_CYCLES) * longest // characters
        yield tr(
            "the phase has more than {cycles:,} cycles of different lengths, and a formula has "
            "room for about {room}; raise {length} or {growth}, or set {growth} to 1"
            if count > _MOST_COUNTED
            else "the phase has {cycles:,} cycles of different lengths, and a formula has room for "
            "about {room}; raise {length} or {growth}, or set {growth} to 1",
            cycles=min(count, _MOST_COUNTED),
            room=room,
            length=self.length,
            growth=self.growth,
        )
