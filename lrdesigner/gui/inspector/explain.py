"""What the selected phase does: formula, numbers, what it is used for, where it is from."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from lrdesigner import numerals
from lrdesigner.catalog import SchedulerSpec
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.inspector.rows import column, link_line
from lrdesigner.gui.phase_look import in_lane_symbols
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import count_text
from lrdesigner.gui.widgets import FormulaView, LinkLabel
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans
from lrdesigner.sources import pieces

_MOST_GROUPS = 6
_FORMULA_SIZE = 14.0


class Explanation(QWidget):
    """Formula, numbers, use, source; all of it can be selected and copied.

    Signals:
        help_requested: The whole page about the scheduler is asked for.
    """

    help_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._formula = FormulaView(theme, _FORMULA_SIZE, self)
        self._formula.setObjectName("explain_formula")
        self._numbers = _text(self, "explain_numbers", "help")
        self._use = _text(self, "explain_use", "help")
        self._source = LinkLabel(theme, "hint", self)
        self._source.setObjectName("explain_source")
        self._more = QPushButton(tr("Open the help page"), self)
        self._more.setObjectName("explain_more")
        self._more.setProperty("variant", "link")
        self._more.clicked.connect(self.help_requested)
        rows = column(self, 8)
        for label in (self._formula, self._numbers, self._use, self._source):
            rows.addWidget(label)
        rows.addLayout(link_line(self._more))

    def refresh(self, spec: SchedulerSpec | None, part: DocumentPart, index: int) -> None:
        """Explain a phase."""
        for widget in (self._formula, self._use, self._source, self._more):
            widget.setVisible(spec is not None)
        if spec is not None:
            lines = [in_lane_symbols(part.word, line) for line in spec.latex]
            self._formula.set_formula(lines, in_lane_symbols(part.word, tr(spec.formula)))
            self._use.setText(tr("When to use it: {use}", use=tr(spec.use)))
            self._source.set_pieces(pieces(spec))
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
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)  # after the policy, which it adds to
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
