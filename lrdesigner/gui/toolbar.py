"""The bar on top: the document's name and state, undo, axes, device, exactness, export."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from lrdesigner.gui.actions import ActionSet
from lrdesigner.gui.actions.keys import tip_of
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.device_menu import NAMES
from lrdesigner.gui.place_text import in_words
from lrdesigner.gui.state import RunState, ViewState, XUnit
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.gui.time_text import shown_unit
from lrdesigner.gui.widgets import (
    ChipLabel,
    ElidedLabel,
    GivingRow,
    MenuButton,
    SegmentedControl,
    Step,
)
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule import counting

HEIGHT = 48
_LEAST_NAME = 80
_UNITS: dict[XUnit, str] = {
    "steps": mark("Steps"),
    "epochs": mark("Epochs"),
    "percent": "%",
    "samples": mark("Samples"),
    "tokens": mark("Tokens"),
}
_UNIT_TIPS: dict[XUnit, str] = {
    "steps": mark("Count optimizer steps along the time axis"),
    "epochs": mark("Count epochs along the time axis"),
    "percent": mark("Count percent of the run along the time axis"),
    "samples": mark("Count training samples along the time axis"),
    "tokens": mark("Count training tokens along the time axis"),
}
_UNKNOWN_TIPS: dict[XUnit, str] = {
    "samples": mark("Count samples: say how large the batches are first"),
    "tokens": mark("Count tokens: say how large batches and sequences are first"),
}


class TopBar(QToolBar):
    """The tool bar; it cannot be moved away.

    Signals:
        axis_requested: ``"linear"`` or ``"log"``.
        unit_requested: A unit of the time axis, known or not.
    """

    axis_requested = Signal(str)
    unit_requested = Signal(str)

    def __init__(
        self, controller: Controller, actions: ActionSet, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(tr("Toolbar"), parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(18, 18))
        self.setFixedHeight(HEIGHT)
        self._controller = controller

        self._name = ElidedLabel("", parent=self)
        self._name.setProperty("role", "title")
        self._state = QLabel("", self)
        self._state.setProperty("role", "dim")
        self._state.setMinimumWidth(self._state.fontMetrics().horizontalAdvance(tr("edited")) + 4)
        self._axis = SegmentedControl(
            [("linear", tr("Linear")), ("log", tr("Log"))], name=tr("LR axis")
        )
        self._axis.setObjectName("toolbar_axis")
        for key, label, tip in (
            ("linear", tr("Linear"), tr("Show the LR linearly")),
            ("log", tr("Log"), tr("Show the LR in powers of ten")),
        ):
            self._axis.set_option(key, label, tip_of(tip, key))
        self._unit = SegmentedControl(
            [(unit, tr(label)) for unit, label in _UNITS.items()], name=tr("Time axis unit")
        )
        self._unit.setObjectName("toolbar_unit")
        # Takes the place of the other in a narrow window.
        self._units = MenuButton(self)
        self._units.setObjectName("toolbar_units")
        self._units.setProperty("variant", "menu")
        self._units.setAccessibleName(tr("Time axis unit"))
        units = QMenu(self._units)
        for unit in _UNITS:
            units.addAction(actions[unit])
        self._units.setMenu(units)
        self._device = MenuButton(self)
        self._device.setObjectName("toolbar_device")
        self._device.setProperty("chip", True)
        self._device.setMenu(actions.menu("device"))
        self._badge = ChipLabel(tr("live"), parent=self)
        self._badge.setObjectName("toolbar_badge")
        self._export = MenuButton(self)
        self._export.setObjectName("toolbar_export")
        self._export.setText(tr("Export"))
        self._export.setProperty("variant", "primary")
        self._export.setToolTip(tr("Take the schedule away as code or JSON"))
        menu = QMenu(self._export)
        for name in ("copy_code", "save_code", "save_json", "", "export_picture", "copy_picture"):
            menu.addAction(actions[name]) if name else menu.addSeparator()
        self._export.setMenu(menu)

        self.addWidget(self._row(actions, theme))
        self._axis.value_changed.connect(self.axis_requested)
        self._unit.value_changed.connect(self._on_unit)
        controller.document_changed.connect(self._show_units)
        controller.document_changed.connect(self._show_name)
        controller.file_changed.connect(self._show_name)
        controller.view_changed.connect(self._show_view)
        controller.run_changed.connect(self._show_run)
        controller.unapplied_changed.connect(self._on_unapplied)
        controller.device_changed.connect(self._show_device)
        self._show_name()
        self._show_view(controller.view)
        self._show_run(controller.run)
        self._show_device(controller.device)

    def _row(self, actions: ActionSet, theme: Theme) -> QWidget:
        row = GivingRow(self._name, _LEAST_NAME, self)
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = row.row
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(12)
        layout.addWidget(self._state)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for name, title in (("undo", tr("Undo")), ("redo", tr("Redo"))):
            button = QToolButton(row)
            button.setObjectName(f"toolbar_{name}")
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(title)
            button.setIcon(icon(name, theme))
            buttons.addWidget(button)
        layout.addLayout(buttons)
        layout.addStretch(1)
        shown = (self._axis, self._unit, self._units, self._device, self._badge, self._export)
        for widget in shown:
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        # Menus and the line below have all of it, too.
        gone = (self._device, self._badge, self._axis)
        row.set_steps([Step(self._unit, self._units), *map(Step, gone)])
        return row

    @Slot()
    def _show_name(self) -> None:
        self._name.set_text(self._controller.title)
        path = self._controller.path
        self._name.setToolTip(str(path) if path else tr("Not saved in a file yet"))
        self._state.setText("" if self._controller.clean else tr("edited"))

    @Slot(object)
    def _show_view(self, view: ViewState) -> None:
        self._axis.set_value("log" if view.log else "linear")
        self._show_units()

    @Slot(str)
    def _on_unit(self, unit: str) -> None:
        self.unit_requested.emit(unit)
        self._show_units()  # one that is not known leads elsewhere, and is not the unit yet

    @Slot()
    def _show_units(self) -> None:
        """The unit that counts, and which of them would have to be made known first."""
        horizon = self._controller.schedule.horizon
        for unit, label in _UNITS.items():
            known = counting.known(unit, horizon)
            text = tr(label) if known else f"{tr(label)}…"
            tip = tr(_UNIT_TIPS[unit]) if known else tr(_UNKNOWN_TIPS[unit])
            self._unit.set_option(unit, text, tip_of(tip, unit), quiet=not known)
        shown = shown_unit(self._controller.view.unit, horizon)
        self._unit.set_value(shown)
        self._units.setText(tr(_UNITS[shown]))
        self._units.setToolTip(tr(_UNIT_TIPS[shown]))

    @Slot(str)
    def _show_device(self, device: str) -> None:
        self._device.setText(NAMES.get(device, device))
        self._device.setToolTip(tr("Device of the exact run"))
        self._device.setAccessibleName(
            tr("Device of the exact run: {device}", device=NAMES.get(device, device))
        )

    @Slot(bool)
    def _on_unapplied(self, unapplied: bool) -> None:
        self._show_run(self._controller.run)

    def _keep_room(self) -> None:
        """What stands beside it does not move when a run begins, and is done again."""
        self._badge.setMinimumWidth(max(self._badge.minimumWidth(), self._badge.sizeHint().width()))

    @Slot(object)
    def _show_run(self, run: RunState) -> None:
        if self._controller.unapplied and run.kind != "failed":
            self._badge.setText(tr("typed text not applied"))
            self._badge.set_tone("warning")
            self._badge.setToolTip(
                tr(
                    "A field holds text that is not understood: the curve is that of its last "
                    "value."
                )
            )
        elif run.kind == "exact":
            self._badge.setText(tr("✓ exact · torch {version}", version=run.torch_version))
            self._keep_room()
            self._badge.set_tone("ok")
            self._badge.setToolTip(
                tr("These are the numbers torch's own schedulers give, bit for bit.")
                if run.device == "cpu"
                else tr(
                    "What an optimizer with its LR as a float32 tensor on {device} gets.",
                    device=run.device,
                )
            )
        elif run.kind == "running":
            self._badge.setText(
                tr("live · running torch {progress:.0%}", progress=run.progress)
                if run.progress
                else tr("live · running torch")
            )
            self._badge.set_tone("")
            self._badge.setToolTip(tr("The fast curve; torch's own run replaces it in a moment."))
        elif run.kind == "failed":
            self._badge.setText(tr("cannot run"))
            self._badge.set_tone("error")
            self._badge.setToolTip(in_words(self._controller.schedule, run.message))
        else:
            self._badge.setText(tr("live"))
            self._badge.set_tone("warning")
            self._badge.setToolTip(
                tr("The fast curve; the exact run was stopped (F5 runs it again).")
            )
