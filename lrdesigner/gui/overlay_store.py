"""The overlays that are open: curves drawn beside the current one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.compare.frames import Anchor
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.overlay_names import overlay_names
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.state import Overlay, OverlayStyle
from lrdesigner.i18n import tr
from lrdesigner.schedule import codec
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule

_MOST_REMOVED = 20


class OverlayStore(QObject):
    """Opens saved schedules, runs them one after another, keeps how each is shown.

    Signals:
        changed: tuple of `Overlay`, whenever anything differs.
    """

    changed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._overlays: tuple[Overlay, ...] = ()
        self._next = 0
        self._ghosts = 0
        self._document = ""
        self._removed: deque[tuple[tuple[int, Overlay], ...]] = deque(maxlen=_MOST_REMOVED)
        self._queue: deque[int] = deque()
        self._running: tuple[int, Overlay] | None = None  # token, and what it was when submitted
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """All that are open, in the order of the list."""
        return self._overlays

    def find(self, overlay_id: int | None) -> Overlay | None:
        """The overlay of that id, if it is open."""
        return next((o for o in self._overlays if o.id == overlay_id), None)

    # -- opening -------------------------------------------------------------------------------

    def open(self, paths: Iterable[Path]) -> list[str]:
        """Open files as overlays; one that is open already is read again.

        Returns:
            One message for each file that could not be read.
        """
        errors: list[str] = []
        for path in paths:
            try:
                schedule = codec.load_regular(path)
            except DocumentError as error:
                errors.append(str(error))
                continue
            title = schedule.name or path.stem
            same = next((o for o in self._overlays if o.path == path.resolve()), None)
            if same is None:
                self._add(path.resolve(), schedule, title)
            else:
                fresh = {"schedule": schedule, "title": title, "curve": None, "error": ""}
                self._replace(replace(same, **fresh))  # type: ignore[arg-type]
                self._enqueue(same.id)
        self._tell()
        self._run_next()
        return errors

    def keep_ghost(self, schedule: Schedule, curve: Curve | None = None) -> Overlay:
        """Keep a document as it is now, to be seen beside what becomes of it.

        Args:
            schedule: The document.
            curve: Its exact curve, if it is there.
        """
        self._ghosts += 1
        name = schedule.name or tr("Untitled")
        title = tr("Ghost {number} of {name}", name=name, number=self._ghosts)
        ghost = self._add(None, schedule, title, curve=curve, style="ghost", ghost=True)
        self._tell()
        self._run_next()
        return self.find(ghost.id) or ghost

    def bring_ghost(self, schedule: Schedule, title: str) -> None:
        """Keep a ghost of earlier."""
        self._ghosts += 1
        self._add(None, schedule, title, style="ghost", ghost=True)
        self._tell()
        self._run_next()

    def read_again(self, overlay_id: int) -> list[str]:
        """Read an overlay's file again. Returns what went wrong, if anything did."""
        found = self.find(overlay_id)
        return [] if found is None or found.path is None else self.open([found.path])

    def _add(self, path: Path | None, schedule: Schedule, title: str, **values: Any) -> Overlay:
        overlay = Overlay(self._next, path, title, schedule, title=title, **values)
        self._next += 1
        self._overlays = (*self._overlays, overlay)
        if overlay.curve is None:
            self._enqueue(overlay.id)
        return overlay

    # -- the list ------------------------------------------------------------------------------

    def remove(self, overlay_id: int) -> None:
        """Close one; `bring_back` opens it again."""
        self._remove(tuple(each for each in enumerate(self._overlays) if each[1].id == overlay_id))

    def remove_all(self) -> None:
        """Close all; `bring_back` opens them again."""
        self._remove(tuple(enumerate(self._overlays)))

    def _remove(self, gone: tuple[tuple[int, Overlay], ...]) -> None:
        if gone:
            self._removed.append(gone)
            ids = {overlay.id for _, overlay in gone}
            self._overlays = tuple(o for o in self._overlays if o.id not in ids)
            self._tell()

    @property
    def removed(self) -> bool:
        """Whether there is something to bring back."""
        return bool(self._removed)

    def bring_back(self) -> tuple[str, ...]:
        """Open again what was closed last, where and as it was. Returns what that is called."""
        if not self._removed:
            return ()
        back = self._removed.pop()
        overlays = list(self._overlays)
        open_files = {o.path for o in overlays if o.path is not None}
        # What has been opened anew meanwhile is not there twice.
        back = tuple(each for each in back if each[1].path not in open_files)
        for place, overlay in back:
            overlays.insert(min(place, len(overlays)), overlay)
            if overlay.curve is None and not overlay.error:
                self._enqueue(overlay.id)
        self._overlays = tuple(overlays)
        self._tell()
        self._run_next()
        ids = {overlay.id for _, overlay in back}
        return tuple(o.name for o in self._overlays if o.id in ids)

    def move(self, overlay_id: int, place: int) -> None:
        """Put one at that place of the list; the nearest there is."""
        found = self.find(overlay_id)
        if found is None:
            return
        others = [o for o in self._overlays if o.id != overlay_id]
        others.insert(max(0, min(place, len(others))), found)
        if tuple(others) != self._overlays:
            self._overlays = tuple(others)
            self._tell()

    # -- how each is shown ---------------------------------------------------------------------

    def set_visible(self, overlay_id: int, visible: bool) -> None:
        """Draw it or not."""
        self.change(overlay_id, visible=visible)

    def show_only(self, overlay_id: int) -> None:
        """Draw that one and no other."""
        self._overlays = tuple(replace(o, visible=o.id == overlay_id) for o in self._overlays)
        self._tell()

    def set_all_visible(self, visible: bool) -> None:
        """Draw all of them, or none."""
        self._overlays = tuple(replace(o, visible=visible) for o in self._overlays)
        self._tell()

    def set_color(self, overlay_id: int, color: str) -> None:
        """Draw it in that colour (``"#rrggbb"``); "" for the theme's own."""
        self.change(overlay_id, color=color)

    def set_name(self, overlay_id: int, name: str) -> None:
        """Call it that; "" for what its document calls itself."""
        self.change(overlay_id, given=" ".join(name.split()))

    def set_style(self, overlay_id: int, style: OverlayStyle) -> None:
        """Draw it in that style."""
        self.change(overlay_id, style=style)

    def set_anchor(self, overlay_id: int, anchor: Anchor | None) -> None:
        """Align it by that place of its own; None for that of all overlays."""
        self.change(overlay_id, anchor=anchor)

    @Slot(str)
    def set_document(self, title: str) -> None:
        """The open document is called that: no overlay should read like it."""
        if title != self._document:
            self._document = title
            if self._named() != self._overlays:
                self._tell()

    def change(self, overlay_id: int, **values: Any) -> None:
        """Change fields of an overlay."""
        found = self.find(overlay_id)
        if found is not None:
            self._replace(replace(found, **values))
            self._tell()

    def _replace(self, overlay: Overlay) -> None:
        self._overlays = tuple(overlay if o.id == overlay.id else o for o in self._overlays)

    def _named(self) -> tuple[Overlay, ...]:
        names = overlay_names(self._overlays, self._document)
        return tuple(
            overlay if overlay.name == name else replace(overlay, name=name)
            for overlay, name in zip(self._overlays, names, strict=True)
        )

    def _tell(self) -> None:
        self._overlays = self._named()
        self.changed.emit(self._overlays)

    # -- runs ----------------------------------------------------------------------------------

    def _enqueue(self, overlay_id: int) -> None:
        if overlay_id not in self._queue:
            self._queue.append(overlay_id)

    def _run_next(self) -> None:
        while self._running is None and self._queue:
            overlay = self.find(self._queue.popleft())
            if overlay is not None and overlay.schedule is not None:
                self._running = (self._runner.submit(overlay.schedule), overlay)

    @Slot(int, object)
    def _on_finished(self, token: int, curve: Curve) -> None:
        self._done(token, curve=curve, error="")

    @Slot(int, str)
    def _on_failed(self, token: int, message: str) -> None:
        self._done(token, curve=None, error=message)

    def _done(self, token: int, **values: object) -> None:
        if self._running is not None and self._running[0] == token:
            _, submitted = self._running
            self._running = None
            now = self.find(submitted.id)
            # Read again meanwhile, it waits for a run of its own: this one is of the old document.
            if now is not None and now.schedule is submitted.schedule:
                self.change(now.id, **values)
            self._run_next()
