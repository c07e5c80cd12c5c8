"""The table of numbers as an item model that sorts itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QIcon

from lrdesigner.compare.pairs import pairs
from lrdesigner.compare.table import COLUMNS, csv_text
from lrdesigner.gui.compare_numbers import Key, NumbersRow
from lrdesigner.gui.comparison.cells import NONE, cell_text, cell_tip
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.line_sample import line_icon
from lrdesigner.gui.overlay_look import overlay_dashes, overlay_group_color
from lrdesigner.gui.state import Overlay
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

Index = QModelIndex | QPersistentModelIndex
NAMES = 2
"""Columns before the numbers: curve and group."""

_NO_INDEX = QModelIndex()
_RIGHT = int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value)
_LEFT = int((Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value)


class ComparisonModel(QAbstractTableModel):
    """Curve, group, and the numbers of `compare.table.COLUMNS`.

    Args:
        theme: Colours.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._given: tuple[NumbersRow, ...] = ()
        self._rows: list[NumbersRow] = []
        self._reference: Overlay | None = None
        self._order: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._icons: dict[tuple[object, ...], QIcon] = {}

    @property
    def rows(self) -> Sequence[NumbersRow]:
        """The rows as they are shown."""
        return self._rows

    def show_rows(self, rows: tuple[NumbersRow, ...], reference: Overlay | None) -> None:
        """Show these, sorted as before; a view keeps its selection where the curves are the same.

        Args:
            rows: In the order of the list.
            reference: The overlay that numbers are compared with; None for the document.
        """
        same = {row.key for row in rows} == {row.key for row in self._rows}
        self._given, self._reference = rows, reference
        if not same:
            self.beginResetModel()
            self._rows = self._sorted()
            self.endResetModel()
            return
        self._resort()
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def csv(self, rows: Sequence[int] = ()) -> tuple[str, int]:
        """Rows as CSV, all without any being named, and how many they are.

        Only exact numbers go out: while the document's run goes on, its rows are left out.
        """
        chosen = [self._rows[place] for place in rows] or self._rows
        known = [
            (row.name, row.groups[row.group], row.numbers)
            for row in chosen
            if row.numbers is not None and not row.live
        ]
        return csv_text(known), len(known)

    # -- order ---------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by −1 in the order of the list. What there is not comes last."""
        if (column, order) != self._order:
            self._order = (column, order)
            self._resort()

    def _resort(self) -> None:
        before = [row.key for row in self._rows]
        rows = self._sorted()
        after = {row.key: place for place, row in enumerate(rows)}
        if [row.key for row in rows] == before:
            self._rows = rows
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        moved = [self.index(after[before[index.row()]], index.column()) for index in held]
        self._rows = rows
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _sorted(self) -> list[NumbersRow]:
        column, order = self._order
        rows = list(self._given)
        if not 0 <= column < self.columnCount():
            return rows
        keys = {row.key: self._sort_key(row, column) for row in rows}
        known = [row for row in rows if keys[row.key] is not None]
        none = [row for row in rows if keys[row.key] is None]
        down = order == Qt.SortOrder.DescendingOrder
        known.sort(key=lambda row: keys[row.key], reverse=down)  # type: ignore[arg-type,return-value]
        return [*known, *none]

    def _sort_key(self, row: NumbersRow, column: int) -> str | float | None:
        if column == 0:
            return row.name.casefold()
        if column == 1:
            return row.groups[row.group].casefold()
        return None if row.numbers is None else COLUMNS[column - NAMES].of(row.numbers)

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else NAMES + len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column >= NAMES else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return self._icon(row)
        if role == Qt.ItemDataRole.ForegroundRole:
            hidden = row.overlay is not None and not row.overlay.visible
            quiet = hidden or row.numbers is None or not row.numbers.exact
            return QColor(self._theme.tokens.dim if quiet else self._theme.tokens.text)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section < NAMES:
                return (tr("Curve"), tr("Group"))[section]
            return tr(COLUMNS[section - NAMES].title)
        if role == Qt.ItemDataRole.ToolTipRole and section >= NAMES:
            return tr(COLUMNS[section - NAMES].help)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section >= NAMES else _LEFT
        return None

    # -- cells ---------------------------------------------------------------------------------

    def _text(self, row: NumbersRow, column: int) -> str:
        if column == 0:
            is_reference = row.overlay is not None and row.overlay is self._reference
            return tr("{name} (reference)", name=row.name) if is_reference else row.name
        if column == 1:
            return row.groups[row.group]
        if row.numbers is None:
            return NONE if row.error else "…"
        return cell_text(COLUMNS[column - NAMES], row.numbers)

    def _tip(self, row: NumbersRow, column: int) -> str:
        if row.numbers is None:
            return row.error or tr("Computing…")
        if column < NAMES:
            path = None if row.overlay is None else row.overlay.path
            return row.name if path is None else str(path)
        partner = self._partner(row)
        other = None if partner is None else partner.numbers
        name = "" if partner is None else partner.name
        return cell_tip(COLUMNS[column - NAMES], row.numbers, other, name, row.per_epoch)

    def _partner(self, row: NumbersRow) -> NumbersRow | None:
        """The row of the reference that a row is compared with."""
        wanted = None if self._reference is None else self._reference.id
        if row.key[0] == wanted:
            return None
        partners = {each.key: each for each in self._rows if each.key[0] == wanted}
        if not partners:
            return None
        groups = next(iter(partners.values())).groups
        place = dict(pairs(row.groups, groups).indices).get(row.group)
        key: Key | None = None if place is None else (wanted, place)
        return None if key is None else partners.get(key)

    def _icon(self, row: NumbersRow) -> QIcon:
        tokens, overlay = self._theme.tokens, row.overlay
        if overlay is None:
            key: tuple[object, ...] = (group_colors(tokens, row.groups)[row.group], (), 2.4)
        else:
            color = overlay_group_color(overlay, tokens, row.group, len(row.groups))
            shown = color if overlay.visible else tokens.faint
            key = (shown, overlay_dashes(overlay, row.group), 1.8)
        if key not in self._icons:
            self._icons[key] = line_icon(*key)  # type: ignore[arg-type]
        return self._icons[key]
