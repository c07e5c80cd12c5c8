"""Layer-wise LR decay: one group becomes its layers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.seen_dialog import SeenDialog
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.inspector.rows import FieldRow
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import Bounds, ChoiceField, NumberField, ValueEdit, parse_number
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.layer_decay import PLACE, Highest, split_into_layers
from lrdesigner.schedule.model import MAX_GROUPS, Group
from lrdesigner.sentences import capital, ended

LAYERS, FACTOR = 12, 0.75
_LAYERS = Bounds(minimum=2, maximum=MAX_GROUPS)
_FACTOR = Bounds(exclusive_minimum=0)
_LR = Bounds(minimum=0)
_ROW = 20
_MOST_ROWS = 9
_EDGE = Qt.AlignmentFlag.AlignVCenter

_HELPS = {
    "group": mark("The group whose parameters are split."),
    "layers": mark("How many layers the group has; one parameter group for each."),
    "factor": mark("LR of a layer in units of the next one's: BEiT takes 0.65 to 0.95."),
    "lr": mark("LR of the highest layer."),
    "names": mark("What the layers are called; {i} is the layer's number, from 0."),
    "highest": mark("Which end has the base LR; usually the last layer, nearest to the head."),
}


class LayersDialog(SeenDialog):
    """Asks how many layers a group has and how their LRs decay.

    Args:
        place: The group.
        controller: Has the document.
        theme: Colours and fonts.
        parent: Its owner.
    """

    def __init__(self, place: int, controller: Controller, theme: Theme, parent: QWidget) -> None:
        self._place = place
        groups = controller.schedule.optimizer.groups
        group = groups[place]
        self._several = len(groups) > 1
        super().__init__(
            tr("Split a group into layers")
            if self._several
            else tr("Split {group} into layers", group=group.name),
            tr("add layer-wise decay"),
            tr("Split"),
            controller,
            theme,
            parent,
        )
        self.setObjectName("layers_dialog")
        self.help.setText(
            tr("Layer i of n gets base LR × factor^(n − 1 − i), as in ELECTRA and BEiT.")
        )
        self._which = ChoiceField([(index, each.name) for index, each in enumerate(groups)])
        self._which.setParent(self)
        self._which.setObjectName("layers_group")
        self._which.setToolTip(tr(_HELPS["group"]))
        self._which.set_value(place)
        self._which.setVisible(self._several)
        self._which.value_committed.connect(self._on_group)
        self._layers = self._number("layers", LAYERS, _LAYERS)
        self._factor = self._number("factor", FACTOR, _FACTOR)
        self._lr = self._number("lr", group.lr, _LR)
        self._names = ValueEdit(str, parent=self)
        self._names.set_value(f"{group.name} {PLACE}" if self._several else f"layer {PLACE}")
        self._names.setObjectName("layers_names")
        self._names.set_help(tr(_HELPS["names"]))
        self._names.textEdited.connect(self._show)
        self._names.value_committed.connect(self._show)
        self._highest = ChoiceField([("last", tr("last layer")), ("first", tr("first layer"))])
        self._highest.setObjectName("layers_highest")
        self._highest.setToolTip(tr(_HELPS["highest"]))
        self._highest.value_committed.connect(self._show)
        self._list = LayerList(theme, self)
        self._lay_out(theme)
        self._show()

    def _number(self, name: str, value: float, bounds: Bounds) -> NumberField:
        field = NumberField(integer=name == "layers", bounds=bounds, parent=self)
        field.setObjectName(f"layers_{name}")
        field.set_help(tr(_HELPS[name]))
        field.set_value(value)
        field.textEdited.connect(self._show)
        field.value_changing.connect(self._show)
        field.value_committed.connect(self._show)
        return field

    @staticmethod
    def _read(field: NumberField, bounds: Bounds) -> float:
        """What is typed, while it is typed."""
        value = parse_number(field.text())
        objection = bounds.objection(value)
        if objection is not None:
            raise ValueError(
                tr(
                    "{place}: {text}",
                    place=field.accessibleName(),
                    text=f"{objection[:1].lower()}{objection[1:]}",
                )
            )
        return value

    def _lay_out(self, theme: Theme) -> None:
        if self._several:
            self.rows.addWidget(FieldRow(tr("Group"), self._which, theme, help=tr(_HELPS["group"])))
        for label, name, field in (
            (tr("Layers"), "layers", self._layers),
            (tr("Factor"), "factor", self._factor),
            (tr("Base LR"), "lr", self._lr),
            (tr("Names"), "names", self._names),
            (tr("Base LR at"), "highest", self._highest),
        ):
            self.rows.addWidget(FieldRow(label, field, theme, help=tr(_HELPS[name])))
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(_ROW * _MOST_ROWS)
        area.setWidget(self._list)
        area.setAccessibleName(self._list.accessibleName())
        self.rows.addSpacing(4)
        self.rows.addWidget(area)

    @Slot(object)
    def _on_group(self, place: object) -> None:
        """Another group: what the fields begin with is its own."""
        assert isinstance(place, int)
        self._place = place
        group = self.before.optimizer.groups[place]
        self._lr.set_value(group.lr)
        self._names.set_value(f"{group.name} {PLACE}")
        self._show()

    @Slot()
    def _show(self) -> None:
        highest: Highest = "first" if self._highest.value() == "first" else "last"
        try:
            layers = int(self._read(self._layers, _LAYERS))
            factor, lr = self._read(self._factor, _FACTOR), self._read(self._lr, _LR)
            after = split_into_layers(
                self.before,
                self._place,
                layers,
                factor,
                lr=lr,
                pattern=self._names.text(),
                highest=highest,
            )
        except ValueError as error:
            self.show_objection(ended(capital(str(error))))
            return
        groups = after.optimizer.groups
        self._list.show_groups(groups, self._place, self._place + layers)
        self.show_edit(after, self.controller.selection)


class LayerList(QWidget):
    """The layers as the canvas will show them: colour, name, LR."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layers_list")
        self.setAccessibleName(tr("The layers and their LRs"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._shown: list[tuple[str, str, str]] = []

    def show_groups(self, groups: tuple[Group, ...], start: int, end: int) -> None:
        """Show those of the groups."""
        colors = group_colors(self._theme.tokens, [group.name for group in groups])
        self._shown = [
            (group.name, lr_text(group.lr), color)
            for group, color in zip(groups[start:end], colors[start:end], strict=True)
        ]
        self.setAccessibleDescription(", ".join(f"{name} {lr}" for name, lr, _ in self._shown))
        self.setFixedHeight(_ROW * len(self._shown))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, _ROW * len(self._shown))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.setFont(self._theme.font("small"))
        for place, (name, lr, color) in enumerate(self._shown):
            row = QRectF(0, place * _ROW, self.width(), _ROW)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawEllipse(QRectF(1, row.center().y() - 4, 8, 8))
            painter.setPen(QColor(tokens.text))
            painter.drawText(row.adjusted(18, 0, -90, 0), Qt.AlignmentFlag.AlignLeft | _EDGE, name)
            painter.setPen(QColor(tokens.dim))
            painter.drawText(row.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignRight | _EDGE, lr)
        painter.end()
