"""The virtual environment: whether it is complete, and making, completing or repairing it.

A stamp file inside it tells its state. It is written *before* anything else, saying "unfinished",
and rewritten at the very end, so that a set-up stopped anywhere in between is recognised: such an
environment is made anew, because pip trusts whatever half of a package it finds. A folder without
our stamp is somebody else's and left alone, except for the checkout's own ``.venv``.
"""

from __future__ import annotations

import enum
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bootstrap_pip import CONSTRAINTS, install_packages
from bootstrap_shell import ROOT, SetupError, run_quietly, say
from bootstrap_system import apt_install, may_install, this_distribution

PYPROJECT = ROOT / "pyproject.toml"
DEFAULT_VENV = ROOT / ".venv"
STAMP_NAME = "lrdesigner-setup.json"
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

# Whether these are there tells an environment that somebody emptied by hand from a whole one.
_MUST_HAVE = ("torch", "PySide6", "pyqtgraph", "numpy", "pydantic")


class Wish(NamedTuple):
    """What the environment is wanted for.

    Attributes:
        dev: With the tools for tests, lint and types.
        cuda: Torch's build for CUDA (True), for the CPU (False), or whichever is there (None).
    """

    dev: bool = False
    cuda: bool | None = None


class Stamp(NamedTuple):
    """What the stamp file says of an environment."""

    complete: bool
    key: str
    python: str
    dev: bool
    cuda: bool

    @classmethod
    def read(cls, folder: Path) -> Stamp | None:
        """The stamp in ``folder``; None where there is none, unfinished where it is garbled."""
        try:
            text = (folder / STAMP_NAME).read_text(encoding="utf-8")
        except OSError:
            return None
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return cls(complete=False, key="", python="", dev=False, cuda=False)

    def write(self, folder: Path) -> None:
        """Put the stamp into ``folder``, whole or not at all."""
        draft = folder / f"{STAMP_NAME}.new"
        draft.write_text(json.dumps(self._asdict(), indent=1), encoding="utf-8")
        draft.replace(folder / STAMP_NAME)


class Plan(enum.Enum):
    """What has to be done before the environment can be used."""

    READY = "nothing"
    CREATE = "make it"
    UPDATE = "install what changed"
    REBUILD = "delete it and make it anew"


def fingerprint(
    constraints: Path = CONSTRAINTS, pyproject: Path = PYPROJECT, root: Path = ROOT
) -> str:
    """A hash of everything that decides what belongs into the environment.

    The checkout's place belongs to it because the package is installed as a link to it.
    """
    parts = [constraints.read_bytes(), pyproject.read_bytes(), str(root).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def python_in(folder: Path) -> Path:
    """The environment's interpreter."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(folder: Path, python: str = THIS_PYTHON) -> Path:
    """Where the environment's packages lie."""
    return folder / ("Lib" if os.name == "nt" else f"lib/python{python}") / "site-packages"


def is_whole(folder: Path, python: str = THIS_PYTHON) -> bool:
    """Whether interpreter and main packages of a finished environment are (still) there."""
    packages = site_packages(folder, python)
    return python_in(folder).exists() and all((packages / name).is_dir() for name in _MUST_HAVE)


def decide(folder: Path, wish: Wish, key: str, python: str = THIS_PYTHON) -> Plan:
    """What has to be done to the environment in ``folder`` to fulfil ``wish``.

    Args:
        folder: Where the environment is, or shall be.
        wish: What it is wanted for.
        key: The fingerprint it should have.
        python: The version (such as ``3.12``) it should have.

    Raises:
        SetupError: The folder holds something that is not ours and cannot be used.
    """
    stamp = Stamp.read(folder)
    if stamp is None:
        return _decide_unstamped(folder, python)
    if not (stamp.complete and stamp.python == python and is_whole(folder, python)):
        return Plan.REBUILD
    if wish.cuda not in (None, stamp.cuda):
        return Plan.REBUILD  # pip holds both builds for the same version and would keep the old
    if stamp.key != key or (wish.dev and not stamp.dev):
        return Plan.UPDATE
    return Plan.READY


def _decide_unstamped(folder: Path, python: str, default: Path = DEFAULT_VENV) -> Plan:
    """The plan for a folder that this script has not made, or not got far with."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return Plan.CREATE
    if folder != default:
        # Pinned versions in an environment that somebody trains with would do harm enough.
        raise SetupError(
            f"{folder} is not empty and not made by this script: remove it, or name another "
            "folder in LRDESIGNER_VENV."
        )
    # An editor may have made it: a good start where it works, and ours to replace where not.
    return Plan.UPDATE if _version_with_pip(python_in(folder)) == python else Plan.REBUILD


def _version_with_pip(python: Path) -> str:
    """That interpreter's version, such as ``3.12``; empty if it does not start or has no pip."""
    check = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        finished = subprocess.run([python, "-c", check], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return finished.stdout.strip()


def prepare(folder: Path, wish: Wish) -> Path:
    """Make the environment in ``folder`` fulfil ``wish``; at once where it already does.

    Returns:
        The environment's interpreter.

    Raises:
        SetupError: It cannot be done; the message says why and what would help.
    """
    key = fingerprint()
    plan = decide(folder, wish, key)
    if plan is Plan.READY:
        return python_in(folder)
    _refuse_hopeless_machines()
    before = Stamp.read(folder)
    dev = wish.dev or (before is not None and before.dev)
    cuda = bool(before and before.cuda) if wish.cuda is None else wish.cuda
    if plan is Plan.REBUILD:
        say(f"The virtual environment in {folder} is unfinished or out of date: making it anew.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = Stamp(complete=False, key=key, python=THIS_PYTHON, dev=dev, cuda=cuda)
    stamp.write(folder)
    if plan is not Plan.UPDATE:
        _create(folder)
    install_packages(python_in(folder), dev=dev, cuda=cuda)
    stamp._replace(complete=True).write(folder)
    say("Done; the next start skips all this.")
    return python_in(folder)


def _refuse_hopeless_machines() -> None:
    """Say at once what pip would say obscurely after minutes."""
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        raise SetupError("PyTorch is no longer built for Macs with Intel processors.")
    if sys.maxsize < 2**32:
        raise SetupError("A 64-bit Python is needed: PyTorch and Qt are not built for 32 bits.")


def _create(folder: Path) -> None:
    """Make an empty virtual environment."""
    if importlib.util.find_spec("ensurepip") is None:
        _install_venv_module()
    say(f"Creating the virtual environment in {folder} ...")
    # Started from inside the environment to be rebuilt, its own interpreter is gone by now.
    creator = getattr(sys, "_base_executable", None) or sys.executable
    run_quietly(
        [creator, "-m", "venv", folder],
        f"The virtual environment could not be created in {folder}; its output is above.",
    )


def _install_venv_module() -> None:
    """Debian ships Python without what makes virtual environments: get it, or say how."""
    package = f"python{THIS_PYTHON}-venv"
    if not may_install(this_distribution()):
        raise SetupError(
            "This Python cannot make virtual environments; on Debian and Ubuntu install what is "
            f"missing with: sudo apt-get install {package}"
        )
    say(f"Installing the system package that makes virtual environments: {package} ...")
    apt_install([package])
