"""The page that says where each schedule is: no name on it is wrong, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

from lrdesigner.catalog import schedulers

PAGE = (Path(__file__).parent.parent / "docs" / "families.md").read_text(encoding="utf-8")
HERE = [line.split("|")[-2] for line in PAGE.splitlines() if line.startswith("|")]


def names(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


def test_every_scheduler_has_a_place_on_the_page():
    missing = set(schedulers().keys()) - set().union(*map(names, HERE))
    assert not missing


def test_every_key_on_the_page_is_a_scheduler():
    """What stands in the last column and looks like a key, apart from names of parameters."""
    known = {*schedulers().keys(), *(p.name for s in schedulers() for p in s.params)}
    others = {"+", "phase_ratio", "transition_begin", "linear from 1/W", "max(…, …)"}
    found = set().union(*map(names, HERE))
    assert found - known - others == set()
