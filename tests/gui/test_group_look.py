"""Colours of groups: layers as a ramp, all others apart."""

from __future__ import annotations

import pytest

from lrdesigner.gui.group_look import Family, families, group_colors
from lrdesigner.gui.theme import DARK, LIGHT, contrast


def layers(count: int, pattern: str = "layer {}") -> list[str]:
    return [pattern.format(i) for i in range(count)]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a", "b", "c", "d"], []),
        (layers(3), []),
        (layers(4), [(0, 4)]),
        (["stem", *layers(12), "head"], [(1, 13)]),
        (layers(5)[::-1], [(0, 5)]),
        (["block.0.w", "block.1.w", "block.2.w", "block.3.w"], [(0, 4)]),
        (["l0", "l2", "l4", "l6"], []),
        ([*layers(4, "text {}"), *layers(5, "vision {}")], [(0, 4), (4, 9)]),
        (["layer 0", "layer 1", "layer 1x", *layers(4, "b{}")], [(3, 7)]),
        (["group 3", "group 4", "group 5", "group 6"], []),
    ],
)
def test_families(names, found):
    assert families(tuple(names)) == tuple(Family(*each) for each in found)


def test_few_groups_have_the_palettes_colours():
    assert group_colors(DARK, ["trunk", "head"]) == DARK.group_colors(2)


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_layers_are_a_ramp_that_can_be_seen_and_the_rest_stands_apart(tokens):
    colors = group_colors(tokens, ["stem", *layers(49), "head"])
    assert len(set(colors)) == 51
    assert all(contrast(color, tokens.window) >= 3 for color in colors)
    assert (colors[1], colors[49]) == (tokens.accent, tokens.warm_up)
    assert colors[0] == tokens.groups[1]
    assert colors[50] == tokens.groups[2]
