"""What stands in the palette: headings, schedulers, and formulas of somebody's own. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

from lrdesigner.catalog import Category, SchedulerSpec, schedulers
from lrdesigner.user_entries import SCHEDULER, Stored, UserEntry

MINE, HERE = "Mine", "In this document"


@dataclass(frozen=True)
class Heading:
    """The title of a section, in the colour of a category."""

    title: str
    category: Category


@dataclass(frozen=True)
class Own:
    """A formula of somebody's own.

    Attributes:
        key: What tells it from the others: ``formula:`` and its title.
        entry: The formula.
        stored: Its file, if it is in the user's palette; a document brings along the others.
    """

    key: str
    entry: UserEntry
    stored: Stored | None = None


Card = SchedulerSpec | Own
Row = Heading | Card
Section = tuple[Heading, list[Card]]


def rows(
    query: str, stored: Sequence[Stored] = (), of_document: Sequence[UserEntry] = ()
) -> list[Row]:
    """The palette's rows that match every word of a query, under their headings.

    Without a query they stand in the catalog's order, else the better the match, the higher.
    """
    words = query.casefold().split()
    mine = [Own(_key(s.entry.title, place), s.entry, s) for place, s in _numbered(stored)]
    taken = {own.key for own in mine}
    here = []
    for entry in of_document:
        count = next(n for n in range(len(taken) + 1) if _key(entry.title, n) not in taken)
        here.append(Own(_key(entry.title, count), entry))
        taken.add(here[-1].key)
    sections: list[tuple[Heading, list[Card]]] = []
    for title, section in ((MINE, mine), (HERE, here)):
        matching = [own for own in section if _matches(_own_texts(own, title), words)]
        sections.append((Heading(title, Category.CUSTOM), [*matching]))
    specs = (spec for spec in schedulers() if _matches(_texts(spec), words))
    for category, group in groupby(specs, attrgetter("category")):
        sections.append((Heading(category.title, category), [*group]))
    return [row for head, cards in _ranked(sections, query) for row in (head, *cards)]


def _ranked(sections: Sequence[Section], query: str) -> list[Section]:
    """The sections that hold anything; the best match first, in its section and with it."""
    filled = [(head, cards) for head, cards in sections if cards]
    asked = " ".join(query.casefold().split())
    if not asked:
        return filled
    rank = partial(_rank, asked)
    found = [(head, sorted(cards, key=rank)) for head, cards in filled]
    return sorted(found, key=lambda section: rank(section[1][0]))  # both sorts are stable


def _rank(asked: str, card: Card) -> int:
    """How well a card that matches is what is looked for; 0 is best."""
    title, key = (card.entry.title, "") if isinstance(card, Own) else (card.title, card.key)
    title, key = title.casefold(), key.casefold()
    starts = [title.startswith(asked), f" {asked}" in f" {title}", asked in title, asked in key]
    if asked in (title, key):
        return 0
    return 1 + (starts.index(True) if True in starts else len(starts))


def _numbered(stored: Sequence[Stored]) -> Iterator[tuple[int, Stored]]:
    """Entries with how many of the same title came before."""
    seen: dict[str, int] = {}
    for item in stored:
        count = seen.get(item.entry.title, 0)
        seen[item.entry.title] = count + 1
        yield count, item


def _key(title: str, count: int) -> str:
    return f"{SCHEDULER}:{title}" + (f" ({count + 1})" if count else "")


def _texts(spec: SchedulerSpec) -> tuple[str, ...]:
    return (spec.title, spec.key, spec.category.title, spec.summary, *spec.keywords)


def _own_texts(own: Own, section: str) -> tuple[str, ...]:
    return (own.entry.title, own.entry.summary, *own.entry.constants, SCHEDULER, section)


def _matches(texts: Sequence[str], words: Sequence[str]) -> bool:
    haystack = "\n".join(texts).casefold()
    return all(word in haystack for word in words)
