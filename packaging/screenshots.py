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
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from screenshot_scenes import SCENES, MissingError, Stage

ROOT = Path(__file__).resolve().parent.parent
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
            stage = Stage(app, Path(place), session.language, session.size)
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
