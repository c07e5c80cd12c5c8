"""The ways of each kind of thing on a plot: how it is dragged, nudged, typed and read out.

A `Hand` knows what is under the mouse and what is chosen; what that means for a knob, a ring or a
boundary is said here, one class a kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QPointF, Qt

from lrdesigner.gui.canvas.guides import GuideLayer
from lrdesigner.gui.canvas.handles import LrHandle
from lrdesigner.gui.canvas.knob_layer import KnobLayer
from lrdesigner.gui.canvas.knobs import Knob
from lrdesigner.gui.canvas.layers import GroundLayer
from lrdesigner.gui.canvas.marks import Boundary, MarksLayer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.readout import Reading
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.interaction import EditDrag
from lrdesigner.gui.snapping import Snap, snap_level
from lrdesigner.gui.widgets import BubbleField
from lrdesigner.i18n import tr

Held = Knob | LrHandle | Boundary
M = TypeVar("M", Knob, LrHandle, Boundary)
HIGHEST = 1e6
LEVEL_NUDGE = 4.0
_BELOW = 3.0
_FURTHER_DECADES = 1.0


class Plot(Protocol):
    """A picture that things can be taken hold of in: the canvas's own, or a lane's."""

    marks: MarksLayer
    knobs: KnobLayer
    guides: GuideLayer
    ground: GroundLayer

    @property
    def plane(self) -> Plane:
        """Its mapping."""


class Ways(ABC, Generic[M]):
    """What can be done with one kind of thing.

    Args:
        controller: Shows the documents.
        plot: Where the things are.
    """

    def __init__(self, controller: Controller, plot: Plot) -> None:
        self.controller = controller
        self.plot = plot

    def part(self, held: M) -> DocumentPart:
        """The phases it belongs to."""
        return self.controller.part_of(held.track)

    @abstractmethod
    def spot(self, held: M) -> QPointF:
        """Where it is drawn."""

    @abstractmethod
    def cursor(self, held: M) -> Qt.CursorShape:
        """The shape of the mouse on it."""

    @abstractmethod
    def drag(self, held: M, position: QPointF, moved: Callable[[], None]) -> EditDrag:
        """A drag that begins at a pixel; `moved` is told whenever there is something new."""

    @abstractmethod
    def nudge(self, held: M, right: int, down: int, *, fine: bool) -> str | None:
        """Move it a little, as an edit.

        Returns:
            Why it went no further, or ""; None if it does not move that way.
        """

    @abstractmethod
    def fields(self, held: M) -> Sequence[BubbleField]:
        """What can be typed of it."""

    def first_field(self, held: M) -> int:
        """In which of these typing begins."""
        return 0

    @abstractmethod
    def apply(self, held: M, texts: Mapping[str, str]) -> None:
        """Make an edit of what was typed; raises `BubbleError`."""

    @abstractmethod
    def reading(self, held: M, drag: EditDrag | None) -> Reading:
        """What is said beside it, while it is dragged or pointed at."""

    def words(self, held: M) -> str:
        """It for people who listen."""
        said = self.reading(held, None)
        entries = ", ".join(f"{entry.name} {entry.value}".strip() for entry in said.entries)
        return f"{entries}; {said.title}"


def level_at(plane: Plane, y: float, word: str, *, free: bool, ratio: float = 1.0) -> Snap:
    """The value that something held at a pixel is to have; 1, 2 and 5 × 10ⁿ attract it.

    Args:
        plane: The mapping.
        y: The pixel.
        word: What the curve is of: "LR", "weight decay".
        free: Whether nothing attracts it.
        ratio: Height of the curve there in units of the value.
    """
    limit = ""
    if not plane.scale.log or plane.scale.zero:
        if y >= plane.y_of(0.0):
            ground = plane.rect.bottom() if plane.scale.log else plane.y_of(0.0)
            low = (
                tr("{quantity} cannot be below 0", quantity=tr(word)) if y > ground + _BELOW else ""
            )
            return Snap(0.0, limit=low)
    else:
        lowest = plane.y_of_unit(plane.scale.low - _FURTHER_DECADES)
        if y > lowest:
            y, limit = (
                lowest,
                tr("a logarithmic axis never reaches 0: type it, or switch to Linear"),
            )
    value = plane.lr_at(y) / ratio
    if value > HIGHEST:
        return Snap(HIGHEST, limit=tr("{quantity} goes no higher by hand", quantity=tr(word)))
    if free or limit:
        return Snap(value, limit=limit)
    return snap_level(lambda each: plane.y_of(each * ratio), value, y)
