"""Keep the translations in step with the program.

    .venv/bin/python packaging/translations.py update     # after texts changed
    .venv/bin/python packaging/translations.py compile    # after translations changed
    .venv/bin/python packaging/translations.py status     # what is missing

``update`` collects every text that people see: what the code gives to `tr`, `trn` and `mark`, and
what schedulers, rules, exporters, presets and examples declare about themselves. It writes them
into the catalogues in ``resources/i18n/<language>/``, one an area, keeps the translations that are
there, and compiles. ``compile`` makes ``resources/i18n/<language>.mo`` of them, which is all the
program reads, so users need no Babel. ``docs/translating.md`` holds the glossary.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("zh_CN",)
# A text that several areas have is kept by the first of them.
AREAS = ("core", "schedulers", "presets", "gui")
# Functions of `lrdesigner.i18n` with the places of their arguments that are texts.
KEYWORDS = {"tr": (0,), "mark": (0,), "tr_in": (1,), "trn": (0, 1)}
WIDTH = 100

Key = str | tuple[str, str]
Texts = dict[Key, set[str]]
"""Texts (with their plural, if they have one) and where they are from."""

_LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def area_of(path: Path) -> str:
    """The catalogue that the texts of a module belong to."""
    folder = path.relative_to(ROOT / "lrdesigner").parts[0]
    return {"gui": "gui", "schedulers": "schedulers"}.get(folder, "core")


def code_texts(path: Path) -> Iterator[Key]:
    """What a module gives to `tr`, `trn` and `mark`.

    Read from the syntax tree, so that each branch of ``tr("a" if b else "c")`` counts.
    """
    if path.name == "i18n.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        places = KEYWORDS.get(node.func.id, ())
        found = [list(_literals(node.args[place])) for place in places if place < len(node.args)]
        if len(places) == 2:
            yield from zip(*found, strict=True)
        else:
            yield from (text for texts in found for text in texts)


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def declared_texts() -> Iterator[tuple[str, str, str]]:
    """What entries say about themselves: area, text, where from."""
    from lrdesigner.catalog import Category, schedulers
    from lrdesigner.examples import examples
    from lrdesigner.exporting import exporters
    from lrdesigner.presets import presets
    from lrdesigner.schedule.problems import rules

    for category in Category:
        yield "schedulers", category.title, "lrdesigner/catalog.py"
    for spec in schedulers():
        origin = f"lrdesigner/schedulers/{spec.key}"
        for text in spec.texts:
            yield "schedulers", text, origin
    for rule in rules():
        yield "core", rule.title, f"lrdesigner/schedule/rules/{rule.id}"
    for exporter in exporters():
        yield "core", exporter.title, f"lrdesigner/exporters/{exporter.key}"
    for preset in presets():
        for text in preset.texts:
            yield "presets", text, f"resources/presets/{preset.key}"
    for example in examples():
        for text in (example.title, example.summary):
            yield "presets", text, f"resources/examples/{example.key}"


def texts() -> dict[str, Texts]:
    """Every text of the program, by area."""
    found: dict[str, Texts] = {area: {} for area in AREAS}
    for path in sorted((ROOT / "lrdesigner").rglob("*.py")):
        for key in code_texts(path):
            name = path.relative_to(ROOT).as_posix()
            found[area_of(path)].setdefault(key, set()).add(name)
    for area, text, origin in declared_texts():
        if text:
            found[area].setdefault(text, set()).add(origin)
    return _once(found)


def _once(found: dict[str, Texts]) -> dict[str, Texts]:
    """Each text in one area only; a plural is also its own singular."""
    plurals = {key[0] for area in found.values() for key in area if isinstance(key, tuple)}
    seen: set[Key] = set(plurals)
    for area in AREAS:
        for key in list(found[area]):
            if key in seen:
                del found[area][key]
            seen.add(key)
    return found


def catalogue(language: str, area: str) -> Catalog:
    """The translations of an area that are there."""
    path = FOLDER / language / f"{area}.po"
    if not path.exists():
        return _empty(language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def _empty(language: str) -> Catalog:
    return Catalog(language, creation_date=_LONG_AGO, revision_date=_LONG_AGO)


def _text(message: Message) -> str | tuple[str, ...]:
    """A translation; of several forms, all of them."""
    text = message.string
    return text if isinstance(text, str) else tuple(text or ())


def known(language: str) -> dict[Key, str | tuple[str, ...]]:
    """All translations that are there, of all areas."""
    found: dict[Key, str | tuple[str, ...]] = {}
    for area in AREAS:
        for message in catalogue(language, area):
            text = _text(message)
            if message.id and any(text) and not message.fuzzy:
                found[_key(message.id)] = text
    return found


def _key(ident: str | list[str] | tuple[str, ...]) -> Key:
    return ident if isinstance(ident, str) else (ident[0], ident[1])


def update(language: str) -> None:
    """Write the catalogues anew: every text there is, with the translation it had."""
    translations = known(language)
    for area, found in texts().items():
        result = _empty(language)
        for key, origins in found.items():
            result.add(key, translations.get(key), locations=[(o, 0) for o in sorted(origins)])
        path = FOLDER / language / f"{area}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(result, language))


def _written(result: Catalog, language: str) -> bytes:
    """A catalogue as text, in an order that does not depend on where texts are used."""
    file = io.BytesIO()
    write_po(file, result, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {result.plural_forms}\\n"\n'
    )
    return header.encode() + b"\n" + file.getvalue().strip(b"\n") + b"\n"


def compiled(language: str) -> bytes:
    """What the program reads, made of the catalogues of all areas."""
    result = _empty(language)
    for area in AREAS:
        for message in catalogue(language, area):
            text = _text(message)
            if message.id and any(text) and not message.fuzzy:
                result.add(_key(message.id), text)
    file = io.BytesIO()
    write_mo(file, result)
    return file.getvalue()


def compile_(language: str) -> None:
    """Write the compiled file."""
    (FOLDER / f"{language}.mo").write_bytes(compiled(language))


def missing(language: str) -> list[Key]:
    """Texts without a translation."""
    there = known(language)
    return [key for area in texts().values() for key in area if key not in there]


def stale(language: str) -> list[Key]:
    """Translations of texts that are no more."""
    wanted = {key for area in texts().values() for key in area}
    return [key for key in known(language) if key not in wanted]


def main() -> int:
    """Do what the command line asks for; 1 if a translation is missing."""
    parser = argparse.ArgumentParser(description="Keep translations in step with the program.")
    parser.add_argument("command", choices=("update", "compile", "status"))
    command = parser.parse_args().command
    for language in LANGUAGES:
        if command == "update":
            update(language)
        if command in ("update", "compile"):
            compile_(language)
        lacking, left = missing(language), stale(language)
        total = sum(len(area) for area in texts().values())
        print(f"{language}: {total - len(lacking)} of {total} texts translated, {len(left)} stale")
        for key in lacking:
            print(f"  missing: {key if isinstance(key, str) else key[0]!r}")
        if command == "status" and lacking:
            return 1
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
