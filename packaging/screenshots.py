"""Take pictures of the real window: those of the README, and all that a reviewer wants to see.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Every scene is taken in the dark and in the light theme, the important ones also at 1280 × 800, at
200 % and in Chinese, into FOLDER (``build/screenshots``), with an ``index.html`` to look through
them; those of the README go to ``docs/images`` besides. ``--scene NAME`` takes one scene only,
``--list`` names them. It needs a display (on a server: ``xvfb-run -a -s "-screen 0
1600x1000x24"`` in front).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from lrdesigner.gui.main_window import MainWindow
    from lrdesigner.schedule.model import Schedule

ROOT = Path(__file__).resolve().parent.parent
WAIT_SECONDS = 60
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
SIZES = ((1440, 900), (1280, 800))
README = ("window-dark.png", "window-light.png")


@dataclass(frozen=True)
class Session:
    """One process of the program: scale and language are chosen before its window is built.

    Attributes:
        scale: Pixels of the screen to one of the window's.
        language: Of the window.
        size: Of the window.
        scenes: Names of what is taken; none stands for all.
    """

    scale: int = 1
    language: str = "en"
    size: tuple[int, int] = SIZES[0]
    scenes: tuple[str, ...] = ()

    def name(self, scene: str, scheme: str) -> str:
        """The file of one picture."""
        parts = [scene]
        parts += [f"{self.size[0]}x{self.size[1]}"] if self.size != SIZES[0] else []
        parts += [f"{self.scale}x"] if self.scale != 1 else []
        parts += [self.language] if self.language != "en" else []
        return "-".join([*parts, scheme]) + ".png"


_MANY = ("window", "tracks", "metric", "sweep", "compare", "gallery", "picture", "start", "tour")
SESSIONS = (
    Session(),
    Session(size=SIZES[1], scenes=_MANY),
    Session(scale=2, scenes=_MANY),
    Session(scale=2, size=SIZES[1], scenes=("window", "tracks", "picture")),
    Session(language="zh_CN"),
)


class MissingError(Exception):
    """A scene needs what this version of the program does not have."""


class Stage:
    """A window to set scenes in.

    Args:
        app: The application.
        session: Size and language.
        place: A folder for files that scenes need.
    """

    def __init__(self, app: QApplication, session: Session, place: Path) -> None:
        from lrdesigner.gui.app import create_window

        self.app = app
        self.place = place
        settings = place / "settings.json"
        settings.write_text(json.dumps({"language": session.language, "theme": SCHEMES[0]}))
        self.window: MainWindow = create_window(settings_path=settings)
        self.window.resize(*session.size)
        self.window.show()

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


# -- scenes ----------------------------------------------------------------------------------------
# Each sets the stage and gives what is taken: the window, or a dialog.


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


# -- taking ----------------------------------------------------------------------------------------


def take(session: Session, folder: Path) -> None:
    """Take all pictures of one session, in this process."""
    from PySide6.QtWidgets import QApplication

    from lrdesigner import i18n

    if session.language != i18n.use(session.language):
        print(f"{session.language} is skipped: there is no catalogue of that language", flush=True)
        return
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    for name in session.scenes or tuple(SCENES):
        with tempfile.TemporaryDirectory() as place:
            stage = Stage(app, session, Path(place))
            stage.settle()
            try:
                shown = SCENES[name](stage)
            except MissingError as why:
                print(f"{name} is skipped: {why}", flush=True)
            else:
                for scheme in SCHEMES:
                    stage.window.theme.set_scheme(scheme)
                    stage.settle()
                    path = folder / session.name(name, scheme)
                    shown.grab().save(str(path))
                    print(path, flush=True)
                if shown is not stage.window:
                    shown.close()
            stage.leave()


def take_apart(session: Session, folder: Path) -> None:
    """Take them in a process of its own, which has the scale from the beginning."""
    asked = [str(folder), "--inside", "--language", session.language]
    asked += ["--scale", str(session.scale), "--size", "x".join(map(str, session.size))]
    asked += [part for scene in session.scenes for part in ("--scene", scene)]
    environment = {**os.environ, "QT_SCALE_FACTOR": str(session.scale)}
    subprocess.run([sys.executable, __file__, *asked], env=environment, check=True)


def index(folder: Path) -> Iterator[str]:
    """A page with all pictures of a folder."""
    yield '<!doctype html><meta charset="utf-8"><title>lrdesigner</title>'
    yield "<style>body{font:14px sans-serif;background:#888}img{max-width:48%;margin:4px}</style>"
    for path in sorted(folder.glob("*-dark.png")):
        other = path.name.replace("-dark", "-light")
        yield f"<h3>{escape(path.stem.removesuffix('-dark'))}</h3>"
        yield f'<img src="{escape(path.name)}"><img src="{escape(other)}">'


def main(arguments: Sequence[str]) -> None:
    """Take what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = ROOT / "build" / "screenshots"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--scene", action="append", choices=tuple(SCENES), default=[])
    parser.add_argument("--language", help="one language only")
    parser.add_argument("--scale", type=int, help="one scale only")
    parser.add_argument("--size", help="one size only, such as 1280x800")
    parser.add_argument("--list", action="store_true", help="name the scenes")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.list:
        print("\n".join(SCENES))
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.inside or options.language or options.scale or options.size:
        size = tuple(map(int, options.size.split("x"))) if options.size else SIZES[0]
        scale, language = options.scale or 1, options.language or "en"
        asked = Session(scale, language, (size[0], size[1]), tuple(options.scene))
        (take if options.inside else take_apart)(asked, options.folder)
        return
    for session in SESSIONS:
        wanted = session.scenes or tuple(SCENES)
        scenes = tuple(name for name in wanted if not options.scene or name in options.scene)
        if scenes:
            asked = Session(session.scale, session.language, session.size, scenes)
            take_apart(asked, options.folder)
    (options.folder / "index.html").write_text("\n".join(index(options.folder)), encoding="utf-8")
    for name in README:
        if (options.folder / name).is_file():
            shutil.copy(options.folder / name, ROOT / "docs" / "images" / name)
            print(ROOT / "docs" / "images" / name)


if __name__ == "__main__":
    main(sys.argv[1:])
