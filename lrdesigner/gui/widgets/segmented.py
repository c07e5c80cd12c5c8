"""A row of choices of which one holds: Linear | Log."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget


class SegmentedControl(QWidget):
    """One choice out of few, all of them in sight.

    Tab reaches the chosen segment, the arrow keys move the choice.

    Args:
        options: ``(key, label)`` of each segment; the first is chosen.
        name: The accessible name, such as "Learning-rate axis".
    """

    value_changed = Signal(str)
    """The key the user chose."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self._name = name
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for key, label in options:
            button = QPushButton(label, self)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {label}" if name else label)
            button.setObjectName(f"segment_{key}")
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        if options:
            self._buttons[options[0][0]].setChecked(True)
        self._value = self.value()
        self._set_tab_stop()
        self._group.buttonToggled.connect(self._on_toggled)

    def value(self) -> str:
        """The key of the chosen segment."""
        return next((key for key, each in self._buttons.items() if each.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose a segment, without ``value_changed``."""
        self._value = key
        self._buttons[key].setChecked(True)

    def set_option_enabled(self, key: str, enabled: bool, reason: str = "") -> None:
        """Offer a segment or not; the reason is its tool tip."""
        self._buttons[key].setEnabled(enabled)
        self._buttons[key].setToolTip(reason)

    def set_option(self, key: str, label: str, tip: str, *, quiet: bool = False) -> None:
        """Change what a segment says.

        Args:
            key: The segment.
            label: Its new text.
            tip: Its tool tip.
            quiet: Whether it stands back, because it leads elsewhere first; it can be chosen.
        """
        button = self._buttons[key]
        if (button.text(), button.toolTip()) == (label, tip) and (
            bool(button.property("quiet")) == quiet
        ):
            return
        button.setText(label)
        button.setToolTip(tip)
        plain = label.removesuffix("…")
        button.setAccessibleName(f"{self._name}: {plain}" if self._name else plain)
        button.setAccessibleDescription(tip)
        if bool(button.property("quiet")) != quiet:
            button.setProperty("quiet", quiet)
            button.style().unpolish(button)
            button.style().polish(button)

    def _set_tab_stop(self) -> None:
        # Qt does this itself, but only once a button of the group has had the focus.
        for button in self._buttons.values():
            policies = Qt.FocusPolicy
            button.setFocusPolicy(
                policies.StrongFocus if button.isChecked() else policies.ClickFocus
            )

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if not checked:
            return
        self._set_tab_stop()
        value = self.value()
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)
