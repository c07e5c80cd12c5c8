"""The exact curve as an item model; a row is a step, made when it is looked at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot

from lrdesigner.engine.curve import Curve

Index = QModelIndex | QPersistentModelIndex
DIGITS = 6


class NumbersModel(QAbstractTableModel):
    """Columns step, epoch, ``lr/<group>``…, ``momentum/<group>``…, as in an exported table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._headers: tuple[str, ...] = ("step", "epoch")

    @Slot(object)
    def set_curve(self, curve: Curve | None) -> None:
        """Show another curve; None shows nothing."""
        self.beginResetModel()
        self._curve = curve
        names = () if curve is None else curve.groups
        momenta = names if curve is not None and curve.momentum is not None else ()
        self._headers = (
            "step",
            "epoch",
            *(f"lr/{name}" for name in names),
            *(f"momentum/{name}" for name in momenta),
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self._curve is None else self._curve.steps

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._headers)

    def value(self, row: int, column: int) -> int | float:
        """The number in a cell."""
        curve = self._curve
        assert curve is not None
        if column == 0:
            return row
        if column == 1:
            return row // curve.steps_per_epoch
        place = column - 2
        if place < len(curve.groups):
            return float(curve.lr[place, row])
        assert curve.momentum is not None
        return float(curve.momentum[place - len(curve.groups), row])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._curve is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            value = self.value(index.row(), index.column())
            if isinstance(value, int):
                return f"{value:,}"
            # The cell shows enough to compare, the tip every digit.
            return repr(value) if role == Qt.ItemDataRole.ToolTipRole else f"{value:.{DIGITS}g}"
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
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value)
        return None

    def csv(self, rows: Iterable[int]) -> str:
        """Rows as CSV with a header, every digit kept."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self._headers)
        columns = range(len(self._headers))
        writer.writerows([repr(self.value(row, c)) for c in columns] for row in rows)
        return text.getvalue()
