"""The exact curve as an item model; a row is a step, made when it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lrdesigner import numerals
from lrdesigner.axes import MINUS
from lrdesigner.engine.curve import Curve, FloatArray
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.counting import Counter, CountUnit, counter, known
from lrdesigner.schedule.model import Horizon, Quantity
from lrdesigner.schedule.tracks import QUANTITIES

Index = QModelIndex | QPersistentModelIndex
Ranges = Sequence[range]

_NO_INDEX = QModelIndex()
_NEAR_ONE = ("momentum/", "beta2/")
"""Columns whose values are read best without an exponent."""
_WORDS = {
    "step": mark("step"),
    "epoch": mark("epoch"),
    "samples": mark("samples"),
    "tokens": mark("tokens"),
}
"""Columns that are no quantity of a group; a copied table has them in English."""
_RIGHT = int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value)


class NumbersModel(QAbstractTableModel):
    """Columns step, epoch, ``lr/<group>``…, and other quantities of the groups that change.

    They are those of an exported table; after the epoch come samples and tokens (of the steps
    before), where the document knows them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._headers: tuple[str, ...] = ()
        self._counts: tuple[Counter, ...] = ()
        self._columns: tuple[FloatArray, ...] = ()

    @property
    def curve(self) -> Curve | None:
        """The curve that is shown."""
        return self._curve

    def set_curve(self, curve: Curve | None, horizon: Horizon | None = None) -> None:
        """Show another curve; None shows nothing.

        Where rows and columns are the same, a view keeps its place and its selection.

        Args:
            curve: The curve.
            horizon: Its document's, for counting samples and tokens.
        """
        units: list[CountUnit] = ["samples", "tokens"]
        units = [unit for unit in units if horizon is not None and known(unit, horizon)]
        headers = () if curve is None else _headers(curve, units)
        rows = 0 if curve is None else curve.steps
        self._counts = tuple(counter(unit, horizon) for unit in units if horizon is not None)
        if rows and (rows, headers) == (self.rowCount(), self._headers):
            self._take(curve, headers)
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(headers) - 1))
            return
        self.beginResetModel()
        self._take(curve, headers)
        self.endResetModel()

    def _take(self, curve: Curve | None, headers: tuple[str, ...]) -> None:
        self._curve, self._headers = curve, headers
        self._columns = ()
        if curve is not None:
            self._columns = tuple(row for _, rows in _quantities(curve) for row in rows)

    def value(self, row: int, column: int) -> int | float:
        """The number in a cell."""
        assert self._curve is not None
        if column == 0:
            return row
        if column == 1:
            return row // self._curve.steps_per_epoch
        if column < 2 + len(self._counts):
            return self._counts[column - 2].before(row)
        return float(self._columns[column - 2 - len(self._counts)][row])

    def csv(self, ranges: Ranges) -> str:
        """Rows as CSV with a header, every digit kept."""
        return "".join(self._csv_lines(ranges))

    def _csv_lines(self, ranges: Ranges) -> Iterator[str]:
        assert self._curve is not None
        yield ",".join(_quoted(name) for name in self._headers) + "\n"
        for rows in ranges:
            part = slice(rows.start, rows.stop)
            columns = [column[part].tolist() for column in self._columns]
            epochs = (np.arange(rows.start, rows.stop) // self._curve.steps_per_epoch).tolist()
            counts = [map(each.before, rows) for each in self._counts]
            for cells in zip(rows, epochs, *counts, *columns, strict=True):
                yield ",".join(map(repr, cells)) + "\n"

    # Qt

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._curve is None else self._curve.steps

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._curve is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            value = self.value(index.row(), index.column())
            if isinstance(value, int):
                return numerals.grouped(value)
            # The cell shows enough to compare, in one width; the tip shows every digit.
            if role == Qt.ItemDataRole.ToolTipRole:
                return numerals.localised(repr(value))
            plain = self._headers[index.column()].startswith(_NEAR_ONE)
            text = numerals.localised(f"{value:.6f}" if plain else f"{value:.6e}")
            return text if plain else text.replace("-", MINUS)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(_WORDS.get(self._headers[section], "")) or self._headers[section]
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None


def _headers(curve: Curve, units: Sequence[str]) -> tuple[str, ...]:
    found = [f"{quantity}/{name}" for quantity, _ in _quantities(curve) for name in curve.groups]
    return ("step", "epoch", *units, *found)


def _quantities(curve: Curve) -> Iterator[tuple[Quantity, FloatArray]]:
    for quantity in QUANTITIES:
        values = curve.values(quantity)
        if values is not None:
            yield quantity, values


def _quoted(name: str) -> str:
    special = any(sign in name for sign in ',"\r\n')
    return '"' + name.replace('"', '""') + '"' if special else name
