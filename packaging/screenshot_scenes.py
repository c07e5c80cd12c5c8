"""What the pictures of `screenshots.py` show: a window, and scenes that are set in it.

Each scene sets the stage and gives what is taken: the window, or a dialog.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from lrdesigner.gui.main_window import MainWindow
    from lrdesigner.schedule.model import Schedule

WAIT_SECONDS = 60


class MissingError(Exception):
    """A scene needs what this version of the program does not have."""


class Stage:
    """A window to set scenes in.

    Args:
        app: The application.
        place: A folder for files that scenes need.
        language: Of the window.
        size: Of the window.
    """

    def __init__(
        self, app: QApplication, place: Path, language: str, size: tuple[int, int]
    ) -> None:
        from PySide6.QtCore import Qt

        from lrdesigner.gui.app import create_window

        self.app = app
        self.place = place
        settings = place / "settings.json"
        settings.write_text(json.dumps({"language": language, "theme": "dark"}))
        self.window: MainWindow = create_window(settings_path=settings)
        # The screen may be smaller than the picture: there panels would share a place.
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(*size)
        self.window.show()
        self.window.actions_["reset_layout"].trigger()

    def open(self, schedule: Schedule) -> None:
        """Show another document."""
        self.window.controller.open_document(schedule, None)

    def trigger(self, action: str) -> None:
        """Do what a menu entry does.

        Raises:
            MissingError: If there is no such entry.
        """
        if action not in list(self.window.actions_):
            raise MissingError(f"there is no action {action!r}")
        self.window.actions_[action].trigger()

    def dialog(self, action: str) -> QWidget:
        """The dialog that a menu entry opens."""
        self.trigger(action)
        self.pump()
        others = [w for w in self.app.topLevelWidgets() if w.isVisible() and w is not self.window]
        if not others:
            raise MissingError(f"{action!r} opens no dialog")
        return others[-1]

    def settle(self) -> None:
        """Wait until every curve is exact and everything is painted."""
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end and not self._done():
            self.app.processEvents()
            time.sleep(0.01)
        if not self._done():
            raise SystemExit("the exact run did not finish")
        self.pump()

    def pump(self, seconds: float = 0.4) -> None:
        """Let everything be painted."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.01)

    def _done(self) -> bool:
        controller = self.window.controller
        overlays = controller.overlays.overlays
        exact = controller.run.kind in ("exact", "failed")
        return exact and all(o.curve is not None or o.error for o in overlays)

    def leave(self) -> None:
        """Close the window and end its processes."""
        self.window.shut_down()
        self.window.close()
        self.window.deleteLater()
        self.pump(0.1)


def window(stage: Stage) -> QWidget:
    """The first example with an overlay: the README's picture."""
    from lrdesigner.examples import default_schedule
    from lrdesigner.gui.state import Selection
    from lrdesigner.schedule import edits

    shown = default_schedule()
    baseline = stage.place / "cosine-baseline.json"
    edits.set_name(edits.remove_phase(shown, 1), "cosine baseline").save(baseline)
    stage.window.open_overlays([baseline])
    stage.window.controller.select(Selection(len(shown.phases) - 1))
    return stage.window


def tracks(stage: Stage) -> QWidget:
    """Weight decay on a track of its own: a second row, and a lane."""
    import lrdesigner as lrd

    stage.open(lrd.preset("dino"))
    return stage.window


def metric(stage: Stage) -> QWidget:
    """A plateau with the lane of its metric."""
    from lrdesigner.examples import examples
    from lrdesigner.gui.state import Selection

    found = next(each for each in examples() if each.path.stem == "13-warm-up-plateau")
    stage.open(found.load())
    stage.window.controller.select(Selection(1))
    return stage.window


def groups(stage: Stage) -> QWidget:
    """Many layers, their LRs falling from one to the next."""
    from lrdesigner.examples import default_schedule
    from lrdesigner.schedule.model import Group

    schedule = default_schedule()
    layers = tuple(Group(name=f"layer {i}", lr=1e-3 * 0.75**i) for i in range(24))
    stage.open(schedule.replace(optimizer=schedule.optimizer.replace(groups=layers)))
    return stage.window


def sweep(stage: Stage) -> QWidget:
    """A fan of curves."""
    from lrdesigner.gui.state import Selection

    stage.window.controller.select(Selection(2))
    stage.trigger("sweep")
    return stage.window


def compare(stage: Stage) -> QWidget:
    """Two published recipes over a third, with the numbers beside each other."""
    import lrdesigner as lrd

    stage.open(lrd.preset("deit"))
    files = []
    for name in ("convnext", "mae"):
        files.append(stage.place / f"{name}.json")
        lrd.preset(name).save(files[-1])
    stage.window.open_overlays(files)
    details = stage.window.details
    tab = next((i for i in range(details.count()) if details.widget(i) is _comparison(stage)), None)
    if tab is not None:
        details.setCurrentIndex(tab)
    return stage.window


def _comparison(stage: Stage) -> QWidget | None:
    found: QWidget | None = getattr(stage.window.details, "comparison", None)
    return found


def problems(stage: Stage) -> QWidget:
    """What is questionable, and what to do about it."""
    from lrdesigner.examples import default_schedule

    schedule = default_schedule()
    phases = [phase.replace(length="50 epochs") for phase in schedule.phases]
    bad = phases[1].replace(scheduler="StepLR", params={"step_size": 0})
    stage.open(schedule.replace(phases=(phases[0], bad, phases[2])))
    stage.window.details.setCurrentWidget(stage.window.details.problems)
    return stage.window


def numbers(stage: Stage) -> QWidget:
    """Every number."""
    stage.window.details.setCurrentWidget(stage.window.details.numbers)
    return stage.window


def empty(stage: Stage) -> QWidget:
    """An empty schedule, which says what to do."""
    from lrdesigner.schedule.model import Schedule

    stage.open(Schedule())
    return stage.window


def picture(stage: Stage) -> QWidget:
    """Export of the plot."""
    import lrdesigner as lrd

    stage.open(lrd.preset("dino"))
    stage.settle()
    return stage.dialog("export_picture")


def help_page(stage: Stage) -> QWidget:
    """The page of a scheduler."""
    from lrdesigner.gui.state import Selection

    stage.window.controller.select(Selection(2))
    return stage.dialog("help")


def _of(action: str) -> Callable[[Stage], QWidget]:
    def scene(stage: Stage) -> QWidget:
        return stage.dialog(action)

    return scene


def commands(stage: Stage) -> QWidget:
    """The field that finds everything."""
    from PySide6.QtWidgets import QLineEdit

    from lrdesigner.gui.command_palette import CommandPalette

    stage.trigger("command_palette")
    stage.pump()
    for palette in stage.window.findChildren(CommandPalette):
        for field in palette.findChildren(QLineEdit):
            field.setText("cos")
    return stage.window


def _in_window(action: str) -> Callable[[Stage], QWidget]:
    def scene(stage: Stage) -> QWidget:
        stage.trigger(action)
        return stage.window

    return scene


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "window": window,
    "tracks": tracks,
    "metric": metric,
    "groups": groups,
    "sweep": sweep,
    "compare": compare,
    "problems": problems,
    "numbers": numbers,
    "empty": empty,
    "gallery": _of("gallery"),
    "picture": picture,
    "commands": commands,
    "shortcuts": _of("shortcuts"),
    "batches": _in_window("batch_calculator"),
    "start": _in_window("start_page"),
    "tour": _in_window("tour"),
    "help": help_page,
    "about": _of("about"),
}
