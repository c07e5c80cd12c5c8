"""A document with what is seen of it at once: its fast curve and its problems."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from lrdesigner.engine.curve import Curve
from lrdesigner.engine.lanes import cycles_momentum
from lrdesigner.engine.preview import Preview, preview
from lrdesigner.schedule import tracks
from lrdesigner.schedule.formula_values import curve_problem, run_problem
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem, check, in_order

_TRACK = re.compile(r"tracks\[(\d+)\]\.")


class Look:
    """A document, and what everybody asks about it, computed once.

    Args:
        schedule: The document.
        folder: The folder of its file, which a metric's file is relative to; None if it has none.
        focus: The steps in sight, which the fast curve then shows more closely; None for all.

    Attributes:
        schedule: The document in that folder.
        preview: Its fast curve.
        problems: Its problems.
    """

    def __init__(
        self,
        schedule: Schedule,
        folder: Path | None,
        focus: tuple[float, float] | None = None,
    ) -> None:
        self.schedule = schedule.in_folder(folder)
        self.preview = preview(self.schedule, focus=focus)
        self.problems: tuple[Problem, ...] = tuple(check(self.schedule, self.preview))
        self._focus = focus
        self._views: dict[int | None, Schedule] = {}
        self._previews: dict[int | None, Preview] = {}

    def move(self, folder: Path | None) -> None:
        """The document's file is in another folder now."""
        self.schedule = self.schedule.in_folder(folder)
        self._views = {}

    def view(self, track: int | None) -> Schedule:
        """The phases of a track as a document of their own (`schedule.tracks.view`)."""
        if track not in self._views:
            self._views[track] = tracks.view(self.schedule, track)
        return self._views[track]

    def preview_of(self, track: int | None) -> Preview:
        """The fast curve of the phases of a track alone."""
        if track not in self._previews:
            known = self.preview.view(self.schedule, track)
            if known is None:
                known = preview(self.view(track), focus=self._focus)
            self._previews[track] = known
        return self._previews[track]

    @cached_property
    def cycles_momentum(self) -> bool:
        """Whether the exact run will show a momentum that the fast curve knows nothing of."""
        return cycles_momentum(self.schedule)

    def heed_curve(self, curve: Curve) -> bool:
        """Note what only the exact run knows, of steps between those of the fast curve.

        Returns:
            Whether there is a new problem.
        """
        of_lr = [i for i, t in enumerate(self.schedule.tracks) if t.quantity == "lr"]
        found = False
        for track in (None, *of_lr):
            problem = curve_problem(self.view(track), self.preview_of(track), curve)
            found = self._note(problem, track) or found
        return found

    def heed_failure(self, message: str) -> bool:
        """Note at which step of a formula the exact run failed; likewise."""
        match = _TRACK.match(message)
        track = int(match[1]) if match else None
        text = message[match.end() :] if match else message
        return self._note(run_problem(self.view(track), self.preview_of(track), text), track)

    def _note(self, problem: Problem | None, track: int | None) -> bool:
        known = {(p.rule, p.track, p.phase) for p in self.problems}
        if problem is None or (problem.rule, track, problem.phase) in known:
            return False
        problem = replace(problem, track=track)
        self.problems = in_order(self.schedule, (*self.problems, problem))
        return True
