"""What the actions of the Compare menu do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu, QWidget

from lrdesigner.gui.actions.build import ActionSet
from lrdesigner.gui.actions.keys import keys_of, native
from lrdesigner.gui.compare_menus import CHOICES, CompareMenu
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.details import DetailTabs
from lrdesigner.gui.dialogs.pull_dialog import PullDialog
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.overlay_memory import OverlayMemory
from lrdesigner.gui.overlays import OverlaysPanel
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

_BACK = keys_of("bring_back_overlays")


class CompareAnswers(QObject):
    """Ghosts, overlays, axes, the table of numbers, and what is taken from overlays.

    Args:
        controller: Has the overlays and how they are compared.
        keeper: Opens documents.
        details: Has the table.
        settings: Remember the overlays of documents.
        theme: For dialogs.
        window: Their parent; also the owner.
    """

    def __init__(
        self,
        controller: Controller,
        keeper: DocumentKeeper,
        details: DetailTabs,
        settings: Settings,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._keeper = keeper
        self._details = details
        self._theme = theme
        self._window = window
        self._actions: ActionSet | None = None
        memory = OverlayMemory(controller, settings, self)
        keeper.opened_alone.connect(memory.bring_back)

    def use(self, actions: ActionSet, panel: OverlaysPanel) -> None:
        """Fill the menus, keep the actions in step, and answer the panel's wishes."""
        self._actions = actions
        for choice in CHOICES:
            CompareMenu(choice, actions.menu(choice), self._controller, self)
        menu = self._window.findChild(QMenu, "menu_compare")
        if menu is not None:
            panel.set_menu(menu)
        panel.pull_requested.connect(self._on_pull)
        panel.document_requested.connect(self._on_document)
        self._controller.overlays.changed.connect(self._show)
        self._controller.comparison.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._actions is None:
            return
        overlays = self._controller.overlays.overlays
        state = self._controller.comparison.state
        for name in ("show_overlays", "remove_overlays"):
            self._actions[name].setEnabled(bool(overlays))
        self._actions["show_overlays"].setChecked(any(each.visible for each in overlays))
        self._actions["bring_back_overlays"].setEnabled(self._controller.overlays.removed)
        self._actions["own_length"].setChecked(state.own_length)
        self._actions["own_peak"].setChecked(state.own_peak)

    # -- actions -------------------------------------------------------------------------------

    @Slot()
    def do_keep_ghost(self) -> None:
        """Keep the curve as it is now."""
        self._controller.keep_ghost()

    @Slot(bool)
    def do_show_overlays(self, shown: bool) -> None:
        """Draw all overlays, or none."""
        self._controller.overlays.set_all_visible(shown)

    @Slot()
    def do_remove_overlays(self) -> None:
        """Close all overlays."""
        self._controller.overlays.remove_all()
        self._controller.told.emit(
            tr("All overlays are removed; {keys} brings them back", keys=native(_BACK[0]))
        )

    @Slot()
    def do_bring_back_overlays(self) -> None:
        """Open again what was closed last."""
        self._controller.overlays.bring_back()

    @Slot()
    def do_zoom_all(self) -> None:
        """Show everything there is."""
        self._controller.axis.fit_all()

    @Slot(bool)
    def do_own_length(self, on: bool) -> None:
        """Every curve over its own length, or not."""
        self._controller.comparison.change(own_length=on)
        self._show()

    @Slot(bool)
    def do_own_peak(self, on: bool) -> None:
        """Every curve over its own peak, or not."""
        self._controller.comparison.change(own_peak=on)
        self._show()  # it may have been refused

    @Slot()
    def do_compare_numbers(self) -> None:
        """Show the table of numbers."""
        self._details.show_comparison()

    @Slot()
    def do_copy_numbers(self) -> None:
        """Copy the table of numbers."""
        self._details.comparison.copy_all()

    # -- what is taken from overlays -----------------------------------------------------------

    @Slot(int)
    def _on_pull(self, overlay_id: int) -> None:
        overlay = self._controller.overlays.find(overlay_id)
        if overlay is None or overlay.schedule is None:
            return
        self._controller.settle()
        dialog = PullDialog(
            overlay.schedule, overlay.name, self._controller, self._theme, self._window
        )
        dialog.open()

    @Slot(int)
    def _on_document(self, overlay_id: int) -> None:
        overlay = self._controller.overlays.find(overlay_id)
        if overlay is None or overlay.schedule is None:
            return
        if overlay.path is not None:
            self._keeper.open_path(overlay.path)
        else:
            self._keeper.start(overlay.schedule)
