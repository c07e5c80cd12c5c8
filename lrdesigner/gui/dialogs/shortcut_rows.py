"""What the shortcuts page lists: the keys of the menus, keys and mouse in each panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar

from lrdesigner.gui.canvas.gestures import CURVE, HANDLE
from lrdesigner.gui.comparison.gestures import COMPARISON
from lrdesigner.gui.gestures import Place, mouse_text
from lrdesigner.gui.menu_entries import menu_entries
from lrdesigner.gui.overlays.gestures import OVERLAYS
from lrdesigner.gui.palette.gestures import PALETTE
from lrdesigner.gui.problems.gestures import PROBLEMS
from lrdesigner.gui.timeline.gestures import TIMELINE
from lrdesigner.gui.widgets.gestures import FIELDS
from lrdesigner.gui.widgets.key_caps import split_keys
from lrdesigner.i18n import tr

PLACES = (CURVE, HANDLE, TIMELINE, PALETTE, OVERLAYS, COMPARISON, PROBLEMS, FIELDS)
_NATIVE = QKeySequence.SequenceFormat.NativeText
_JOIN = " + "
_ARROWS = ("Left", "Right", "Up", "Down")

_NAMES = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down"}
_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


@dataclass(frozen=True)
class Way:
    """A way to do something.

    Attributes:
        keys: What is pressed together.
        mouse: What the mouse does meanwhile, or "".
    """

    keys: tuple[str, ...]
    mouse: str = ""

    def __str__(self) -> str:
        keys = (_NAMES.get(key, key) for part in self.keys for key in part.split())
        return _JOIN.join([*keys, *filter(None, [self.mouse])])


@dataclass(frozen=True)
class Line:
    """One thing that can be done.

    Attributes:
        section: Menu or panel.
        what: What happens.
        ways: Each a way to do it.
    """

    section: str
    what: str
    ways: tuple[Way, ...]

    @property
    def spoken(self) -> str:
        """In words."""
        return f"{self.what}: {tr(' or ').join(map(str, self.ways))}"

    def matches(self, query: str) -> bool:
        """Whether every word of the query is in it; keys may be typed as ``ctrl+z``."""
        apart = " ".join(map(str, self.ways))
        text = f"{self.section} {self.what} {apart} {apart.replace(_JOIN, '+')}".casefold()
        return all(word in text for word in query.casefold().split())


def lines(bar: QMenuBar, places: Iterable[Place] = PLACES) -> list[Line]:
    """Everything there is, menus first.

    Args:
        bar: The menus.
        places: What is declared of the panels.
    """
    found = []
    for entry in menu_entries(bar):
        keys = [each.toString(_NATIVE) for each in entry.action.shortcuts()]
        if keys:
            # The text by which a button would call it: undo's own, not that of the step.
            what = entry.action.iconText().rstrip("…")
            found.append(Line(entry.path[0], what, _ways(keys)))
    for place in places:
        for gesture in place.gestures:
            ways = _ways(QKeySequence(k).toString(_NATIVE) for k in gesture.keys)
            if gesture.mouse:
                *keys, mouse = mouse_text(gesture.mouse).split(_JOIN)
                ways = (*ways, Way(tuple(keys), mouse))
            found.append(Line(tr(place.title), tr(gesture.what), ways))
    return found


def _ways(keys: Iterable[str]) -> tuple[Way, ...]:
    """Arrows that are pressed with the same keys stand together; no two look the same."""
    ways: dict[Way, None] = {}
    for each in keys:
        *held, key = split_keys(each)
        sign = _SIGNS.get(key, key)
        before = next(reversed(ways), None)
        if before is not None and key in _ARROWS and before.keys[:-1] == tuple(held):
            together = before.keys[-1]
            if set(together) <= {*"←→↑↓ "}:
                del ways[before]
                sign = f"{together} {sign}"
        ways[Way((*held, sign))] = None
    return tuple(ways)


def sections(found: Sequence[Line]) -> list[str | Line]:
    """The lines under their headings."""
    rows: list[str | Line] = []
    for place, line in enumerate(found):
        if not place or found[place - 1].section != line.section:
            rows.append(line.section)
        rows.append(line)
    return rows
