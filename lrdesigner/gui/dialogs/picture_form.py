"""The choices a picture is made by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.picture_options import (
    CUSTOM,
    MOST,
    PRESETS,
    AxisChoice,
    Format,
    PictureOptions,
    PictureTheme,
    RangeChoice,
    SizeUnit,
    preset_named,
)
from lrdesigner.gui.widgets import Bounds, ChoiceField, HLine, NumberField, SegmentedControl
from lrdesigner.i18n import mark, tr

_LABEL = 76
_RESOLUTIONS = (
    (96, mark("96 dpi (web)")),
    (144, mark("144 dpi")),
    (192, mark("192 dpi (web, sharp)")),
    (300, mark("300 dpi (print)")),
    (600, mark("600 dpi (fine print)")),
)
_TEXTS = (0.75, 0.9, 1.0, 1.15, 1.3, 1.5, 2.0)
_SHOWN: tuple[tuple[str, str, str], ...] = (
    ("title", mark("Title"), mark("The title above the plot")),
    ("details", mark("Facts"), mark("Steps, range and torch's version, under the title")),
    ("legend", mark("Legend"), mark("The names of the lines, where there are several")),
    ("bands", mark("Phases"), mark("Tint the phases and name them")),
    ("overlays", mark("Overlays"), mark("Draw the overlays")),
    ("lanes", mark("Lanes"), mark("Draw the lanes under the curve")),
    ("fan", mark("Sweep"), mark("Draw the curves of the sweep")),
    ("handles", mark("Handles"), mark("Draw the rings that a curve is taken hold of by")),
    (
        "dashes",
        mark("Dashes"),
        mark("Tell groups apart by dashes too, where there is no colour"),
    ),
)


class _SizeField(NumberField):
    """Whole numbers stand there as such: 960, but 3.25."""

    def _format_value(self, value: object, *, focused: bool) -> str:
        text = super()._format_value(value, focused=focused)
        whole = isinstance(value, float) and value.is_integer()
        return text.removesuffix(".0").removesuffix(",0") if whole else text


class PictureForm(QWidget):
    """Fields for all of `PictureOptions`, and the title.

    Signals:
        changed: Something is different.

    Args:
        options: What is chosen at first.
        name: The title if none is typed.
        parent: The dialog.
    """

    changed = Signal()

    def __init__(self, options: PictureOptions, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._add_file()
        self._column.addSpacing(4)
        self._column.addWidget(HLine(self))
        self._column.addSpacing(4)
        self._add_look()
        self._column.addSpacing(4)
        self._column.addWidget(HLine(self))
        self._column.addSpacing(4)
        self._add_parts(name)
        self._column.addStretch(1)
        self._show()
        self._connect()

    # -- fields --------------------------------------------------------------------------------

    def _add_file(self) -> None:
        kinds = [(key, key.upper()) for key in ("png", "svg", "pdf")]
        self.format = self._segments("format", kinds, tr("Format"))
        sizes = [(each.key, tr(each.title)) for each in PRESETS]
        self.preset = self._choice("preset", [*sizes, (CUSTOM, tr("Custom"))], tr("Size"))
        self.width_ = self._number("width", tr("Width"))
        self.height_ = self._number("height", tr("Height"))
        units = [("px", "px"), ("in", "in"), ("cm", "cm")]
        self.unit = ChoiceField(units, parent=self)
        self.unit.setObjectName("picture_unit")
        self.unit.setAccessibleName(tr("Unit of width and height"))
        self.unit.setToolTip(tr("Pixels are those of a web page, 96 to the inch"))
        self.unit.setFixedWidth(84)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.width_, 1)
        times = QLabel("×", self)
        times.setProperty("role", "dim")
        row.addWidget(times)
        row.addWidget(self.height_, 1)
        row.addWidget(self.unit)
        self._labelled("", row)
        resolutions = [(dpi, tr(text)) for dpi, text in _RESOLUTIONS]
        self.dpi = self._choice("dpi", resolutions, tr("Resolution"))

    def _add_look(self) -> None:
        themes = [("light", tr("Light")), ("dark", tr("Dark"))]
        self.theme = self._segments("theme", themes, tr("Theme"))
        self.transparent = QCheckBox(tr("Transparent ground"), self)
        self.transparent.setObjectName("picture_transparent")
        self.transparent.setToolTip(tr("The page the picture is laid on is its ground"))
        row = QHBoxLayout()
        row.addWidget(self.transparent)
        self._labelled("", row)
        texts = [(share, f"{share:.0%}") for share in _TEXTS]
        self.text = self._choice("text", texts, tr("Text size"))
        axes = [("screen", tr("As shown")), ("linear", tr("Linear")), ("log", tr("Log"))]
        self.axis = self._segments("axis", axes, tr("LR axis"))
        ranges = [("run", tr("Whole run")), ("sight", tr("In sight"))]
        self.range = self._segments("range", ranges, tr("Time"))

    def _add_parts(self, name: str) -> None:
        self.title = QLineEdit(self)
        self.title.setObjectName("picture_title")
        self.title.setPlaceholderText(name)
        self.title.setAccessibleName(tr("Title"))
        row = QHBoxLayout()
        row.addWidget(self.title)
        self._labelled(tr("Title"), row, self.title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self._parts: dict[str, QCheckBox] = {}
        for place, (key, text, tip) in enumerate(_SHOWN):
            box = QCheckBox(tr(text), self)
            box.setObjectName(f"picture_{key}")
            box.setToolTip(tr(tip))
            grid.addWidget(box, place // 3, place % 3)
            self._parts[key] = box
        self._column.addLayout(grid)

    def _segments(self, key: str, options: list[tuple[str, str]], name: str) -> SegmentedControl:
        control = SegmentedControl(options, name=name, parent=self)
        control.setObjectName(f"picture_{key}")
        row = QHBoxLayout()
        row.addWidget(control)
        row.addStretch(1)
        self._labelled(name, row)
        return control

    def _choice(self, key: str, options: Sequence[tuple[object, str]], name: str) -> ChoiceField:
        field = ChoiceField(options, parent=self)
        field.setObjectName(f"picture_{key}")
        field.setAccessibleName(name)
        row = QHBoxLayout()
        row.addWidget(field)
        self._labelled(name, row, field)
        return field

    def _number(self, key: str, name: str) -> NumberField:
        field = _SizeField(bounds=Bounds(exclusive_minimum=0, maximum=MOST), parent=self)
        field.setObjectName(f"picture_{key}")
        field.setAccessibleName(name)
        return field

    def _labelled(self, text: str, content: QHBoxLayout, buddy: QWidget | None = None) -> None:
        label = QLabel(text, self)
        label.setProperty("role", "dim")
        label.setFixedWidth(_LABEL)
        if buddy is not None:
            label.setBuddy(buddy)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addLayout(content, 1)
        self._column.addLayout(row)

    # -- what is chosen ------------------------------------------------------------------------

    @property
    def options(self) -> PictureOptions:
        """What is chosen."""
        return self._options

    @property
    def title_text(self) -> str | None:
        """The title that was typed; None for the document's name."""
        return self.title.text().strip() or None

    def offer(self, part: str, there: bool, reason: str) -> None:
        """Whether there is anything of a part to draw, or why not."""
        box = self._parts[part]
        box.setEnabled(there)
        if not there:
            box.setToolTip(reason)

    def _show(self) -> None:
        """Let the fields say what is chosen."""
        options = self._options
        self.format.set_value(options.format)
        self.preset.set_value(options.preset if preset_named(options.preset) else CUSTOM)
        size = options.size
        self.width_.set_value(size.width)
        self.height_.set_value(size.height)
        self.unit.set_value(size.unit)
        self.dpi.set_value(options.dpi)
        self.dpi.setEnabled(options.format == "png")
        self.theme.set_value(options.theme)
        self.transparent.setChecked(options.transparent)
        self.text.set_value(options.text)
        self.axis.set_value(options.axis)
        self.range.set_value(options.range)
        for key, box in self._parts.items():
            box.setChecked(bool(getattr(options, key)))
        self.title.setEnabled(options.title)

    def _connect(self) -> None:
        for control in (self.format, self.theme, self.axis, self.range):
            control.value_changed.connect(self._on_changed)
        for field in (self.dpi, self.text):
            field.value_committed.connect(self._on_changed)
        self.preset.value_committed.connect(self._on_preset)
        self.unit.value_committed.connect(self._on_unit)
        for number in (self.width_, self.height_):
            number.value_changing.connect(self._on_size)
            number.value_committed.connect(self._on_size)
            number.change_abandoned.connect(self._on_size)
        for box in (self.transparent, *self._parts.values()):
            box.toggled.connect(self._on_changed)
        self.title.textChanged.connect(self.changed)

    @Slot(object)
    def _on_preset(self, key: object) -> None:
        size, scale = self._options.size, self._options.scale / self._options.text
        chosen = replace(self._options, preset=str(key))
        if key == CUSTOM:  # one goes on from what there is
            chosen = replace(
                chosen, width=size.width, height=size.height, unit=size.unit, base=scale
            )
        self._take(chosen)

    @Slot(object)
    def _on_unit(self, unit: object) -> None:
        """The same size in another unit."""
        size = self._options.size.to(cast("SizeUnit", unit))
        self._take(self._custom(size.width, size.height, size.unit))

    @Slot()
    def _on_size(self) -> None:
        width, height = self.width_.value(), self.height_.value()
        size = self._options.size
        if (
            isinstance(width, float)
            and isinstance(height, float)
            and (width, height)
            != (
                size.width,
                size.height,
            )
        ):
            self._take(self._custom(width, height, size.unit))

    def _custom(self, width: float, height: float, unit: SizeUnit) -> PictureOptions:
        base = self._options.scale / self._options.text
        return replace(
            self._options, preset=CUSTOM, width=width, height=height, unit=unit, base=base
        )

    @Slot()
    def _on_changed(self) -> None:
        parts: dict[str, Any] = {key: box.isChecked() for key, box in self._parts.items()}
        self._take(
            replace(
                self._options,
                format=cast("Format", self.format.value()),
                dpi=cast("int", self.dpi.value()),
                theme=cast("PictureTheme", self.theme.value()),
                transparent=self.transparent.isChecked(),
                text=cast("float", self.text.value()),
                axis=cast("AxisChoice", self.axis.value()),
                range=cast("RangeChoice", self.range.value()),
                **parts,
            )
        )

    def _take(self, options: PictureOptions) -> None:
        if options == self._options:
            return
        self._options = options
        self._show()
        self.changed.emit()
