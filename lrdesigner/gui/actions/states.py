"""Which actions can be done at the moment, and which of them are checked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from lrdesigner.gui.actions.build import ActionSet
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.time_text import shown_unit

_OF_A_PHASE = ("delete_phase", "duplicate_phase", "select_none", "copy_phases", "cut_phases")


class ActionStates(QObject):
    """Keeps the actions in step with the document, the view and the run.

    Args:
        actions: The actions.
        controller: What most of them depend on.
        settings: What the others depend on; `show` is called when they change.
        parent: Their owner.
    """

    def __init__(
        self, actions: ActionSet, controller: Controller, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._controller = controller
        self._settings = settings
        for signal in (
            controller.document_changed,
            controller.selection_changed,
            controller.view_changed,
            controller.run_changed,
            controller.device_changed,
            controller.sweeps.changed,
        ):
            signal.connect(self.show)
        self.show()

    @Slot()
    def show(self) -> None:
        """Bring all of them to what holds now."""
        self._show_phases()
        self._show_view()
        self._show_runs()

    def _show_phases(self) -> None:
        actions, part = self._actions, self._controller.part
        last, chosen = len(part.schedule.phases) - 1, part.chosen
        for name in _OF_A_PHASE:
            actions[name].setEnabled(part.phase is not None)
        # Several phases move as far as there is room for any of them.
        actions["move_left"].setEnabled(bool(chosen) and chosen[-1] > len(chosen) - 1)
        actions["move_right"].setEnabled(bool(chosen) and chosen[0] <= last - len(chosen))
        actions["join_phases"].setEnabled(bool(chosen) and chosen[0] < last)
        actions["select_all"].setEnabled(last >= 0)
        actions["split_phase"].setEnabled(last >= 0)

    def _show_view(self) -> None:
        actions, view = self._actions, self._controller.view
        actions["ripple"].setChecked(view.ripple)
        actions["log" if view.log else "linear"].setChecked(True)
        horizon = self._controller.schedule.horizon
        actions[shown_unit(view.unit, horizon)].setChecked(True)
        actions[f"theme_{self._settings.theme}"].setChecked(True)
        actions["lock_panels"].setChecked(self._settings.panels_locked)

    def _show_runs(self) -> None:
        actions, controller = self._actions, self._controller
        actions["drift"].setEnabled(controller.device != "cpu")
        actions["drift"].setChecked(controller.drift.wanted)
        actions["stop_run"].setEnabled(controller.run.kind == "running")
        actions["sweep"].setChecked(controller.sweeps.setup is not None)
        for name in ("export_sweep_documents", "export_sweep_table"):
            actions[name].setEnabled(controller.sweeps.sweep is not None)
