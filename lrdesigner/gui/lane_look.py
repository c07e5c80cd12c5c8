"""How a lane stands: what people have done to it by hand. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class LaneLook:
    """How a lane stands.

    Attributes:
        folded: Whether only its title is shown.
        hidden: Whether nothing of it is.
        height: Pixels its plot would like to have; None for the lane's own idea.
    """

    folded: bool = False
    hidden: bool = False
    height: int | None = None


@dataclass(frozen=True)
class LaneEntry:
    """A lane that there is, for a menu.

    Attributes:
        key: Its name among the lanes.
        title: What it is called on screen.
        hidden: Whether it is not shown.
    """

    key: str
    title: str
    hidden: bool


class Lanes(Protocol):
    """What menus and memory need of the lanes of a canvas."""

    @property
    def entries(self) -> tuple[LaneEntry, ...]:
        """The lanes that there are, from top to bottom."""

    @property
    def looks(self) -> Mapping[str, LaneLook]:
        """How lanes stand that were changed by hand, also of those that are not there now."""

    def restore(self, looks: Mapping[str, LaneLook]) -> None:
        """Let all lanes stand like that; those without a look as they do by themselves."""

    def set_hidden(self, key: str, hidden: bool) -> None:
        """Show a lane, or do not."""
