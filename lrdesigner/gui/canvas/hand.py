"""What mouse and keyboard do with what can be taken hold of on a plot.

Knobs, rings and boundaries are shown, dragged, cycled through, nudged and typed alike; what that
means for each of them is in `lrdesigner.gui.canvas.ways`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.canvas.boundary_ways import BoundaryWays
from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.canvas.holdings import Holdings, PhasePlace
from lrdesigner.gui.canvas.knob_ways import KnobWays
from lrdesigner.gui.canvas.knobs import Knob
from lrdesigner.gui.canvas.layers import Band
from lrdesigner.gui.canvas.marks import Boundary
from lrdesigner.gui.canvas.readout import Reading
from lrdesigner.gui.canvas.ring_ways import RingWays
from lrdesigner.gui.canvas.ways import Held, Plot, Ways
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import ClickOrDrag, EditDrag, Interaction
from lrdesigner.gui.snapping import Guide
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Quantity


class Hand:
    """What is being done with the things of one plot.

    Args:
        controller: What they change.
        plot: The picture they are in.
        quantity: What it shows: the LR, or the quantity of a lane.
        theme: Its colours.
        changed: Told when what is chosen, or something about it, is another.
    """

    def __init__(
        self,
        controller: Controller,
        plot: Plot,
        quantity: Quantity,
        theme: Theme,
        changed: Callable[[Hand], None],
    ) -> None:
        self._controller = controller
        self._plot = plot
        self._changed = changed
        self._holdings = Holdings(controller, plot, quantity, theme)
        self._ways: Mapping[type, Ways[Any]] = {
            Knob: KnobWays(controller, plot),
            LrHandle: RingWays(controller, plot),
            Boundary: BoundaryWays(controller, plot),
        }
        self._hovered: PhasePlace | None = None
        self._hot: Held | None = None
        self._chosen: Held | None = None
        self._said = ""
        self._press: ClickOrDrag | None = None
        self._drag: EditDrag | None = None
        self._held: Held | None = None

    # -- what is shown -----------------------------------------------------------------------------

    @property
    def plot(self) -> Plot:
        """The picture."""
        return self._plot

    @property
    def part(self) -> DocumentPart | None:
        """The phases whose bands and boundaries the plot shows; see `Holdings.part`."""
        return self._holdings.part

    @property
    def bands(self) -> list[Band]:
        """The phases behind the curve."""
        return self._holdings.bands

    def refresh(self) -> None:
        """The document, or what is selected in it, has changed."""
        self._holdings.refresh(self._held)
        self._gather()

    def _gather(self) -> None:
        dragged = self._drag is not None and self._drag.alive
        held = self._held if dragged else self._chosen
        if not dragged and isinstance(held, Knob):
            part = self.part
            if part is None or (held.track, held.handle.phase) != (part.track, part.phase):
                held = None
        self._holdings.gather(self._hovered, held)
        self._chosen = self._holdings.now(self._chosen)
        if isinstance(self._chosen, Knob) and held is None:
            self._chosen = None
        self._show()

    def _show(self) -> None:
        hot, chosen = self.hot, self._chosen
        keys = (hot.key if hot else None, chosen.key if chosen else None)
        pressed = self._press is not None
        self._plot.knobs.set_state(*keys, pressed)
        self._plot.marks.set_state(*keys, pressed)
        self._plot.guides.show_guide(self._drag.guide if self._drag is not None else Guide())

    # -- under the mouse ---------------------------------------------------------------------------

    def hover(self, position: QPointF | None) -> Held | None:
        """The mouse is there, with nothing in hand: show the knobs of that phase."""
        near = self._plot.knobs.hit(position) if position is not None else None
        if near is None:
            inside = position is not None and self._plot.plane.rect.contains(position)
            hovered = self.phase_at(position) if inside and position is not None else None
            if hovered != self._hovered:
                self._hovered = hovered
                self._gather()
        self._hot = self._holdings.under(position) if position is not None else None
        self._show()
        return self._hot

    def phase_at(self, position: QPointF) -> PhasePlace | None:
        """The phase at a pixel; of several sequences that of the curve there."""
        return self._holdings.phase_at(position)

    def select_at(self, position: QPointF) -> bool:
        """Select the phase at a pixel; False if no phases drive the plot."""
        found = self.phase_at(position)
        if found is not None:
            self._controller.part_of(found[0]).select(found[1])
        return found is not None

    @property
    def hot(self) -> Held | None:
        """What is in hand, or under the mouse."""
        return self._held or self._hot

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The shape of the mouse; None where there is nothing to take hold of."""
        return self._ways[type(self._hot)].cursor(self._hot) if self._hot is not None else None

    def reading(self) -> Reading | None:
        """What is said beside what is in hand, or under the mouse; None if that is nothing.

        At a boundary under the mouse the values of the curve are what counts; see `hint`.
        """
        dragged = self._drag if self._press is not None and self._press.dragging else None
        held = self._holdings.now(self.hot)
        if held is None or (dragged is None and self._press is not None):
            return None
        if isinstance(held, Boundary) and dragged is None:
            return None
        return self._ways[type(held)].reading(held, dragged)

    @property
    def hint(self) -> str:
        """What can be done with a boundary under the mouse."""
        free = self._press is None and isinstance(self._hot, Boundary)
        return tr("drag, or double-click to type") if free else ""

    def chosen_reading(self) -> tuple[Reading, QPointF] | None:
        """What is said beside what the keyboard moves, and where."""
        if self._chosen is None:
            return None
        ways = self._ways[type(self._chosen)]
        said = ways.reading(self._chosen, None)
        return Reading(said.title, said.entries, "", self._said), ways.spot(self._chosen)

    # -- in the mouse's hand -----------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is in hand."""
        return self._press is not None

    def press(self, position: QPointF) -> Interaction | None:
        """Take hold of what is there. Returns None if there is nothing."""
        held = self._hot = self._holdings.under(position)
        if held is None:
            self.choose(None)
            return None
        ways = self._ways[type(held)]
        drag = ways.drag(held, position, self._show)
        self._held, self._drag = held, drag
        shape = ways.cursor(held)
        self._press = ClickOrDrag(position, lambda: self.choose(held), lambda: drag, shape)
        self._show()
        return self._press

    def released(self) -> bool:
        """Nothing is in hand any more. Returns whether there was something."""
        if self._press is None:
            return False
        self._press = self._drag = self._held = None
        self.refresh()
        return True

    def lock(self, axis: str) -> bool:
        """Keep what is dragged to one direction. Returns whether anything is."""
        if self._press is None or not self._press.dragging or self._drag is None:
            return False
        self._drag.lock(axis)
        return True

    # -- chosen by click or keyboard ---------------------------------------------------------------

    @property
    def chosen(self) -> Held | None:
        """What the keyboard moves."""
        return self._chosen

    def ways(self, held: Held) -> Ways[Any]:
        """What can be done with it."""
        return self._ways[type(held)]

    @property
    def words(self) -> str:
        """What is chosen for people who listen; "" if nothing is."""
        if self._chosen is None:
            return ""
        words = self._ways[type(self._chosen)].words(self._chosen)
        return f"{words}; {self._said}" if self._said else words

    def choose(self, held: Held | None) -> None:
        """Let the keyboard move this; a knob's phase is selected."""
        if held is None and self._chosen is None:
            return
        self._said = ""
        self._chosen = held
        if isinstance(held, Knob) and not held.selected:
            self._controller.part_of(held.track).select(held.handle.phase)
            self._chosen = self._holdings.now(held)
        self._show()
        self._changed(self)

    def cycle(self, forward: bool) -> bool:
        """Choose the next thing that can be moved. Returns False after the last one."""
        found = self._holdings.around()
        keys = [each.key for each in found]
        place = -1 if forward else len(found)
        if self._chosen is not None and self._chosen.key in keys:
            place = keys.index(self._chosen.key)
        place += 1 if forward else -1
        self.choose(found[place] if 0 <= place < len(found) else None)
        return self._chosen is not None

    def nudge(self, right: int, down: int, *, fine: bool) -> None:
        """Move what is chosen a little."""
        if self._chosen is None:
            return
        said = self._ways[type(self._chosen)].nudge(self._chosen, right, down, fine=fine)
        if said is not None:
            self._said = said
            self._changed(self)
