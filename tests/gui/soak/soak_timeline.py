"""The driver on the timeline."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from soak_base import CTRL, KEYS, Part

from lrdesigner.catalog import schedulers
from lrdesigner.gui.mime import scheduler_mime

CHORDS = (Qt.Key.Key_Z, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_D, Qt.Key.Key_J)


class OnTimeline(Part):
    """Drags blocks and boundaries, walks by keys, opens menus, drops things."""

    def _row(self):
        rows = self.window.timeline.rows.rows
        return self.rng.choice(rows) if rows else None

    def _on_row(self, row) -> QPointF:
        strip = row.blocks.strip
        x = self.rng.uniform(row.blocks.left - 8, row.blocks.right + 8)
        if row.blocks.blocks and self.do.chance(0.7):
            block = self.rng.choice(row.blocks.blocks)
            x = self.rng.choice((block.start, block.end, (block.start + block.end) / 2))
            x += self.rng.uniform(-6, 6)
        return QPointF(x, self.rng.uniform(strip.top - 6, strip.bottom + 6))

    def drag_on_timeline(self) -> None:
        """Blocks, boundaries, badges."""
        row = self._row()
        if row is not None:
            timeline = self.window.timeline
            start = self._on_row(row)
            self.do.move(timeline, start)
            self.do.drag(timeline, start, meddle=self.meddle)

    def click_on_timeline(self) -> None:
        """Select, link, mend, put something in, type a length."""
        row = self._row()
        if row is None:
            return
        at = self._on_row(row)
        if self.do.chance(0.2):
            self.do.double_click(self.window.timeline, at)
            self.close_popups(choose=0.5)
            self.finish_typing()
        else:
            self.do.click(self.window.timeline, at, self.do.modifier())
            self.close_popups(choose=0.7)

    def keys_on_timeline(self) -> None:
        """Walk, select more, move, delete, split, cut, copy, paste."""
        self.window.timeline.setFocus()
        for _ in range(self.rng.randint(1, 5)):
            if self.do.chance(0.25):
                self.do.key(self.rng.choice(CHORDS), CTRL)
            else:
                self.do.key(self.rng.choice(KEYS), self.do.modifier())
            self.close_popups(choose=0.0)
        self.finish_typing() if self.window.timeline.typing.bubble else None

    def phase_menu(self) -> None:
        """Anything in a phase's menu."""
        row = self._row()
        if row is None or not row.blocks.blocks:
            return
        timeline = self.window.timeline
        at = self.rng.choice(row.blocks.blocks).sight.center().toPoint()
        place = timeline.mapToGlobal(at)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place)
        QApplication.sendEvent(timeline, event)
        self.close_popups(choose=0.95)
        if timeline.typing.bubble is not None:
            self.finish_typing()

    def drop(self) -> None:
        """A scheduler, or files, onto canvas or timeline."""
        window = self.window
        widget = self.rng.choice((window.canvas, window.timeline, window.timeline))
        at = QPointF(
            self.rng.uniform(40, widget.width() - 4), self.rng.uniform(2, widget.height() - 2)
        )
        if self.do.chance(0.25) and widget is window.timeline:
            data = QMimeData()
            chosen = self.rng.sample(self.files, self.rng.randint(1, 2))
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in chosen])
        else:
            data = scheduler_mime(self.rng.choice(schedulers().keys()))
        self.do.drop(widget, at, data, leave=self.do.chance(0.1))

    def overlay(self) -> None:
        """Another file to compare with; not too many."""
        overlays = self.window.controller.overlays
        if len(overlays.overlays) < 3:
            self.window.open_overlays([self.rng.choice(self.files)])
        else:
            overlays.remove(self.rng.choice(overlays.overlays).id)

    def track_menu(self) -> None:
        """A track more, or one less."""
        timeline, count = self.window.timeline, len(self.window.schedule.tracks)
        if count < 3 and self.do.chance(0.6):
            menu = timeline.findChild(QMenu, "track_add_menu")
            menu.aboutToShow.emit()
            action = self.some_action(menu)
            if action is not None:
                action.trigger()
        elif count:
            button = timeline.findChild(QAbstractButton, f"track_menu_{self.rng.randrange(count)}")
            if button is not None and button.isVisible():
                self.do.click(button)
                self.close_popups(0.4)
