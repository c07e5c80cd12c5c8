"""Whether Qt can be loaded here, found out before Qt aborts the program over it.

Importing this module loads nothing of Qt.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_LIBRARY = re.compile(r"\blib[\w.+-]+?\.so(?:\.\d+)*")
# Debian names a library's package after the library, except for these.
_DEBIAN = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}


def qt_problem(platforms: Sequence[str]) -> str | None:
    """Why Qt cannot be used with any of these platform plugins, or None.

    Qt itself says so by aborting the process, with a paragraph that only people who know Qt
    understand.

    Args:
        platforms: Names of plugins, such as ``"xcb"`` or ``"offscreen"``; one has to load.
    """
    try:
        from PySide6.QtCore import QLibraryInfo
        from PySide6.QtGui import QImage  # noqa: F401 - it is the loading that counts
        from PySide6.QtWidgets import QApplication  # noqa: F401
    except ImportError as error:
        return explain(str(error))
    if not sys.platform.startswith("linux"):
        return None
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    return plugin_problem([folder / f"libq{name}.so" for name in platforms])


def plugin_problem(
    plugins: Sequence[Path], load: Callable[[str], object] = ctypes.CDLL
) -> str | None:
    """Why none of these plugins can be loaded, or None.

    What is not there as a file is no problem: Qt may have been built or bundled differently, and
    finds its plugins itself.
    """
    problem = None
    for plugin in plugins:
        if not plugin.is_file():
            return None
        try:
            load(str(plugin))
        except OSError as error:
            problem = problem or explain(str(error))
        else:
            return None
    return problem


def explain(loader_message: str) -> str:
    """What the dynamic loader said, as a sentence with what to install.

    >>> explain("libEGL.so.1: cannot open shared object file: No such file or directory")
    'Qt needs the library libEGL.so.1, which this system lacks (on Debian or Ubuntu: sudo apt-get install libegl1)'
    """  # noqa: E501
    found = _LIBRARY.search(loader_message)
    if found is None or "cannot open shared object" not in loader_message:
        return f"Qt cannot be loaded: {' '.join(loader_message.split())}"
    package = debian_package(found[0])
    return (
        f"Qt needs the library {found[0]}, which this system lacks (on Debian or Ubuntu: "
        f"sudo apt-get install {package})"
    )


def debian_package(library: str) -> str:
    """The Debian package of a library, by Debian's rule of naming.

    >>> debian_package("libxcb-cursor.so.0"), debian_package("libdbus-1.so.3")
    ('libxcb-cursor0', 'libdbus-1-3')
    """
    name, _, number = library.partition(".so")
    joint = "-" if name[-1].isdigit() else ""
    return _DEBIAN.get(library, f"{name}{joint}{number.lstrip('.')}".lower())
