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
from collections.abc import Iterator
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
    return shown.format(**numerals.in_locale(values)) if values else shown


def trn(one: str, many: str, count: int, /, **values: Any) -> str:
    """Like `tr`, in the form that goes with a number, which is put in as ``{count}``.

    Args:
        one: The text for one of them.
        many: The text for any other number.
        count: How many; a ``count`` among the values is shown in its place (``1,251``).
        **values: What further ``{name}`` stand for.
    """
    shown = _spoken().ngettext(one, many, count)
    return shown.format(**numerals.in_locale({"count": count, **values}))


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
    shown = _catalogue(_system() if language == "system" else language).gettext(text)
    return shown.format(**numerals.in_locale(values)) if values else shown


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
