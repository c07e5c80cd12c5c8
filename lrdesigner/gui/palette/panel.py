"""The palette panel: search and cards."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from lrdesigner.catalog import schedulers
from lrdesigner.gui.actions.keys import tip_of
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dropping import insert
from lrdesigner.gui.palette.delegate import LEFT
from lrdesigner.gui.palette.model import KEY_ROLE, PaletteModel
from lrdesigner.gui.palette.own_entries import OwnEntries
from lrdesigner.gui.palette.rows import Card
from lrdesigner.gui.palette.view import CardView
from lrdesigner.gui.phase_look import scheduler_title
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import EmptyState, SearchField
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans
from lrdesigner.user_entries import SCHEDULER as FORMULA
from lrdesigner.user_entries import EntryError, entries_of, make_entry

WIDTH = 250
EDGE = 12


class PalettePanel(QWidget):
    """Every scheduler as a card with its shape: search, drag onto the timeline, or insert.

    Signals:
        help_requested: The page about a scheduler is asked for; its key.
    """

    help_requested = Signal(str)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setObjectName("palette")
        self.setAccessibleName(tr("Palette of schedulers"))
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = PaletteModel(self)
        self._search = self._make_search(theme)
        self._view = CardView(self._model, theme, self)
        self._nothing = EmptyState(
            "", icon=icon("search", theme), action=tr("Clear the search"), parent=self
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE - LEFT, EDGE, 0, 0)
        column.setSpacing(4)
        # The cards' scroll bar stands in the right margin; nothing else does.
        head = QHBoxLayout()
        head.setContentsMargins(LEFT, 0, EDGE, 0)
        head.addWidget(self._search)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self._own = OwnEntries(controller.entries, self._model, theme, self)
        foot = QHBoxLayout()
        foot.setContentsMargins(LEFT, 0, EDGE, 0)
        foot.addWidget(self._own)
        column.addLayout(foot)
        self.setFocusProxy(self._search)
        self._view.insert_requested.connect(self.insert)
        self._view.search_requested.connect(self.focus_search)
        self._view.menu_requested.connect(self._on_menu)
        self._view.rename_requested.connect(self._own.rename)
        self._view.delete_requested.connect(self._own.delete)
        self._nothing.action_requested.connect(self.clear_search)
        theme.changed.connect(self._view.viewport().update)
        controller.selection_changed.connect(self._mark_selected)
        controller.document_changed.connect(self._on_document)
        controller.entries.changed.connect(self._show_own)
        self._show_own()

    def _make_search(self, theme: Theme) -> SearchField:
        search = SearchField(theme, self, tr("Search schedulers"))
        search.setObjectName("palette_search")
        tip = tr("Search by name, purpose or keyword; Enter inserts the first")
        search.setToolTip(tip_of(tip, "find"))
        search.textChanged.connect(self._on_search)
        search.returnPressed.connect(self._insert_first)
        search.installEventFilter(self)
        return search

    # -- for the window, and for scripts that drive it -------------------------------------------

    def entries(self) -> list[str]:
        """Keys of the schedulers that are shown, in order."""
        return self._model.keys()

    def offered(self) -> list[Card]:
        """Every entry there is, in order, whatever is searched for."""
        return self._model.offered()

    def entry_rect(self, key: str) -> QRect:
        """The card of a scheduler, scrolled into view; in the panel's coordinates.

        A folded section is unfolded for it. Empty if the search hides it.
        """
        section = self._model.section_of(key)
        if section in self._model.folded and not self._model.query:
            self._view.fold(section, False)
        index = self._model.index_of(key)
        if not index.isValid():
            return QRect()
        rect = self._view.card_rect(index)
        visible = rect.intersected(self._view.viewport().rect())
        return QRect(self._view.viewport().mapTo(self, visible.topLeft()), visible.size())

    def reveal(self, key: str) -> None:
        """Bring a card into sight: no search hides it, no section is folded over it."""
        if not self._model.index_of(key).isValid():
            self._search.clear()
        self.entry_rect(key)

    def card_in_sight(self, key: str) -> QRect:
        """What can be seen of a card, without scrolling; in the panel's coordinates."""
        index = self._model.index_of(key)
        if not index.isValid():
            return QRect()
        viewport = self._view.viewport()
        rect = self._view.card_place(index).intersected(viewport.rect())
        return QRect(viewport.mapTo(self, rect.topLeft()), rect.size())

    def focused_scheduler(self) -> str:
        """The key of the card that the keyboard is on; "" if it is elsewhere."""
        key = self._view.currentIndex().data(KEY_ROLE)
        here = self._view.hasFocus() and key in schedulers()
        return str(key) if here else ""

    def folded(self) -> tuple[str, ...]:
        """Names of the sections whose cards are hidden."""
        return self._model.folded

    def set_folded(self, names: Iterable[str]) -> None:
        """Hide the cards of these sections, and of no others; names that mean nothing may be in."""
        self._model.set_folded(names)

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @Slot()
    def clear_search(self) -> None:
        """Show everything again."""
        self._search.clear_search()

    @Slot(str)
    def insert(self, key: str) -> None:
        """Put an entry after the selected phase, or at the timeline's end, and select it."""
        part = self._controller.part
        step = _insertion_step(part.schedule, part.phase)
        own = self._model.own(key)
        if own is None:
            edited, index = insert(part.schedule, key, step)
        else:
            edited, index = insert(part.schedule, FORMULA, step, own.entry.params)
        part.edit(tr("add phase"), edited, part.at(index))

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 620)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 160)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._search and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Down and self._enter_cards():
                return True
            if pressed and event.key() == Qt.Key.Key_Escape and self._search.text():
                self._search.clear()
                return True
        return super().eventFilter(watched, event)

    # Inner

    def _enter_cards(self) -> bool:
        keys = self.entries()
        if not self._model.rowCount():
            return False
        if not self._view.currentIndex().isValid():
            first = self._model.index_of(keys[0]) if keys else self._model.index(0)
            self._view.setCurrentIndex(first)
        self._view.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot(str, QPoint)
    def _on_menu(self, key: str, place: QPoint) -> None:
        """What can be done with an entry, or with all sections."""
        if key and key not in schedulers():
            self._own.open_menu(key, place)
            return
        menu = QMenu(self)
        menu.setObjectName("palette_menu")
        for name, text, answer in self._offers(key):
            action = menu.addAction(text)
            action.setObjectName(f"action_{name}")
            action.setData(key)
            action.triggered.connect(answer)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _offers(self, key: str) -> tuple[tuple[str, str, Callable[[], None]], ...]:
        """What the menu of a scheduler offers, or that of a heading for no key."""
        if key:
            return (
                ("insert_card", tr("Insert"), self._on_insert_card),
                ("help_card", tr("Help on {title}", title=scheduler_title(key)), self._on_help),
            )
        return (
            ("fold_all", tr("Fold all"), self._on_fold_all),
            ("unfold_all", tr("Unfold all"), self._on_unfold_all),
        )

    @Slot()
    def _on_insert_card(self) -> None:
        self.insert(str(self.sender().data()))  # type: ignore[attr-defined]

    @Slot()
    def _on_help(self) -> None:
        self.help_requested.emit(str(self.sender().data()))  # type: ignore[attr-defined]

    @Slot()
    def _on_fold_all(self) -> None:
        self._model.set_folded({*self._model.folded, *(h.name for h in self._model.sections())})

    @Slot()
    def _on_unfold_all(self) -> None:
        self._model.set_folded(())

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._model.set_query(text)
        self._show_pages()

    def _show_pages(self) -> None:
        found = self._model.rowCount() > 0
        if not found:
            self._nothing.set_text(
                tr(
                    "Nothing is called “{query}”. Words for what it does find it too: decay, "
                    "restarts, linear.",
                    query=self._model.query,
                )
            )
        self._pages.setCurrentWidget(self._view if found else self._nothing)

    @Slot()
    def _insert_first(self) -> None:
        keys = self.entries()
        if self._model.query and keys:
            self.insert(keys[0])

    @Slot()
    def _on_document(self) -> None:
        if self._controller.in_gesture:
            return  # what is being typed or dragged is not worth an entry yet
        self._show_own()

    @Slot()
    def _show_own(self) -> None:
        """The user's own entries, and those of the document that are not among them."""
        store = self._controller.entries
        current = self._view.currentIndex().data(KEY_ROLE)
        foreign = (e for e in entries_of(self._controller.schedule) if not store.has(e))
        self._model.set_own(store.stored, tuple(foreign))
        if current is not None and not self._view.currentIndex().isValid():
            self._view.setCurrentIndex(self._model.index_of(str(current)))
        self._show_pages()
        self._mark_selected()

    @Slot()
    def _mark_selected(self) -> None:
        """Outline the card that the selected phase is of."""
        place = self._controller.part.phase
        phases = self._controller.part.schedule.phases
        phase = phases[place] if place is not None and place < len(phases) else None
        chosen = phase.scheduler if phase is not None and phase.scheduler in schedulers() else ""
        if phase is not None and chosen == FORMULA:
            with contextlib.suppress(EntryError):
                chosen = self._model.key_of(make_entry(phase.params)) or chosen
        self._view.set_marked(chosen)


def _insertion_step(schedule: Schedule, phase: int | None) -> int:
    """Where to drop a scheduler so that it comes after a phase and takes of that phase's time."""
    if phase is None or phase + 1 >= len(schedule.phases):
        return schedule.steps
    span = spans(schedule)[phase]
    # The boundary itself belongs to the next phase, which would have to give the time.
    return span.end - 1 if span.steps > 1 else span.end
