"""The language of what people read: one catalogue a process, chosen before the window is built.

Texts are written in English where they are used and looked up as they are shown: ``tr("Undo")``,
``tr("{count} phases", count=3)``, ``trn("{count} step", "{count} steps", count)``. A text that is
declared before the language is known, in a dataclass at import time say, is marked with
`mark` there and given to `tr` where it is shown. Python's own gettext does the rest; no Qt here,
as the core's sentences (problems, refusals) are translated too.

Only words for people pass through here: names of the field (``eta_min``, ``StepLR``), file
formats, code and JSON are the same in every language.
"""

from __future__ import annotations

import gettext
import locale
import os
from typing import Any

from lrdesigner._resources import resource_dir

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_translations: gettext.NullTranslations = gettext.NullTranslations()


def mark(text: str) -> str:
    """The text itself; says that it is to be translated where it is shown."""
    return text


def tr(text: str, /, **values: Any) -> str:
    """The text in the language of this process, with the values put in at their ``{names}``.

    Args:
        text: English; a literal, or one that was marked.
        **values: What ``{name}`` in it stands for. Without any, braces are left alone.
    """
    shown = _translations.gettext(text) if text else ""
    return shown.format(**values) if values else shown


def trn(one: str, many: str, count: int, /, **values: Any) -> str:
    """Like `tr`, in the form that goes with a number, which is put in as ``{count}``.

    Args:
        one: The text for one of them.
        many: The text for any other number.
        count: How many; a ``count`` among the values is shown in its place (``1,251``).
        **values: What further ``{name}`` stand for.
    """
    return _translations.ngettext(one, many, count).format(**{"count": count, **values})


def use(language: str) -> str:
    """Show everything in that language from now on.

    Args:
        language: A key of `LANGUAGES`, or ``"system"`` for the system's, English if it is unknown.

    Returns:
        The language in use.
    """
    global _translations  # a process speaks one language, as gettext has it
    chosen = _system() if language == "system" else language
    path = resource_dir() / "i18n" / f"{chosen}.mo"
    if chosen == "en" or chosen not in LANGUAGES or not path.is_file():
        _translations = gettext.NullTranslations()
        return "en"
    with path.open("rb") as file:
        _translations = gettext.GNUTranslations(file)
    return chosen


def _system() -> str:
    """The language that the environment asks for."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            break
    else:
        value = locale.getlocale()[0] or ""
    simplified = ("zh_cn", "zh_sg", "zh_hans", "zh-hans", "chinese_china")
    return "zh_CN" if value.lower().startswith(simplified) else "en"
