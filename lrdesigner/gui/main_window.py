"""The window: puts the panels together and answers the actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow

from lrdesigner.examples import default_schedule
from lrdesigner.gui.actions import ActionSet
from lrdesigner.gui.canvas import CanvasPanel
from lrdesigner.gui.code import CodePanel
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.details import DetailTabs
from lrdesigner.gui.dialogs.about import AboutDialog
from lrdesigner.gui.dialogs.gallery import StartGallery
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.inspector import InspectorPanel
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.layout import PanelLayout
from lrdesigner.gui.mime import dragged_documents
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.overlays import OverlaysPanel
from lrdesigner.gui.palette import PalettePanel
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.state import Selection, ViewState, XUnit
from lrdesigner.gui.status import StatusLine
from lrdesigner.gui.theme import SchemeSetting, Theme
from lrdesigner.gui.timeline import TimelinePanel
from lrdesigner.gui.toolbar import NAMES, TopBar
from lrdesigner.schedule import edits
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.problems import Problem

ZOOM_STEP = 0.8


class MainWindow(QMainWindow):
    """One document and everything around it.

    Args:
        theme: Colours, fonts, icons.
        settings: What is remembered.
        settings_path: Where.
        runner: Runs the document.
        overlay_runner: Runs overlays.
    """

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        settings_path: Path,
        runner: Runner,
        overlay_runner: Runner,
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
        self.controller = Controller(default_schedule(), runner, overlays, self)
        self.controller.set_view(ViewState(settings.log_axis, settings.unit))
        self.keeper = DocumentKeeper(self.controller, settings, self)
        self._closed = False

        self.canvas = CanvasPanel(self.controller, theme, self)
        self.timeline = TimelinePanel(self.controller, theme, self)
        self.palette_panel = PalettePanel(self.controller, theme, self)
        self.overlays_panel = OverlaysPanel(self.controller, theme, self)
        self.inspector = InspectorPanel(self.controller, theme, self)
        self.details = DetailTabs(self.controller, theme, self)
        self.layout_ = PanelLayout(self, settings)
        area = Qt.DockWidgetArea
        self.layout_.add("palette", "Schedulers", self.palette_panel, area.LeftDockWidgetArea)
        self.layout_.add("overlays", "Overlays", self.overlays_panel, area.LeftDockWidgetArea)
        self.layout_.add("inspector", "Inspector", self.inspector, area.RightDockWidgetArea)
        self.layout_.add("details", "Code and numbers", self.details, area.BottomDockWidgetArea)
        self.layout_.arrange(self.canvas, self.timeline)

        self.actions_ = ActionSet(self, self.centralWidget(), self.controller.undo_stack, theme)
        self.actions_.fill(self.menuBar())
        self.layout_.fill_menu(self.actions_.menu("panels"))
        self._top = TopBar(self.controller, self.actions_, theme, self)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self._top)
        self.setStatusBar(StatusLine(self.controller, self))
        self._devices = QActionGroup(self)
        self._show_devices(["cpu"])
        self._connect(runner)
        self.layout_.restore_geometry()
        self._restored = False
        self._show_title()
        self._show_actions()

    def _connect(self, runner: Runner) -> None:
        runner.devices_found.connect(self._show_devices)
        self._top.axis_requested.connect(self._set_axis)
        self._top.unit_requested.connect(self._set_unit)
        self._devices.triggered.connect(self._on_device)
        self.details.save_requested.connect(self._save_code)
        self.details.problems.activated.connect(self._on_problem)
        self.controller.file_changed.connect(self._show_title)
        self.controller.document_changed.connect(self._show_title)
        self.controller.document_changed.connect(self._show_actions)
        self.controller.selection_changed.connect(self._show_actions)
        self.controller.view_changed.connect(self._show_actions)
        self.controller.run_changed.connect(self._show_actions)
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

    def save_file(self, path: str | Path) -> bool:
        """Save the document in that file."""
        return self.keeper.save_path(Path(path))

    def show_unexpected(self, error: BaseException, text: str) -> None:
        """Tell of an error nobody foresaw; the document stays as it is."""
        show_error(
            self,
            "Something went wrong",
            f"{type(error).__name__}: {error}. Your schedule is still open; saving it now is a "
            "good idea.",
            details=text,
        )

    # -- actions: files ------------------------------------------------------------------------

    @Slot()
    def do_new(self) -> None:
        """An empty schedule with the horizon and optimizer that are set up."""
        now = self.schedule
        self.keeper.start(Schedule(horizon=now.horizon, optimizer=now.optimizer))

    @Slot()
    def do_open(self) -> None:
        """Choose a file to open."""
        self.keeper.ask_open()

    @Slot()
    def do_gallery(self) -> None:
        """Choose an example to start from."""
        gallery = StartGallery(self.theme, self)
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.chosen.connect(self._on_example)
        gallery.open()

    @Slot(object)
    def _on_example(self, schedule: Schedule) -> None:
        self.keeper.start(schedule)

    @Slot()
    def do_save(self) -> None:
        """Save."""
        self.keeper.save()

    @Slot()
    def do_save_as(self) -> None:
        """Save in another file."""
        self.keeper.ask_save_as()

    @Slot()
    def do_open_overlay(self) -> None:
        """Choose overlays."""
        self.keeper.ask_overlays()

    @Slot()
    def do_copy_code(self) -> None:
        """Copy the Python code."""
        self.details.code.copy()

    @Slot()
    def do_save_code(self) -> None:
        """Save the Python code."""
        self._save_code(self.details.code)

    @Slot()
    def do_save_json(self) -> None:
        """Save a copy of the document."""
        self._save_code(self.details.json)

    @Slot(object)
    def _save_code(self, panel: CodePanel) -> None:
        if not panel.is_available():
            show_error(self, "There is no code to save", panel.reason())
            return
        name = self.keeper.suggested_name(panel.suffix)
        chosen, _ = QFileDialog.getSaveFileName(self, "Save code", name, f"*{panel.suffix}")
        if not chosen:
            return
        try:
            panel.save_to(Path(chosen))
        except OSError as error:
            show_error(self, "The code was not saved", f"{chosen}: {error.strerror or error}")
        except ScheduleError as error:
            show_error(self, "The code was not saved", str(error))

    @Slot()
    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    @Slot()
    def _fill_recent(self) -> None:
        self.keeper.fill_recent(self.actions_.menu("recent"))

    # -- actions: phases -----------------------------------------------------------------------

    @Slot()
    def do_delete_phase(self) -> None:
        """Delete the selected phase and select the one that takes its place."""
        index = self.controller.selection.phase
        if index is not None:
            after = edits.remove_phase(self.schedule, index)
            left = min(index, len(after.phases) - 1)
            self.controller.edit("delete phase", after, Selection(left if left >= 0 else None))

    @Slot()
    def do_duplicate_phase(self) -> None:
        """Duplicate the selected phase and select the copy."""
        index = self.controller.selection.phase
        if index is not None:
            after = edits.duplicate_phase(self.schedule, index)
            self.controller.edit("duplicate phase", after, Selection(index + 1))

    @Slot()
    def do_move_left(self) -> None:
        """Move the selected phase one place earlier."""
        self._move(-1)

    @Slot()
    def do_move_right(self) -> None:
        """Move the selected phase one place later."""
        self._move(1)

    def _move(self, by: int) -> None:
        index = self.controller.selection.phase
        if index is not None and 0 <= index + by < len(self.schedule.phases):
            after = edits.move_phase(self.schedule, index, index + by)
            self.controller.edit("move phase", after, Selection(index + by))

    @Slot()
    def do_select_none(self) -> None:
        """Select the run."""
        self.controller.select(Selection())

    @Slot()
    def do_find(self) -> None:
        """Go to the palette's search."""
        self.palette_panel.focus_search()

    @Slot(object)
    def _on_problem(self, problem: Problem) -> None:
        if problem.param:
            self.inspector.focus_param(problem.param)

    # -- actions: view and run -----------------------------------------------------------------

    @Slot()
    def do_linear(self) -> None:
        """Linear LR axis."""
        self._set_axis("linear")

    @Slot()
    def do_log(self) -> None:
        """Logarithmic LR axis."""
        self._set_axis("log")

    @Slot()
    def do_steps(self) -> None:
        """Steps on the time axis."""
        self._set_unit("steps")

    @Slot()
    def do_epochs(self) -> None:
        """Epochs on the time axis."""
        self._set_unit("epochs")

    @Slot()
    def do_percent(self) -> None:
        """Percent on the time axis."""
        self._set_unit("percent")

    @Slot(str)
    def _set_axis(self, name: str) -> None:
        self._settings.log_axis = name == "log"
        self.controller.set_view(replace(self.controller.view, log=name == "log"))

    @Slot(str)
    def _set_unit(self, unit: XUnit) -> None:
        self._settings.unit = unit
        self.controller.set_view(replace(self.controller.view, unit=unit))

    @Slot()
    def do_zoom_in(self) -> None:
        """Show less time, around the middle."""
        self._zoom(ZOOM_STEP)

    @Slot()
    def do_zoom_out(self) -> None:
        """Show more time."""
        self._zoom(1 / ZOOM_STEP)

    @Slot()
    def do_zoom_fit(self) -> None:
        """Show the whole run."""
        self.controller.axis.fit()

    def _zoom(self, factor: float) -> None:
        first, last = self.controller.axis.range
        self.controller.axis.zoom(factor, (first + last) / 2)

    @Slot()
    def do_theme_system(self) -> None:
        """Follow the system."""
        self._set_theme("system")

    @Slot()
    def do_theme_dark(self) -> None:
        """Dark colours."""
        self._set_theme("dark")

    @Slot()
    def do_theme_light(self) -> None:
        """Light colours."""
        self._set_theme("light")

    def _set_theme(self, name: SchemeSetting) -> None:
        self._settings.theme = name
        self.theme.set_scheme(name)
        self._show_actions()

    @Slot(bool)
    def do_lock_panels(self, locked: bool) -> None:
        """Lock or unlock the panels."""
        self.layout_.set_locked(locked)

    @Slot()
    def do_reset_layout(self) -> None:
        """Default layout."""
        self.layout_.reset()

    @Slot()
    def do_stop_run(self) -> None:
        """Stop the exact run."""
        self.controller.cancel_run()

    @Slot()
    def do_start_run(self) -> None:
        """Start the exact run again."""
        self.controller.restart_run()

    @Slot()
    def do_about(self) -> None:
        """Versions and licence."""
        dialog = AboutDialog(self.theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(object)
    def _show_devices(self, names: list[str]) -> None:
        menu = self.actions_.menu("device")
        for action in self._devices.actions():
            self._devices.removeAction(action)
            menu.removeAction(action)
        for name in names:
            action = menu.addAction(NAMES.get(name, name))
            action.setObjectName(f"action_device_{name}")
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name == self.controller.device)
            self._devices.addAction(action)

    @Slot(object)
    def _on_device(self, action: object) -> None:
        self.controller.set_device(str(action.data()))  # type: ignore[attr-defined]

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.controller.title}[*]")
        self.setWindowModified(not self.controller.clean)

    @Slot()
    def _show_actions(self) -> None:
        phase = self.controller.selection.phase
        last = len(self.schedule.phases) - 1
        for name in ("delete_phase", "duplicate_phase", "select_none"):
            self.actions_[name].setEnabled(phase is not None)
        self.actions_["move_left"].setEnabled(phase is not None and phase > 0)
        self.actions_["move_right"].setEnabled(phase is not None and phase < last)
        view = self.controller.view
        self.actions_["log" if view.log else "linear"].setChecked(True)
        self.actions_[view.unit].setChecked(True)
        self.actions_[f"theme_{self._settings.theme}"].setChecked(True)
        self.actions_["lock_panels"].setChecked(self._settings.panels_locked)
        self.actions_["stop_run"].setEnabled(self.controller.run.kind == "running")

    # -- Qt's events ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc abandons a drag wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.controller.cancel_gesture():
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

    @Slot()
    def shut_down(self) -> None:
        """Remember what is to be remembered and end the worker processes."""
        if self._closed:
            return
        self._closed = True
        self.layout_.remember()
        self._settings.write(self._settings_path)
        for runner in self._runners:
            runner.close()
