"""The virtual environment: when it is made, completed, repaired, and left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import bootstrap_venv
import pytest
from bootstrap_shell import SetupError
from bootstrap_venv import Plan, Stamp, Wish

PLAIN = Wish()
GOOD = Stamp(complete=True, key="k", python="3.12", dev=False, cuda=False)


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A whole environment of Python 3.12, as far as its files tell, without a stamp."""
    folder = tmp_path / "venv"
    for name in ("torch", "PySide6", "pyqtgraph", "numpy", "pydantic"):
        (bootstrap_venv.site_packages(folder, "3.12") / name).mkdir(parents=True)
    bootstrap_venv.python_in(folder).parent.mkdir(exist_ok=True)
    bootstrap_venv.python_in(folder).write_text("")
    return folder


def decide(folder: Path, wish: Wish = PLAIN, key: str = "k", python: str = "3.12") -> Plan:
    return bootstrap_venv.decide(folder, wish, key, python)


def test_a_stamp_comes_back_as_written(tmp_path):
    GOOD.write(tmp_path)
    assert Stamp.read(tmp_path) == GOOD
    assert [path.name for path in tmp_path.iterdir()] == [bootstrap_venv.STAMP_NAME]


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"complete": true}', '{"other": 1}'])
def test_a_garbled_stamp_means_unfinished(tmp_path, text):
    (tmp_path / bootstrap_venv.STAMP_NAME).write_text(text)
    stamp = Stamp.read(tmp_path)
    assert stamp is not None
    assert not stamp.complete


def test_the_fingerprint_follows_everything_that_matters(tmp_path):
    constraints, pyproject = tmp_path / "constraints.txt", tmp_path / "pyproject.toml"
    constraints.write_text("torch==2.13.0")
    pyproject.write_text("[project]")

    def key(root: str = "/here") -> str:
        return bootstrap_venv.fingerprint(constraints, pyproject, Path(root))

    keys = [key(), key("/elsewhere")]
    constraints.write_text("torch==2.14.0")
    keys.append(key())
    pyproject.write_text("[project]\n")
    keys.append(key())
    assert len(set(keys)) == 4
    assert key() == keys[-1]


def test_a_new_or_empty_folder_is_filled(tmp_path):
    assert decide(tmp_path / "new") is Plan.CREATE
    assert decide(tmp_path) is Plan.CREATE


def test_a_finished_environment_is_ready(venv):
    GOOD.write(venv)
    assert decide(venv) is Plan.READY
    assert decide(venv, Wish(cuda=False)) is Plan.READY


@pytest.mark.parametrize(
    ("change", "wish", "plan"),
    [
        ({"key": "old"}, Wish(), Plan.UPDATE),
        ({}, Wish(dev=True), Plan.UPDATE),
        ({"dev": True}, Wish(dev=True), Plan.READY),
        ({"dev": True}, Wish(), Plan.READY),
        ({}, Wish(cuda=True), Plan.REBUILD),
        ({"cuda": True}, Wish(), Plan.READY),
        ({"cuda": True}, Wish(cuda=False), Plan.REBUILD),
        ({"complete": False}, Wish(), Plan.REBUILD),
        ({"python": "3.11"}, Wish(), Plan.REBUILD),
    ],
)
def test_what_a_stamp_leads_to(venv, change, wish, plan):
    GOOD._replace(**change).write(venv)
    assert decide(venv, wish) is plan


def test_an_environment_whose_python_is_gone_is_made_anew(venv):
    GOOD.write(venv)
    bootstrap_venv.python_in(venv).unlink()
    assert decide(venv) is Plan.REBUILD


def test_an_environment_that_lost_a_package_is_made_anew(venv):
    GOOD.write(venv)
    (bootstrap_venv.site_packages(venv, "3.12") / "torch").rmdir()
    assert decide(venv) is Plan.REBUILD


def test_a_folder_of_somebody_else_is_never_touched(venv):
    with pytest.raises(SetupError, match="LRDESIGNER_VENV"):
        decide(venv)


def test_the_checkouts_own_folder_is_completed_where_it_works(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap_venv, "python_in", lambda folder: Path(sys.executable))
    (tmp_path / "pyvenv.cfg").write_text("")
    here = bootstrap_venv.THIS_PYTHON
    plan = bootstrap_venv._decide_unstamped(tmp_path, here, default=tmp_path)
    assert plan is Plan.UPDATE
    plan = bootstrap_venv._decide_unstamped(tmp_path, "3.99", default=tmp_path)
    assert plan is Plan.REBUILD


def test_the_checkouts_own_folder_is_made_anew_where_it_does_not(tmp_path):
    (tmp_path / "pyvenv.cfg").write_text("")
    plan = bootstrap_venv._decide_unstamped(tmp_path, "3.12", default=tmp_path)
    assert plan is Plan.REBUILD


class Installer:
    """Stands in for venv and pip; fails the first ``failures`` times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failures: int = 0) -> None:
        self.failures = failures
        self.calls: list[str] = []
        self.stamps: list[Stamp | None] = []
        monkeypatch.setattr(bootstrap_venv, "_create", self.create)
        monkeypatch.setattr(bootstrap_venv, "install_packages", self.install)
        monkeypatch.setattr(bootstrap_venv, "_refuse_hopeless_machines", lambda: None)

    def create(self, folder: Path) -> None:
        self.calls.append("create")
        bootstrap_venv.python_in(folder).parent.mkdir()
        bootstrap_venv.python_in(folder).write_text("")

    def install(self, python: Path, *, dev: bool, cuda: bool) -> None:
        self.calls.append(f"install dev={dev} cuda={cuda}")
        folder = python.parent.parent
        self.stamps.append(Stamp.read(folder))
        (folder / "half.txt").write_text("")
        if self.failures:
            self.failures -= 1
            raise SetupError("no network")
        for name in ("torch", "PySide6", "pyqtgraph", "numpy", "pydantic"):
            (bootstrap_venv.site_packages(folder) / name).mkdir(parents=True, exist_ok=True)
        (folder / "half.txt").unlink()


def test_the_first_time_makes_everything_and_the_second_nothing(tmp_path, monkeypatch):
    installer = Installer(monkeypatch)
    folder = tmp_path / "deep" / "venv"
    python = bootstrap_venv.prepare(folder, Wish())
    assert python == bootstrap_venv.python_in(folder)
    assert bootstrap_venv.prepare(folder, Wish()) == python
    assert installer.calls == ["create", "install dev=False cuda=False"]


def test_while_installing_the_stamp_says_unfinished(tmp_path, monkeypatch):
    installer = Installer(monkeypatch)
    bootstrap_venv.prepare(tmp_path, Wish())
    assert [stamp and stamp.complete for stamp in installer.stamps] == [False]


def test_an_installation_that_failed_is_made_anew(tmp_path, monkeypatch):
    installer = Installer(monkeypatch, failures=1)
    folder = tmp_path / "venv"
    with pytest.raises(SetupError, match="no network"):
        bootstrap_venv.prepare(folder, Wish())
    assert (folder / "half.txt").exists()
    bootstrap_venv.prepare(folder, Wish())
    assert not (folder / "half.txt").exists()
    assert installer.calls.count("create") == 2


def test_development_tools_are_added_and_then_stay(tmp_path, monkeypatch):
    installer = Installer(monkeypatch)
    bootstrap_venv.prepare(tmp_path, Wish())
    bootstrap_venv.prepare(tmp_path, Wish(dev=True))
    bootstrap_venv.prepare(tmp_path, Wish())
    monkeypatch.setattr(bootstrap_venv, "fingerprint", lambda: "newer pins")
    bootstrap_venv.prepare(tmp_path, Wish())
    assert installer.calls == [
        "create",
        "install dev=False cuda=False",
        "install dev=True cuda=False",
        "install dev=True cuda=False",
    ]


def test_another_build_of_torch_needs_a_new_environment(tmp_path, monkeypatch):
    installer = Installer(monkeypatch)
    folder = tmp_path / "venv"
    bootstrap_venv.prepare(folder, Wish())
    bootstrap_venv.prepare(folder, Wish(cuda=True))
    bootstrap_venv.prepare(folder, Wish())
    assert installer.calls[2:] == ["create", "install dev=False cuda=True"]


def test_a_python_that_cannot_make_environments_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap_venv.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap_venv, "may_install", lambda family: False)
    with pytest.raises(SetupError, match=r"apt-get install python3\.\d+-venv"):
        bootstrap_venv._create(tmp_path / "venv")


def test_root_gets_what_makes_environments_installed(monkeypatch, tmp_path):
    installed: list[str] = []
    monkeypatch.setattr(bootstrap_venv.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap_venv, "may_install", lambda family: True)
    monkeypatch.setattr(bootstrap_venv, "apt_install", installed.extend)
    monkeypatch.setattr(bootstrap_venv, "run_quietly", lambda command, failure: None)
    bootstrap_venv._create(tmp_path / "venv")
    assert installed == [f"python{bootstrap_venv.THIS_PYTHON}-venv"]


def test_the_version_asked_of_an_interpreter_that_does_not_start(tmp_path):
    assert bootstrap_venv._version_with_pip(tmp_path / "none") == ""
    assert bootstrap_venv._version_with_pip(Path(subprocess.__file__)) == ""
