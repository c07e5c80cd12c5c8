"""The page about the schedulers for readers on the web is that of the present declarations."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
import scheduler_docs

from lrdesigner.catalog import schedulers

AGAIN = "run `python packaging/scheduler_docs.py`"
TEXT = scheduler_docs.PAGE.read_text(encoding="utf-8")


def test_the_page_is_current():
    assert scheduler_docs.page() == TEXT, AGAIN


def test_every_scheduler_has_a_picture_of_its_present_shape():
    there = {path.stem for path in scheduler_docs.PICTURES.glob("*.svg")}
    assert there == set(schedulers().keys()), AGAIN
    for spec in schedulers():
        path = scheduler_docs.PICTURES / f"{spec.key}.svg"
        (line,) = ElementTree.parse(path).getroot()
        drawn = [float(each) for each in re.split(r"[ ,]", line.get("points"))]
        wanted = [each for point in scheduler_docs.points(spec) for each in point]
        # Other processors round other last digits.
        assert drawn == pytest.approx(wanted, abs=0.11), f"{spec.key}: {AGAIN}"
        assert line.get("stroke") == scheduler_docs.COLORS[spec.category]


def test_links_within_the_page_lead_somewhere():
    targets = set(re.findall(r"\]\(#(\w+)\)", TEXT))
    assert targets == set(re.findall(r'<a id="(\w+)">', TEXT)) == set(schedulers().keys())
    for path in re.findall(r"\]\((images/[^)]+|[\w-]+\.md)\)", TEXT):
        assert (scheduler_docs.PAGE.parent / path).is_file(), path


def test_underscores_and_bars_are_text():
    """Markdown would make italics and table cells of them."""
    table = [line for line in TEXT.splitlines() if line.startswith("| `")]
    assert len(table) == sum(len(spec.params) for spec in schedulers())
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 6 for line in table)
    prose = re.sub(r"```math.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>", "", TEXT, flags=re.DOTALL)
    assert not re.search(r"(?<!\\)_", prose)
