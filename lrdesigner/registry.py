"""A registry of declarations: one module of a package = one entry.

Adding a scheduler, an exporter or a rule is adding one file that defines the named
attribute; nothing else has to be edited.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from lrdesigner.i18n import mark, tr

T = TypeVar("T")

MAX_SHOWN = 60
MAX_LISTED = 16
_SOME = 3


class UnknownKeyError(KeyError):
    """A key nobody registered; the message names the nearest known keys."""

    def __init__(self, what: str, key: str, known: list[str]) -> None:
        # Only as much of the key is compared as anybody would type.
        key = key if len(key) <= 10 * MAX_SHOWN else key[: 10 * MAX_SHOWN]
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        if not near:
            folded = {name.casefold(): name for name in known}
            near = [folded[key.casefold()]] if key.casefold() in folded else []
        clipped = key if len(key) <= MAX_SHOWN else key[: MAX_SHOWN - 1] + "…"
        if near:
            sentence = mark("{what} {key!r} is not known; did you mean {near!r}?")
        elif len(known) <= MAX_LISTED:
            sentence = mark("{what} {key!r} is not known; known are {known}")
        else:
            sentence = mark(
                "{what} {key!r} is not known; known are {known} and {count} more, which {command} "
                "shows"
            )
        shown = known if len(known) <= MAX_LISTED else known[:_SOME]
        self.message = tr(
            sentence,
            what=tr(what),
            key=clipped,
            near=near[0] if near else "",
            known=", ".join(shown),
            count=len(known) - len(shown),
            command=f"`lrdesigner list {what}s`",
        )
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class Registry(Generic[T]):
    """Entries found in the modules of one package, keyed and ordered.

    Args:
        what: What an entry is called in messages ("scheduler").
        package: Dotted name of the package whose modules are searched. Modules whose name
            starts with an underscore are shared helpers, not entries.
        attribute: Name each module defines: one entry, or a tuple of entries.
        key: Gives an entry's key.
        order: Gives an entry's place in listings.
    """

    def __init__(
        self,
        what: str,
        package: str,
        attribute: str,
        key: Callable[[T], str],
        order: Callable[[T], Any],
    ) -> None:
        self.what = what
        self._package = package
        self._attribute = attribute
        self._key = key
        self._order = order

    @cached_property
    def _entries(self) -> dict[str, T]:
        package = importlib.import_module(self._package)
        found: list[T] = []
        for info in pkgutil.iter_modules(package.__path__):
            if info.name.startswith("_"):
                continue
            module = importlib.import_module(f"{self._package}.{info.name}")
            value = getattr(module, self._attribute)
            found.extend(value if isinstance(value, tuple) else (value,))
        entries: dict[str, T] = {}
        for entry in sorted(found, key=self._order):
            if self._key(entry) in entries:
                raise ValueError(f"{self.what} {self._key(entry)!r} is declared twice")
            entries[self._key(entry)] = entry
        return entries

    def get(self, key: str) -> T | None:
        """The entry of that key, or None."""
        return self._entries.get(key)

    def __getitem__(self, key: str) -> T:
        try:
            return self._entries[key]
        except KeyError:
            raise UnknownKeyError(self.what, key, self.keys()) from None

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def keys(self) -> list[str]:
        """All keys, in listing order."""
        return list(self._entries)
