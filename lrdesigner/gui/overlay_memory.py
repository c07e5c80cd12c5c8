"""Remembers which overlays a document was compared with, and brings them back with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.overlay_looks import (
    MOST_DOCUMENTS,
    ComparisonLook,
    OverlayLook,
    look_of,
)
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import Comparison
from lrdesigner.i18n import trn
from lrdesigner.schedule import codec
from lrdesigner.schedule.errors import DocumentError


class OverlayMemory(QObject):
    """Keeps the settings in step with what lies over a document that has a file.

    Args:
        controller: Has the document and its overlays.
        settings: Where they are remembered, by the document's file.
        parent: Owner.
    """

    def __init__(self, controller: Controller, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._settings = settings
        self._busy = False
        controller.comparison.change(slope=settings.slope)
        controller.overlays.changed.connect(self._note)
        controller.comparison.changed.connect(self._note)

    @Slot()
    def _note(self) -> None:
        comparison = self._controller.comparison.state
        self._settings.slope = comparison.slope  # which needs no overlays, nor a file
        path = self._controller.path
        if path is None or self._busy:
            return
        look = look_of(self._controller.overlays.overlays, comparison)
        others = {key: its for key, its in self._settings.overlays.items() if key != str(path)}
        if look.overlays:
            # The last ones are kept.
            kept = list(others.items())[-(MOST_DOCUMENTS - 1) :]
            self._settings.overlays = dict([*kept, (str(path), look)])
        elif len(others) != len(self._settings.overlays):
            self._settings.overlays = others

    @Slot(object)
    def bring_back(self, path: Path) -> None:
        """A document was opened: its overlays come back, unless others are open."""
        look = self._settings.overlays.get(str(path))
        store = self._controller.overlays
        if look is None or store.overlays:
            return
        self._busy = True
        try:
            places = {}
            for place, each in enumerate(look.overlays):
                overlay_id = self._open(each)
                if overlay_id is not None:
                    places[place] = overlay_id
            present = self._controller.comparison.state
            self._controller.comparison.set_state(_comparison(present, look, places))
        finally:
            self._busy = False
        gone = len(look.overlays) - len(places)
        if gone:
            self._controller.told.emit(
                trn(
                    "{count} overlay of last time is not there any more",
                    "{count} overlays of last time are not there any more",
                    gone,
                )
            )
        self._note()

    def _open(self, look: OverlayLook) -> int | None:
        """Open one as it was; None if it is gone."""
        store = self._controller.overlays
        before = {overlay.id for overlay in store.overlays}
        if look.path:
            store.open([Path(look.path)])
        else:
            try:
                store.bring_ghost(codec.loads(look.text), look.title)
            except DocumentError:
                return None
        found = next((o.id for o in store.overlays if o.id not in before), None)
        if found is not None:
            store.change(found, **look.values)
        return found


def _comparison(present: Comparison, look: ComparisonLook, places: dict[int, int]) -> Comparison:
    return replace(
        present,
        reference=None if look.reference is None else places.get(look.reference),
        align=look.align,
        own_length=look.own_length,
        own_peak=look.own_peak,
        difference=look.difference,
    )
