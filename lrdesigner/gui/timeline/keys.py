"""What the keyboard does on the timeline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.phase_commands import PhaseCommands
from lrdesigner.gui.timeline.track_menus import remove_track
from lrdesigner.gui.timeline.wishes import Wishes
from lrdesigner.schedule.units import spans

_MOVE = Qt.KeyboardModifier.AltModifier
_MORE = Qt.KeyboardModifier.ShiftModifier


def answer_key(controller: Controller, event: QKeyEvent) -> bool:
    """Answer a key. Returns whether it was for us.

    Arrows go from phase to phase and from row to row; with Shift they select more, with Alt they
    move what is selected.
    """
    part = controller.part
    wishes, chosen = Wishes(part), part.phase
    last = len(part.schedule.phases) - 1
    match event.key():
        case Qt.Key.Key_Left:
            _step(controller, wishes, last, -1, event.modifiers())
        case Qt.Key.Key_Right:
            _step(controller, wishes, last, 1, event.modifiers())
        case Qt.Key.Key_Up if controller.schedule.tracks:
            _change_row(controller, part, -1)
        case Qt.Key.Key_Down if controller.schedule.tracks:
            _change_row(controller, part, 1)
        case Qt.Key.Key_Home:
            wishes.select(0)
        case Qt.Key.Key_End:
            wishes.select(last)
        case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if chosen is not None:
            PhaseCommands(controller).remove()
        case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if part.track is not None:
            remove_track(controller, part)
        case _:
            return False
    return True


def _step(
    controller: Controller, wishes: Wishes, last: int, by: int, modifiers: Qt.KeyboardModifier
) -> None:
    chosen = controller.part.phase
    if chosen is None:
        wishes.select(0 if by > 0 else last)
    elif modifiers & _MOVE:
        PhaseCommands(controller).shift(by)
    elif modifiers & _MORE:
        controller.select(controller.selection.stretched(by, last))
    else:
        wishes.select(chosen + by)


def _change_row(controller: Controller, part: DocumentPart, by: int) -> None:
    """To the row above or below, and there to the phase that runs at the same time."""
    place = (0 if part.track is None else part.track + 1) + by
    if not 0 <= place <= len(controller.schedule.tracks):
        return
    other = controller.part_of(place - 1 if place else None)
    found = spans(other.schedule)
    if part.phase is None or not found:
        other.select(None)
        return
    span = spans(part.schedule)[part.phase]
    middle = (span.start + span.end) // 2
    other.select(next((s.index for s in found if s.start <= middle < s.end), found[-1].index))
