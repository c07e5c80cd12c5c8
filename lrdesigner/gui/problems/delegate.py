"""How a problem is drawn: icon, place, message, and under it what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lrdesigner.gui.problems.model import MEND_ROLE, PLACE_ROLE, PROBLEM_ROLE
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import tr
from lrdesigner.schedule.problems import Problem

_EDGE = 8
_MARGIN = 8
_ICON = 16
_GAP = 10
_ICONS = {"error": ("error", "error"), "warning": ("warning", "warning"), "info": ("info", "dim")}
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class _Boxes(NamedTuple):
    """Where the parts of a row stand."""

    icon: QRect
    place: QRect
    message: QRect
    fix: QRect
    mend: QRect
    height: int


class ProblemDelegate(QStyledItemDelegate):
    """Draws problems over the whole width of the list, as high as their words need."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = 0
        self._column = 0
        self._icons: dict[str, QIcon] = {
            severity: icon(name, theme, role) for severity, (name, role) in _ICONS.items()
        }

    def set_width(self, width: int) -> bool:
        """Lay out for that many pixels; returns whether it is a new width."""
        changed = width != self._width
        self._width = width
        return changed

    def fit_places(self, indexes: Iterable[QModelIndex]) -> None:
        """Make the column of places as wide as the widest of them."""
        metrics = QFontMetrics(self._theme.font("ui"))
        widths = (metrics.horizontalAdvance(self._place(index)) for index in indexes)
        self._column = max(widths, default=0) + 2

    def mend_place(self, rect: QRect, index: QModelIndex) -> QRect:
        """Where a row has its link that fixes the problem; empty where nothing does."""
        return self._boxes(rect, index).mend

    # Qt

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        boxes = self._boxes(QRect(0, 0, self._width, 0), index)
        return QSize(self._width, boxes.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        problem: Problem = index.data(PROBLEM_ROLE)
        boxes = self._boxes(rect, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, state)
        self._icons[problem.severity].paint(painter, boxes.icon)
        painter.setFont(self._theme.font("ui"))
        painter.setPen(self._theme.color("dim"))
        painter.drawText(boxes.place, _WRAP, self._place(index))
        painter.setPen(self._theme.color("text"))
        painter.drawText(boxes.message, _WRAP, str(index.data()))
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("dim"))
        painter.drawText(boxes.fix, _WRAP, problem.fix)
        if not boxes.mend.isEmpty():
            painter.setFont(self._theme.font("ui"))
            painter.setPen(self._theme.color("accent_text"))
            painter.drawText(boxes.mend, Qt.AlignmentFlag.AlignCenter, tr("Fix it"))
        painter.restore()

    # Inner

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        card = rect.toRectF().adjusted(_EDGE + 0.5, 1.5, -_EDGE - 0.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("accent"), 1))
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(card, 6, 6)

    def _place(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(PLACE_ROLE)) or tr("Whole schedule")

    def _boxes(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> _Boxes:
        problem: Problem = index.data(PROBLEM_ROLE)
        words, small = QFontMetrics(self._theme.font("ui")), QFontMetrics(self._theme.font("small"))
        inner = rect.adjusted(_EDGE + _MARGIN, _MARGIN - 1, -_EDGE - _MARGIN, 0)
        icon_box = QRect(inner.left(), inner.top() + (words.height() - _ICON) // 2, _ICON, _ICON)
        left = icon_box.right() + _GAP
        mend = QRect()
        if index.data(MEND_ROLE):
            width = words.horizontalAdvance(tr("Fix it")) + 2 * _MARGIN
            mend = QRect(inner.right() - width, inner.top() - 2, width, words.height() + 4)
            inner.setRight(mend.left() - _MARGIN)
        place = QRect(left, inner.top(), self._column, words.height())
        # The place keeps a column of its own where there is room, else a line of its own.
        beside = inner.right() - place.right() > 3 * place.width()
        x, y = (place.right() + _GAP, inner.top()) if beside else (left, place.bottom() + 1)
        message = _measured(words, QRect(x, y, inner.right() - x, 1), str(index.data()))
        below = message.bottom() + 2
        fix = _measured(small, QRect(x, below, inner.right() - x, 1), problem.fix)
        bottom = fix.bottom() if problem.fix else message.bottom()
        return _Boxes(icon_box, place, message, fix, mend, bottom - rect.top() + _MARGIN)


def _measured(metrics: QFontMetrics, place: QRect, text: str) -> QRect:
    """A rectangle as high as the wrapped text needs."""
    room = QRect(0, 0, max(place.width(), 40), 100_000)
    needed = metrics.boundingRect(room, _WRAP, text).height() if text else 0
    return QRect(place.left(), place.top(), room.width(), needed)
