"""The bootstrap as it is started: any Python, no dependencies, clear words, exit codes."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import bootstrap_venv
import pytest

POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a sh script")


def bootstrap(root: Path, *arguments: str, cwd: Path | None = None, **env: str):
    return subprocess.run(
        [sys.executable, root / "packaging/bootstrap.py", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        cwd=cwd,
        check=False,
    )


@pytest.fixture
def ready_venv(tmp_path: Path) -> Path:
    """An environment that is complete, with a Python that says how it was called, and exits 7."""
    venv = tmp_path / "venv"
    for name in ("torch", "PySide6", "pyqtgraph", "numpy", "pydantic"):
        (bootstrap_venv.site_packages(venv) / name).mkdir(parents=True)
    python = bootstrap_venv.python_in(venv)
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "$PWD"\necho "qpa=$QT_QPA_PLATFORM"\n'
                      'for part in "$@"; do echo "[$part]"; done\nexit 7\n')  # fmt: skip
    python.chmod(0o755)
    stamp = bootstrap_venv.Stamp(
        complete=True,
        key=bootstrap_venv.fingerprint(),
        python=bootstrap_venv.THIS_PYTHON,
        dev=True,
        cuda=False,
    )
    stamp.write(venv)
    return venv


def test_only_the_standard_library_is_imported(root):
    modules = sorted((root / "packaging").glob("bootstrap*.py"))
    assert len(modules) > 1
    allowed = set(sys.stdlib_module_names) | {module.stem for module in modules}
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or ""}
            else:
                continue
            assert {name.partition(".")[0] for name in names} <= allowed, module.name


def test_the_entry_has_only_syntax_that_old_pythons_know(root):
    tree = ast.parse((root / "packaging/bootstrap.py").read_text(encoding="utf-8"))
    new_syntax = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        assert not isinstance(node, new_syntax)
        assert not isinstance(node, ast.FunctionDef | ast.arg), "annotations are new, too"
        assert not (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def test_an_old_python_is_told_what_is_needed_in_one_line(root):
    path = str(root / "packaging/bootstrap.py")
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 18); "
        f"runpy.run_path({path!r}, run_name='__main__')"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "3.11 or newer" in result.stderr
    assert "this is Python 3.9" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["dance"], ["setup", "--fast"], ["run", "--fast"]])
def test_bad_usage_shows_the_usage_and_exits_with_2(root, arguments):
    result = bootstrap(root, *arguments)
    assert result.returncode == 2
    assert result.stderr.startswith("usage:")
    assert "Traceback" not in result.stderr


def test_help_names_commands_and_variables(root):
    result = bootstrap(root, "--help")
    assert result.returncode == 0
    for word in ("run", "test", "setup", "LRDESIGNER_VENV", "LRDESIGNER_CUDA"):
        assert word in result.stdout


def test_a_folder_of_somebody_else_is_refused_and_untouched(root, tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    result = bootstrap(root, "setup", LRDESIGNER_VENV=str(tmp_path))
    assert result.returncode == 1
    assert str(tmp_path) in result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_place_that_cannot_be_written_to_is_a_sentence(root, tmp_path):
    (tmp_path / "file").write_text("")
    result = bootstrap(root, "setup", LRDESIGNER_VENV=str(tmp_path / "file" / "venv"))
    assert result.returncode == 1
    assert str(tmp_path / "file") in result.stderr
    assert "Traceback" not in result.stderr


@POSIX_ONLY
def test_run_starts_the_app_in_the_persons_folder(root, ready_venv, tmp_path):
    result = bootstrap(
        root, "run", "a b.json", "c.json", cwd=tmp_path, LRDESIGNER_VENV=str(ready_venv)
    )
    folder, _, *arguments = result.stdout.splitlines()
    assert result.returncode == 7
    assert Path(folder).samefile(tmp_path)
    assert arguments == ["[-P]", "[-m]", "[lrdesigner]", "[a b.json]", "[c.json]"]
    assert "Installing the dep" not in result.stderr


@POSIX_ONLY
def test_test_hands_its_arguments_to_pytest(root, ready_venv, tmp_path, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    arguments = ["-k", "undo or redo", "--lf", "tests/gui"]
    result = bootstrap(root, "test", *arguments, cwd=tmp_path, LRDESIGNER_VENV=str(ready_venv))
    folder, platform, *arguments = result.stdout.splitlines()
    assert result.returncode == 7
    assert Path(folder).samefile(root)
    assert platform == "qpa=offscreen"
    assert arguments[:2] == ["[-m]", "[pytest]"]
    assert arguments[-4:] == ["[-k]", "[undo or redo]", "[--lf]", "[tests/gui]"]
    assert "[not e2e]" in arguments


@POSIX_ONLY
def test_setup_with_nothing_to_do_starts_nothing(root, ready_venv):
    before = json.loads((ready_venv / bootstrap_venv.STAMP_NAME).read_text())
    result = bootstrap(root, "setup", LRDESIGNER_VENV=str(ready_venv))
    assert result.returncode == 0
    assert result.stdout == ""
    assert json.loads((ready_venv / bootstrap_venv.STAMP_NAME).read_text()) == before
