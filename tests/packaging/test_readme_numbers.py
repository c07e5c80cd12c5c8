"""Numbers that the README tells of the program, held to the program."""

from __future__ import annotations

import re
from pathlib import Path

from lrdesigner.catalog import schedulers
from lrdesigner.engine._handle_bench import _MANY
from lrdesigner.gui.sweep_store import MOST_OF_ONE
from lrdesigner.params.base import MAX_ROWS
from lrdesigner.sweep.model import MAX_VARIANTS

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
TORCHS = 14
ITS_OWN = ("frozen", "formula")


def test_how_many_schedulers_there_are():
    own = [spec for spec in schedulers() if spec.key[0].islower()]  # torch's are classes
    assert len(schedulers()) - len(own) == TORCHS
    assert {key for key in ITS_OWN if key in {spec.key for spec in own}} == set(ITS_OWN)
    families = len(own) - len(ITS_OWN)
    told = re.search(r"Beside these (\d+), .*?has (\d+) published.*?\((\d+) entries", README, re.S)
    assert told is not None
    assert tuple(map(int, told.groups())) == (TORCHS, families, len(schedulers()))


def test_how_much_there_may_be():
    assert f"up to {MAX_ROWS:,} points" in README
    assert f"the first {_MANY} knots" in README
    assert f"up to {MOST_OF_ONE:,} of one number and {MAX_VARIANTS:,} in all" in README
