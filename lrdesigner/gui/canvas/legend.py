"""The legend: a row above the plot, so that it never covers a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from lrdesigner.gui.canvas.layers import Layer
from lrdesigner.gui.canvas.plane import Plane
from lrdesigner.gui.canvas.series import Series
from lrdesigner.gui.group_look import families
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

HEIGHT = 24.0
_SWATCH, _NEAR, _FAR = 18.0, 6.0, 18.0
_WIDEST = 200.0
_LIFT = 7.0
_MOST_IN_TIP = 40


@dataclass(frozen=True)
class Item:
    """What the legend has one swatch for: a line, or the lines of a family.

    Attributes:
        text: What it says.
        names: The lines' names.
        colors: Their colours.
        dashed: Whether they are.
        dashes: Lengths of their strokes and gaps; empty for the usual ones.
        overlay: Whether they are an overlay's.
    """

    text: str
    names: tuple[str, ...]
    colors: tuple[str, ...]
    dashed: bool = False
    dashes: tuple[float, ...] = ()
    overlay: bool = False


class LegendLayer(Layer):
    """A swatch and a name for each line or family of lines; what finds no room is counted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, z=5)
        self.series: Sequence[Series] = ()

    @property
    def wanted(self) -> bool:
        """One line needs no legend."""
        return len(self.series) > 1

    def items(self) -> list[Item]:
        """All there is to say."""
        groups = [each for each in self.series if each.group is not None]
        found: list[Item] = []
        place = 0
        for family in families(tuple(each.name for each in groups)):
            found += [_single(each) for each in groups[place : family.start]]
            members = groups[family.start : family.end]
            names = tuple(each.name for each in members)
            text = f"{names[0]} … {names[-1]}"
            found.append(Item(text, names, tuple(each.color for each in members)))
            place = family.end
        found += [_single(each) for each in groups[place:]]
        return found + [_single(each) for each in self.series if each.group is None]

    def entries(self, width: float) -> tuple[list[tuple[Item, str, float]], list[Item]]:
        """What is shown on that many pixels (item, text, left edge), and what is not."""
        metrics = QFontMetricsF(self.theme.font("small"))
        items = self.items()
        found: list[tuple[Item, str, float]] = []
        x = 0.0
        whole = sum(_SWATCH + _NEAR + metrics.horizontalAdvance(item.text) + _FAR for item in items)
        widest = width if whole <= width + _FAR else _WIDEST
        for place, item in enumerate(items):
            text = metrics.elidedText(item.text, Qt.TextElideMode.ElideMiddle, widest)
            needed = _SWATCH + _NEAR + metrics.horizontalAdvance(text)
            rest = items[place + 1 :]
            reserve = metrics.horizontalAdvance(_more(rest)) + _FAR if rest else 0.0
            if x + needed + reserve > width:
                return found, items[place:]
            found.append((item, text, x))
            x += needed + _FAR
        return found, []

    def tip(self, position: QPointF) -> str:
        """The names behind what is at a point of the row."""
        plane = self.plane
        if plane is None or not self.wanted:
            return ""
        left, top = plane.rect.left(), plane.rect.top()
        if not top - HEIGHT <= position.y() < top or position.x() < left:
            return ""
        shown, hidden = self.entries(plane.rect.width())
        x = position.x() - left
        edges = [shift for _, _, shift in shown[1:]]
        place = sum(edge <= x for edge in edges)
        metrics = QFontMetricsF(self.theme.font("small"))
        end = shown[-1][2] + _SWATCH + _NEAR + metrics.horizontalAdvance(shown[-1][1])
        if x > end:
            return _listed([name for item in hidden for name in item.names])
        return _listed(list(shown[place][0].names))

    def draw(self, painter: QPainter, plane: Plane) -> None:
        """One row, from the plot's left edge on."""
        if not self.wanted:
            return
        tokens = self.theme.tokens
        metrics = QFontMetricsF(self.theme.font("small"))
        painter.setFont(self.theme.font("small"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = plane.rect.top() - _LIFT - metrics.height()
        middle = top + metrics.height() / 2
        shown, hidden = self.entries(plane.rect.width())
        end = plane.rect.left()
        for item, text, shift in shown:
            left = plane.rect.left() + shift
            line = QLineF(left + 1, middle, left + _SWATCH - 1, middle)
            painter.setPen(_pen(item, line))
            painter.drawLine(line)
            painter.setPen(QColor(tokens.dim))
            room = metrics.horizontalAdvance(text) + 4
            place = QRectF(left + _SWATCH + _NEAR, top, room, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            end = place.left() + metrics.horizontalAdvance(text) + _FAR
        if hidden:
            painter.setPen(QColor(tokens.hint))
            place = QRectF(end, top, 120, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _more(hidden))


def _single(series: Series) -> Item:
    text = f"{series.name} ({series.note})" if series.note else series.name
    return Item(text, (text,), (series.color,), series.dashed, series.dashes[:4], series.overlay)


def _pen(item: Item, line: QLineF) -> QPen:
    brush = QBrush(QColor(item.colors[0]))
    if len(item.colors) > 1:
        ramp = QLinearGradient(line.p1(), line.p2())
        for place, color in enumerate(item.colors):
            ramp.setColorAt(place / (len(item.colors) - 1), QColor(color))
        brush = QBrush(ramp)
    width = 5.0 if len(item.colors) > 1 else 1.6 if item.dashed or item.overlay else 2.4
    pen = QPen(brush, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if item.dashed else Qt.PenCapStyle.RoundCap)
    if item.dashed:
        pen.setDashPattern(_swatch_dashes(item.dashes))
    return pen


def _swatch_dashes(dashes: tuple[float, ...]) -> list[float]:
    """The strokes, so short that a swatch has several of them."""
    if not dashes:
        return [3.0, 2.0]
    shrink = min(1.0, 5.0 / sum(dashes[:2]))
    return [max(1.2, part * shrink) for part in dashes]


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_IN_TIP
    return "\n".join(
        names if more <= 0 else [*names[:_MOST_IN_TIP], tr("and {count} more", count=more)]
    )


def _more(items: Sequence[Item]) -> str:
    return tr("+ {count} more", count=sum(len(item.names) for item in items))
