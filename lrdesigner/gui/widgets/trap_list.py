"""The traps of a scheduler, one under the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lrdesigner.catalog import Severity, Trap
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets.labels import IconLabel
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.problems import rules
from lrdesigner.sentences import read_out

# The words and pictures of the problems panel, as traps and problems are the same thing told
# before and after.
WORDS: dict[Severity, str] = {
    "error": mark("Error"),
    "warning": mark("Warning"),
    "info": mark("Note"),
}
_ICONS = {"error": ("error", "error"), "warning": ("warning", "warning"), "info": ("info", "dim")}
_ROLES = {"error": "error", "warning": "warning", "info": "dim"}
_ICON = 16


class TrapList(QWidget):
    """Each with its icon, a word that says the same, and the rule that finds it in a document."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[Trap, ...], frozenset[str]] = ((), frozenset())
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def set_traps(self, traps: Sequence[Trap], found: Collection[str] = ()) -> None:
        """Show traps.

        Args:
            traps: What to show, the gravest first.
            found: Ids of the rules that have found something where one is looking.
        """
        ordered = tuple(sorted(traps, key=lambda trap: [*WORDS].index(trap.severity)))
        shown = (ordered, frozenset(found) & {trap.rule for trap in ordered})
        if shown == self._shown:
            return
        self._shown = shown
        # Rows are kept: they change while somebody types, who must not lose the cursor to that.
        while len(self._rows) < len(ordered):
            self._rows.append(_Row(self._theme, self))
            self._column.addWidget(self._rows[-1])
        for row, trap in zip(self._rows, ordered, strict=False):
            row.set_trap(trap, trap.rule in shown[1])
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(ordered))


class _Row(QWidget):
    """One trap."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trap")
        self._theme = theme
        self._icon = IconLabel(size=_ICON, parent=self)
        self._head = QLabel(self)
        self._text = _text("trap_text", self)
        self._checked = _text("trap_rule", self)
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in (self._head, self._text, self._checked):
            label.setFont(theme.font("small"))
            column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def set_trap(self, trap: Trap, found: bool) -> None:
        """Show a trap, and whether its rule has found something."""
        name, role = _ICONS[trap.severity]
        self._icon.set_icon(icon(name, self._theme, role))
        _give_role(self._head, _ROLES[trap.severity])
        self._head.setText(tr(WORDS[trap.severity]))
        self._text.setText(tr(trap.text))
        spoken = [self._head.text(), self._text.text()]
        if trap.rule:
            _give_role(self._checked, "warning" if found else "hint")
            self._checked.setText(_checked(trap.rule, found))
            spoken.append(self._checked.text())
        self._checked.setVisible(bool(trap.rule))
        self.setAccessibleName(read_out(*spoken))


def _give_role(label: QLabel, role: str) -> None:
    if role != label.property("role"):
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)


def _checked(rule: str, found: bool) -> str:
    """That the problems panel tells of it, in that rule's own words."""
    title = tr(rules()[rule].title)
    if found:
        return tr("Found here: {problem}", problem=title)
    return tr("Checked: {problem}", problem=title)


def _text(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)  # after the policy, which it adds to
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
