"""What overlays are called: no two read alike, nor like the open document."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrdesigner.gui.overlay_names import overlay_names
from lrdesigner.gui.state import Overlay


def overlay(title: str, path: str | None = "/x/file.json", given: str = "") -> Overlay:
    place = None if path is None else Path(path)
    return Overlay(0, place, title, title=title, given=given)


@pytest.mark.parametrize(
    ("overlays", "names"),
    [
        ([overlay("a"), overlay("b")], ["a", "b"]),
        ([overlay("mine")], ["file.json"]),
        ([overlay(" MINE ")], ["file.json"]),
        ([overlay("a", "/x/1.json"), overlay("a", "/x/2.json")], ["1.json", "2.json"]),
        ([overlay("a", "/x/1.json"), overlay("a", "/y/1.json")], ["x/1.json", "y/1.json"]),
        ([overlay("a", "/x/1.json", given="mine two")], ["mine two"]),
        ([overlay("a", "/x/1.json", given="mine")], ["mine (2)"]),
        ([overlay("b", given="a"), overlay("a", "/x/1.json")], ["a", "1.json"]),
        ([overlay("g", None), overlay("g", None)], ["g", "g (2)"]),
    ],
)
def test_names(overlays, names):
    assert list(overlay_names(overlays, "mine")) == names
