"""The system libraries and fonts that Qt needs on Linux: what is missing, and how to get it.

Qt's wheels bring Qt itself, but link to libraries of the system. Where one is missing, Qt says so
in a way that only people who know Qt understand, or aborts; so they are tried here first.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bootstrap_shell import SetupError, run_quietly, say

APT_OPTIONS = ("-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=30")


class Need(NamedTuple):
    """Something of the system's that Qt needs.

    Attributes:
        what: The library's file name, or ``fonts``.
        debian: The package that brings it on Debian and Ubuntu.
        fedora: The same on Fedora and its relatives.
        arch: The same on Arch Linux.
        always: Qt cannot be loaded at all without it; otherwise it is only needed to open
            windows on an X11 display.
    """

    what: str
    debian: str
    fedora: str
    arch: str
    always: bool = False


LIBRARIES = (
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd", always=True),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd", always=True),
    Need("libX11.so.6", "libx11-6", "libX11", "libx11", always=True),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus", always=True),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig", always=True),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2", always=True),
    Need("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2", always=True),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon", always=True),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Need("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-glx.so.0", "libxcb-glx0", "libxcb", "libxcb"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Need(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Need("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)

FONTS = Need("fonts", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")


def missing_libraries(load: Callable[[str], Any] = ctypes.CDLL) -> list[Need]:
    """The libraries that the loader does not find, in the order of ``LIBRARIES``."""
    missing = []
    for library in LIBRARIES:
        try:
            load(library.what)
        except OSError:
            missing.append(library)
    return missing


def font_folders(environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Where fontconfig looks for fonts unless told otherwise."""
    home = Path(environ.get("HOME", "/"))
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/run/current-system/sw/share/X11/fonts"),
        data / "fonts",
        home / ".fonts",
    ]


def has_fonts(folders: Iterable[Path]) -> bool:
    """Whether any scalable font is installed; without one, Qt draws no text at all."""
    suffixes = (".ttf", ".otf", ".ttc", ".pfb")
    for folder in folders:
        for _, _, names in os.walk(folder):
            if any(name.lower().endswith(suffixes) for name in names):
                return True
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister], capture_output=True, check=False).stdout.strip())


def missing_needs() -> list[Need]:
    """Everything Qt needs and this system lacks; nothing outside Linux, where Qt needs nothing."""
    if not sys.platform.startswith("linux"):
        return []
    return missing_libraries() + ([] if has_fonts(font_folders()) else [FONTS])


def distribution(os_release: str) -> str:
    """``debian``, ``fedora``, ``arch`` or nothing, from the text of ``/etc/os-release``."""
    names: list[str] = []
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in ("ID", "ID_LIKE"):
            names += value.strip("\"' ").lower().split()
    relatives = {
        "debian": {"debian", "ubuntu"},
        "fedora": {"fedora", "rhel", "centos"},
        "arch": {"arch"},
    }
    return next((family for family, known in relatives.items() if known & set(names)), "")


def this_distribution() -> str:
    """The family of the Linux this runs on."""
    try:
        return distribution(Path("/etc/os-release").read_text(encoding="utf-8"))
    except OSError:
        return ""


def how_to_install(missing: Sequence[Need], family: str) -> str:
    """The command that installs what is missing, for the family of Linux given."""
    commands = {
        "debian": "sudo apt-get install",
        "fedora": "sudo dnf install",
        "arch": "sudo pacman -S",
    }
    if family not in commands:
        return "install the packages of your system that provide them"
    packages = dict.fromkeys(getattr(need, family) for need in missing)
    return f"install them with: {commands[family]} {' '.join(packages)}"


def describe(missing: Sequence[Need], family: str) -> str:
    """One line: what is missing, and how to install it."""
    names = ", ".join(need.what for need in missing)
    return f"Qt needs what this system lacks: {names}; {how_to_install(missing, family)}"


def may_install(family: str) -> bool:
    """Whether this process may install packages itself: root, on Debian or Ubuntu."""
    return family == "debian" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian packages without asking anything.

    Raises:
        SetupError: apt-get failed.
    """
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    names = " ".join(packages)
    run_quietly(
        ["apt-get", *APT_OPTIONS, "update", "-qq"],
        f"apt-get update failed, so these could not be installed: {names}",
        env,
    )
    run_quietly(
        ["apt-get", *APT_OPTIONS, "install", "-y", "-qq", "--no-install-recommends", *packages],
        f"apt-get could not install: {names}",
        env,
    )


def ensure_system() -> list[Need]:
    """Install what Qt lacks where that is possible, else say what to install.

    Returns:
        What is still missing.
    """
    missing = missing_needs()
    if not missing:
        return []
    family = this_distribution()
    if may_install(family):
        packages = list(dict.fromkeys(need.debian for need in missing))
        say(f"Installing the system packages that Qt needs: {' '.join(packages)} ...")
        try:
            apt_install(packages)
        except SetupError as error:
            say(str(error))
        missing = missing_needs()
    if missing:
        say(describe(missing, family))
    return missing
