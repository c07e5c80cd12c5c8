"""The palette's entries as an item model: a heading, then the cards of its category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from lrdesigner.catalog import Category, SchedulerSpec, schedulers
from lrdesigner.gui.mime import SCHEDULER, scheduler_mime

KEY_ROLE = Qt.ItemDataRole.UserRole
"""The scheduler's key; None for a heading."""
CATEGORY_ROLE = Qt.ItemDataRole.UserRole + 1
"""Key of the category, such as ``"warm_up"``."""

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class PaletteModel(QAbstractListModel):
    """What the palette offers; narrowed by what is searched for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._rows: list[Category | SchedulerSpec] = _rows(schedulers())

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    def set_query(self, query: str) -> None:
        """Keep only the entries that match every word."""
        words = query.casefold().split()
        self._query = query.strip()
        rows = _rows(spec for spec in schedulers() if _matches(spec, words))
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def keys(self) -> list[str]:
        """Keys of the entries that are shown, in order."""
        return [row.key for row in self._rows if isinstance(row, SchedulerSpec)]

    def index_of(self, key: str) -> QModelIndex:
        """The entry of that key; invalid if it is not shown."""
        for place, row in enumerate(self._rows):
            if isinstance(row, SchedulerSpec) and row.key == key:
                return self.index(place)
        return QModelIndex()

    # Qt

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Category):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Category):
            return _heading_data(row, role)
        return _entry_data(row, role)

    def mimeTypes(self) -> list[str]:
        return [SCHEDULER]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        # A drag carries one scheduler; the view selects one at a time.
        return scheduler_mime(str(indexes[0].data(KEY_ROLE)))

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def _rows(specs: Iterable[SchedulerSpec]) -> list[Category | SchedulerSpec]:
    rows: list[Category | SchedulerSpec] = []
    category: Category | None = None
    for spec in specs:
        if spec.category is not category:
            category = spec.category
            rows.append(category)
        rows.append(spec)
    return rows


def _matches(spec: SchedulerSpec, words: Sequence[str]) -> bool:
    texts = (spec.title, spec.key, spec.category.title, spec.summary, *spec.keywords)
    haystack = "\n".join(texts).casefold()
    return all(word in haystack for word in words)


def _heading_data(category: Category, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return category.title
    return category.value if role == CATEGORY_ROLE else None


def _entry_data(spec: SchedulerSpec, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return spec.title
        case Qt.ItemDataRole.ToolTipRole:
            return _tool_tip(spec)
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{spec.title}, {spec.category.title}"
        case Qt.ItemDataRole.AccessibleDescriptionRole:
            return spec.summary
        case _ if role == KEY_ROLE:
            return spec.key
        case _ if role == CATEGORY_ROLE:
            return spec.category.value
    return None


def _tool_tip(spec: SchedulerSpec) -> str:
    return f"{spec.title} ({spec.key})\n{spec.summary}\n\n{spec.formula}\n{spec.source}"
