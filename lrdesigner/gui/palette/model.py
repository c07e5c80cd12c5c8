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

from lrdesigner import numerals
from lrdesigner.catalog import SchedulerSpec
from lrdesigner.gui.mime import SCHEDULER, scheduler_mime
from lrdesigner.gui.palette.rows import Card, Heading, Own, Row, rows
from lrdesigner.gui.palette.shapes import entry_shape, shape
from lrdesigner.i18n import tr, trn
from lrdesigner.user_entries import SCHEDULER as FORMULA
from lrdesigner.user_entries import Stored, UserEntry

KEY_ROLE = Qt.ItemDataRole.UserRole
"""The scheduler's key, or that of an entry of somebody's own; None for a heading."""
CATEGORY_ROLE = Qt.ItemDataRole.UserRole + 1
"""Key of the category, such as ``"warm_up"``."""
SHAPE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The curve on the card (`shapes.Shape`)."""
HEADING_ROLE = Qt.ItemDataRole.UserRole + 3
"""A heading's `Heading`; None for a card."""

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_SELECTABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class PaletteModel(QAbstractListModel):
    """What the palette offers; narrowed by what is searched for, sections folded or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._folded: frozenset[str] = frozenset()
        self._stored: tuple[Stored, ...] = ()
        self._of_document: tuple[UserEntry, ...] = ()
        self._rows: list[Row] = rows("")

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    def set_query(self, query: str) -> None:
        """Keep only the entries that match every word."""
        self._query = query.strip()
        self._show()

    def set_own(self, stored: Sequence[Stored], of_document: Sequence[UserEntry]) -> None:
        """Show the user's own entries, and those that the document brings along."""
        own = tuple(stored), tuple(of_document)
        if own != (self._stored, self._of_document):
            self._stored, self._of_document = own
            self._show()

    @property
    def folded(self) -> tuple[str, ...]:
        """Names of the folded sections, also of those that are empty now."""
        return tuple(sorted(self._folded))

    def set_folded(self, names: Iterable[str]) -> None:
        """Fold these sections and no others."""
        folded = frozenset(names)
        if folded != self._folded:
            self._folded = folded
            self._show()

    def sections(self) -> list[Heading]:
        """The headings that are shown, in order."""
        return [row for row in self._rows if isinstance(row, Heading)]

    def heading_index(self, name: str) -> QModelIndex:
        """The heading of that name; invalid if it is not shown."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Heading) and row.name == name:
                return self.index(place)
        return QModelIndex()

    def section_of(self, key: str) -> str:
        """The name of the section that an entry is in, shown or folded; "" for none."""
        name = ""
        for row in rows("", self._stored, self._of_document):
            if isinstance(row, Heading):
                name = row.name
            elif row.key == key:
                return name
        return ""

    def keys(self) -> list[str]:
        """Keys of the entries that are shown, in order."""
        return [row.key for row in self._rows if not isinstance(row, Heading)]

    def index_of(self, key: str) -> QModelIndex:
        """The entry of that key; invalid if it is not shown."""
        for place, row in enumerate(self._rows):
            if not isinstance(row, Heading) and row.key == key:
                return self.index(place)
        return QModelIndex()

    def offered(self) -> list[Card]:
        """Every entry there is, whatever is searched for."""
        found = rows("", self._stored, self._of_document)
        return [row for row in found if not isinstance(row, Heading)]

    def own(self, key: str) -> Own | None:
        """The entry of somebody's own of that key, or None."""
        return next(
            (own for own in self.offered() if isinstance(own, Own) and own.key == key), None
        )

    def key_of(self, entry: UserEntry) -> str:
        """The key of an entry, whatever its constants are; "" if it is not shown."""
        own = (row for row in self._rows if isinstance(row, Own))
        return next((row.key for row in own if row.entry.same_as(entry)), "")

    def _show(self) -> None:
        found = rows(self._query, self._stored, self._of_document, self._folded)
        if found != self._rows:
            self.beginResetModel()
            self._rows = found
            self.endResetModel()

    # Qt

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            # Nothing can be done with one that cannot be folded.
            none = Qt.ItemFlag.NoItemFlags
            return none if row.folded is None else Qt.ItemFlag.ItemIsEnabled | _SELECTABLE
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
        if isinstance(row, Heading):
            return _heading_data(row, role)
        return _own_data(row, role) if isinstance(row, Own) else _entry_data(row, role)

    def mimeTypes(self) -> list[str]:
        return [SCHEDULER]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        # A drag carries one scheduler; the view selects one at a time.
        row = self._rows[indexes[0].row()]
        if isinstance(row, Own):
            return scheduler_mime(FORMULA, row.entry.params)
        return scheduler_mime(str(indexes[0].data(KEY_ROLE)))

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def _heading_data(heading: Heading, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return heading.title
        case Qt.ItemDataRole.AccessibleTextRole:
            count = trn("{count} scheduler", "{count} schedulers", heading.count)
            return f"{heading.title}, {count}"
        case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
            if heading.folded is None:
                return None
            return tr("Click to show these cards") if heading.folded else tr("Click to fold")
        case _ if role == CATEGORY_ROLE:
            return heading.category.value
        case _ if role == HEADING_ROLE:
            return heading
    return None


def _entry_data(spec: SchedulerSpec, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return tr(spec.title)
        case Qt.ItemDataRole.ToolTipRole:
            head = f"{tr(spec.title)} ({spec.key})\n{tr(spec.summary)}"
            return f"{head}\n\n{tr(spec.formula)}\n{tr(spec.source)}"
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(spec.title)}, {tr(spec.category.title)}"
        case Qt.ItemDataRole.AccessibleDescriptionRole:
            return tr(spec.summary)
        case _ if role == KEY_ROLE:
            return spec.key
        case _ if role == CATEGORY_ROLE:
            return spec.category.value
        case _ if role == SHAPE_ROLE:
            return shape(spec.key)
    return None


def _own_data(own: Own, role: int) -> object:
    entry = own.entry
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return entry.title
        case Qt.ItemDataRole.ToolTipRole:
            return _own_tip(own)
        case Qt.ItemDataRole.AccessibleTextRole:
            return tr("{title}, formula of your own", title=entry.title)
        case Qt.ItemDataRole.AccessibleDescriptionRole:
            return entry.summary or entry.formula
        case _ if role == KEY_ROLE:
            return own.key
        case _ if role == CATEGORY_ROLE:
            return entry.category.value
        case _ if role == SHAPE_ROLE:
            return entry_shape(entry.params)
    return None


def _own_tip(own: Own) -> str:
    entry = own.entry
    lines = [entry.title, entry.summary] if entry.summary else [entry.title]
    lines += ["", f"lr(t) = {entry.formula}"]
    lines += [
        f"{name} = {numerals.localised(f'{value:g}')}" for name, value in entry.constants.items()
    ]
    if own.stored is None:
        lines += ["", tr("This document brings it along; the context menu keeps it.")]
    return "\n".join(lines)
