"""What the gallery offers: the presets, the examples, and an empty schedule. No Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lrdesigner.catalog import schedulers
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.preview import preview
from lrdesigner.examples import Example, examples
from lrdesigner.i18n import mark, tr
from lrdesigner.presets import Preset, presets
from lrdesigner.schedule.model import Schedule

ALL = "all"
BASICS = "basics"
# The gallery's choices, in order: the key that presets use, and what people read.
CATEGORIES = (
    (ALL, mark("All")),
    ("vision", mark("Vision")),
    ("language", mark("Language")),
    ("speech", mark("Speech")),
    ("diffusion", mark("Diffusion")),
    ("fine-tuning", mark("Fine-tuning")),
    ("reinforcement", mark("RL")),
    (BASICS, mark("Basics")),
)
POINTS = 280


@dataclass(frozen=True)
class Recipe:
    """One entry of the gallery.

    Attributes:
        key: What tells it apart.
        title: A few words.
        summary: One or two sentences.
        categories: Keys of `CATEGORIES`.
        words: All that a search finds it by, case-folded.
        load: Gives its document.
        path: Its file, which can lie over another curve; None for the empty schedule.
        preset: Where it is from, if it was published.
    """

    key: str
    title: str
    summary: str
    categories: tuple[str, ...]
    words: str
    load: Callable[[], Schedule]
    path: Path | None = None
    preset: Preset | None = None

    def matches(self, category: str, words: Iterable[str]) -> bool:
        """Whether it is of the category and contains every (case-folded) word."""
        found = category in (ALL, *self.categories)
        return found and all(word in self.words for word in words)


@dataclass(frozen=True)
class Thumbnail:
    """A document's curve, both coordinates between 0 and 1, one row per group; and its ends.

    Attributes:
        x: Where the points lie in the run.
        y: Their LR over the greatest one.
        top: The greatest LR.
        last: Each group's last LR.
    """

    x: FloatArray
    y: FloatArray
    top: float
    last: tuple[float, ...]


def thumbnail(schedule: Schedule) -> Thumbnail:
    """The fast curve of a document, scaled to its greatest LR."""
    fast = preview(schedule, POINTS)
    top = float(fast.lr.max())
    last = tuple(float(value) for value in fast.lr[:, -1])
    return Thumbnail(fast.steps / max(1, int(fast.steps[-1])), fast.lr / (top or 1.0), top, last)


def recipes() -> tuple[Recipe, ...]:
    """Everything the gallery offers, in order."""
    return (
        *(_of_preset(each) for each in presets()),
        *(_of_example(each) for each in examples()),
        replace(EMPTY, title=tr(EMPTY.title), summary=tr(EMPTY.summary)),
    )


def _of_preset(preset: Preset) -> Recipe:
    title, summary = tr(preset.title), tr(preset.summary)
    english = (preset.title, preset.summary)
    words = [
        title,
        summary,
        *english,
        preset.model,
        preset.source,
        *preset.tags,
        *preset.categories,
    ]
    found = _words([*words, *_scheduler_words(preset.schedulers)])
    return Recipe(
        preset.key, title, summary, preset.categories, found, preset.load, preset.path, preset
    )


def _of_example(example: Example) -> Recipe:
    data = json.loads(example.path.read_text(encoding="utf-8"))
    used = [phase["scheduler"] for phase in data["phases"]]
    said = (example.title, example.summary)
    words = _words([*said, *map(tr, said), BASICS, "example", *_scheduler_words(used)])
    return Recipe(
        f"example-{example.key}",
        tr(example.title),
        tr(example.summary),
        (BASICS,),
        words,
        lambda: example.load().in_folder(None),
        example.path,
    )


def _scheduler_words(keys: Iterable[str]) -> list[str]:
    """Keys and titles of schedulers."""
    found = []
    for key in keys:
        spec = schedulers().get(key)
        found += [key, key.replace("_", " "), *((spec.title, tr(spec.title)) if spec else ())]
    return found


def _words(words: Iterable[str]) -> str:
    return " ".join(words).casefold()


EMPTY = Recipe(
    "empty",
    mark("Empty schedule"),
    mark("Start from nothing and drag phases onto the timeline."),
    (BASICS,),
    "empty schedule nothing new basics",
    Schedule,
)
