"""The page that a start shows over the editor: recent files, recipes, the tour, a hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.dialogs.card_view import CardView
from lrdesigner.gui.dialogs.recipe_model import RecipeModel
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.gui.start_page.hints import hint
from lrdesigner.gui.start_page.recent_files import RecentList
from lrdesigner.gui.theme import Theme, app_icon, icon
from lrdesigner.gui.widgets import ElidedLabel, HLine
from lrdesigner.gui.widgets.passing_sheet import PassingSheet
from lrdesigner.gui.widgets.start_button import StartButton
from lrdesigner.i18n import tr

WIDTH, HEIGHT = 1088, 620
_LEFT = 296
_CARD = QSize(196, 144)
_BESIDE = 24
_WITH_WORDS = 400
_ICON = 40


class StartPage(PassingSheet):
    """Lies over the editor, which is open behind it; Esc, or a press beside it, leads there.

    Signals:
        action_wanted: Id of an action to do: ``"new"``, ``"open"``, ``"gallery"``, ``"tour"``.
        recent_chosen: A recent file (path).
        recent_removed: A path to be forgotten.
        recipe_chosen: Key of a recipe.
        at_start_changed: Whether the page is shown at the next start.

    Args:
        theme: Colours and fonts.
        keys: Shortcuts of actions, by their ids, as the platform writes them.
        parent: The window.
    """

    action_wanted = Signal(str)
    recent_chosen = Signal(str)
    recent_removed = Signal(str)
    recipe_chosen = Signal(str)
    at_start_changed = Signal(bool)

    def __init__(self, theme: Theme, keys: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("start_page")
        self.setAccessibleName(tr("Start page"))
        self._keys = dict(keys)
        self._number = 0
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_missing)
        self.tour = QPushButton(tr("Take the two-minute tour"), self)
        self.tour.setObjectName("start_tour")
        self.buttons = [
            StartButton(name, text, keys.get(name, ""), icon(picture, theme), theme, self)
            for name, text, picture in (
                ("new", tr("New schedule"), "new"),
                ("open", tr("Open…"), "open"),
                ("gallery", tr("Presets and examples…"), "gallery"),
            )
        ]
        self.recent = RecentList(theme, self)
        self._no_recent = QLabel(tr("Files that you open or save come here."), self)
        self._no_recent.setObjectName("start_no_recent")
        self._no_recent.setProperty("role", "help")
        self._no_recent.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._no_recent.setWordWrap(True)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.recent)
        self._pages.addWidget(self._no_recent)
        self.recipes = self._make_recipes(theme)
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("start_close")
        self.close_button.setIcon(icon("close", theme))
        self.close_button.setAccessibleName(tr("Close, and go to the editor"))
        self.close_button.setToolTip(tr("Go to the editor (Esc)"))
        self.at_start = QCheckBox(tr("Show at start"), self)
        self.at_start.setObjectName("start_again")
        self.at_start.setToolTip(tr("File ▸ Start Page shows it at any time"))
        self._hint = ElidedLabel("", parent=self)
        self._hint.setObjectName("start_hint")
        self._hint.setProperty("role", "help")
        self._next = QPushButton(tr("Next hint"), self)
        self._next.setObjectName("start_next_hint")
        self._next.setProperty("variant", "link")
        self._lay_out()
        self._connect()

    def _make_recipes(self, theme: Theme) -> CardView:
        view = CardView(theme, self, _CARD, lines=2)
        view.setObjectName("start_recipes")
        view.setAccessibleName(tr("Recipes and examples to start from"))
        view.setAccessibleDescription(tr("Enter opens one"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = RecipeModel(view)
        view.setModel(self._model)
        return view

    def _lay_out(self) -> None:
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(_ICON, _ICON))
        name = QLabel("lrdesigner", self)
        name.setProperty("role", "title")
        self._what = QLabel(tr("Design a learning rate, see it exactly, take it as code."), self)
        self._what.setProperty("role", "help")
        self._what.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(self._what)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(head)
        left.addSpacing(14)
        left.addWidget(self.tour)
        left.addSpacing(10)
        for button in self.buttons:
            left.addWidget(button)
        left.addSpacing(12)
        left.addWidget(self._heading(tr("Recent files")))
        left.addSpacing(4)
        left.addWidget(self._pages, 1)
        top = QHBoxLayout()
        top.addWidget(self._heading(tr("Start from a recipe")), 1)
        top.addWidget(self.close_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(top)
        right.addWidget(self.recipes, 1)
        side = QWidget(self)
        side.setFixedWidth(_LEFT - 2 * 12)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        body = QHBoxLayout()
        body.setContentsMargins(20, 20, 14, 12)
        body.setSpacing(24)
        body.addWidget(side)
        body.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 10)
        foot.setSpacing(12)
        foot.addWidget(self.at_start)
        foot.addStretch(1)
        foot.addWidget(self._hint, 100)
        foot.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(HLine(self))
        column.addLayout(foot)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        return label

    def _connect(self) -> None:
        self.tour.clicked.connect(self._on_tour)
        for button in self.buttons:
            button.wanted.connect(self._on_action)
        self.recent.chosen.connect(self._on_recent)
        self.recent.taken_off.connect(self._on_taken_off)
        self.recipes.clicked.connect(self._on_recipe)
        self.recipes.activated.connect(self._on_recipe)
        self.close_button.clicked.connect(self.dismiss)
        self.at_start.toggled.connect(self.at_start_changed)
        self._next.clicked.connect(self._on_next)

    # -- opening -------------------------------------------------------------------------------

    def open_page(
        self, recent: Sequence[str], *, at_start: bool, hint_number: int, new_here: bool
    ) -> None:
        """Show it.

        Args:
            recent: Paths of recent files, the last one first.
            at_start: Whether it is shown at every start.
            hint_number: Which hint it gives.
            new_here: Whether the tour is what it offers first.
        """
        self.tour.setProperty("variant", "primary" if new_here else "")
        self.tour.style().unpolish(self.tour)
        self.tour.style().polish(self.tour)
        self.recent.files.show(recent)
        self._show_recent()
        self.at_start.blockSignals(True)
        self.at_start.setChecked(at_start)
        self.at_start.blockSignals(False)
        self._show_hint(hint_number)
        first = self.recent if recent else self.tour if new_here else self.buttons[0]
        if recent:
            self.recent.setCurrentIndex(self.recent.files.index(0))
        self.appear(self.tour if new_here else first)
        # A disk may take its time to say what is still there.
        paths = tuple(recent)
        self._worker.submit(lambda cancelled: _missing(paths, cancelled))

    @property
    def hint_number(self) -> int:
        """Which hint it gives."""
        return self._number

    def place(self) -> None:
        """In the middle of the window, as large as there is room for."""
        window, margins = self.window(), self.shadow()
        width = min(WIDTH, window.width() - 2 * _BESIDE)
        height = min(HEIGHT, window.height() - 2 * _BESIDE)
        around = QSize(
            width + margins.left() + margins.right(), height + margins.top() + margins.bottom()
        )
        x = (window.width() - around.width()) // 2
        y = (window.height() - around.height()) // 2
        self.setGeometry(x, y, around.width(), around.height())
        self._what.setVisible(height >= _WITH_WORDS)

    # -- what is done --------------------------------------------------------------------------

    def _show_recent(self) -> None:
        nothing = not self.recent.files.rowCount()
        self._pages.setCurrentWidget(self._no_recent if nothing else self.recent)

    def _show_hint(self, number: int) -> None:
        self._number = number
        self._hint.set_text(hint(number, self._keys))

    @Slot()
    def _on_next(self) -> None:
        self._show_hint(self._number + 1)

    @Slot()
    def _on_tour(self) -> None:
        self._on_action("tour")

    @Slot(str)
    def _on_action(self, name: str) -> None:
        self.dismiss()
        self.action_wanted.emit(name)

    @Slot(str)
    def _on_recent(self, path: str) -> None:
        self.dismiss()
        self.recent_chosen.emit(path)

    @Slot(str)
    def _on_taken_off(self, path: str) -> None:
        if not self.recent.files.rowCount() and self.recent.hasFocus():
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_recent()
        self.recent_removed.emit(path)

    @Slot(QModelIndex)
    def _on_recipe(self, index: QModelIndex) -> None:
        if self.isHidden():
            return  # a double click is a click, too
        recipe = index.data(RecipeModel.RECIPE)
        self.dismiss()
        self.recipe_chosen.emit(recipe.key)

    @Slot(object)
    def _on_missing(self, missing: object) -> None:
        if isinstance(missing, frozenset):
            self.recent.files.mark_missing(missing)

    def shut_down(self) -> None:
        """Ask no disk any more."""
        self._worker.close()


def _missing(paths: Sequence[str], cancelled: Cancelled) -> frozenset[str]:
    """Those that are no files any more."""
    gone = set()
    for path in paths:
        if cancelled():
            break
        try:
            there = Path(path).is_file()
        except OSError:
            there = False
        if not there:
            gone.add(path)
    return frozenset(gone)
