"""All hands of the canvas: that of the plot itself, and one for each lane that a track drives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lrdesigner.gui.bubble_host import BubbleHost
from lrdesigner.gui.canvas.card import FloatingCard
from lrdesigner.gui.canvas.hand import Hand
from lrdesigner.gui.canvas.lane import Lane
from lrdesigner.gui.canvas.ways import Held
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ValueBubble
from lrdesigner.schedule.model import Quantity

if TYPE_CHECKING:
    from lrdesigner.gui.canvas.panel import CanvasPanel

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LOCKS = {Qt.Key.Key_X: "x", Qt.Key.Key_Y: "y"}
_FREELY = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Hands(QObject):
    """One thing is chosen among all of them, and one value is typed.

    Attributes:
        main: The hand on the plot itself.

    Signals:
        typing_changed: The form for exact values is open now, or no longer.

    Args:
        panel: What they are in.
        controller: What they change.
        theme: Colours.
    """

    typing_changed = Signal()

    def __init__(self, panel: CanvasPanel, controller: Controller, theme: Theme) -> None:
        super().__init__(panel)
        self._panel = panel
        self._controller = controller
        self._theme = theme
        self.main = Hand(controller, panel.view, "lr", theme, self._on_chosen)
        self._lanes: dict[Lane, Hand] = {}
        self._card = FloatingCard(theme, panel)
        self._by_keys = False
        self._typing = BubbleHost(controller, theme, panel)
        self._typing.changed.connect(self.typing_changed)

    def __iter__(self) -> Iterator[Hand]:
        yield self.main
        yield from self._lanes.values()

    # -- lanes -------------------------------------------------------------------------------------

    def equip(self, lane: Lane, quantity: Quantity) -> None:
        """Let things be taken hold of in a lane that shows a quantity."""
        if lane in self._lanes:
            return
        hand = Hand(self._controller, lane.plot, quantity, self._theme, self._on_chosen)
        self._lanes[lane] = hand
        lane.mouse.hand = hand
        lane.hand_moved.connect(self._on_lane_moved)
        lane.typing_wanted.connect(self._on_typing_wanted)
        self._refresh_lane(lane, hand)

    def drop(self, lane: Lane) -> None:
        """A lane goes away."""
        if lane in self._lanes:
            del self._lanes[lane]
            self._card.say(None)

    @Slot()
    def _on_lane_moved(self) -> None:
        lane = self.sender()
        hand = self._lanes.get(lane) if isinstance(lane, Lane) else None
        if hand is None or not isinstance(lane, Lane):
            return
        self._by_keys = False
        reading, position = hand.reading(), lane.mouse.position
        if reading is None or position is None or self.bubble is not None:
            self._card.say(None)
            return
        self._card.say(reading, self._in_panel(lane.plot, position))

    @Slot()
    def _on_typing_wanted(self) -> None:
        lane = self.sender()
        hand = self._lanes.get(lane) if isinstance(lane, Lane) else None
        if hand is not None and hand.hot is not None:
            self.open_bubble(hand, hand.hot)

    # -- the document ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The document, or what is selected in it, has changed."""
        for lane, hand in list(self._lanes.items()):
            self._refresh_lane(lane, hand)
        self.main.refresh()
        self._typing.close()  # then what is under the mouse is shown again, as it is now
        self.show_chosen()

    def part_at(self, position: QPoint) -> DocumentPart | None:
        """The phases that drive what is shown at a point of the panel."""
        for lane, hand in self._lanes.items():
            inside = lane.rect().contains(lane.mapFrom(self._panel, position))
            if inside and lane.isVisible() and hand.part is not None:
                return hand.part
        return self.main.part

    def _refresh_lane(self, lane: Lane, hand: Hand) -> None:
        hand.refresh()
        lane.show_own_bands(hand.bands if hand.part is not None else None)

    # -- chosen ------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Hand | None:
        """The hand with something that the keyboard moves."""
        return next((hand for hand in self if hand.chosen is not None), None)

    @property
    def words(self) -> str:
        """What the keyboard moves for people who listen; "" if nothing is chosen."""
        hand = self.chosen
        return "" if hand is None else hand.words

    def let_go(self) -> bool:
        """Choose nothing. Returns whether anything was chosen."""
        hand = self.chosen
        if hand is not None:
            hand.choose(None)
        return hand is not None

    def _on_chosen(self, hand: Hand) -> None:
        if hand.chosen is not None:
            for other in self:
                if other is not hand:
                    other.choose(None)
        self._panel.describe()
        self.show_chosen()

    def by_mouse(self) -> None:
        """The mouse has moved: what it is on is what counts."""
        if self._by_keys:
            self._by_keys = False
            self._card.say(None)

    def show_chosen(self) -> None:
        """Say the values of what the keyboard moves beside it."""
        if not self._by_keys:
            return
        hand = self.chosen
        found = hand.chosen_reading() if hand is not None else None
        if hand is None or found is None or self.bubble is not None:
            self._card.say(None)
            return
        reading, spot = found
        self._card.say(reading, self._in_panel(self._widget(hand), spot))

    def _widget(self, hand: Hand) -> QWidget:
        return next(
            (lane.plot for lane, its in self._lanes.items() if its is hand), self._panel.view
        )

    def _in_panel(self, plot: QWidget, position: QPointF) -> QPointF:
        return QPointF(plot.mapTo(self._panel, position.toPoint()))

    # -- keyboard ----------------------------------------------------------------------------------

    def cycle(self, forward: bool) -> bool:
        """Choose the next thing of the phases that are worked on. False after the last one."""
        hand = next((h for h in self if h.part is not None and h.part.active), None)
        self._by_keys = True
        return hand is not None and hand.cycle(forward)

    def lock(self, key: int) -> bool:
        """X and Y while something is dragged: keep to that direction."""
        return key in _LOCKS and any(hand.lock(_LOCKS[Qt.Key(key)]) for hand in self)

    def key_press(self, event: QKeyEvent) -> bool:
        """Answer a key if something is chosen. Returns whether it was for us."""
        hand = self.chosen
        if hand is None or hand.chosen is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.open_bubble(hand, hand.chosen)
        elif key == Qt.Key.Key_Escape:
            hand.choose(None)
            self._by_keys = False
            self._card.say(None)
        elif key in _ARROWS and not event.modifiers() & ~_FREELY:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            right, down = _ARROWS[Qt.Key(key)]
            self._by_keys = True
            hand.nudge(right, down, fine=fine)
            self._reveal(hand)
        else:
            return False
        return True

    def _reveal(self, hand: Hand) -> None:
        """What is moved by keys stays in sight."""
        held, axis = hand.chosen, self._controller.axis
        first, last = axis.range
        if held is not None and not first <= held.step <= last:
            axis.pan(held.step - (first if held.step < first else last))

    # -- typing ------------------------------------------------------------------------------------

    @property
    def bubble(self) -> ValueBubble | None:
        """The form for exact values, if it is open."""
        return self._typing.bubble

    def open_bubble(self, hand: Hand, held: Held) -> None:
        """Type the exact values of something."""
        self._card.say(None)
        ways = hand.ways(held)
        spot = self._in_panel(self._widget(hand), ways.spot(held)).toPoint()
        self._typing.open(
            ways.fields(held),
            lambda texts: ways.apply(held, texts),
            spot,
            first=ways.first_field(held),
        )
