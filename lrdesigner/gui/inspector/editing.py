"""From a field's wish to an undoable edit. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from pydantic import ValidationError

from lrdesigner.gui.controller import Controller
from lrdesigner.schedule.codec import reason
from lrdesigner.schedule.model import Schedule
from lrdesigner.sentences import capital

Edit = Callable[[Schedule], Schedule]


class Editor:
    """Applies what fields ask for.

    A gesture (a turn of the wheel, a formula being typed) is drawn as it goes on and becomes one
    undo step; gestures with an equal key in quick succession (taps of an arrow key) become one.

    Args:
        controller: Where the document lives.
        resync: Makes the fields show the document.
    """

    def __init__(self, controller: Controller, resync: Callable[[], None]) -> None:
        self.controller = controller
        self._resync = resync
        self._key: Hashable | None = None

    def change(self, text: str, key: Hashable, edit: Edit) -> None:
        """Show an edit that is not finished."""
        if not self._owns(key):
            if self.controller.in_gesture:
                return  # a drag elsewhere goes on
            self._key = key
        self.controller.gesture(text, edit(self.controller.before_gesture))

    def commit(
        self,
        text: str,
        key: Hashable,
        edit: Edit,
        *,
        merge: bool = True,
        detail: Hashable = None,
    ) -> None:
        """Make an edit, ending the gesture that led to it.

        Args:
            text: What the edit is called.
            key: The gesture's key.
            edit: The edit.
            merge: Whether gestures may merge; what is typed and committed never does.
            detail: Of gestures with the same key, only those with the same detail merge.
        """
        after = edit(self.controller.before_gesture)
        if self._owns(key):
            self._key = None
            self.controller.gesture(text, after)
            self.controller.commit_gesture(merge=(key, detail) if merge else None)
        else:
            self.controller.edit(text, after)

    def abandon(self, key: Hashable) -> None:
        """Forget a gesture."""
        if self._owns(key):
            self._key = None
            self.controller.cancel_gesture()
        else:
            self._resync()  # somebody else has ended it: saved the document, say

    def objection(self, edit: Edit) -> str | None:
        """Why the document would not take an edit, as one sentence, or None."""
        try:
            edit(self.controller.before_gesture)
        except ValidationError as error:
            text = reason(error)
            return capital(text)
        except ValueError as error:
            return str(error)
        return None

    def _owns(self, key: Hashable) -> bool:
        return self._key == key and self.controller.in_gesture
