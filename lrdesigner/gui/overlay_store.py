"""The overlays that are open: saved schedules drawn over the current curve."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lrdesigner.engine.curve import Curve
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.state import Overlay
from lrdesigner.schedule import codec
from lrdesigner.schedule.errors import DocumentError


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
        self._queue: deque[int] = deque()
        self._running: tuple[int, Overlay] | None = None  # token, and what it was when submitted
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """All that are open, in the order they were opened."""
        return self._overlays

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
            same = next((o for o in self._overlays if o.path == path.resolve()), None)
            overlay = Overlay(
                id=same.id if same else self._next,
                path=path.resolve(),
                name=schedule.name or path.stem,
                schedule=schedule,
                visible=same.visible if same else True,
                color=same.color if same else "",
            )
            if same is None:
                self._next += 1
                self._overlays = (*self._overlays, overlay)
            else:
                self._replace(overlay)
            if overlay.id not in self._queue:
                self._queue.append(overlay.id)
        self.changed.emit(self._overlays)
        self._run_next()
        return errors

    def remove(self, overlay_id: int) -> None:
        """Close one."""
        self._overlays = tuple(o for o in self._overlays if o.id != overlay_id)
        self.changed.emit(self._overlays)

    def set_visible(self, overlay_id: int, visible: bool) -> None:
        """Draw it or not."""
        self._change(overlay_id, visible=visible)

    def set_color(self, overlay_id: int, color: str) -> None:
        """Draw it in that colour (``"#rrggbb"``)."""
        self._change(overlay_id, color=color)

    def _change(self, overlay_id: int, **values: object) -> None:
        found = self._find(overlay_id)
        if found is not None:
            self._replace(replace(found, **values))  # type: ignore[arg-type]
            self.changed.emit(self._overlays)

    def _replace(self, overlay: Overlay) -> None:
        self._overlays = tuple(overlay if o.id == overlay.id else o for o in self._overlays)

    def _find(self, overlay_id: int) -> Overlay | None:
        return next((o for o in self._overlays if o.id == overlay_id), None)

    def _run_next(self) -> None:
        while self._running is None and self._queue:
            overlay = self._find(self._queue.popleft())
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
            now = self._find(submitted.id)
            # Read again meanwhile, it waits for a run of its own: this one is of the old document.
            if now is not None and now.schedule is submitted.schedule:
                self._change(now.id, **values)
            self._run_next()
