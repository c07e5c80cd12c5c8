"""The example documents that ship: the first one opened, and the start gallery's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from lrdesigner._resources import resource_dir
from lrdesigner.schedule.codec import load
from lrdesigner.schedule.model import Schedule

DEFAULT = "default"


@dataclass(frozen=True)
class Example:
    """A document that ships.

    Attributes:
        key: Its file's name without order and suffix (``"one-cycle-batch"``).
        title: The document's name.
        summary: The document's notes, one or two sentences.
        path: Its file.
    """

    key: str
    title: str
    summary: str
    path: Path

    def load(self) -> Schedule:
        """The document."""
        return load(self.path)


def examples() -> tuple[Example, ...]:
    """All examples: the default first, then in the order their files are numbered."""
    paths = sorted(
        (resource_dir() / "examples").glob("*.json"),
        key=lambda path: (path.stem != DEFAULT, path.stem),
    )
    return tuple(_example(path) for path in paths)


def default_schedule() -> Schedule:
    """What a new window opens on: warm-up, hold and cosine of a fine-tuned ViT."""
    return load(resource_dir() / "examples" / f"{DEFAULT}.json")


def _example(path: Path) -> Example:
    # Only the title and the notes are wanted of each: no need to validate them all.
    data = json.loads(path.read_text(encoding="utf-8"))
    return Example(path.stem.lstrip("0123456789-"), data["name"], data["notes"], path)
