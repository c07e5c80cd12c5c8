"""The menus that say how curves are compared: against what, aligned by what, in which lanes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from lrdesigner.compare.frames import START, Anchor
from lrdesigner.gui.anchor_text import anchor_text, boundary_texts
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.state import DifferenceKind, SlopeKind
from lrdesigner.i18n import mark, plain, tr

Choice = Literal["reference", "align", "difference", "slope"]
CHOICES: tuple[Choice, ...] = ("reference", "align", "difference", "slope")
Options = list[tuple[object, str]]

DIFFERENCES: tuple[tuple[DifferenceKind, str], ...] = (
    ("off", mark("&Off")),
    ("absolute", mark("&LR less the Reference's")),
    ("ratio", mark("LR in &Parts of the Reference's")),
)
SLOPES: tuple[tuple[SlopeKind, str], ...] = (
    ("off", mark("&Off")),
    ("step", mark("LR per &Step")),
    ("epoch", mark("LR per &Epoch")),
    ("step_share", mark("&Percent per Step")),
    ("epoch_share", mark("Percent per Epo&ch")),
)
_SHORT = {
    "off": mark("off"),
    "absolute": mark("LR"),
    "ratio": mark("ratio"),
    "step": mark("per step"),
    "epoch": mark("per epoch"),
    "step_share": mark("% per step"),
    "epoch_share": mark("% per epoch"),
}


class CompareMenu(QObject):
    """Fills a menu with the values of one choice, each time it opens.

    Args:
        choice: What is chosen: a field of `Comparison`.
        menu: The menu.
        controller: Has the comparison.
        parent: Owner.
    """

    def __init__(
        self, choice: Choice, menu: QMenu, controller: Controller, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._menu = menu
        self._controller = controller
        self._group: QActionGroup | None = None
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(self._on_triggered)

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        if self._group is not None:
            self._group.deleteLater()
        self._group = QActionGroup(self._menu)
        present = getattr(self._controller.comparison.state, self._choice)
        for number, (value, text) in enumerate(options(self._choice, self._controller)):
            action = self._menu.addAction(text)
            action.setObjectName(f"action_{self._choice}_{number}")
            action.setToolTip(plain(text))
            action.setData((value,))  # a bare None would be no data at all
            action.setCheckable(True)
            action.setChecked(value == present)
            self._group.addAction(action)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._controller.comparison.change(**{self._choice: action.data()[0]})


def options(choice: Choice, controller: Controller) -> Options:
    """The values of a choice, and what they are called in a menu."""
    makers: Mapping[Choice, Callable[[Controller], Options]] = {
        "reference": _references,
        "align": _anchors,
        "difference": lambda _: [(kind, tr(text)) for kind, text in DIFFERENCES],
        "slope": lambda _: [(kind, tr(text)) for kind, text in SLOPES],
    }
    return makers[choice](controller)


def short_text(choice: Choice, controller: Controller) -> str:
    """What is chosen, in a word or two."""
    value = getattr(controller.comparison.state, choice)
    if isinstance(value, Anchor):
        return anchor_text(value)
    if choice == "reference":
        overlay = controller.comparison.reference
        return tr("this schedule") if overlay is None else overlay.name
    return tr(_SHORT[value])


def _references(controller: Controller) -> Options:
    found: Options = [(None, tr("&This Schedule"))]
    overlays = controller.overlays.overlays
    return [*found, *((each.id, each.name.replace("&", "&&")) for each in overlays)]


def _anchors(controller: Controller) -> Options:
    found: Options = [(START, tr("&Start")), (Anchor("peak"), tr("&Peak"))]
    inner = boundary_texts(controller.schedule)
    found += [(anchor, text.replace("&", "&&")) for anchor, text in inner]
    if len(inner) > 1:
        found.append((Anchor("boundary", -1), tr("&Last Boundary of Each")))
    return [*found, (Anchor("end"), tr("&End"))]
