"""The lanes of the canvas: further plots under the curve that share its time axis.

Whoever has something to show gives it a key and sets it whenever it changes:

    lanes.set(
        "weight_decay",
        "weight decay",
        [LaneLine("all", color, values)],          # one value a step, each held until the next
    )
    lanes.remove("weight_decay")

Values at some steps only (a preview's) come with ``steps=``, one value per epoch with
``every=steps_per_epoch``. Pan, zoom, cursor and phase bands follow the canvas by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.canvas.lane import MIN_PLOT, PLOT_HEIGHT, Lane
from lrdesigner.gui.canvas.lane_content import LaneContent, LaneLine, LaneMarks
from lrdesigner.gui.canvas.lane_header import HEIGHT as HEADER_HEIGHT
from lrdesigner.gui.canvas.layers import Band
from lrdesigner.gui.lane_look import LaneEntry, LaneLook
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr


class LaneStack(QScrollArea):
    """All lanes, one below the other; hidden while there is none.

    Signals:
        hovered: The step under the mouse in one of them, or None.
        clicked: A click in the lane of that key, at that step.
        height_changed: It wants another height; see `fit_into`.

    Args:
        axis: The time axis.
        theme: Colours and fonts.
        parent: Its owner.
    """

    hovered = Signal(object)
    clicked = Signal(str, float)
    height_changed = Signal()

    def __init__(self, axis: TimeAxis, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lanes")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._axis = axis
        self._theme = theme
        self._lanes: dict[str, Lane] = {}
        self._order: dict[str, int] = {}
        self._own_heights: dict[str, int] = {}
        self._looks: dict[str, LaneLook] = {}
        self._ground: tuple[Sequence[Band], Sequence[float]] = ((), ())
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWidget(self._inner)
        self.hide()

    # -- for those who show something ----------------------------------------------------------

    def set(
        self,
        key: str,
        title: str,
        lines: Sequence[LaneLine],
        *,
        unit: str = "",
        marks: LaneMarks | None = None,
        log: bool = False,
        stale: bool = False,
        note: str = "",
        description: str = "",
        most: float | None = None,
        keep_scale: bool = False,
        order: int = 0,
        height: int = PLOT_HEIGHT,
    ) -> Lane:
        """Show a lane, or show something else in it.

        Args:
            key: Its name among the lanes.
            title: What it is called on screen.
            lines: Its lines.
            unit: Unit of the values.
            marks: Shaded stretches, points, rules.
            log: Whether its axis is logarithmic.
            stale: Whether this belongs to a document that has changed since; shown faintly.
            note: One sentence, shown beside the title while nothing is pointed at.
            description: The lane in words, for screen readers; made up where empty.
            most: The highest value the axis has to show; lines may run out of the picture.
            keep_scale: Let the value axis stand still, unless something would leave it.
            order: Lanes of a smaller number stand higher.
            height: Pixels its plot would like to have at first.

        Returns:
            The lane, for those who want to add tools to it.
        """
        content = LaneContent(
            title, tuple(lines), unit, marks or LaneMarks(), log, stale, note, description, most
        )
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._new(key, order, height)
        lane.show_content(content, keep_scale=keep_scale)
        return lane

    def mark_stale(self, key: str) -> None:
        """What a lane shows no longer belongs to the document, and its successor is not there."""
        lane = self._lanes.get(key)
        if lane is not None and not lane.content.stale:
            lane.show_content(lane.content.stale_copy(), keep_scale=True)

    def reserve(self, key: str, title: str, *, order: int = 0) -> Lane:
        """Make room for what a run will show: an empty lane, or the present one, faintly.

        Args:
            key: Its name among the lanes.
            title: What it is called on screen.
            order: Lanes of a smaller number stand higher.
        """
        lane = self._lanes.get(key)
        if lane is not None:
            self.mark_stale(key)
            return lane
        lane = self._new(key, order, PLOT_HEIGHT)
        note = tr("torch's own run will show it")
        lane.show_content(LaneContent(title, (), note=note, awaited=True))
        return lane

    def remove(self, key: str) -> None:
        """Take a lane away; how it stood is kept for its return."""
        lane = self._lanes.pop(key, None)
        if lane is None:
            return
        lane.cancel()
        self._column.removeWidget(lane)
        lane.hide()
        lane.deleteLater()
        self._fit()

    def lane(self, key: str) -> Lane | None:
        """The lane of that name, if there is one; it may be hidden."""
        return self._lanes.get(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The lanes that are shown, from top to bottom."""
        return tuple(lane.key for lane in self._shown)

    @property
    def contents(self) -> tuple[LaneContent, ...]:
        """What is seen in the lanes, from top to bottom; without those that are still empty."""
        found = (lane.content for lane in self._shown if not lane.folded)
        return tuple(each for each in found if not each.awaited)

    # -- for menus and memory ------------------------------------------------------------------

    @property
    def entries(self) -> tuple[LaneEntry, ...]:
        """The lanes that there are, from top to bottom."""
        return tuple(
            LaneEntry(key, lane.content.title, self._look(key).hidden)
            for key, lane in self._lanes.items()
        )

    @property
    def looks(self) -> Mapping[str, LaneLook]:
        """How lanes stand that were changed by hand, also of those that are not there now."""
        return {key: look for key, look in self._looks.items() if look != LaneLook()}

    def restore(self, looks: Mapping[str, LaneLook]) -> None:
        """Let all lanes stand like that; those without a look as they do by themselves."""
        self._looks = dict(looks)
        for lane in self._lanes.values():
            self._apply_look(lane)
        self._fit()

    def set_hidden(self, key: str, hidden: bool) -> None:
        """Show a lane, or do not."""
        self._change(key, hidden=hidden)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.cancel()
            self._apply_look(lane)
            self._fit()

    def _look(self, key: str) -> LaneLook:
        return self._looks.get(key, LaneLook())

    def _change(self, key: str, **values: Any) -> None:
        self._looks[key] = replace(self._look(key), **values)

    def _apply_look(self, lane: Lane) -> None:
        look = self._look(lane.key)
        lane.set_folded(look.folded)
        lane.set_plot_height(look.height or self._own_heights[lane.key])
        lane.setVisible(not look.hidden)

    @property
    def _shown(self) -> list[Lane]:
        return [lane for key, lane in self._lanes.items() if not self._look(key).hidden]

    def _fit(self) -> None:
        self.setVisible(bool(self._shown))
        self.height_changed.emit()

    # -- for the canvas ------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a drag goes on in one of them."""
        return any(lane.busy for lane in self._lanes.values())

    @property
    def heeds_escape(self) -> bool:
        """Whether Esc means something here."""
        return any(lane.busy or lane.tool is not None for lane in self._lanes.values())

    def escape(self) -> bool:
        """Abandon drags, else put down tools. Returns whether there was anything."""
        if self.cancel():
            return True
        holding = [lane for lane in self._lanes.values() if lane.tool is not None]
        for lane in holding:
            lane.tool_refused.emit()
        return bool(holding)

    def cancel(self) -> bool:
        """Abandon drags. Returns whether there was one."""
        busy = self.busy
        for lane in self._lanes.values():
            lane.cancel()
        return busy

    def set_ground(self, bands: Sequence[Band], x_lines: Sequence[float]) -> None:
        """Bands and grid of the canvas; draws the lanes at the present range."""
        self._ground = (bands, x_lines)
        for lane in self._lanes.values():
            lane.set_ground(bands, x_lines)

    def notes_at(self, step: int) -> list[str]:
        """What the marks of the lanes say about a step."""
        return [note for lane in self._shown if (note := lane.note_at(step))]

    def show_cursor(self, step: int | None) -> None:
        """Stand at a step in all lanes."""
        for lane in self._lanes.values():
            lane.show_cursor(step)

    def recolor(self) -> None:
        """Take on the theme's colours."""
        for lane in self._lanes.values():
            lane.recolor()

    @property
    def wanted_height(self) -> int:
        """Pixels that all lanes together would like to have."""
        return sum(HEADER_HEIGHT + lane.plot_height for lane in self._shown)

    def fit_into(self, most: int) -> None:
        """Share that many pixels; plots shrink before the stack scrolls."""
        lanes = self._shown
        wanted = [lane.plot_height for lane in lanes]
        room = max(0, most - HEADER_HEIGHT * len(lanes))  # of folded ones, not even headers may fit
        share = room / sum(wanted) if sum(wanted) > room else 1.0
        total = 0
        for lane, height in zip(lanes, wanted, strict=True):
            height = max(min(height, MIN_PLOT), int(height * share))
            lane.place_plot(height)
            total += HEADER_HEIGHT + height
        self.setFixedHeight(min(total, max(most, HEADER_HEIGHT)))

    def _new(self, key: str, order: int, height: int) -> Lane:
        lane = Lane(key, self._axis, self._theme, self._inner)
        self._own_heights[key] = height
        lane.set_ground(*self._ground)
        lane.hovered.connect(self.hovered)
        lane.clicked.connect(self._on_clicked)
        lane.height_changed.connect(self._on_height)
        lane.height_dragged.connect(self._on_dragged)
        lane.folded_changed.connect(self._on_folded)
        self._order[key] = order
        place = sum(self._order[other] <= order for other in self._lanes)
        items = list(self._lanes.items())
        self._lanes = dict([*items[:place], (key, lane), *items[place:]])
        self._column.insertWidget(place, lane)
        self._apply_look(lane)
        self._fit()
        return lane

    @Slot(float)
    def _on_clicked(self, step: float) -> None:
        lane = self.sender()
        assert isinstance(lane, Lane)
        self.clicked.emit(lane.key, step)

    @Slot()
    def _on_height(self) -> None:
        self.height_changed.emit()

    @Slot(int)
    def _on_dragged(self, height: int) -> None:
        lane = self.sender()
        if isinstance(lane, Lane):
            self._change(lane.key, height=height)

    @Slot(bool)
    def _on_folded(self, folded: bool) -> None:
        lane = self.sender()
        if isinstance(lane, Lane):
            self._change(lane.key, folded=folded)
