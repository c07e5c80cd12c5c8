"""The examples that ship, as cards with their curves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTextLayout
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.preview import preview
from lrdesigner.examples import Example, examples
from lrdesigner.gui.theme import Theme
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import Schedule

CARD = QSize(232, 168)
GAP = 12
POINTS = 240
EMPTY = Example(
    "empty", "Empty schedule", "Start from nothing and drag phases onto the timeline.", Path()
)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Thumbnail:
    """A document's curve, both coordinates between 0 and 1; one row per group."""

    x: FloatArray
    y: FloatArray


def thumbnail(schedule: Schedule) -> Thumbnail:
    """The curve of a document, scaled to its greatest LR."""
    fast = preview(schedule, POINTS)
    top = float(fast.lr.max()) or 1.0
    return Thumbnail(fast.steps / max(1, int(fast.steps[-1])), fast.lr / top)


class ExampleModel(QAbstractListModel):
    """The examples; their documents are read one by one, after the dialog stands."""

    EXAMPLE = Qt.ItemDataRole.UserRole
    THUMBNAIL = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._examples = (*examples(), EMPTY)
        self._documents: dict[int, tuple[Schedule, Thumbnail] | None] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._read_next)
        self._timer.start(0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._examples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        example = self._examples[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return example.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return example.summary
        if role == self.EXAMPLE:
            return example
        if role == self.THUMBNAIL:
            found = self._documents.get(index.row())
            return found[1] if found else None
        return None

    def document(self, row: int) -> Schedule | None:
        """A row's document; None for the empty one, and for a file that cannot be read."""
        if row not in self._documents:
            self._read(row)
        found = self._documents[row]
        return found[0] if found else None

    def _read(self, row: int) -> None:
        example = self._examples[row]
        try:
            schedule = None if example is EMPTY else example.load()
        except DocumentError:
            schedule = None
        self._documents[row] = (schedule, thumbnail(schedule)) if schedule else None
        place = self.index(row)
        self.dataChanged.emit(place, place, [self.THUMBNAIL])

    @Slot()
    def _read_next(self) -> None:
        row = next((r for r in range(len(self._examples)) if r not in self._documents), None)
        if row is None:
            self._timer.stop()
        else:
            self._read(row)


class ExampleDelegate(QStyledItemDelegate):
    """Paints an example as a card: curve, title, what it is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CARD + QSize(GAP, GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        place: QRect = option.rect  # type: ignore[attr-defined]
        card = QRectF(QRect(place.topLeft(), CARD)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.line), 1.5 if chosen else 1))
        painter.setBrush(QColor(tokens.hover if hovered else tokens.raised))
        painter.drawRoundedRect(card, 7, 7)
        self._curve(painter, card.adjusted(14, 14, -14, -80), index.data(ExampleModel.THUMBNAIL))
        text = card.adjusted(14, card.height() - 68, -14, -12)
        painter.setFont(self._theme.font("strong"))
        painter.setPen(QColor(tokens.text))
        title = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(text.width())
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(self._theme.font("small"))
        painter.setPen(QColor(tokens.dim))
        example: Example = index.data(ExampleModel.EXAMPLE)
        left = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        for number, line in enumerate(_lines(painter, example.summary, text.width(), count=2)):
            drop = 21 + number * painter.fontMetrics().lineSpacing()
            painter.drawText(text.adjusted(0, drop, 0, 0), left, line)
        painter.restore()

    def _curve(self, painter: QPainter, area: QRectF, shape: Thumbnail | None) -> None:
        if shape is None:
            return
        colors = self._theme.tokens.group_colors(len(shape.y))
        xs = area.left() + shape.x * area.width()
        for row, color in zip(shape.y, colors, strict=True):
            ys = area.bottom() - row * area.height()
            points = [QPointF(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
            painter.setPen(QPen(QColor(color), 1.8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))


def _lines(painter: QPainter, text: str, width: float, count: int) -> list[str]:
    """A text broken into at most `count` lines, the last one elided."""
    layout = QTextLayout(text, painter.font())
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        if len(lines) == count - 1:
            rest = text[line.textStart() :]
            metrics = painter.fontMetrics()
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(width)))
            break
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines


class ExampleFilter(QSortFilterProxyModel):
    """Finds examples by title and summary."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    @Slot(str)
    def set_text(self, text: str) -> None:
        """Show what contains every word of `text`."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        example: Example = self.sourceModel().index(row, 0).data(ExampleModel.EXAMPLE)
        text = f"{example.title} {example.summary}".casefold()
        return all(word in text for word in self._words)
