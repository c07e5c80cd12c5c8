"""Problems as an item model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lrdesigner.gui.phase_look import phase_title
from lrdesigner.gui.place_text import message_text
from lrdesigner.gui.state import RunState
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem, mend_of
from lrdesigner.schedule.tracks import phases_of, track_title
from lrdesigner.sentences import capital, read_out

PROBLEM_ROLE = Qt.ItemDataRole.UserRole
"""The `Problem`."""
PLACE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Where it is, for people: "Phase 3 · Cosine", or ""."""
MEND_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether one click does what the fix says."""

RUN_RULE = "run"
"""Rule id of a failed run, which no rule foresaw."""

_PLACE = re.compile(r"(?:tracks\[(\d+)\]\.)?phases\[(\d+)\](?:\.with\[\d+\])?(?: \([^)]*\))?: ")
_SEVERITIES = {"error": mark("Error"), "warning": mark("Warning"), "info": mark("Note")}
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ProblemsModel(QAbstractListModel):
    """The failed run, if any, then the document's problems in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Problem, str]] = []

    def show(self, schedule: Schedule, problems: Sequence[Problem]) -> bool:
        """Show these problems of a document; returns whether anything differs."""
        rows = [(problem, place_of(problem, schedule)) for problem in problems]
        if rows == self._rows:
            return False
        if [problem for problem, _ in rows] == [problem for problem, _ in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return True
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def problem(self, row: int) -> Problem:
        """The problem in a row."""
        return self._rows[row][0]

    # Qt

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        problem, place = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return message_text(problem)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = (tr(_SEVERITIES[problem.severity]), place, message_text(problem))
                return read_out(*said)
            case Qt.ItemDataRole.AccessibleDescriptionRole | Qt.ItemDataRole.ToolTipRole:
                return problem.fix
            case _ if role == PROBLEM_ROLE:
                return problem
            case _ if role == PLACE_ROLE:
                return place
            case _ if role == MEND_ROLE:
                return mend_of(problem) is not None
        return None


def place_of(problem: Problem, schedule: Schedule) -> str:
    """The phase a problem is about, as people know it, and its track."""
    track = problem.track
    if track is not None and track >= len(schedule.tracks):
        return ""
    where = "" if track is None else capital(f"{track_title(schedule, track)} · ")
    phases = phases_of(schedule, track)
    if problem.phase is None or problem.phase >= len(phases):
        return where.removesuffix(" · ")
    title = phase_title(phases[problem.phase])
    return where + tr("Phase {number} · {title}", number=problem.phase + 1, title=title)


def with_failure(run: RunState, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, and on top a failed run that none of them explains."""
    if run.kind != "failed":
        return tuple(problems)
    match = _PLACE.match(run.message)
    track = int(match[1]) if match and match[1] else None
    phase = int(match[2]) if match else None
    message = run.message[match.end() :] if match else run.message
    explained = any(
        problem.severity == "error" and (problem.phase, problem.track) == (phase, track)
        for problem in problems
    )
    if explained:
        return tuple(problems)
    return (Problem(RUN_RULE, "error", phase, capital(message), track=track), *problems)
