"""The way in: the application object and the window."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from lrdesigner.gui.collector import Collector
from lrdesigner.gui.interrupt import InterruptWatch
from lrdesigner.gui.language import speak
from lrdesigner.gui.process_runner import ProcessRunner
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.settings import Settings, default_path
from lrdesigner.gui.theme import Theme, app_icon

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from lrdesigner.gui.main_window import MainWindow

log = logging.getLogger(__name__)


def create_window(
    files: Iterable[str | Path] = (),
    *,
    settings_path: Path | None = None,
    entries_folder: Path | None = None,
    runner: Runner | None = None,
    overlay_runner: Runner | None = None,
) -> MainWindow:
    """Make the window; it is not shown, and the event loop is not entered.

    Args:
        files: The first is opened as the document, further ones as overlays.
        settings_path: Where settings are kept; None is the user's own place.
        entries_folder: Where palette entries of the user's own are kept; None is beside settings
            that are kept somewhere, else the user's own place.
        runner: Runs the document; None starts a worker process once the window has been seen.
        overlay_runner: Runs overlays; None starts a worker process with the first overlay.

    Raises:
        RuntimeError: If there is no QApplication.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("create a QApplication first")
    from lrdesigner.gui.entry_store import EntryStore
    from lrdesigner.gui.main_window import MainWindow
    from lrdesigner.user_entries import default_folder

    path = settings_path or default_path()
    beside = path.parent / "palette" if settings_path else default_folder()
    settings = Settings.read(path)
    speak(app, settings.language)
    theme = Theme(settings.theme)
    theme.apply(app)
    app.setWindowIcon(app_icon())
    window = MainWindow(
        theme,
        settings,
        path,
        runner or ProcessRunner(held=True),
        overlay_runner or ProcessRunner(held=True),
        EntryStore(entries_folder or beside),
    )
    window.open_files(files)
    return window


def run(files: Sequence[str] = ()) -> int:
    """Start the program; returns its exit status when the window is closed."""
    QApplication.setApplicationName("lrdesigner")
    QApplication.setApplicationDisplayName("lrdesigner")
    QApplication.setDesktopFileName("lrdesigner")
    app = QApplication(sys.argv[:1])
    window = create_window(files)
    sys.excepthook = ExceptionHook(window)
    app.aboutToQuit.connect(window.shut_down)
    watch = InterruptWatch(window)
    watch.interrupted.connect(window.close)
    if not files:
        window.greet()
    window.show()
    collector = Collector(window)
    collector.start()
    status = app.exec()
    collector.stop()
    watch.stop()
    return status


class ExceptionHook:
    """An unexpected error is logged and shown; the window, and the work in it, live on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Called by Python for an exception nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            application: QCoreApplication | None = QApplication.instance()
            if application is not None:
                application.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected error\n%s", text)
        self._window.show_unexpected(error, text)
