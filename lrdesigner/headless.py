"""What the app does where no window can open: find that out first, and leave a preview instead."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import lrdesigner as lrd
from lrdesigner._files import write_atomically
from lrdesigner.engine.curve import Curve
from lrdesigner.examples import default_schedule

PICTURE, CODE = "lrdesigner-preview.png", "lrdesigner-preview.py"
PATIENCE = 5.0
# Qt's platforms that open windows on a display, and what names the display.
_VARIABLES = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}


@dataclass(frozen=True)
class Display:
    """Where windows could open.

    Attributes:
        platforms: Qt's platform plugins to try, in order; empty where there is no display.
        lack: Why there is none; empty where there is one.
    """

    platforms: tuple[str, ...] = ()
    lack: str = ""


def why_no_window() -> str | None:
    """Why no window can open here, or None; Qt would abort the program instead of saying it."""
    from lrdesigner.gui.loading import qt_problem

    if not sys.platform.startswith("linux"):
        return qt_problem(())
    display = find_display(os.environ)
    return display.lack or qt_problem(display.platforms)


def why_no_picture() -> str | None:
    """Why Qt cannot even draw into a file here, or None."""
    from lrdesigner.gui.loading import qt_problem

    return qt_problem(("offscreen",))


def find_display(environ: Mapping[str, str]) -> Display:
    """The display that the environment names, if it answers."""
    chosen = [name.split(":")[0] for name in environ.get("QT_QPA_PLATFORM", "").split(";")]
    wanted = tuple(name for name in chosen if name) or tuple(_VARIABLES)
    if not set(wanted) <= set(_VARIABLES):
        return Display(wanted)  # such as offscreen or vnc: needs no display
    found, unset, dead = [], [], []
    for platform in wanted:
        name = environ.get(_VARIABLES[platform], "")
        if not name:
            unset.append(_VARIABLES[platform])
        elif platform == "xcb" and not _x11_answers(name):
            dead.append(f"the X display {name} cannot be reached")
        elif platform == "wayland" and not _wayland_answers(name, environ):
            dead.append(f"the Wayland display {name} does not answer")
        else:
            found.append(platform)
    if found:
        return Display(tuple(found))
    names = f"{' and '.join(unset)} {'are' if len(unset) > 1 else 'is'} not set"
    return Display(lack=" and ".join(dead) or f"there is no display ({names})")


def _wayland_answers(name: str, environ: Mapping[str, str]) -> bool:
    path = Path(environ.get("XDG_RUNTIME_DIR", ""), name)
    if not path.is_absolute():
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(PATIENCE)
        probe.connect(str(path))
        return True
    return False


def _x11_answers(name: str) -> bool:
    """Whether the X server lets us in, cookie and all; asked the way Qt will ask."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt's plugin needs it too, and loading that will name it
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    answers: list[bool] = []

    def ask() -> None:
        connection = xcb.xcb_connect(os.fsencode(name), None)
        answers.append(xcb.xcb_connection_has_error(connection) == 0)
        xcb.xcb_disconnect(connection)

    # A host that swallows packets would hold us up for minutes.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return answers == [True]


def preview(files: Sequence[str], why: str) -> Iterator[str]:
    """Run a document without a window, and leave its picture and its code in this folder.

    Args:
        files: The document and overlays; without any, the default schedule is run.
        why: Why there is no window.

    Yields:
        Lines that tell people what happened.

    Raises:
        DocumentError: If a file cannot be read.
        ScheduleError: If torch would refuse a document.
        OSError: If this folder is not writable.
    """
    yield f"No window can open: {why}."
    schedules = [lrd.load(file) for file in files] or [default_schedule()]
    names = [s.name or Path(f).stem for s, f in zip(schedules, files or [""], strict=True)]
    curves = [(name, lrd.simulate(s)) for name, s in zip(names, schedules, strict=True)]
    code = lrd.export(schedules[0], "torch")
    no_qt = why_no_picture()
    picture = _plain(curves) if no_qt else _drawn(curves, schedules)
    write_atomically(Path(PICTURE), picture)
    write_atomically(Path(CODE), code.encode())
    yield (
        f"Ran {names[0]!r} without one ({curves[0][1].steps:,} steps): {PICTURE} shows the "
        f"curve, {CODE} is the code."
    )
    if no_qt:
        yield f"The picture is a plain one, without labels: {no_qt}."


def _drawn(curves: list[tuple[str, Curve]], schedules: list[lrd.Schedule]) -> bytes:
    from lrdesigner.gui.picture import (
        GROUNDS,
        bands_of,
        compose,
        format_of,
        lanes_of,
        picture_bytes,
    )
    from lrdesigner.gui.picture_options import PictureOptions

    options = PictureOptions(theme="dark")
    tokens = GROUNDS[options.theme]
    content = compose(
        curves,
        tokens=tokens,
        title=curves[0][0],
        unit="epochs" if curves[0][1].steps_per_epoch > 1 else "steps",
        horizon=schedules[0].horizon,
        bands=bands_of(schedules[0]),
        lanes=lanes_of(schedules[0], curves[0][1], tokens),
    )
    return picture_bytes(content, format_of(PICTURE), options)


def _plain(curves: list[tuple[str, Curve]]) -> bytes:
    from lrdesigner.png import plain_picture

    return plain_picture(curves[0][1])
