"""Palette entries of the user's own: formulas with named constants, one JSON file each.

They live in the user's data folder, and inside every document that uses them, as parameters of
the scheduler ``formula``. Reading one only ever parses it: it is data, never code. A file that
cannot be used is told of and left as it is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from lrdesigner._files import write_atomically
from lrdesigner._reading import TooLargeError, read_regular
from lrdesigner.catalog import Category, schedulers
from lrdesigner.engine.formula import NAMES, FormulaError, parse_formula
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule

FORMAT, VERSION = "lrdesigner-entry", 1
SCHEDULER = "formula"
SUFFIX = ".json"

_PARAMS = ("formula", "constants", "title", "summary", "category")
_MAX_FILES = 1000


class EntryError(ValueError):
    """What is wrong with an entry, as one sentence."""


@dataclass(frozen=True)
class UserEntry:
    """A formula of somebody's own; `make_entry` makes them.

    Attributes:
        title: What it is called.
        formula: The LR in t, T, lr and the constants.
        constants: Numbers with names, in their order.
        summary: What it does, in a sentence; may be empty.
        category: Whose colour it has.
    """

    title: str
    formula: str
    constants: Mapping[str, float] = field(default_factory=dict)
    summary: str = ""
    category: Category = Category.CUSTOM

    @property
    def params(self) -> dict[str, Any]:
        """Parameters of the scheduler ``formula``; what is empty is left out."""
        params: dict[str, Any] = {"formula": self.formula, "constants": dict(self.constants)}
        params |= {"title": self.title, "summary": self.summary}
        if self.category is not Category.CUSTOM:
            params["category"] = self.category.value
        return {name: value for name, value in params.items() if value}

    def same_as(self, other: UserEntry) -> bool:
        """Whether both are one entry; the constants are there to be turned."""
        return (self.title, self.formula, *self.constants) == (
            other.title,
            other.formula,
            *other.constants,
        )


@dataclass(frozen=True)
class Stored:
    """An entry and its file."""

    path: Path
    entry: UserEntry


@dataclass(frozen=True)
class Broken:
    """A file that is no entry, and why."""

    path: Path
    message: str


@dataclass(frozen=True)
class Entries:
    """What a folder holds: entries by title, and files that cannot be used."""

    stored: tuple[Stored, ...] = ()
    broken: tuple[Broken, ...] = ()


def default_folder() -> Path:
    """Where the user's entries live on this system."""
    return platformdirs.user_data_path("lrdesigner", appauthor=False) / "palette"


def make_entry(params: Mapping[str, Any]) -> UserEntry:
    """The entry of these parameters of the scheduler ``formula``.

    Raises:
        EntryError: If they are not sound, lack a title, or have a formula for each group.
    """
    spec = schedulers()[SCHEDULER]
    given = {name: params[name] for name in _PARAMS if name in params}
    if not isinstance(given.get("formula"), str):
        raise EntryError(tr("an entry has one formula for all groups"))
    for name, value in given.items():
        declared = spec.param(name)
        error = declared.error(value) if declared is not None else None
        if error is not None:
            raise EntryError(error)
    if not str(given.get("title", "")).strip():
        raise EntryError(tr("title is missing; give the entry a name"))
    constants = dict(given.get("constants", {}))
    try:
        parse_formula(given["formula"], names=(*NAMES, *constants), also=())
    except FormulaError as error:
        raise EntryError(f"formula: {error.message}") from None
    title, summary = given["title"].strip(), given.get("summary", "").strip()
    category = Category(given.get("category", Category.CUSTOM.value))
    return UserEntry(title, given["formula"], constants, summary, category)


def entries_of(schedule: Schedule) -> tuple[UserEntry, ...]:
    """The entries that a document brings along: its titled formulas, each one once."""
    found: list[UserEntry] = []
    sequences = [schedule.phases, *(track.phases for track in schedule.tracks)]
    for phase in (phase for phases in sequences for phase in phases):
        if phase.scheduler != SCHEDULER or not phase.params.get("title"):
            continue
        try:
            entry = make_entry(phase.params)
        except EntryError:
            continue  # a problem of the document, told of there
        if not any(entry.same_as(other) for other in found):
            found.append(entry)
    return tuple(found)


# -- files ---------------------------------------------------------------------------------------


def load_all(folder: Path) -> Entries:
    """The entries of a folder, by title; files that are none are told of and left alone."""
    stored, broken = [], []
    for path in _files(folder):
        try:
            stored.append(Stored(path, load(path)))
        except EntryError as error:
            broken.append(Broken(path, str(error)))
    stored.sort(key=lambda item: (item.entry.title.casefold(), item.path.name))
    return Entries(tuple(stored), tuple(broken))


def load(path: Path) -> UserEntry:
    """Read an entry.

    Raises:
        EntryError: If the file cannot be read, or holds no sound entry.
    """
    try:
        data = json.loads(read_regular(path).decode("utf-8-sig"))
    except TooLargeError:
        raise EntryError(tr("the file is larger than 64 MB")) from None
    except OSError as error:
        raise EntryError(error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise EntryError(tr("not a text file in UTF-8")) from None
    except RecursionError:
        raise EntryError(tr("the JSON is nested too deeply")) from None
    except ValueError as error:
        raise EntryError(tr("not valid JSON ({error})", error=str(error)[:80])) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise EntryError(tr('no palette entry: "format" must be "{format}"', format=FORMAT))
    if data.get("version") != VERSION:
        raise EntryError(tr("written by a newer version of lrdesigner"))
    return make_entry(data)


def save(folder: Path, entry: UserEntry, path: Path | None = None) -> Path:
    """Write an entry, atomically.

    Args:
        folder: Where entries live; made if it is not there.
        entry: The entry.
        path: Its file, if it has one already; else a new one is named after the title.

    Raises:
        OSError: If it cannot be written; what was there is still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = path or _free_path(folder, entry.title)
    data = {"format": FORMAT, "version": VERSION, **entry.params}
    write_atomically(target, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode())
    return target


def delete(path: Path) -> None:
    """Remove an entry's file; one that is gone already is no error.

    Raises:
        OSError: If it cannot be removed.
    """
    path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError:
        return  # there is none yet, or it cannot be read: no entries either way
    yield from (path for path in found[:_MAX_FILES] if not path.name.startswith("."))


def _free_path(folder: Path, title: str) -> Path:
    """A file named after the title that is not there yet, also where case does not count."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40] or "entry"
    taken = {path.name.casefold() for path in folder.iterdir()}
    names = (f"{stem}{f'-{count}' if count else ''}{SUFFIX}" for count in range(len(taken) + 1))
    return folder / next(name for name in names if name not in taken)
