"""The problems panel."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QStackedLayout, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.problems.delegate import ProblemDelegate
from lrdesigner.gui.problems.model import MEND_ROLE, PROBLEM_ROLE, ProblemsModel, with_failure
from lrdesigner.gui.state import Selection
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import EmptyState
from lrdesigner.i18n import tr
from lrdesigner.schedule.problems import Problem

_LEFT = Qt.MouseButton.LeftButton
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ProblemsPanel(QWidget):
    """What is questionable about the document, where, and what to do.

    A click, or Enter, leads to the phase; "Fix it", or Ctrl+Enter, does what the fix says where
    that needs no decision.

    Signals:
        activated: The `Problem` the user wants to get at.
        count_changed: How many there are.
    """

    activated = Signal(object)
    count_changed = Signal(int)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._count = -1
        self.setObjectName("problems")
        self._model = ProblemsModel(self)
        self._view = ProblemsView(self._model, theme, self)
        self._none = EmptyState(
            tr("No problems. What is questionable is listed here, with what to do about it."),
            icon=icon("ok", theme, "ok"),
            parent=self,
        )
        self._none.setObjectName("problems_none")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._none)
        self._view.chosen.connect(self._on_chosen)
        self._view.mend_wanted.connect(self._on_mend)
        controller.problems_changed.connect(self._show)
        controller.run_changed.connect(self._show)
        self._show()

    def count(self) -> int:
        """How many problems there are."""
        return self._model.rowCount()

    @Slot()
    def _show(self) -> None:
        controller = self._controller
        problems = with_failure(controller.run, controller.problems)
        current = self._view.currentIndex().data(PROBLEM_ROLE)
        self._model.show(controller.schedule, problems)
        if current is not None and not self._view.currentIndex().isValid():
            self._restore(current)
        self._pages.setCurrentWidget(self._view if problems else self._none)
        # A proxy that is hidden would hold Tab up.
        self.setFocusProxy(self._view if problems else None)  # type: ignore[arg-type]
        if len(problems) != self._count:
            self._count = len(problems)
            self.count_changed.emit(self._count)

    def _restore(self, problem: Problem) -> None:
        """Make the row current that says what the current one said before."""
        for row in range(self._model.rowCount()):
            other = self._model.problem(row)
            if _same(other, problem):
                self._view.setCurrentIndex(self._model.index(row))
                return

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        problem: Problem = self._model.problem(index.row())
        self._controller.select(Selection(problem.phase, problem.track))
        self.activated.emit(problem)

    @Slot(QModelIndex)
    def _on_mend(self, index: QModelIndex) -> None:
        self._controller.mend(self._model.problem(index.row()))


def _same(one: Problem, other: Problem) -> bool:
    return (one.rule, one.phase, one.track) == (other.rule, other.phase, other.track)


class ProblemsView(QListView):
    """The list: a row is as high as its words need.

    Signals:
        chosen: Index of a row that was clicked, or on which Enter was pressed.
        mend_wanted: Index of a row whose link was clicked, or on which Ctrl+Enter was pressed.
    """

    chosen = Signal(QModelIndex)
    mend_wanted = Signal(QModelIndex)

    def __init__(self, model: ProblemsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = ProblemDelegate(theme, self)
        self.setObjectName("problems_list")
        self.setAccessibleName(tr("Problems"))
        self.setAccessibleDescription(
            tr("Enter leads to the phase, Ctrl+Enter fixes what can be fixed at once")
        )
        self._pressed_mend = QModelIndex()
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setViewportMargins(0, 6, 0, 6)
        self.setItemDelegate(self._rows)
        self.setModel(model)
        model.modelReset.connect(self._fit_places)
        model.dataChanged.connect(self._fit_places)
        self.clicked.connect(self.chosen)

    def sizeHint(self) -> QSize:
        return QSize(500, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            mend = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if mend and index.data(MEND_ROLE):
                self.mend_wanted.emit(index)
            elif not mend:
                self.chosen.emit(index)
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_mend = self._mend_at(event)
        if not self._pressed_mend.isValid():
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_mend = self._pressed_mend, QModelIndex()
        if not pressed.isValid():
            super().mouseReleaseEvent(event)
        elif self._mend_at(event) == pressed:
            self.mend_wanted.emit(pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shapes = Qt.CursorShape
        shape = shapes.PointingHandCursor if self._mend_at(event).isValid() else shapes.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def _mend_at(self, event: QMouseEvent) -> QModelIndex:
        """The row whose link is under the mouse; an invalid index for none."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        inside = index.isValid() and event.button() in (_LEFT, Qt.MouseButton.NoButton)
        if inside and self._rows.mend_place(self.visualRect(index), index).contains(place):
            return index
        return QModelIndex()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._rows.set_width(self.viewport().width()):
            self.scheduleDelayedItemsLayout()  # by itself Qt would wait for a tenth of a second
        super().resizeEvent(event)

    @Slot()
    def _fit_places(self) -> None:
        model = self.model()
        self._rows.fit_places([model.index(row, 0) for row in range(model.rowCount())])
        self.scheduleDelayedItemsLayout()
