"""What the selected phase does: its formula, where it is from, and its numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lrdesigner import numerals
from lrdesigner.catalog import SchedulerSpec
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.inspector.rows import column
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import count_text
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans

_MOST_GROUPS = 6


class Explanation(QWidget):
    """Formula, numbers, source; all of it can be selected and copied."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._formula = _text(self, "explain_formula")
        self._formula.setFont(theme.font("code"))
        self._numbers = _text(self, "explain_numbers", "help")
        self._source = _text(self, "explain_source", "hint")
        rows = column(self, 6)
        for label in (self._formula, self._numbers, self._source):
            rows.addWidget(label)

    def refresh(self, spec: SchedulerSpec | None, part: DocumentPart, index: int) -> None:
        """Explain a phase."""
        self._formula.setText(tr(spec.formula) if spec else "")
        self._formula.setVisible(spec is not None)
        self._source.setText(tr(spec.source) if spec else "")
        self._source.setVisible(spec is not None)
        self._numbers.setText(numbers(part.schedule, part.preview, index, part.word))


def numbers(schedule: Schedule, preview: Preview, index: int, word: str = "LR") -> str:
    """Where the LR, or what `word` says, comes from and goes to; how much of the run that is."""
    span = spans(schedule)[index]
    share = 100 * span.steps / schedule.steps
    lines = [
        tr(
            "{steps}, {share:.3g} % of the run",
            steps=count_text(span.steps, "step"),
            share=share,
        )
    ]
    if span.steps <= 0:
        return lines[0]
    first, last = np.searchsorted(preview.steps, [span.start, span.end - 1])
    names = preview.groups
    for group, name in enumerate(names[:_MOST_GROUPS]):
        start, end = float(preview.lr[group, first]), float(preview.lr[group, last])
        prefix = f"{name}: " if len(names) > 1 else ""
        ends = numerals.localised(f"{start:.4g}"), numerals.localised(f"{end:.4g}")
        lines.append(f"{prefix}{tr(word)} {' → '.join(ends)}")
    if len(names) > _MOST_GROUPS:
        lines.append(tr("and {count} more groups", count=len(names) - _MOST_GROUPS))
    return "\n".join(lines)


def _text(parent: QWidget, name: str, role: str = "") -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
