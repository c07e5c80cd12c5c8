"""What stands in the palette: headings, schedulers, and formulas of somebody's own. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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


Row = Heading | SchedulerSpec | Own


def rows(
    query: str, stored: Sequence[Stored] = (), of_document: Sequence[UserEntry] = ()
) -> list[Row]:
    """The palette's rows that match every word of a query, under their headings."""
    words = query.casefold().split()
    found: list[Row] = []
    mine = [Own(_key(s.entry.title, place), s.entry, s) for place, s in _numbered(stored)]
    taken = {own.key for own in mine}
    here = []
    for entry in of_document:
        count = next(n for n in range(len(taken) + 1) if _key(entry.title, n) not in taken)
        here.append(Own(_key(entry.title, count), entry))
        taken.add(here[-1].key)
    for title, section in ((MINE, mine), (HERE, here)):
        matching = [own for own in section if _matches(_own_texts(own, title), words)]
        if matching:
            found += [Heading(title, Category.CUSTOM), *matching]
    specs = (spec for spec in schedulers() if _matches(_texts(spec), words))
    return [*found, *_under_headings(specs)]


def _numbered(stored: Sequence[Stored]) -> Iterator[tuple[int, Stored]]:
    """Entries with how many of the same title came before."""
    seen: dict[str, int] = {}
    for item in stored:
        count = seen.get(item.entry.title, 0)
        seen[item.entry.title] = count + 1
        yield count, item


def _key(title: str, count: int) -> str:
    return f"{SCHEDULER}:{title}" + (f" ({count + 1})" if count else "")


def _under_headings(specs: Iterable[SchedulerSpec]) -> Iterator[Row]:
    category: Category | None = None
    for spec in specs:
        if spec.category is not category:
            category = spec.category
            yield Heading(category.title, category)
        yield spec


def _texts(spec: SchedulerSpec) -> tuple[str, ...]:
    return (spec.title, spec.key, spec.category.title, spec.summary, *spec.keywords)


def _own_texts(own: Own, section: str) -> tuple[str, ...]:
    return (own.entry.title, own.entry.summary, *own.entry.constants, SCHEDULER, section)


def _matches(texts: Sequence[str], words: Sequence[str]) -> bool:
    haystack = "\n".join(texts).casefold()
    return all(word in haystack for word in words)
