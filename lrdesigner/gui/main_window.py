"""The window: puts the panels together and answers the actions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from lrdesigner.examples import default_schedule
from lrdesigner.gui.actions import ActionSet
from lrdesigner.gui.actions.command_answers import CommandAnswers
from lrdesigner.gui.actions.compare_answers import CompareAnswers
from lrdesigner.gui.actions.file_answers import FileAnswers
from lrdesigner.gui.actions.help_answers import HelpAnswers
from lrdesigner.gui.actions.panel_answers import PanelAnswers
from lrdesigner.gui.actions.phase_answers import PhaseAnswers
from lrdesigner.gui.actions.picture_answers import PictureAnswers
from lrdesigner.gui.actions.start_answers import StartAnswers
from lrdesigner.gui.actions.states import ActionStates
from lrdesigner.gui.actions.sweep_answers import SweepAnswers
from lrdesigner.gui.actions.unit_answers import UnitAnswers
from lrdesigner.gui.actions.view_answers import ViewAnswers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.device_menu import DeviceMenu
from lrdesigner.gui.dialogs.about import AboutDialog
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.entry_store import EntryStore
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.lane_menu import LaneMenu
from lrdesigner.gui.language import LanguageMenu
from lrdesigner.gui.mime import dragged_documents
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.panels import Panels
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import ViewState
from lrdesigner.gui.status import StatusLine
from lrdesigner.gui.tab_order import move_focus
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.toolbar import TopBar
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem

TOLD_MS = 8000
GREET_MS = 120


class MainWindow(QMainWindow):
    """One document and everything around it.

    Args:
        theme: Colours, fonts, icons.
        settings: What is remembered.
        settings_path: Where.
        runner: Runs the document.
        overlay_runner: Runs overlays.
        entries: Palette entries of the user's own.
    """

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        settings_path: Path,
        runner: Runner,
        overlay_runner: Runner,
        entries: EntryStore,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.theme = theme
        theme.setParent(self)
        self._settings = settings
        self._settings_path = settings_path
        self._runners = (runner, overlay_runner)
        for each in self._runners:
            each.setParent(self)
        overlays = OverlayStore(overlay_runner, self)
        entries.setParent(self)
        self.controller = Controller(default_schedule(), runner, overlays, self, entries)
        self.controller.set_view(ViewState(settings.log_axis, settings.unit, settings.ripple))
        self.keeper = DocumentKeeper(self.controller, settings, self)
        self._closed = self._restored = False
        self._remembered = ""
        self.keeper.opened.connect(self._on_opened)

        self._panels = panels = Panels(self.controller, settings, theme, self)
        self.canvas, self.timeline = panels.canvas, panels.timeline
        self.palette_panel, self.overlays_panel = panels.palette, panels.overlays
        self.inspector, self.details = panels.inspector, panels.details
        self.sweep_bar, self.layout_ = panels.sweep_bar, panels.layout

        files = FileAnswers(self.controller, self.keeper, self.details, theme, self)
        view = ViewAnswers(self.controller, settings, theme, self.layout_, self)
        self._sweeps = SweepAnswers(self.controller, self.keeper, self)
        phases = PhaseAnswers(self.controller, self)
        commands = CommandAnswers(self.controller, self.keeper, settings, theme, self)
        units = UnitAnswers(self.controller, settings, panels.show_batch, self)
        self._help = HelpAnswers(self.controller, self.palette_panel, settings, theme, self)
        self._pictures = PictureAnswers(
            self.controller,
            self.canvas,
            self.details.code,
            self.keeper,
            settings,
            theme,
            self,
        )
        compare = CompareAnswers(self.controller, self.keeper, self.details, settings, theme, self)
        of_panels = PanelAnswers(self.layout_, self._in_order, self)
        self._start = StartAnswers(self.keeper, settings, theme, self)
        answers = (
            self,
            files,
            self._start,
            of_panels,
            phases,
            view,
            units,
            self._sweeps,
            commands,
            self._pictures,
            compare,
            self._help,
        )
        self.actions_ = ActionSet(
            self, answers, self.centralWidget(), self.controller.undo_stack, theme
        )
        self.actions_.fill(self.menuBar())
        self._pictures.use(self.actions_)
        self.layout_.fill_menu(self.actions_.menu("panels"))
        self.actions_.menu("panels").addSeparator()
        for name in ("next_panel", "previous_panel", "float_panel"):
            self.actions_.menu("panels").addAction(self.actions_[name])
        self._states = ActionStates(self.actions_, self.controller, settings, self)
        of_panels.told.connect(self._tell)
        of_panels.changed.connect(self._states.show)
        compare.use(self.actions_, self.overlays_panel)
        commands.use(self.menuBar(), self.palette_panel, self.inspector, panels.places())
        self.layout_.add_lanes(self.canvas.lanes)
        LaneMenu(self.actions_.menu("lanes"), self.canvas.lanes, self)
        LanguageMenu(self.actions_.menu("language"), settings, self)
        self._top = TopBar(self.controller, self.actions_, theme, self)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self._top)
        self.setStatusBar(StatusLine(self.controller, self))
        devices = DeviceMenu(self.actions_.menu("device"), self.controller, self)
        runner.devices_found.connect(devices.show_devices)
        self.details.save_requested.connect(files.save_code)
        self._connect(view, units)
        self.layout_.restore_geometry()
        self._seen = self._greets = False
        self._show_title()

    def _connect(self, view: ViewAnswers, units: UnitAnswers) -> None:
        self._top.axis_requested.connect(view.set_axis)
        self._top.unit_requested.connect(units.set_unit)
        units.put_off.connect(self._states.show)
        view.changed.connect(self._states.show)
        view.changed.connect(self.remember)
        self._start.action_wanted.connect(self._on_wanted)
        self.details.problems.activated.connect(self._on_problem)
        self.controller.file_changed.connect(self._show_title)
        self.controller.document_changed.connect(self._show_title)
        self.controller.sweeps.opened.connect(self.sweep_bar.focus_slider)
        self.sweep_bar.documents_wanted.connect(self._sweeps.do_export_sweep_documents)
        self.sweep_bar.table_wanted.connect(self._sweeps.do_export_sweep_table)
        self._sweeps.told.connect(self._tell)
        self._pictures.told.connect(self._tell)
        for panel in (self.palette_panel, self.inspector):
            panel.help_requested.connect(self._help.open_page)
        self.controller.told.connect(self._tell)
        # What was said of an edit is not true of another one; what is said comes after its edit.
        self.controller.undo_stack.indexChanged.connect(self.statusBar().clearMessage)
        self.controller.refused.connect(self._refuse)
        recent = self.actions_.menu("recent")
        recent.aboutToShow.connect(self._fill_recent)
        recent.triggered.connect(self.keeper.open_recent)

    # -- the outer interface -------------------------------------------------------------------

    @property
    def schedule(self) -> Schedule:
        """The current document."""
        return self.controller.schedule

    def open_files(self, paths: Iterable[str | Path]) -> bool:
        """Open the first as the document, further ones as overlays."""
        return self.keeper.open_paths(paths)

    def open_overlays(self, paths: Iterable[str | Path]) -> None:
        """Draw saved schedules over the current curve."""
        self.keeper.open_overlays([Path(path) for path in paths])

    def greet(self) -> None:
        """Show the start page, if people want it, once the window has been seen."""
        self._greets = True

    def save_file(self, path: str | Path) -> bool:
        """Save the document in that file."""
        return self.keeper.save_path(Path(path))

    def show_unexpected(self, error: BaseException, text: str) -> None:
        """Tell of an error nobody foresaw; the document stays as it is."""
        show_error(
            self,
            tr("Something went wrong"),
            tr(
                "{kind}: {error}. Your schedule is still open; saving it now is a good idea.",
                kind=type(error).__name__,
                error=error,
            ),
            details=text,
        )

    # -- actions that concern the window itself --------------------------------------------------

    @Slot()
    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    @Slot()
    def do_find(self) -> None:
        """Go to the palette's search."""
        self.palette_panel.focus_search()

    @Slot()
    def do_shortcuts(self) -> None:
        """What keys and the mouse do."""
        from lrdesigner.gui.dialogs.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self.menuBar(), self.theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def do_about(self) -> None:
        """Versions and licence."""
        dialog = AboutDialog(self.theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def _fill_recent(self) -> None:
        self.keeper.fill_recent(self.actions_.menu("recent"))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.statusBar().showMessage(text, TOLD_MS)

    @Slot(str, str)
    def _refuse(self, title: str, text: str) -> None:
        show_error(self, title, text)

    @Slot(object)
    def _on_problem(self, problem: Problem) -> None:
        if problem.param:
            self.inspector.focus_param(problem.param)

    @Slot()
    def _on_opened(self) -> None:
        """A recent file more: it is kept, whatever becomes of this process."""
        if self._restored:
            self.remember()

    @Slot(str)
    def _on_wanted(self, action_id: str) -> None:
        self.actions_[action_id].trigger()

    def _in_order(self) -> tuple[QWidget, ...]:
        """Bars and panels, in the order in which people read them."""
        return (self._top, *self._panels.in_order(), self.statusBar())

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.controller.title}[*]")
        self.setWindowModified(not self.controller.clean)

    # -- Qt's events ---------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from panel to panel, as they stand."""
        # What floats has a window of its own.
        here: list[QWidget] = [panel for panel in self._in_order() if panel.window() is self]
        if self._start.callout is not None:
            here.append(self._start.callout)
        moved = move_focus(here, self.focusWidget(), forward=forward)
        return moved or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc abandons a drag wherever the keyboard is, or else closes the sweep."""
        if event.key() == Qt.Key.Key_Escape and (
            self.controller.cancel_gesture()
            or self.controller.sweeps.close()
            or self._start.leave_tour()
        ):
            event.accept()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Schedules from the file manager may be dropped anywhere."""
        if dragged_documents(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what is dropped, after the drag is over: a question must not block its source."""
        self._dropped = dragged_documents(event.mimeData())
        if self._dropped:
            event.acceptProposedAction()
            QTimer.singleShot(0, self._open_dropped)

    @Slot()
    def _open_dropped(self) -> None:
        self.open_files(self._dropped)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the window has been seen, the runs may take the machine's time."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._release_runs)

    @Slot()
    def _release_runs(self) -> None:
        for runner in self._runners:
            runner.release()
        if self._greets:
            QTimer.singleShot(GREET_MS, self._start.greet)

    def showEvent(self, event: QShowEvent) -> None:
        """Panels find their places after the window has its size."""
        super().showEvent(event)
        if not self._restored:
            self._restored = True
            self.layout_.restore_panels()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, remember the layout, stop the runs."""
        self.controller.commit_gesture()
        if not self._closed and not self.keeper.may_leave():
            event.ignore()
            return
        self.shut_down()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Whoever turns to another window may come back after a crash."""
        super().changeEvent(event)
        turned = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if turned and self._restored:
            self.remember()

    @Slot()
    def remember(self) -> None:
        """Write down what is to be remembered."""
        if self._closed:
            return
        self._panels.remember()
        now = self._settings.model_dump_json()
        if now != self._remembered:  # writing makes sure that it is on the disk, which takes time
            self._remembered = now
            self._settings.write(self._settings_path)

    @Slot()
    def shut_down(self) -> None:
        """Remember what is to be remembered and end the worker processes."""
        if self._closed:
            return
        self._help.shut_down()  # which tells where it was
        self.remember()
        self._closed = True
        self.controller.shut_down()
        self._sweeps.shut_down()
        self._pictures.shut_down()
        self._start.shut_down()
        for runner in self._runners:
            runner.close()
