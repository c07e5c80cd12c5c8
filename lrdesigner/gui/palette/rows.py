"""What stands in the palette: headings, schedulers, and formulas of somebody's own. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter

from lrdesigner.catalog import Category, SchedulerSpec, schedulers
from lrdesigner.i18n import mark, tr
from lrdesigner.user_entries import SCHEDULER, Stored, UserEntry

MINE, HERE = mark("Mine"), mark("In this document")
_APART = str.maketrans("-–_", "   ")
_JOINED = str.maketrans("", "", "-–_")


@dataclass(frozen=True)
class Heading:
    """The title of a section, in the colour of a category.

    Attributes:
        name: What the section is called among those that are folded.
        title: What people read.
        category: Whose colour it has.
        count: How many cards the section holds.
        folded: Whether they are hidden; None while it cannot be folded.
    """

    name: str
    title: str
    category: Category
    count: int = 0
    folded: bool | None = None


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
    query: str,
    stored: Sequence[Stored] = (),
    of_document: Sequence[UserEntry] = (),
    folded: Collection[str] = (),
) -> list[Row]:
    """The palette's rows that match every word of a query, under their headings.

    Without a query they stand in the catalog's order, those of folded sections left out, else the
    better the match, the higher, whatever is folded.
    """
    words = _plain(query).split()
    mine = [Own(_key(s.entry.title, place), s.entry, s) for place, s in _numbered(stored)]
    taken = {own.key for own in mine}
    here = []
    for entry in of_document:
        count = next(n for n in range(len(taken) + 1) if _key(entry.title, n) not in taken)
        here.append(Own(_key(entry.title, count), entry))
        taken.add(here[-1].key)
    sections: list[tuple[Heading, list[Card]]] = []
    for name, title, section in (("mine", MINE, mine), ("here", HERE, here)):
        matching = [
            own for own in section if _matches(_own_texts(own, f"{title} {tr(title)}"), words)
        ]
        sections.append((Heading(name, tr(title), Category.CUSTOM), [*matching]))
    specs = (spec for spec in schedulers() if _matches(_texts(spec), words))
    for category, group in groupby(specs, attrgetter("category")):
        sections.append((Heading(category.value, tr(category.title), category), [*group]))
    found: list[Row] = []
    for head, cards in _ranked(sections, query):
        hidden = None if words else head.name in folded
        found.append(replace(head, count=len(cards), folded=hidden))
        found += () if hidden else cards
    return found


def _ranked(sections: Sequence[Section], query: str) -> list[Section]:
    """The sections that hold anything; the best match first, in its section and with it."""
    filled = [(head, cards) for head, cards in sections if cards]
    asked = " ".join(_plain(query).split())
    if not asked:
        return filled
    rank = partial(_rank, asked)
    found = [(head, sorted(cards, key=rank)) for head, cards in filled]
    return sorted(found, key=lambda section: rank(section[1][0]))  # both sorts are stable


def _rank(asked: str, card: Card) -> int:
    """How well a card that matches is what is looked for; 0 is best."""
    title, key = (card.entry.title, "") if isinstance(card, Own) else (tr(card.title), card.key)
    title, key = _plain(title), _plain(key)
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
    """What it is searched by: the source, too, as people know a schedule by its framework.

    In English beside the language in use: papers and code have English names.
    """
    words = (spec.title, spec.category.title, spec.summary)
    return (*words, *map(tr, words), spec.key, spec.source, *spec.keywords)


def _own_texts(own: Own, section: str) -> tuple[str, ...]:
    entry = own.entry
    return (
        entry.title,
        entry.summary,
        *entry.constants,
        entry.category.title,
        tr(entry.category.title),
        SCHEDULER,
        section,
    )


def _matches(texts: Sequence[str], words: Sequence[str]) -> bool:
    text = "\n".join(texts).casefold()
    haystack = f"{text.translate(_APART)}\n{text.translate(_JOINED)}"
    return all(word in haystack for word in words)


def _plain(text: str) -> str:
    """A text as it is searched: "warm-up" is "warm up", and "warmup" finds it as well."""
    return text.casefold().translate(_APART)
