from __future__ import annotations

from itertools import combinations

import pytest

from lrdesigner.gui.theme.color import contrast, luminance, mix, rgb
from lrdesigner.gui.theme.tokens import (
    CATEGORIES,
    DARK,
    LIGHT,
    LINE_CONTRAST,
    TEXT_CONTRAST,
    Tokens,
    tokens_for,
)

both = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])

# The table of the design; what is built must not drift from it.
LOOK = {
    "window": ("#16181d", "#f5f6f8"),
    "panel": ("#1d2026", "#ffffff"),
    "raised": ("#262a32", "#f0f2f5"),
    "line": ("#2f343d", "#dfe3e8"),
    "text": ("#e7eaf0", "#1b1f27"),
    "dim": ("#98a1b0", "#5c6675"),
    "faint": ("#626b7a", "#98a1ad"),
    "accent": ("#5aa2ff", "#1f6feb"),
    "decay": ("#5aa2ff", "#1f6feb"),
    "warm_up": ("#f2a33a", "#c26d00"),
    "hold": ("#8f9bb0", "#68758a"),
    "cyclic": ("#b58cff", "#7a4de0"),
    "adaptive": ("#3fc79a", "#0c8a63"),
    "ok": ("#3fc79a", "#0c8a63"),
    "custom": ("#ee82dc", "#b02aa0"),
    "error": ("#ff7f8f", "#c8374c"),
    "grid": ("#252932", "#eceff3"),
}
TEXT_ROLES = ("text", "dim", "hint", "accent_text", "ok_text", "warning_text", "error_text")
GROUNDS = ("window", "panel", "raised")


def test_contrast_agrees_with_the_published_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    # The grey that WCAG's own examples call the lightest to pass on white.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert luminance("#ffffff") == pytest.approx(1)


def test_mix_runs_from_ground_to_color() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ff8000", 0.5) == "#804000"
    with pytest.raises(ValueError, match="not a #rrggbb"):
        mix("red", "#000000", 0.5)


@pytest.mark.parametrize("role", LOOK)
def test_colours_are_those_of_the_design(role: str) -> None:
    assert (getattr(DARK, role), getattr(LIGHT, role)) == LOOK[role]


@both
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_words_are_readable(tokens: Tokens, role: str, ground: str) -> None:
    assert contrast(getattr(tokens, role), getattr(tokens, ground)) >= TEXT_CONTRAST


@both
def test_words_on_coloured_grounds_are_readable(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT_CONTRAST
    assert contrast(tokens.on_accent, tokens.accent_hover) >= TEXT_CONTRAST
    for ground in (tokens.selection, tokens.hover, tokens.pressed):
        assert contrast(tokens.text, ground) >= TEXT_CONTRAST
    assert contrast(tokens.dim, tokens.selection) >= TEXT_CONTRAST
    assert contrast(tokens.dim, tokens.hover) >= TEXT_CONTRAST


@both
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_phase_can_be_read_and_seen(tokens: Tokens, category: str) -> None:
    block = tokens.block_fill(category)
    assert contrast(tokens.text, block) >= TEXT_CONTRAST
    assert contrast(tokens.block_dim(category), block) >= TEXT_CONTRAST
    color = tokens.category_color(category)
    for ground in (tokens.panel, tokens.raised, tokens.band_fill(category)):
        assert contrast(color, ground) >= LINE_CONTRAST


@both
def test_lines_that_carry_data_can_be_seen_everywhere_on_the_canvas(tokens: Tokens) -> None:
    grounds = [tokens.window, tokens.panel, *map(tokens.band_fill, CATEGORIES)]
    # Beyond the palette's own size too.
    for color in (*tokens.group_colors(15), *tokens.overlay_colors(12)):
        assert min(contrast(color, ground) for ground in grounds) >= LINE_CONTRAST


@both
def test_code_can_be_read(tokens: Tokens) -> None:
    for color in tokens.syntax_colors().values():
        assert contrast(color, tokens.panel) >= TEXT_CONTRAST


@both
def test_readable_moves_a_colour_no_further_than_needed(tokens: Tokens) -> None:
    assert tokens.readable(tokens.text) == tokens.text
    assert contrast(tokens.readable(tokens.faint, tokens.panel), tokens.panel) >= TEXT_CONTRAST
    weak = mix(tokens.panel, tokens.accent, 0.5)
    found = tokens.readable(weak, tokens.panel)
    assert TEXT_CONTRAST <= contrast(found, tokens.panel) < TEXT_CONTRAST + 1
    # Nothing reaches it on a middle grey: the text colour is the best there is.
    assert tokens.readable("#808080", "#808080") == tokens.text


def test_categories_have_their_colours_and_unknown_ones_count_as_custom() -> None:
    assert DARK.category_color("warm-up") == "#f2a33a"
    assert DARK.category_color("decay") == DARK.accent
    assert DARK.category_color("something new") == DARK.custom
    assert DARK.category_color("scheme") == DARK.custom


@both
def test_groups_begin_with_the_accent_and_any_number_can_be_had(tokens: Tokens) -> None:
    assert tokens.group_colors(1) == (tokens.accent,)
    assert tokens.group_colors(0) == ()
    many = tokens.group_colors(12)
    assert len(set(many)) == 12
    assert many[:6] == tokens.groups


# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(color: str, eyes: str) -> tuple[float, float, float]:
    """The colour as these eyes see it, in OKLab times 100."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in rgb(color))
    ]
    r, g, b = (
        min(1, max(0, sum(w * c for w, c in zip(row, linear, strict=True)))) for row in EYES[eyes]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        100 * (0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short),
        100 * (1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short),
        100 * (0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short),
    )


def least_distance(colors: tuple[str, ...], eyes: str) -> float:
    points = [seen(color, eyes) for color in colors]
    return min(
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in combinations(points, 2)
    )


@both
@pytest.mark.parametrize(
    ("eyes", "groups", "overlays"),
    [
        ("all cones", 14, 9),
        ("protanopia", 10, 5),
        ("deuteranopia", 10, 5),
        ("tritanopia", 5, 5),
    ],
)
def test_lines_stay_apart_for_all_eyes(
    tokens: Tokens, eyes: str, groups: float, overlays: float
) -> None:
    assert least_distance(tokens.groups, eyes) >= groups
    assert least_distance(tokens.overlays, eyes) >= overlays


GIVEN = ("warm-up", "hold", "decay", "cyclic", "adaptive")


@both
@pytest.mark.parametrize("eyes", EYES)
def test_categories_stay_apart_for_all_eyes(tokens: Tokens, eyes: str) -> None:
    """Nobody sees two of them as one; the hue that is our own choice stands well apart.

    Decay and cyclic, whose colours are given, differ for some eyes by no more than a good screen
    shows: cards, blocks and read-outs say with words and shapes what they are.
    """
    given = [tokens.category_color(name) for name in GIVEN]
    least = {"all cones": 11, "protanopia": 2.5, "deuteranopia": 1.9, "tritanopia": 4.5}[eyes]
    assert least_distance(tuple(given), eyes) >= least
    own = 10 if eyes == "all cones" else 4
    assert min(least_distance((tokens.custom, color), eyes) for color in given) >= own


@both
@pytest.mark.parametrize("other", ["error", "warning", "warm_up", "cyclic", "decay", "adaptive"])
def test_custom_is_taken_for_nothing_else(tokens: Tokens, other: str) -> None:
    pair = (tokens.custom, getattr(tokens, other))
    assert least_distance(pair, "all cones") >= 10
    assert min(least_distance(pair, eyes) for eyes in ("protanopia", "deuteranopia")) >= 4


def test_tokens_for_each_scheme() -> None:
    assert tokens_for("dark") is DARK
    assert tokens_for("light") is LIGHT
