"""The tour's words: a card with a pointer, and the ring around what it points at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from lrdesigner.gui.theme import Theme
from lrdesigner.gui.tour.placing import Side, place
from lrdesigner.gui.widgets.sheet import Sheet
from lrdesigner.i18n import tr
from lrdesigner.sentences import ended, joined

WIDTH = 320
_POINTER = 9.0
_FROM_EDGE = 22.0
_NEXT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_PageDown)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)


class Spotlight(QWidget):
    """A ring around something; the mouse does not notice it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("tour_spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_around(self, target: QRect) -> None:
        """Be around that; an empty one hides it."""
        self.setVisible(not target.isEmpty())
        around = target.adjusted(-5, -5, 5, 5)
        if around != self.geometry():
            self.setGeometry(around)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)


class Callout(Sheet):
    """Title, what there is to know, what to do; next, back and leave.

    Signals:
        next_wanted: The next step.
        back_wanted: The one before.
        leave_wanted: No more.

    Args:
        theme: Colours and fonts.
        parent: The window.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("tour_callout")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._side: Side = ""
        self._target = QRect()
        self._count = QLabel(self)
        self._count.setProperty("role", "hint")
        self.title = QLabel(self)
        self.title.setObjectName("tour_title")
        self.title.setProperty("role", "title")
        self.text = self._label("tour_text", "")
        self.task = self._label("tour_task", "strong")
        self.leave = self._button("tour_leave", "link")
        self.leave.setText(tr("Leave the tour"))
        self.leave.setToolTip(tr("Leave the tour (Esc); Help starts it again"))
        self.back = self._button("tour_back", "flat")
        self.back.setText(tr("Back"))
        self.next = self._button("tour_next", "primary")
        self._lay_out()
        self.leave.clicked.connect(self.leave_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label

    def _button(self, name: str, variant: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("variant", variant)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._count)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.task)
        column.addSpacing(4)
        column.addLayout(foot)

    # -- what it says --------------------------------------------------------------------------

    def say(self, number: int, of: int, title: str, text: str, task: str) -> None:
        """Be about another step."""
        self.title.setText(title)
        self.text.setText(text)
        self._count.setText(tr("{number} of {count}", number=number, count=of))
        self._task = task
        self.back.setEnabled(number > 1)
        self.set_done(False, last=number == of)
        self.setAccessibleName(joined(ended(title), text, task))
        self._fit()

    def set_done(self, done: bool, *, last: bool) -> None:
        """Whether what is asked for has been done."""
        self.task.setVisible(bool(self._task))
        mark = "✓" if done else "○"
        self.task.setText(f"{mark}  {self._task}")
        role = "ok" if done else "strong"
        if role != self.task.property("role"):
            self.task.setProperty("role", role)
            self.task.style().unpolish(self.task)
            self.task.style().polish(self.task)
        waits = bool(self._task) and not done
        self.next.setText(tr("Done") if last else tr("Skip") if waits else tr("Next"))
        self.leave.setVisible(not last)

    def _fit(self) -> None:
        margins = self.shadow()
        width = WIDTH + margins.left() + margins.right()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width)
        self.resize(width, height)

    # -- where it is ---------------------------------------------------------------------------

    def move_beside(self, target: QRect, area: QRect, clear: tuple[QRect, ...]) -> None:
        """Stand beside what it is about.

        Args:
            target: That; empty for the middle of the area.
            area: Where it may be.
            clear: What it should leave free as well.
        """
        margins = self.shadow()
        inner = self.size().shrunkBy(margins)
        rect, side = place(inner, target, area, clear)
        around = rect.marginsAdded(margins)
        if (side, target) != (self._side, self._target):
            self._side, self._target = side, target
            self.update()
        if around != self.geometry():
            self.setGeometry(around)
        self.raise_()

    @property
    def place_in_window(self) -> QRect:
        """What it covers, without its shadow."""
        return self.geometry().marginsRemoved(self.shadow())

    def sizeHint(self) -> QSize:
        return self.size()

    # -- Qt's events ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _NEXT:
            self.next_wanted.emit()
        elif event.key() in _BACK:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._side:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointer = self._pointer()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("panel"))
        painter.drawPolygon(pointer)
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        painter.drawPolyline(pointer)
        painter.end()

    def _pointer(self) -> QPolygonF:
        """From the edge towards the target."""
        inner = self.inner.adjusted(0.5, 0.5, -0.5, -0.5)
        middle = QPointF(self._target.center() - self.pos())
        half = _POINTER * 0.8
        if self._side in ("right", "left"):
            y = max(inner.top() + _FROM_EDGE, min(middle.y(), inner.bottom() - _FROM_EDGE))
            edge, out = (inner.left(), -1) if self._side == "right" else (inner.right(), 1)
            tip = QPointF(edge + out * _POINTER, y)
            return QPolygonF([QPointF(edge - out, y - half), tip, QPointF(edge - out, y + half)])
        x = max(inner.left() + _FROM_EDGE, min(middle.x(), inner.right() - _FROM_EDGE))
        edge, out = (inner.top(), -1) if self._side == "below" else (inner.bottom(), 1)
        tip = QPointF(x, edge + out * _POINTER)
        return QPolygonF([QPointF(x - half, edge - out), tip, QPointF(x + half, edge - out)])
