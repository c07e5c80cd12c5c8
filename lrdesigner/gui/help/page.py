"""One scheduler's page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.catalog import SchedulerSpec
from lrdesigner.gui.help.params_table import ParamsTable
from lrdesigner.gui.palette.delegate import paint_shape
from lrdesigner.gui.palette.shapes import shape
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import FormulaView, FramedPicture, LinkLabel, SectionTitle, TrapList
from lrdesigner.i18n import tr
from lrdesigner.sources import pieces

_FORMULA_SIZE = 18.0
_PICTURE_HEIGHT = 140
_MARGIN = 24


class ShapePicture(FramedPicture):
    """What a scheduler does over a phase with the parameters it starts out with."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, _PICTURE_HEIGHT, parent)
        self._spec: SchedulerSpec | None = None

    def set_spec(self, spec: SchedulerSpec) -> None:
        """Show another scheduler."""
        self._spec = spec
        self.setAccessibleName(tr("Shape of {title}", title=tr(spec.title)))
        self.update()

    def paint_inside(self, painter: QPainter, area: QRectF) -> None:
        if self._spec is not None:
            color = QColor(self.theme.tokens.category_color(self._spec.category.value))
            paint_shape(painter, area.adjusted(16, 18, -16, -18), shape(self._spec.key), color)


class HelpPage(QScrollArea):
    """Everything there is to say of a scheduler.

    Signals:
        insert_requested: The scheduler's key.
    """

    insert_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help_page")
        self.setAccessibleName(tr("Help page"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._theme = theme
        self._spec: SchedulerSpec | None = None
        content = self._content = QWidget(self)
        content.setProperty("surface", "panel")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = SectionTitle("", content)
        self._title.setObjectName("help_title")
        self._key = self._text(content, "hint", "help_key")
        self._key.setFont(theme.font("code"))
        self._insert = QPushButton(tr("Insert into Timeline"), content)
        self._insert.setObjectName("help_insert")
        self._insert.setProperty("variant", "primary")
        self._insert.setAutoDefault(False)
        self._insert.clicked.connect(self._on_insert)
        self._picture = ShapePicture(theme, content)
        self._summary = self._text(content, "", "help_summary")
        self.formula = FormulaView(theme, _FORMULA_SIZE, content)
        self.formula.setObjectName("help_formula")
        self._use = self._text(content, "", "help_use")
        self._traps = TrapList(theme, content)
        self._source = LinkLabel(theme, "", content)
        self._source.setObjectName("help_source")
        self._steps = self._text(content, "hint", "help_steps")
        self._steps.setText(
            tr(
                "Steps are steps of the scheduler: of the optimizer, or epochs in a phase that "
                "steps once per epoch. They count from the phase's start (t = 0)."
            )
        )
        self._column = QVBoxLayout(content)
        self._params: ParamsTable | None = None
        self._heads: dict[str, SectionTitle] = {}
        self._lay_out(content)
        self.setWidget(content)

    @property
    def key(self) -> str:
        """The key of the scheduler that is shown, or ""."""
        return self._spec.key if self._spec else ""

    def show_spec(self, spec: SchedulerSpec) -> None:
        """Show a scheduler's page, from its top."""
        if spec is self._spec:
            return
        self._spec = spec
        self._title.setText(tr(spec.title))
        self._key.setText(f"{spec.key}  ·  {tr(spec.category.title)}")
        self._picture.set_spec(spec)
        self._summary.setText(tr(spec.summary))
        self.formula.set_formula(spec.latex, tr(spec.formula))
        self._use.setText(tr(spec.use))
        self._show_params(spec)
        self._traps.set_traps(spec.traps)
        self._heads["traps"].setVisible(bool(spec.traps))
        self._source.set_pieces(pieces(spec))
        self.verticalScrollBar().setValue(0)

    def _lay_out(self, content: QWidget) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._key)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(names, 1)
        head.addWidget(self._insert, 0, Qt.AlignmentFlag.AlignTop)
        column = self._column
        column.setContentsMargins(_MARGIN, 20, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._picture)
        column.addWidget(self._summary)
        for name, title, widgets in (
            ("formula", tr("Formula"), (self.formula, self._steps)),
            ("use", tr("When to use it"), (self._use,)),
            ("params", tr("Parameters"), ()),
            ("traps", tr("Traps"), (self._traps,)),
            ("source", tr("Source"), (self._source,)),
        ):
            self._heads[name] = SectionTitle(title, content)
            column.addSpacing(8)
            column.addWidget(self._heads[name])
            for widget in widgets:
                column.addWidget(widget)
        column.addStretch(1)

    def _show_params(self, spec: SchedulerSpec) -> None:
        if self._params is not None:
            self._column.removeWidget(self._params)
            self._params.setParent(None)
            self._params.deleteLater()
            self._params = None
        self._heads["params"].setVisible(bool(spec.params))
        if spec.params:
            self._params = ParamsTable(spec.params, self._theme, self._content)
            place = self._column.indexOf(self._heads["params"])
            self._column.insertWidget(place + 1, self._params)
            self._params.show()

    def _text(self, parent: QWidget, role: str, name: str) -> QLabel:
        label = QLabel(parent)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setWordWrap(True)  # after the policy, which it adds to
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    @Slot()
    def _on_insert(self) -> None:
        if self._spec is not None:
            self.insert_requested.emit(self._spec.key)
