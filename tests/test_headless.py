"""Where no window can open: noticed before Qt aborts, said in a line, and a preview left."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

import lrdesigner as lrd
from lrdesigner import headless
from lrdesigner.engine.curve import Curve
from lrdesigner.examples import default_schedule, examples
from lrdesigner.gui.loading import debian_package, explain, plugin_problem, qt_problem
from lrdesigner.headless import find_display
from lrdesigner.png import plain_picture, png
from lrdesigner.verify import run_source

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are Linux's")
MISSING = "libEGL.so.1: cannot open shared object file: No such file or directory"


def run(*arguments: str, folder: Path, path: str = "", **environ: str):
    """The program in a process of its own, without a display unless one is given."""
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    paths = os.pathsep.join(part for part in (path, *sys.path) if part)
    return subprocess.run(
        [sys.executable, "-m", "lrdesigner", *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": paths, **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# -- is there a display? ---------------------------------------------------------------------------


def test_no_display_named():
    found = find_display({})
    assert found.platforms == ()
    assert found.lack == "there is no display (DISPLAY and WAYLAND_DISPLAY are not set)"


@pytest.mark.parametrize(
    ("wish", "platforms"),
    [("offscreen", ("offscreen",)), ("minimal", ("minimal",)), ("vnc:size=800x600", ("vnc",))],
)
def test_a_platform_without_a_display_needs_none(wish, platforms):
    found = find_display({"QT_QPA_PLATFORM": wish})
    assert found.platforms == platforms
    assert not found.lack


@pytest.mark.parametrize(
    ("wish", "unset"),
    [
        ("xcb", "DISPLAY is not set"),
        ("wayland", "WAYLAND_DISPLAY is not set"),
        ("wayland;xcb", "WAYLAND_DISPLAY and DISPLAY are not set"),
        ("", "DISPLAY and WAYLAND_DISPLAY are not set"),
    ],
)
def test_a_platform_on_a_display_needs_one(wish, unset):
    lack = find_display({"QT_QPA_PLATFORM": wish}).lack
    assert lack == f"there is no display ({unset})"


@LINUX
@pytest.mark.parametrize("display", [":4711", "nonsense", "host.invalid:0"])
def test_a_dead_x_display(display):
    found = find_display({"DISPLAY": display})
    assert found.lack == f"the X display {display} cannot be reached"


@LINUX
def test_an_x_server_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(headless, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        found = find_display({"DISPLAY": f"127.0.0.1:{number}"})
        connection, _ = server.accept()
        connection.close()  # lets the waiting thread end
    assert "cannot be reached" in found.lack


@LINUX
def test_an_x_server_that_refuses_us():
    with socket.create_server(("127.0.0.1", 0)) as server:
        refusing = threading.Thread(target=refuse_one, args=(server,))
        refusing.start()
        found = find_display({"DISPLAY": f"127.0.0.1:{server.getsockname()[1] - 6000}"})
        refusing.join()
    assert "cannot be reached" in found.lack


def refuse_one(server: socket.socket) -> None:
    """The X protocol's answer "Failed" to a greeting."""
    connection, _ = server.accept()
    with connection:
        connection.recv(4096)
        reason = b"No protocol specified\n\0\0"
        connection.sendall(bytes([0, 22, 11, 0, 0, 0, len(reason) // 4, 0]) + reason)


@LINUX
def test_a_wayland_display(tmp_path):
    environ = {"WAYLAND_DISPLAY": "wayland-3", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert find_display(environ).lack == "the Wayland display wayland-3 does not answer"
    assert find_display({"WAYLAND_DISPLAY": "wayland-3"}).lack
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-3"))
        server.listen()
        assert find_display(environ).platforms == ("wayland",)
        both = find_display({**environ, "DISPLAY": ":4711"})
        assert both.platforms == ("wayland",)
        assert not both.lack
        assert find_display({**environ, "QT_QPA_PLATFORM": "xcb"}).lack


# -- can Qt be loaded? -----------------------------------------------------------------------------


def test_qt_loads_here():
    assert qt_problem(("offscreen",)) is None


def test_a_missing_library_is_named_with_its_package():
    assert explain(MISSING) == (
        "Qt needs the library libEGL.so.1, which this system lacks "
        "(on Debian or Ubuntu: sudo apt-get install libegl1)"
    )


def test_another_failure_is_told_in_one_line():
    assert explain("DLL load failed\nwhile importing") == (
        "Qt cannot be loaded: DLL load failed while importing"
    )


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libGL.so.1", "libgl1"),
    ],
)
def test_debian_names(library, package):
    assert debian_package(library) == package


def test_one_plugin_that_loads_is_enough(tmp_path):
    bad, good = tmp_path / "libqwayland.so", tmp_path / "libqxcb.so"
    bad.touch()
    good.touch()

    def load(path: str) -> None:
        if path == str(bad):
            raise OSError("libwayland-client.so.0: cannot open shared object file: No such file")

    assert plugin_problem([bad, good], load) is None
    assert "libwayland-client0" in (plugin_problem([bad], load) or "")
    assert plugin_problem([tmp_path / "libqmissing.so"], load) is None


# -- the preview -----------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path, monkeypatch, qapp):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_file_the_default_is_run(here):
    lines = list(headless.preview([], "there is no display"))
    assert lines[0] == "No window can open: there is no display."
    assert "125,100 steps" in lines[1]
    for name in (headless.PICTURE, headless.CODE):
        assert name in lines[1]
    assert len(lines) == 2
    image = QImage(str(here / headless.PICTURE))
    assert (image.width(), image.height()) == (1920, 1080)
    code = (here / headless.CODE).read_text(encoding="utf-8")
    assert code == lrd.export(default_schedule(), "torch")


def test_a_file_is_run_and_its_code_works(here):
    example = next(e for e in examples() if e.key == "one-cycle-batch")
    list(headless.preview([str(example.path)], "no"))
    code = (here / headless.CODE).read_text(encoding="utf-8")
    recording = run_source(code, example.load())
    assert recording.lr.tobytes() == lrd.simulate(example.load()).lr.tobytes()


def test_earlier_previews_are_replaced_and_nothing_else_is_touched(here):
    (here / headless.CODE).write_text("old")
    (here / "mine.py").write_text("mine")
    list(headless.preview([str(examples()[1].path)], "no"))
    assert (here / headless.CODE).read_text(encoding="utf-8") != "old"
    names = {"mine.py", headless.CODE, headless.PICTURE}
    assert {path.name for path in here.iterdir()} == names


def test_without_qt_the_picture_is_a_plain_one(here, monkeypatch):
    monkeypatch.setattr(headless, "why_no_picture", lambda: explain(MISSING))
    lines = list(headless.preview([], explain(MISSING)))
    assert "without labels" in lines[2]
    assert "libegl1" in lines[2]
    assert not QImage(str(here / headless.PICTURE)).isNull()


def test_the_program_without_a_display(tmp_path):
    done = run(folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "there is no display" in done.stdout.splitlines()[0]
    assert "lrdesigner-preview.png" in done.stdout
    assert "lrdesigner-preview.py" in done.stdout
    assert (tmp_path / "lrdesigner-preview.png").stat().st_size > 10_000
    assert "def build_scheduler" in (tmp_path / "lrdesigner-preview.py").read_text("utf-8")


@LINUX
def test_the_program_without_qt_libraries(tmp_path):
    """A stand-in for PySide6 fails to load as the real one does where libEGL is missing."""
    fake = tmp_path / "fake" / "PySide6"
    fake.mkdir(parents=True)
    (fake / "__init__.py").touch()
    (fake / "QtCore.py").write_text(f"raise ImportError({MISSING!r})")
    done = run(str(examples()[1].path), folder=tmp_path, path=str(fake.parent), DISPLAY="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "libegl1" in done.stdout
    assert (tmp_path / "lrdesigner-preview.py").is_file()
    assert QImage(str(tmp_path / "lrdesigner-preview.png")).width() == 1280


def test_the_program_without_a_display_and_with_a_broken_file(tmp_path):
    (tmp_path / "broken.json").write_text("{")
    done = run("broken.json", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("lrdesigner: broken.json: line 1, column 2:")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "lrdesigner-preview.png").exists()


# -- the picture without Qt ------------------------------------------------------------------------


def test_png_holds_the_pixels():
    pattern = np.random.default_rng(1).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = QImage.fromData(png(pattern), "PNG")
    assert (image.width(), image.height()) == (7, 5)
    for row in range(5):
        for column in range(7):
            color = image.pixelColor(column, row)
            assert color.getRgb()[:3] == tuple(pattern[row, column].tolist())


@pytest.mark.parametrize("steps", [1, 50, 100_000])
def test_the_plain_picture_shows_the_line(steps):
    rising = np.linspace(0.1, 1.0, steps)
    curve = Curve(("a", "b"), np.stack([rising, rising[::-1] / 2]), None, 1)
    image = QImage.fromData(plain_picture(curve), "PNG")
    blue = QColor(31, 111, 235)
    rows = [
        next((y for y in range(image.height()) if image.pixelColor(x, y) == blue), None)
        for x in (100, 640, 1200)
    ]
    assert None not in rows
    if steps > 1:
        assert rows[0] > rows[1] > rows[2]
