"""What a scheduler's parameters mean, and what they may be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import HLine
from lrdesigner.i18n import mark, tr
from lrdesigner.params import Param
from lrdesigner.params.words import default_text, limits_text, unit_words

_HEADS = (mark("Parameter"), mark("What it does"), mark("Default"), mark("It may be"))
_SHARES = (0, 6, 3, 4)


class ParamsTable(QWidget):
    """A row for each: name and unit, meaning, default, limits."""

    def __init__(self, params: Sequence[Param], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help_params")
        self._theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        for place, share in enumerate(_SHARES):
            grid.setColumnStretch(place, share)
        for place, head in enumerate(_HEADS):
            grid.addWidget(self._label(tr(head), "hint"), 0, place)
        for number, param in enumerate(params):
            row = 2 * number + 2
            grid.addWidget(HLine(self), row - 1, 0, 1, len(_HEADS))
            top = Qt.AlignmentFlag.AlignTop
            grid.addLayout(self._name(param), row, 0, top)
            # Aligned, a wrapping text would not take the width of its column.
            grid.addWidget(self._wrapped(tr(param.help), "", f"help_of_{param.name}"), row, 1)
            grid.addWidget(self._wrapped(default_text(param), "dim", ""), row, 2)
            grid.addWidget(self._wrapped(limits_text(param), "dim", ""), row, 3)

    def _name(self, param: Param) -> QVBoxLayout:
        """The name, and the unit under it."""
        column = QVBoxLayout()
        column.setSpacing(1)
        name = self._label(param.name, "")
        name.setObjectName(f"name_of_{param.name}")
        name.setFont(self._theme.font("code"))
        column.addWidget(name)
        unit = unit_words(param)
        if unit:
            label = self._label(unit, "hint")
            label.setObjectName(f"unit_of_{param.name}")
            label.setAccessibleName(tr("Unit: {unit}", unit=unit))
            column.addWidget(label)
        return column

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _wrapped(self, text: str, role: str, name: str) -> QLabel:
        label = self._label(text, role)
        label.setObjectName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setWordWrap(True)  # after the policy, which it adds to
        return label
