"""The look into the wheel: what is missing from it, and what does not belong into it."""

from __future__ import annotations

import configparser
import zipfile
from pathlib import Path

import check_wheel
import pytest

WHOLE = ("lrdesigner/__init__.py", "lrdesigner/resources/icons/a.svg", "lrdesigner-0.dist-info/x")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("lrdesigner/__init__.py", "resources/icons/a.svg", "lrdesigner/x.pyc"):
        (tmp_path / "repo" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repo" / name).write_text("")
    return tmp_path / "repo"


def wheel_with(folder: Path, names: tuple[str, ...]) -> Path:
    wheel = folder / "x.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return wheel


def test_a_whole_wheel_passes(checkout, tmp_path, capsys):
    check_wheel.check_content(wheel_with(tmp_path, WHOLE), checkout)
    assert "3 files" in capsys.readouterr().out


def test_a_resource_that_is_not_in_the_wheel_is_named(checkout, tmp_path):
    with pytest.raises(SystemExit, match=r"lacks: lrdesigner/resources/icons/a\.svg"):
        check_wheel.check_content(wheel_with(tmp_path, (WHOLE[0], WHOLE[2])), checkout)


def test_a_file_that_would_land_beside_the_package_is_named(checkout, tmp_path):
    with pytest.raises(SystemExit, match=r"outside of lrdesigner: tests/conftest\.py"):
        check_wheel.check_content(wheel_with(tmp_path, (*WHOLE, "tests/conftest.py")), checkout)


def test_the_desktop_file_starts_the_command_with_the_files_chosen(root):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(root / "packaging/lrdesigner.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"] == "lrdesigner %F"
    assert entry["Icon"] == "lrdesigner"
    assert "application/json;" in entry["MimeType"]
