"""Typical documents and the code they give, word for word; each text is run as well.

After a wanted change, ``UPDATE_GOLDEN=1 pytest tests/exporters/test_golden.py`` rewrites the files.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from exported_runs import same, train_with

import lrdesigner as lrd
from lrdesigner.engine.simulate import run
from lrdesigner.schedule.tracks import QUANTITIES

GOLDEN = Path(__file__).parents[1] / "golden"
DOCUMENTS = sorted(GOLDEN.glob("*.json"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    schedule = lrd.load(path)
    code, golden = lrd.export(schedule), path.with_suffix(".py")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(code, encoding="utf-8", newline="\n")
    stored = golden.read_text(encoding="utf-8")
    assert code == stored
    curve, plan = run(schedule)
    got = train_with(stored, schedule, plan)
    for quantity in QUANTITIES:
        wanted, found = curve.values(quantity), got.values(quantity)
        if wanted is not None:
            assert found is not None
            same(found, wanted, stored)


def test_golden_files_belong_to_documents() -> None:
    assert {path.stem for path in GOLDEN.glob("*.py")} == {path.stem for path in DOCUMENTS}
    assert len(DOCUMENTS) >= 6


@pytest.mark.parametrize("arguments", [["format", "--check"], ["check"]], ids=" ".join)
def test_golden_files_are_formatted_and_free_of_lint(arguments: list[str]) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(
        [str(ruff), *arguments, "--no-cache", str(GOLDEN)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
