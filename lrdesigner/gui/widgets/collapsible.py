"""A section that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class CollapsibleSection(QWidget):
    """A title that shows or hides the content under it."""

    expanded_changed = Signal(bool)

    def __init__(
        self,
        title: str,
        content: QWidget,
        *,
        expanded: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._content = content
        self._toggle = QToolButton(self)
        self._toggle.setText(title)
        self._toggle.setCheckable(True)
        self._toggle.setChecked(expanded)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._toggle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._toggle.toggled.connect(self._on_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._toggle)
        column.addWidget(content)
        self._show(expanded)

    def is_expanded(self) -> bool:
        """Whether the content is shown."""
        return self._toggle.isChecked()

    def set_expanded(self, expanded: bool) -> None:
        """Show or hide the content."""
        self._toggle.setChecked(expanded)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._toggle.setText(title)
        self._toggle.setAccessibleName(title)

    @Slot(bool)
    def _on_toggled(self, expanded: bool) -> None:
        self._show(expanded)
        self.expanded_changed.emit(expanded)

    def _show(self, expanded: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if expanded else Qt.ArrowType.RightArrow
        self._toggle.setArrowType(arrow)
        self._content.setVisible(expanded)
