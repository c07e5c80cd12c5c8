"""A section that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

_CHEVRON = 16


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
        self._header = _Header(title, self)
        self._header.setChecked(expanded)
        self._header.toggled.connect(self._on_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._header)
        column.addWidget(content)
        content.setVisible(expanded)

    def is_expanded(self) -> bool:
        """Whether the content is shown."""
        return self._header.isChecked()

    def set_expanded(self, expanded: bool) -> None:
        """Show or hide the content."""
        self._header.setChecked(expanded)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._header.setText(title)

    @Slot(bool)
    def _on_toggled(self, expanded: bool) -> None:
        self._content.setVisible(expanded)
        self.expanded_changed.emit(expanded)


class _Header(QAbstractButton):
    """A chevron and a title over the whole width."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(_CHEVRON + self.fontMetrics().horizontalAdvance(self.text()) + 12, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        if self.hasFocus():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        lit = self.underMouse() or self.hasFocus()
        quiet = QPalette.ColorRole.WindowText if lit else QPalette.ColorRole.PlaceholderText
        pen = QPen(palette.color(quiet), 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(chevron(QPointF(_CHEVRON / 2, self.height() / 2), self.isChecked()))
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        place = self.rect().adjusted(_CHEVRON + 4, 0, -4, 0)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


def chevron(centre: QPointF, down: bool) -> QPolygonF:
    """The corners of the sign for something that can be folded: down while it is open."""
    shape = (
        [(-3.5, -1.75), (0, 1.75), (3.5, -1.75)]
        if down
        else [(-1.75, -3.5), (1.75, 0), (-1.75, 3.5)]
    )
    return QPolygonF([centre + QPointF(x, y) for x, y in shape])
