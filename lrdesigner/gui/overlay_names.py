"""What overlays are called, so that no two read alike, nor like the open document. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lrdesigner.i18n import tr

if TYPE_CHECKING:
    from lrdesigner.gui.state import Overlay


def overlay_names(overlays: Sequence[Overlay], document: str) -> tuple[str, ...]:
    """The names of overlays, in their order.

    What the user calls one is its name. Another one is called as its document calls itself, or,
    where that reads like something else that is drawn, by its file, with as many of the folders
    around it as it takes.

    Args:
        overlays: All that are open.
        document: What the open document is called.
    """
    names = [overlay.given or overlay.title for overlay in overlays]
    for depth in range(1, 5):
        taken = Counter([_key(document), *map(_key, names)])
        clash = [
            index
            for index, overlay in enumerate(overlays)
            if not overlay.given and overlay.path is not None and taken[_key(names[index])] > 1
        ]
        for index in clash:
            names[index] = _file(overlays[index], depth)
    return tuple(_numbered(names, document))


def _numbered(names: Sequence[str], document: str) -> list[str]:
    """What still reads alike is counted."""
    taken = {_key(document)}
    found = []
    for name in names:
        unique, count = name, 1
        while _key(unique) in taken:
            count += 1
            unique = tr("{name} ({number})", name=name, number=count)
        taken.add(_key(unique))
        found.append(unique)
    return found


def _file(overlay: Overlay, depth: int) -> str:
    assert overlay.path is not None
    return "/".join(overlay.path.parts[-depth:]).replace("//", "/")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
