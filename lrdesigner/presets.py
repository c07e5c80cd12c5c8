"""The presets that ship: published recipes as documents, each with its source.

A preset is an ordinary document in ``resources/presets``; what a document has no place for (model,
source, tags, published numbers) stands in ``index.json`` beside it, in the gallery's order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lrdesigner._resources import resource_dir
from lrdesigner.registry import UnknownKeyError
from lrdesigner.schedule.codec import load
from lrdesigner.schedule.model import Schedule

INDEX = "index.json"


@dataclass(frozen=True)
class Preset:
    """A published recipe.

    Attributes:
        key: Its file's name without suffix (``"resnet50"``).
        model: What is trained with it (``"ResNet-50"``).
        categories: Where it belongs: ``"vision"``, ``"language"``, ``"fine-tuning"``, …
        tags: Further words it is found by.
        source: The paper or the files of a repository that it is from.
        url: Where the source is read.
        peak: The greatest LR, as published.
        warmup_steps: Steps of the warm-up; 0 if it has none.
        end: The LR it comes down to.
        path: Its document.
    """

    key: str
    model: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    source: str
    url: str
    peak: float
    warmup_steps: int
    end: float
    path: Path

    @cached_property
    def _data(self) -> Any:
        # Only a few words are wanted of each: no need to validate them all.
        return json.loads(self.path.read_text(encoding="utf-8"))

    @property
    def title(self) -> str:
        """The document's name."""
        return str(self._data["name"])

    @property
    def summary(self) -> str:
        """The recipe in a sentence: the first paragraph of the document's notes."""
        return self._paragraph(0)

    @property
    def steps(self) -> str:
        """How steps follow from what the source gives: the second paragraph of the notes."""
        return self._paragraph(1)

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says of itself to people, in English; translated where it is shown."""
        return (self.title, self.summary, self.steps)

    @property
    def schedulers(self) -> tuple[str, ...]:
        """The schedulers it uses, each one once, in order."""
        tracks = self._data.get("tracks", ())
        phases = [*self._data["phases"], *(p for track in tracks for p in track["phases"])]
        return tuple(dict.fromkeys(phase["scheduler"] for phase in phases))

    def load(self) -> Schedule:
        """The document, as if it had no file: saving it asks for one."""
        return load(self.path).in_folder(None)

    def _paragraph(self, place: int) -> str:
        return str(self._data["notes"]).split("\n\n")[place]


def presets() -> tuple[Preset, ...]:
    """All presets, in the gallery's order."""
    folder = resource_dir() / "presets"
    entries = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return tuple(_preset(entry, folder) for entry in entries)


def preset(key: str) -> Schedule:
    """The document of a preset.

    Raises:
        KeyError: If there is no such preset; the message names the nearest.
    """
    known = {each.key: each for each in presets()}
    if key not in known:
        raise UnknownKeyError("preset", key, list(known))
    return known[key].load()


def _preset(entry: dict[str, Any], folder: Path) -> Preset:
    lists = {name: tuple(entry[name]) for name in ("categories", "tags")}
    return Preset(**{**entry, **lists}, path=folder / f"{entry['key']}.json")
