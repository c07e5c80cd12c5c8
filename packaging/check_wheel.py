"""Build the wheel, install it into a fresh environment, and see that it works there.

Run with the interpreter of a development environment (see ``bootstrap.py setup --dev``):
``python packaging/check_wheel.py``. The fresh environment borrows the dependencies of that one
instead of installing them again; the checkout itself is not importable there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "lrdesigner"


def shipped_files(root: Path) -> set[str]:
    """The names that the wheel must hold: the package's modules and data, and all resources."""
    names = set()
    for folder, prefix in ((root / PACKAGE, PACKAGE), (root / "resources", f"{PACKAGE}/resources")):
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                names.add(f"{prefix}/{path.relative_to(folder).as_posix()}")
    return names


def check_content(wheel: Path, root: Path) -> None:
    """See that the wheel holds everything it must, and nothing that belongs elsewhere."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    missing = sorted(shipped_files(root) - names)
    if missing:
        sys.exit(f"{wheel.name} lacks: {', '.join(missing)}")
    stray = sorted(n for n in names if not n.startswith((f"{PACKAGE}/", f"{PACKAGE}-")))
    if stray:
        sys.exit(f"{wheel.name} would install outside of {PACKAGE}: {', '.join(stray)}")
    print(f"{wheel.name}: {len(names)} files, with all resources")


def build(folder: Path) -> Path:
    """Build the wheel with the pinned build backend of this environment."""
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel into a fresh environment; returns the folder of its programs."""
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    paths = sysconfig.get_paths(
        "venv", vars={"base": str(folder), "platbase": str(folder), "installed_base": str(folder)}
    )
    # A path added by a .pth file brings the packages there, but not the .pth files among them:
    # not the one that makes the checkout importable.
    borrowed = Path(paths["purelib"]) / "borrowed.pth"
    borrowed.write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    programs = Path(paths["scripts"])
    python = programs / ("python.exe" if sys.platform == "win32" else "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True)
    return programs


def check_installed(programs: Path, folder: Path) -> None:
    """See that the installed command passes its own test, from a folder with nothing in it."""
    program = programs / (f"{PACKAGE}.exe" if sys.platform == "win32" else PACKAGE)
    python = programs / ("python.exe" if sys.platform == "win32" else "python")
    code = f"import {PACKAGE}; print({PACKAGE}.__file__)"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = subprocess.run(
        [python, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=True
    ).stdout
    if ROOT in Path(found.strip()).resolve().parents:
        sys.exit(f"The fresh environment uses the checkout ({found.strip()}) and not the wheel")
    subprocess.run([program, "self-test"], cwd=folder, env=env, check=True)


def main() -> None:
    """Build, look inside, install, run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        check_content(wheel, ROOT)
        programs = install(wheel, folder / "fresh")
        empty = folder / "empty"
        empty.mkdir()
        check_installed(programs, empty)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"failed with exit code {error.returncode}: {error.cmd}")
