"""A line edit that says so where it has no room for all of its text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolTip

_INSET = 2  # a line edit's own


class CutEdit(QLineEdit):
    """Without the focus, a text that is too wide ends in "…"; the tool tip has all of it."""

    def is_cut(self) -> bool:
        """Whether less than the whole text is seen."""
        return not self.hasFocus() and self._advance(self.text()) > self._room()

    def shown_text(self) -> str:
        """As much of the text as is seen."""
        text = self.text()
        return self._shortened(text, self._room()) if self.is_cut() else text

    def full_tip(self) -> str:
        """The tool tip: of a text that is cut, first of all the whole of it."""
        return f"{self.text()}\n{self.toolTip()}".rstrip() if self.is_cut() else self.toolTip()

    def inner_rect(self) -> QRect:
        """The room inside the frame."""
        frame = QStyleOptionFrame()
        self.initStyleOption(frame)
        return self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self)

    # Qt

    def event(self, event: QEvent) -> bool:
        # Asked for when it is wanted: a tool tip set while a layout is being made upsets it.
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.is_cut():
            QToolTip.showText(event.globalPos(), self.full_tip(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_cut():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        panel = QStyle.PrimitiveElement.PE_PanelLineEdit
        self.style().drawPrimitive(panel, option, painter, self)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.Text))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._text_rect(), align, self.shown_text())

    # Inner

    def _shortened(self, text: str, width: int) -> str:
        """A text that is too wide, in fewer letters; what counts most should stay."""
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _room(self) -> int:
        # A line edit keeps a pixel for the cursor, and scrolls where there is none.
        return self._text_rect().width() - 1

    def _text_rect(self) -> QRect:
        """Where the text stands."""
        inner, margins = self.inner_rect(), self.textMargins()
        left, right = margins.left() + _INSET, margins.right() + _INSET
        height = self.fontMetrics().height()
        # The line edit's own rounding, so that nothing moves when the focus comes.
        top = inner.top() + (inner.height() - height + 1) // 2
        return QRect(inner.left() + left, top, inner.width() - left - right, height)

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)
