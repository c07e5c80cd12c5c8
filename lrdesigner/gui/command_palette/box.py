"""The palette itself: a field, the commands it finds, and a line about what keys do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from lrdesigner import numerals
from lrdesigner.gui.announce import announce
from lrdesigner.gui.command_palette.command import Command, Found, find
from lrdesigner.gui.command_palette.delegate import ROW, CommandDelegate
from lrdesigner.gui.command_palette.model import FOUND_ROLE, CommandModel, spoken
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import HLine
from lrdesigner.gui.widgets.passing_sheet import PassingSheet
from lrdesigner.i18n import tr, trn

WIDTH, ROWS = 640, 11
_TOP, _BESIDE = 64, 24
_UP, _DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Backtab), (Qt.Key.Key_Down, Qt.Key.Key_Tab)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class CommandPalette(PassingSheet):
    """Type a few letters, press Enter. The keyboard goes back to where it was.

    Signals:
        done: The id of a command that was chosen, before it runs.

    Args:
        theme: Colours and fonts.
        parent: The window.
    """

    done = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("command_palette")
        self._commands: Sequence[Command] = ()
        self._recent: Sequence[str] = ()
        self._model = CommandModel(self)
        self.search = QLineEdit(self)
        self.search.setObjectName("command_search")
        self.search.setProperty("search", True)
        self.search.setAccessibleName(tr("Search everything the program can do"))
        self.search.setPlaceholderText(
            tr("Search commands, schedulers, presets, files, parameters")
        )
        self.view = self._make_view(theme)
        self._nothing = QLabel(self)
        self._nothing.setObjectName("command_nothing")
        self._nothing.setProperty("role", "dim")
        self._nothing.setWordWrap(True)
        self._nothing.setMinimumHeight(2 * ROW)
        self._nothing.setContentsMargins(16, 8, 16, 8)
        self._foot = QLabel(self)
        self._foot.setObjectName("command_foot")
        self._foot.setProperty("role", "help")
        self._foot.setContentsMargins(14, 0, 14, 0)
        self._lay_out()
        self.search.textChanged.connect(self._show_found)
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().currentChanged.connect(self._on_current)

    def _make_view(self, theme: Theme) -> QListView:
        view = QListView(self)
        view.setObjectName("command_list")
        view.setAccessibleName(tr("Commands"))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setItemDelegate(CommandDelegate(theme, view))
        view.setModel(self._model)
        return view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        # The sheet's own margins keep the shadow free; one pixel more is its outline.
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(11, 11, 11, 11)
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(HLine(self))
        column.addSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self._nothing)
        column.addSpacing(4)
        column.addWidget(HLine(self))
        self._foot.setFixedHeight(30)
        column.addWidget(self._foot)

    # -- opening and closing -------------------------------------------------------------------

    def open_with(self, commands: Sequence[Command], recent: Sequence[str]) -> None:
        """Show these commands and take the keyboard; an open palette starts anew.

        Args:
            commands: All there are.
            recent: Ids of those used lately, the last one first.
        """
        self._commands, self._recent = commands, recent
        self.search.clear()
        self._show_found()
        self.appear(self.search)

    def place(self) -> None:
        """In the upper middle of the window, as wide as there is room for."""
        window = self.window()
        margins = self.shadow()
        width = min(WIDTH, window.width() - 2 * _BESIDE)
        top = min(_TOP, max(8, window.height() // 10))
        rows = max(1, min(self._model.rowCount(), ROWS, (window.height() - top - 120) // ROW))
        self.view.setFixedHeight(rows * ROW)
        self._nothing.setVisible(not self._model.rowCount())
        self.view.setVisible(bool(self._model.rowCount()))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        height = self.sizeHint().height()
        x = (window.width() - width) // 2 - margins.left()
        self.setGeometry(x, top - margins.top(), width + margins.left() + margins.right(), height)

    # -- what is found -------------------------------------------------------------------------

    def found(self) -> list[Found]:
        """What is listed, in order."""
        rows = range(self._model.rowCount())
        return [self._model.index(row, 0).data(FOUND_ROLE) for row in rows]

    @Slot()
    def _show_found(self) -> None:
        query = self.search.text()
        found = find(self._commands, query, self._recent)
        self._model.show(found)
        if found:
            self.view.setCurrentIndex(self._model.index(0, 0))
            self.view.scrollToTop()
        else:
            self._nothing.setText(
                tr(
                    "Nothing is called “{query}”. Try fewer letters, or a word such as "
                    "“warm-up”, “export”, “zoom” or “eta_min”.",
                    query=query.strip(),
                )
            )
        self._show_foot("")
        if self.isVisible():
            self.place()

    def _show_foot(self, reason: str) -> None:
        role = "warning" if reason else "help"
        hint = tr("↑ ↓ choose · Enter does it · Esc closes")
        count = self._model.rowCount()
        told = trn("{count} command", "{count} commands", count, count=numerals.grouped(count))
        self._foot.setText(reason or f"{hint} · {told}")
        if role != self._foot.property("role"):
            self._foot.setProperty("role", role)
            self._foot.style().unpolish(self._foot)
            self._foot.style().polish(self._foot)

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        self._show_foot("")
        if index.isValid():
            words = spoken(index.data(FOUND_ROLE))
            self.search.setAccessibleDescription(words)
            announce(self.search, words)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        command: Command = index.data(FOUND_ROLE).command
        if command.why_not:
            self._show_foot(command.why_not)
            announce(self.search, command.why_not)
            return
        self.dismiss()
        self.done.emit(command.id)
        # Between two events: the command may open a dialog that waits for an answer.
        QTimer.singleShot(0, self, _runner(command.run))

    def _step(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            row = (self.view.currentIndex().row() + by) % count
            self.view.setCurrentIndex(self._model.index(row, 0))

    # -- Qt's events ---------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        layout = self.layout()
        height = layout.totalSizeHint().height() if layout is not None else 200
        return QSize(WIDTH, height)

    def heeds(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.search:
            return False
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self._leave(event.reason())
        return isinstance(event, QKeyEvent) and self._heeds(event)

    def _heeds(self, event: QKeyEvent) -> bool:
        """Keys of the palette; Esc must not be taken for a shortcut either."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._key(event)

    def _leave(self, reason: Qt.FocusReason) -> None:
        if reason not in _ELSEWHERE:
            QTimer.singleShot(0, self, self._on_left)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        page = max(1, self.view.height() // ROW - 1)
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in _ENTER:
            self._choose(self.view.currentIndex())
        elif key in _UP:
            self._step(-1)
        elif key in _DOWN:
            self._step(1)
        elif key == Qt.Key.Key_PageUp:
            self._step(-min(page, self.view.currentIndex().row()))
        elif key == Qt.Key.Key_PageDown:
            left = self._model.rowCount() - 1 - self.view.currentIndex().row()
            self._step(min(page, left))
        else:
            return False
        return True

    @Slot()
    def _on_left(self) -> None:
        """The keyboard is somewhere else in the window: the palette is in the way there."""
        focus = QApplication.focusWidget()
        if self.isVisible() and focus is not None and not self.isAncestorOf(focus):
            self.vanish()


def _runner(run: Callable[[], object]) -> Callable[[], None]:
    def work() -> None:
        run()

    return work
