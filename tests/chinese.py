"""Whether a sentence is Chinese, for tests of what the core says."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from lrdesigner import i18n

_HAN = re.compile(r"[\u4e00-\u9fff]")
# What is quoted, and the place in a file that a message begins with.
_NOT_SAID = re.compile(r"\w+ in with: |\"[^\"]*\"|'[^']*'")
_ENGLISH = re.compile(r"(?<![\w.])(?:[A-Za-z]{2,} ){2}[a-z]{2,}(?![\w(=.])")


@contextlib.contextmanager
def speaking_chinese() -> Iterator[None]:
    i18n.use("zh_CN")
    try:
        yield
    finally:
        i18n.use("en")


def assert_chinese(text: str, *names: str) -> None:
    """That it is a Chinese sentence without English in it.

    Args:
        text: The sentence.
        *names: What stands in it in English rightly.
    """
    assert _HAN.search(text), text
    rest = _NOT_SAID.sub("", text)
    for name in names:
        rest = rest.replace(name, "")
    found = _ENGLISH.search(rest)
    assert found is None, (found[0], text)
