"""Where a formula is from, as text with the addresses of papers and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lrdesigner.catalog import SchedulerSpec
from lrdesigner.i18n import tr

_ARXIV = re.compile(r"arXiv:(\d{4}\.\d{4,5})")
_TORCH = re.compile(r"torch\.optim\.(?:lr_scheduler|swa_utils)\.\w+")


class Piece(NamedTuple):
    """A piece of a text; `url` is empty where it leads nowhere."""

    text: str
    url: str = ""


def pieces(spec: SchedulerSpec) -> tuple[Piece, ...]:
    """A scheduler's source, cut where something leads to a page.

    Papers on arXiv and torch's own classes are recognised; other addresses are declared
    (`SchedulerSpec.links`).
    """
    return tuple(piece for piece in _cut(spec) if piece.text)


def _cut(spec: SchedulerSpec) -> Iterator[Piece]:
    source, place = tr(spec.source), 0
    found = [
        *((m.span(), f"https://arxiv.org/abs/{m[1]}") for m in _ARXIV.finditer(source)),
        *(
            (m.span(), f"https://docs.pytorch.org/docs/stable/generated/{m[0]}.html")
            for m in _TORCH.finditer(source)
        ),
    ]
    for text, url in spec.links.items():
        start = source.index(text)
        found.append(((start, start + len(text)), url))
    for (start, end), url in sorted(found):
        yield Piece(source[place:start])
        yield Piece(source[start:end], url)
        place = end
    yield Piece(source[place:])
