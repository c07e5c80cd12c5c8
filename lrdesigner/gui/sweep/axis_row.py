"""The controls of one number that is swept, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from lrdesigner import numerals
from lrdesigner.gui.sweep.ramp_slider import RampSlider
from lrdesigner.gui.sweep_store import MOST_OF_ONE
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.widgets import Bounds, ChoiceField, NumberField, SegmentedControl
from lrdesigner.gui.widgets.number_text import parse_number, parse_whole
from lrdesigner.i18n import tr
from lrdesigner.sentences import joined
from lrdesigner.sweep import SweepAxis, Target, Traits

_END, _COUNT = 80, 78
_WRITTEN_OUT = 1e9


class EndField(NumberField):
    """One end of a range: a whole number is written as one, whatever varies."""

    def _format_value(self, value: object, *, focused: bool) -> str:
        if isinstance(value, float) and value.is_integer() and abs(value) < _WRITTEN_OUT:
            value = int(value)
        return super()._format_value(value, focused=focused)


class AxisRow(QWidget):
    """Which number, what it is now, from where to where, how many values, on which scale.

    Signals carry the row's place.

    Args:
        place: 0 for the first number, 1 for the second.
        theme: Colours and icons.
        parent: The bar.
    """

    target_chosen = Signal(int, object)
    axis_changed = Signal(int, object)
    count_changed = Signal(int, int)
    value_chosen = Signal(int, int)
    refused = Signal()
    """A field objects to what was typed, or no longer does; see `refusal`."""
    button_pressed = Signal(int)
    """The button at the end: add a second number, or take this one away."""

    def __init__(self, place: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = place
        self._axis: SweepAxis | None = None
        self._options: Sequence[tuple[object, str]] = []
        suffix = "" if place == 0 else "_2"
        self.target = ChoiceField(parent=self)
        self.target.setObjectName(f"sweep_target{suffix}")
        self.target.setAccessibleName(tr("Number to sweep"))
        self.target.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.target.setMinimumWidth(150)
        self.target.setMaximumWidth(280)
        self.start = self._number(f"sweep_from{suffix}", tr("From"), _END)
        self.slider = RampSlider(theme, colored=place == 0, parent=self)
        self.slider.setObjectName(f"sweep_slider{suffix}")
        self.stop = self._number(f"sweep_to{suffix}", tr("To"), _END)
        self.count = NumberField(integer=True, bounds=Bounds(2, MOST_OF_ONE), parent=self)
        self.count.setObjectName(f"sweep_count{suffix}")
        self.count.setAccessibleName(tr("How many values"))
        self.count.set_help(tr("How many values it takes, both ends included"))
        self.count.setFixedWidth(_COUNT)
        self.scale = SegmentedControl(
            [("linear", tr("Lin")), ("log", tr("Log"))], name=tr("Spacing"), parent=self
        )
        self.scale.setObjectName(f"sweep_scale{suffix}")
        self.scale.setToolTip(tr("Values at equal distances, or at equal factors"))
        self.button = QToolButton(self)
        self._dress_button(theme)
        self._lay_out()
        self._connect()

    def _number(self, name: str, label: str, width: int) -> EndField:
        field = EndField(parent=self)
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setFixedWidth(width)
        return field

    def _dress_button(self, theme: Theme) -> None:
        first = self._place == 0
        tip = tr("Sweep a second number too") if first else tr("Sweep one number only")
        self.button.setObjectName("sweep_add" if first else "sweep_remove")
        self.button.setIcon(icon("add" if first else "remove", theme, "hint"))
        self.button.setIconSize(QSize(16, 16))
        self.button.setFixedSize(28, 28)
        self.button.setToolTip(tip)
        self.button.setAccessibleName(tip)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the rows stay in line
        self.button.setSizePolicy(policy)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.target, 4)  # its name has to be read
        line.addWidget(self.start)
        line.addWidget(self.slider, 2)
        line.addWidget(self.stop)
        line.addWidget(self.count)
        line.addWidget(self.scale)
        line.addWidget(self.button)

    def _connect(self) -> None:
        for each in (self.start, self.stop, self.count):
            each.error_changed.connect(self.refused)
        self.target.value_committed.connect(self._on_target)
        for field in (self.start, self.stop):
            field.value_changing.connect(self._on_range)
            field.value_committed.connect(self._on_range)
            field.change_abandoned.connect(self._on_range)
        self.count.value_changing.connect(self._on_count)
        self.count.value_committed.connect(self._on_count)
        self.scale.value_changed.connect(self._on_scale)
        self.slider.valueChanged.connect(self._on_slider)
        self.button.clicked.connect(self._on_button)

    def refusal(self) -> str:
        """What is wrong with what was typed, and in which field; or ""."""
        if self.isHidden():
            return ""
        fields = (self.start, self.stop, self.count)
        return next(
            (
                tr("{place}: {text}", place=f.accessibleName(), text=f.error())
                for f in fields
                if f.error()
            ),
            "",
        )

    def show_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer these numbers."""
        if options != self._options:
            self._options = options
            self.target.set_options(options)

    def show_axis(self, axis: SweepAxis, count: int, traits: Traits | None, most: int) -> None:
        """Show what varies, and between which values."""
        if self._axis is not None and axis.target != self._axis.target:
            self._forget_typed()
        self._axis = axis
        self.target.set_value(axis.target)
        for field, value in ((self.start, axis.start), (self.stop, axis.stop)):
            if not field.is_stepping():
                field.set_value(value)
        if not self.count.is_stepping():
            self.count.set_value(count)
        self.count.set_bounds(Bounds(2, most))
        self.scale.set_value(axis.scale)
        if traits is not None:
            for field in (self.start, self.stop):
                field.set_reader(parse_whole if traits.limits.whole else parse_number)
            unit = f" ({tr(traits.unit)})" if traits.unit else ""
            self.target.setToolTip(
                joined(
                    tr("{name}, {place}.", name=traits.title + unit, place=traits.place),
                    tr(traits.help),
                )
            )
            self.start.set_help(tr("First value of {name}", name=traits.title) + unit)
            self.stop.set_help(tr("Last value of {name}", name=traits.title) + unit)
            self.slider.setAccessibleName(tr("Variant by {name}", name=traits.title))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # not with its window
            self._forget_typed()

    def _forget_typed(self) -> None:
        """What was typed and not taken was typed for something else."""
        for field in (self.start, self.stop, self.count):
            field.revert()

    def show_values(self, values: Sequence[float], place: int) -> None:
        """Show the values and the one that is looked at."""
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(values) - 1))
            self.slider.setPageStep(max(1, len(values) // 10))
            self.slider.setValue(place)
        text = numerals.localised(f"{values[place]:.6g}") if values else ""
        self.slider.setAccessibleDescription(text)
        self.slider.update()

    @Slot(object)
    def _on_target(self, target: Target) -> None:
        self.target_chosen.emit(self._place, target)

    @Slot()
    def _on_range(self) -> None:
        start, stop = self.start.value(), self.stop.value()
        if self._axis is None or not isinstance(start, (int, float)):
            return
        if isinstance(stop, (int, float)):
            axis = replace(self._axis, start=float(start), stop=float(stop))
            if axis != self._axis:
                self.axis_changed.emit(self._place, axis)

    @Slot(str)
    def _on_scale(self, scale: str) -> None:
        if self._axis is not None:
            axis = replace(self._axis, scale="log" if scale == "log" else "linear")
            self.axis_changed.emit(self._place, axis)

    @Slot(object)
    def _on_count(self, count: object) -> None:
        if isinstance(count, int):
            self.count_changed.emit(self._place, count)

    @Slot(int)
    def _on_slider(self, value: int) -> None:
        self.value_chosen.emit(self._place, value)

    @Slot()
    def _on_button(self) -> None:
        self.button_pressed.emit(self._place)
