"""The language of what people read: one catalogue a process, chosen before the window is built.

Texts are written in English where they are used and looked up as they are shown: ``tr("Undo")``,
``tr("{count} phases", count=3)``, ``trn("{count} step", "{count} steps", count)``. A text that is
declared before the language is known, in a dataclass at import time say, is marked with
`mark` there and given to `tr` where it is shown. Python's own gettext does the rest; no Qt here,
as the core's sentences (problems, refusals) are translated too. How texts get into the catalogues
and translations out of them is told in docs/translating.md.

Only words for people pass through here: names of the field (``eta_min``, ``StepLR``), file
formats, code and JSON are the same in every language. Numbers in such words are written with the
marks of the user's locale (`lrdesigner.numerals`).
"""

from __future__ import annotations

import contextlib
import gettext
import locale
import os
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from lrdesigner import numerals
from lrdesigner._resources import resource_dir

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_ENGLISH = gettext.NullTranslations()
_translations: gettext.NullTranslations = _ENGLISH
_language = "en"
_in_english: ContextVar[bool] = ContextVar("_in_english", default=False)

# "&Open", and "打开(&O)" as languages have it whose letters are on no key.
_MNEMONIC = re.compile(r"\(&[^&]\)|&(?=[^&])")
# Written without spaces, but with some beside Latin letters and digits.
_UNSPACED = {"zh_CN"}
_BEFORE = re.compile(r"([^{}\s])( ?)\{(\w+)\}(?!\})")
_AFTER = re.compile(r"(?<!\{)\{(\w+)\}( ?)([^{}\s])")


def mark(text: str) -> str:
    """The text itself; says that it is to be translated where it is shown."""
    return text


def tr(text: str, /, **values: Any) -> str:
    """The text in the language of this process, with the values put in at their ``{names}``.

    Args:
        text: English; a literal, or one that was marked.
        **values: What ``{name}`` in it stands for; numbers are written with the locale's marks.
            Without any, braces are left alone.
    """
    shown = _spoken().gettext(text) if text else ""
    return _filled(shown, values, language()) if values else shown


def trn(one: str, many: str, count: int, /, **values: Any) -> str:
    """Like `tr`, in the form that goes with a number, which is put in as ``{count}``.

    Args:
        one: The text for one of them.
        many: The text for any other number.
        count: How many; a ``count`` among the values is shown in its place (``1,251``).
        **values: What further ``{name}`` stand for.
    """
    shown = _spoken().ngettext(one, many, count)
    return _filled(shown, {"count": count, **values}, language())


def use(language: str) -> str:
    """Show everything in that language from now on.

    Args:
        language: A key of `LANGUAGES`, or ``"system"`` for the system's, English if it is unknown.

    Returns:
        The language in use.
    """
    global _translations, _language  # a process speaks one language, as gettext has it
    chosen = _system() if language == "system" else language
    _translations = _catalogue(chosen)
    _language = chosen if isinstance(_translations, gettext.GNUTranslations) else "en"
    return _language


def language() -> str:
    """The language in use."""
    return "en" if _in_english.get() else _language


@contextlib.contextmanager
def english() -> Iterator[None]:
    """What this thread says meanwhile is English with Python's numbers: it is for a file."""
    with numerals.python_marks():
        token = _in_english.set(True)
        try:
            yield
        finally:
            _in_english.reset(token)


def _spoken() -> gettext.NullTranslations:
    return _ENGLISH if _in_english.get() else _translations


def tr_in(language: str, text: str, /, **values: Any) -> str:
    """Like `tr`, in a language that need not be the one in use.

    Args:
        language: A key of `LANGUAGES`, or ``"system"``.
        text: What `tr` takes.
        **values: What ``{name}`` in it stands for.
    """
    chosen = _system() if language == "system" else language
    shown = _catalogue(chosen).gettext(text)
    return _filled(shown, values, chosen) if values else shown


def _filled(text: str, values: Mapping[str, Any], language: str) -> str:
    """A text with its values put in."""
    shown = numerals.in_locale(values)
    return (_spaced(text, shown) if language in _UNSPACED else text).format(**shown)


def _spaced(text: str, values: Mapping[str, Any]) -> str:
    """With a space between Han and Latin characters, and none among Han characters.

    A text is written for values of either kind; only here it is known which they are.

    >>> _spaced("应为 {range}的数", {"range": "大于 0"}), _spaced("对比 {name}", {"name": "a"})
    ('应为{range} 的数', '对比 {name}')
    """

    def before(found: re.Match[str]) -> str:
        char, space, name = found.groups()
        value = values.get(name)
        if not isinstance(value, str) or not value:
            return found[0]
        return f"{char}{_space(char, space, value[0])}{{{name}}}"

    def after(found: re.Match[str]) -> str:
        name, space, char = found.groups()
        value = values.get(name)
        if not isinstance(value, str) or not value:
            return found[0]
        return f"{{{name}}}{_space(value[-1], space, char)}{char}"

    return _AFTER.sub(after, _BEFORE.sub(before, text))


def with_word(text: str, old: str, new: str) -> str:
    """A text without spaces between words, with another word in place of one.

    >>> with_word("从基准学习率降到下限", "学习率", "beta2")
    '从基准 beta2 降到下限'
    """
    made, *rest = text.split(old)
    for part in rest:
        before, after = made.rstrip(" "), part.lstrip(" ")
        if before:
            before += _space(before[-1], made[len(before) :], new[0])
        if after:
            after = _space(new[-1], part[: len(part) - len(after)], after[0]) + after
        made = f"{before}{new}{after}"
    return made


def _space(left: str, space: str, right: str) -> str:
    """What stands between two characters, given what was written there."""
    kinds = [_kind(left), _kind(right)]
    if kinds == ["han", "han"] or "sign" in kinds:
        return ""
    return " " if sorted(kinds) == ["han", "latin"] else space


def _kind(char: str) -> str:
    if "\u4e00" <= char <= "\u9fff":
        return "han"
    if char in "，。；：？！、（）《》「」":
        return "sign"
    return "latin" if char.isascii() and char.isalnum() else ""


def plain(text: str) -> str:
    """The text of a menu entry without its mnemonic: ``"Open"`` for ``"&Open"``.

    >>> plain("打开(&O)…"), plain("Save && Close")
    ('打开…', 'Save & Close')
    """
    return _MNEMONIC.sub("", text).replace("&&", "&")


def _catalogue(language: str) -> gettext.NullTranslations:
    path = resource_dir() / "i18n" / f"{language}.mo"
    if language == "en" or language not in LANGUAGES or not path.is_file():
        return _ENGLISH
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _system() -> str:
    """The language that the environment asks for."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            break
    else:
        value = locale.getlocale()[0] or ""
    return best_of([value])


def best_of(wanted: list[str]) -> str:
    """The first language of ours among locales that somebody wants, English if there is none.

    >>> best_of(["fr-FR", "zh-Hans-CN", "en"]), best_of(["de_DE.UTF-8"])
    ('zh_CN', 'en')
    """
    simplified = ("zh_cn", "zh_sg", "zh_hans", "chinese_china", "chinese (simplified)")
    for name in (each.lower().replace("-", "_") for each in wanted):
        if name == "zh" or name.startswith(simplified):
            return "zh_CN"
        if name == "en" or name.startswith(("en_", "english")):
            return "en"
    return "en"
