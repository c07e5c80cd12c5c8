"""What the palette lists, and which of it is found. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lrdesigner.gui.command_palette.fuzzy import Match, match

_ELSEWHERE = 0.3
_RECENT = 12
MOST_RECENT = 12


@dataclass(frozen=True, eq=False)
class Command:
    """One thing that can be done.

    Attributes:
        id: What it is called where recent commands are remembered.
        title: What it does.
        run: Does it.
        where: Where else it is found, such as the path through the menus.
        keys: Its shortcut as the platform writes it, or "".
        words: More words it is found by.
        why_not: Why it cannot be done now, or "".
        on: Whether it is switched on; None for what cannot be.
        color: Role of the colour of its mark, or "".
    """

    id: str
    title: str
    run: Callable[[], object]
    where: str = ""
    keys: str = ""
    words: str = ""
    why_not: str = ""
    on: bool | None = None
    color: str = ""


@dataclass(frozen=True, eq=False)
class Found:
    """A command and how it was found.

    Attributes:
        command: The command.
        places: Indices of the letters of its title that were typed.
        recent: Whether it was used lately.
    """

    command: Command
    places: tuple[int, ...] = ()
    recent: bool = False


def find(commands: Sequence[Command], query: str, recent: Sequence[str]) -> list[Found]:
    """The commands that a query finds, the best first.

    Without a query that is all of them, those used lately first.

    Args:
        commands: All there are.
        query: What is typed.
        recent: Ids of commands used lately, the last one first.
    """
    age = {name: place for place, name in enumerate(recent[:MOST_RECENT])}
    if not query.strip():
        used = sorted((c for c in commands if c.id in age), key=lambda c: age[c.id])
        rest = (c for c in commands if c.id not in age)
        return [*(Found(c, (), True) for c in used), *(Found(c) for c in rest)]
    scored = []
    for place, command in enumerate(commands):
        found = _match(query, command)
        if found is not None:
            lately = age.get(command.id)
            bonus = 0 if lately is None else _RECENT - lately / 2
            score = found.score + bonus - (5 if command.why_not else 0)
            # Of equal matches the shorter title is the better one.
            scored.append((-score, len(command.title), place, found, command))
    scored.sort(key=lambda item: item[:3])
    return [Found(command, found.places, command.id in age) for *_, found, command in scored]


def _match(query: str, command: Command) -> Match | None:
    """In the title, or word by word in the title or around it."""
    whole = match(query, command.title)
    if whole is not None:
        return whole
    around = f"{command.where} {command.words}"
    score, places = 0.0, set()
    for word in query.split():
        found = match(word, command.title)
        if found is not None:
            score += found.score
            places |= set(found.places)
        elif word.casefold() in around.casefold():
            other = match(word, around)
            score += _ELSEWHERE * (other.score if other is not None else 0)
        else:
            return None
    return Match(round(score), tuple(sorted(places)))


def used(recent: Iterable[str], command: str) -> tuple[str, ...]:
    """Ids of the commands used lately, after one more."""
    return (command, *(each for each in recent if each != command))[:MOST_RECENT]
