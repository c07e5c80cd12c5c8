"""The line above a row: what its phases drive, and of which groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.group_look import families, group_colors
from lrdesigner.gui.theme import Theme, mix
from lrdesigner.gui.timeline.rows import Row
from lrdesigner.i18n import tr, trn
from lrdesigner.sentences import capital

MENU_ROOM = 30.0
_DOT = 3.5
_NEAR, _FAR = 6.0, 14.0
_BAR = 3.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_GROUND = 0.45


@dataclass(frozen=True)
class Caption:
    """What stands above a row.

    Attributes:
        title: What the phases drive: "LR", "Weight decay".
        groups: Name and colour of the groups they drive; empty if they are all there are.
        note: Said in their place, or in the place of the row's phases.
    """

    title: str
    groups: tuple[tuple[str, str], ...]
    note: str


def caption(controller: Controller, part: DocumentPart, theme: Theme) -> Caption:
    """What to write above a row."""
    names = [group.name for group in controller.schedule.optimizer.groups]
    driven = part.groups
    title = capital(tr(part.word))
    if len(driven) == len(names):
        return Caption(title, (), tr("all groups") if len(names) > 1 else "")
    if not driven:
        return Caption(title, (), tr("drives no group: other tracks have them all"))
    return Caption(title, tuple(_folded(theme, names, driven)), "")


def _folded(theme: Theme, names: list[str], driven: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    """Name and colour of the groups; the layers of one thing have one entry."""
    colors = group_colors(theme.tokens, names)
    ramps = {family.start: family for family in families(tuple(names[i] for i in driven))}
    place = 0
    while place < len(driven):
        family = ramps.get(place)
        end = place + 1 if family is None else family.end
        first, last = driven[place], driven[end - 1]
        name = names[first] if family is None else f"{names[first]} … {names[last]}"
        yield name, colors[driven[(place + end - 1) // 2]]
        place = end


def paint_caption(
    painter: QPainter, theme: Theme, row: Row, said: Caption, *, active: bool
) -> None:
    """Title and groups, as many as there is room for."""
    tokens = theme.tokens
    if active:
        painter.fillRect(row.rect, QColor(mix(tokens.panel, tokens.hover, _GROUND)))
        bar = QRectF(0, row.rect.top(), _BAR, row.rect.height())
        painter.fillRect(bar, QColor(tokens.accent))
    font = theme.font("small")
    metrics = QFontMetricsF(font)
    rect = row.caption
    end = rect.right() - MENU_ROOM
    x = rect.left()
    painter.setFont(font)
    painter.setPen(QColor(tokens.text if active else tokens.dim))
    painter.drawText(rect, _LEFT, said.title)
    x += metrics.horizontalAdvance(said.title) + _FAR
    if said.note:
        painter.setPen(QColor(tokens.hint))
        text = metrics.elidedText(said.note, Qt.TextElideMode.ElideRight, max(0.0, end - x))
        painter.drawText(QRectF(x, rect.top(), end - x, rect.height()), _LEFT, text)
    _paint_groups(painter, theme, said.groups, QRectF(x, rect.top(), end - x, rect.height()))


def _paint_groups(
    painter: QPainter, theme: Theme, groups: Sequence[tuple[str, str]], room: QRectF
) -> None:
    tokens = theme.tokens
    metrics = QFontMetricsF(painter.font())
    x = room.left()
    for place, (name, color) in enumerate(groups):
        rest = len(groups) - place
        reserve = metrics.horizontalAdvance(_more(rest)) if rest > 1 else 0.0
        width = 2 * _DOT + _NEAR + metrics.horizontalAdvance(name)
        if x + width + reserve > room.right():
            painter.setPen(QColor(tokens.hint))
            text = _more(rest) if place else trn("{count} group", "{count} groups", rest)
            painter.drawText(QRectF(x, room.top(), 120, room.height()), _LEFT, text)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(x + _DOT, room.center().y()), _DOT, _DOT)
        painter.setPen(QColor(tokens.dim))
        left = x + 2 * _DOT + _NEAR
        painter.drawText(QRectF(left, room.top(), width, room.height()), _LEFT, name)
        x += width + _FAR


def _more(count: int) -> str:
    return tr("+ {count} more", count=count)
