"""How blocks, badges and markers look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QIcon, QPainter, QPainterPath, QPen

from lrdesigner.gui.theme import Theme, icon, mix
from lrdesigner.gui.timeline.blocks import PILL, Block, Hold, Strip

RADIUS = 7.0
_BAR = 4.0
_PAD = 12.0
_ICON = 13
_CHIP_PAD = 6.0
_LEAST_ROOM = 26.0
_NARROW = 96.0
_ARM = 3.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Painter:
    """Paints the parts of the timeline in the theme's colours.

    Args:
        theme: Colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._link: QIcon = icon("link", theme)
        self._apart: QIcon = icon("unlink", theme)
        self._unlink: QIcon = icon("unlink", theme, "warning")

    def block(self, painter: QPainter, block: Block, *, hover: bool = False) -> None:
        """A phase: tinted, with a bar in its category's colour; hatched if it cannot run."""
        tokens = self._theme.tokens
        rect = block.rect
        radius = min(RADIUS, rect.width() / 2)
        fill = tokens.block_fill(block.category)
        if hover:
            fill = mix(fill, tokens.category_color(block.category), 0.10)
        shape = QPainterPath()
        shape.addRoundedRect(rect, radius, radius)
        painter.save()
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.fillRect(rect, QColor(fill))
        if not block.runs:
            hatch = QColor(tokens.error)
            hatch.setAlphaF(0.35)
            painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        bar = QRectF(rect.left(), rect.top(), min(_BAR, rect.width()), rect.height())
        painter.fillRect(bar, QColor(tokens.category_color(block.category)))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.block_line(block.category)), 1.0))
        if rect.width() > 2 * _BAR:
            inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(inner, radius, radius)
        self._text(painter, block, fill)

    def _text(self, painter: QPainter, block: Block, fill: str) -> None:
        tokens = self._theme.tokens
        pad = _PAD if block.sight.width() > _NARROW else _PAD - 3
        left = max(block.sight.left() + pad, block.words.left())
        room = min(block.sight.right() - pad / 3, block.words.right()) - left
        if room < _LEAST_ROOM:
            return
        strong, small = self._theme.font("strong"), self._theme.font("small")
        title, line = QFontMetricsF(strong), QFontMetricsF(small)
        subtitle = fitting(block.subtitles, line, room)
        both = title.height() + (line.height() if subtitle else 0.0)
        upper = block.rect.center().y() - both / 2
        top = QRectF(left, upper, room, title.height())
        painter.setFont(strong)
        painter.setPen(QColor(tokens.readable(tokens.text, fill)))
        elided = title.elidedText(block.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(top, _LEFT, elided)
        painter.setFont(small)
        painter.setPen(QColor(tokens.block_dim(block.category)))
        painter.drawText(QRectF(left, top.bottom(), room, line.height()), _LEFT, subtitle)
        used = max(title.horizontalAdvance(block.title), line.horizontalAdvance(subtitle))
        self._chips(painter, block, left + used + 14, left + room - 6)

    def _chips(self, painter: QPainter, block: Block, left: float, right: float) -> None:
        tokens = self._theme.tokens
        metrics = QFontMetricsF(painter.font())
        height = metrics.height() + 4
        middle = block.rect.center().y()
        for text in block.chips:
            width = metrics.horizontalAdvance(text) + 2 * _CHIP_PAD
            if left + width > right:
                return
            chip = QRectF(left, middle - height / 2, width, height)
            painter.setPen(QPen(QColor(tokens.block_line(block.category)), 1.0))
            painter.setBrush(QColor(mix(tokens.block_fill(block.category), tokens.panel, 0.5)))
            painter.drawRoundedRect(chip, height / 2, height / 2)
            painter.setPen(QColor(tokens.text))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
            left += width + 6

    def hold(self, painter: QPainter, hold: Hold, text: str) -> None:
        """The free stretch: faint and dashed."""
        tokens = self._theme.tokens
        pen = QPen(QColor(tokens.line_strong), 1.0)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = hold.rect.adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(RADIUS, rect.width() / 2)
        painter.drawRoundedRect(rect, radius, radius)
        room = rect.width() - 2 * _PAD
        if room > _LEAST_ROOM:
            font = self._theme.font("small")
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(QColor(tokens.hint))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _LEFT, shown)

    def badge(self, painter: QPainter, rect: QRectF, block: Block, *, hover: bool) -> None:
        """The link between a phase and the one before it: whole, broken, or the cause of a jump."""
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.accent), 1.5) if hover else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.panel))
        painter.drawEllipse(rect)
        side = QRectF(0, 0, _ICON, _ICON)
        side.moveCenter(rect.center())
        mode = QIcon.Mode.Active if hover else QIcon.Mode.Normal
        link = self._link if block.linked else self._apart if block.quiet else self._unlink
        link.paint(painter, side.toAlignedRect(), Qt.AlignmentFlag.AlignCenter, mode)

    def jump(self, painter: QPainter, rect: QRectF, text: str, *, hover: bool) -> None:
        """How far the value jumps at a boundary."""
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.accent if hover else tokens.warning), 1.0))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), PILL / 2, PILL / 2)
        font = self._theme.font("small")
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(QColor(tokens.readable(tokens.warning, tokens.raised)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def plus(self, painter: QPainter, rect: QRectF, *, hover: bool) -> None:
        """A button on a boundary: a phase can be put in here."""
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.accent), 1.25))
        painter.setBrush(QColor(tokens.accent if hover else tokens.panel))
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QPen(QColor(tokens.panel if hover else tokens.accent), 1.5))
        middle, arm = rect.center(), _ARM
        painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))
        painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))

    def outline(self, painter: QPainter, rect: QRectF, *, focus: bool) -> None:
        """Around the selected phase; stronger while keys go to the timeline."""
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 2.0 if focus else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = rect.adjusted(-2.5, -2.5, 2.5, 2.5)
        painter.drawRoundedRect(ring, RADIUS + 2, RADIUS + 2)

    def edge(self, painter: QPainter, x: float, strip: Strip) -> None:
        """The boundary under the mouse."""
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 2.0))
        painter.drawLine(QLineF(x, strip.top - 3, x, strip.bottom + 3))

    def insertion(self, painter: QPainter, x: float, strip: Strip) -> None:
        """A bar with a knob where something would go in."""
        color = QColor(self._theme.tokens.accent)
        painter.setPen(QPen(color, 2.0))
        painter.drawLine(QLineF(x, strip.top - 6, x, strip.bottom + 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QPointF(x, strip.top - 6), 3.0, 3.0)

    def hint(
        self,
        painter: QPainter,
        text: str,
        warning: str,
        anchor: QPointF,
        room: tuple[float, float],
    ) -> None:
        """A word beside the cursor while it drags, and why it goes no further.

        Args:
            painter: Paints.
            text: The word.
            warning: The reason, or "".
            anchor: The cursor.
            room: From where to where there is room for it.
        """
        tokens = self._theme.tokens
        font = self._theme.font("small")
        metrics = QFontMetricsF(font)
        lines = [(text, tokens.text)]
        if warning:
            lines.insert(0, (warning, tokens.readable(tokens.warning, tokens.raised)))
        widest = max(metrics.horizontalAdvance(line) for line, _ in lines)
        box = QRectF(0, 0, widest + 16, len(lines) * metrics.height() + 8)
        left = anchor.x() + 12
        if left + box.width() > room[1] - 4:
            left = anchor.x() - 12 - box.width()
        box.moveTopLeft(QPointF(max(room[0] + 4.0, left), max(2.0, anchor.y() - box.height() - 6)))
        painter.setPen(QPen(QColor(tokens.line), 1.0))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        row = QRectF(box.left() + 8, box.top() + 4, box.width() - 8, metrics.height())
        for line, color in lines:
            painter.setPen(QColor(color))
            painter.drawText(row, _LEFT, line)
            row.translate(0, metrics.height())


def fitting(texts: Sequence[str], metrics: QFontMetricsF, room: float) -> str:
    """The first of some texts that there is room for, or ""."""
    return next((text for text in texts if metrics.horizontalAdvance(text) <= room), "")
