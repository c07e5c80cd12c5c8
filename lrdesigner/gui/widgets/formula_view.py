"""A formula, drawn as mathematics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from lrdesigner.gui.formula_words import spoken
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.typeset import Drawing, TypesetError, drawn, typeset

SMALLEST = 0.78
"""So far a line shrinks to fit; one that is still too long is cut off."""
_GAP = 1.6  # ems between two definitions on a line
_ROW = 0.55  # ems between two lines
_INDENT = 0.1
_TALL = 3.0


@dataclass(frozen=True)
class _Placed:
    """A line of the formula, where it is drawn."""

    number: int
    rect: QRectF


class FormulaView(QLabel):
    """A formula: what the LR is, and under it what its symbols are.

    The text of the label is the plain formula, which is what is read aloud, copied, and shown where
    the drawing fails. Drawing takes a while the first time and happens beside the window.

    Args:
        theme: Colours.
        size: The size of its letters, in pixels.
        parent: Where it stands.

    Signals:
        settled: What was asked for is drawn, or has failed.
    """

    settled = Signal()

    def __init__(self, theme: Theme, size: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._lines: tuple[str, ...] = ()
        self._drawings: tuple[Drawing, ...] = ()
        self._renderers: list[QSvgRenderer] = []
        self._colors = ("", "")
        self._waiting = False
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_drawn)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(theme.font("code"))
        # Fixed would be as tall as it was before it had its width.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def set_formula(self, latex: Sequence[str], plain: str) -> None:
        """Show a formula.

        Args:
            latex: Its lines; none: there is only text.
            plain: The formula as text.
        """
        lines = tuple(latex)
        if lines == self._lines and plain == self.text():
            return
        self._worker.forget()
        self._lines = lines
        self.setText(plain)
        self.setAccessibleName(tr("Formula: {formula}", formula=plain))
        wanted = spoken(lines)
        known = [drawing for line in wanted if (drawing := drawn(line)) is not None]
        if len(known) == len(wanted):
            self._show(tuple(known))
        else:
            self._waiting = True
            self.update()
            if self.isVisible():
                self._draw()

    def is_drawn(self) -> bool:
        """Whether mathematics is shown, not text."""
        return bool(self._drawings) and not self._waiting

    def close_worker(self) -> None:
        """Wait for what is being drawn to stop."""
        self._worker.close()

    # Qt

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._drawings:
            return super().heightForWidth(width)
        return round(_bottom(self._places(width)) + 2)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 100)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._waiting:  # a text that turns into something else would only flicker
            return
        if not self._drawings:
            super().paintEvent(event)
            return
        tokens = self._theme.tokens
        self._paint_in((tokens.text, tokens.dim))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for placed in self._places(self.width()):
            self._renderers[placed.number].render(painter, placed.rect)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setObjectName("formula_menu")
        menu.addAction(tr("Copy as Text")).triggered.connect(self._copy_text)
        if self._lines:
            menu.addAction(tr("Copy as LaTeX")).triggered.connect(self._copy_latex)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waiting:  # nothing is drawn for a section that stays folded
            self._draw()

    # Inner

    def _draw(self) -> None:
        lines = spoken(self._lines)
        self._worker.submit(lambda cancelled: _draw(lines, cancelled))

    @Slot(object)
    def _on_drawn(self, drawings: object) -> None:
        self._show(drawings if isinstance(drawings, tuple) else ())

    def _show(self, drawings: tuple[Drawing, ...]) -> None:
        self._waiting = False
        self._drawings = drawings
        self._colors = ("", "")
        self.updateGeometry()
        self.update()
        self.settled.emit()

    def _paint_in(self, colors: tuple[str, str]) -> None:
        """The formula itself in the first colour, what explains it in the second."""
        if colors == self._colors:
            return
        self._colors = colors
        self._renderers = []
        for number, drawing in enumerate(self._drawings):
            svg = drawing.svg.replace("currentColor", colors[min(number, 1)])
            self._renderers.append(QSvgRenderer(QByteArray(svg.encode())))

    def _places(self, width: int) -> list[_Placed]:
        """Where each line stands: the first by itself, then as many beside each other as fit."""
        rows: list[list[int]] = []
        room = 0.0
        for number, drawing in enumerate(self._drawings):
            needed = drawing.width * self._size
            # Beside something tall a short line would hang in the air.
            short = drawing.height < _TALL and self._drawings[number - 1].height < _TALL
            if number > 1 and short and needed <= room:
                rows[-1].append(number)
                room -= needed + _GAP * self._size
            else:
                rows.append([number])
                room = width - needed - (_GAP + _INDENT) * self._size
        placed: list[_Placed] = []
        top = 1.0
        for row in rows:
            placed += self._row(row, top, width)
            top = _bottom(placed) + _ROW * self._size
        return placed

    def _row(self, numbers: Sequence[int], top: float, width: int) -> list[_Placed]:
        """Lines beside each other, on the same line of writing."""
        drawings = [self._drawings[number] for number in numbers]
        left = _INDENT * self._size
        em = self._size
        if len(numbers) == 1:
            em *= max(SMALLEST, min(1.0, (width - left) / (drawings[0].width * em)))
        base = top + em * max(d.height - d.depth for d in drawings)
        placed = []
        for number, drawing in zip(numbers, drawings, strict=True):
            corner = QPointF(left, base - em * (drawing.height - drawing.depth))
            size = QSizeF(em * drawing.width, em * drawing.height)
            placed.append(_Placed(number, QRectF(corner, size)))
            left += em * (drawing.width + _GAP)
        return placed

    @Slot()
    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    @Slot()
    def _copy_latex(self) -> None:
        QGuiApplication.clipboard().setText(" \\\\\n".join(self._lines))


def _draw(lines: tuple[str, ...], cancelled: Cancelled) -> tuple[Drawing, ...] | None:
    """All lines, or none if one fails: half a formula would be a lie."""
    drawings = []
    for line in lines:
        if cancelled():
            return None
        try:
            drawings.append(typeset(line))
        except TypesetError:
            return None
    return tuple(drawings)


def _bottom(places: Sequence[_Placed]) -> float:
    return max((placed.rect.bottom() for placed in places), default=0.0)
