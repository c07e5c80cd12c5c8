from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrdesigner._resources import resource_dir
from lrdesigner.gui.theme.stylesheet import build_stylesheet
from lrdesigner.gui.theme.tokens import DARK, LIGHT, Tokens

both = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])


@both
def test_every_placeholder_is_filled_and_every_image_exists(tokens: Tokens) -> None:
    sheet = build_stylesheet(tokens)
    assert "$" not in sheet
    images = re.findall(r"url\(([^)]+)\)", sheet)
    assert images
    for image in images:
        assert Path(image).is_file(), image
        assert f"/{tokens.scheme}/" in image


@both
def test_no_colour_is_written_into_the_sheet_by_hand(tokens: Tokens) -> None:
    template = (resource_dir() / "themes" / "app.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", template)
    assert tokens.panel in build_stylesheet(tokens)


@both
def test_images_use_the_colours_of_their_theme(tokens: Tokens) -> None:
    allowed = {tokens.hint, tokens.text, tokens.on_accent}
    folder = resource_dir() / "themes" / tokens.scheme
    for path in folder.glob("*.svg"):
        assert set(re.findall(r"#[0-9a-f]{6}", path.read_text())) <= allowed, path.name


def test_the_braces_balance() -> None:
    # Qt drops the whole sheet, with a warning, for one brace too many.
    sheet = build_stylesheet(DARK)
    assert sheet.count("{") == sheet.count("}")


def test_the_themes_have_the_same_images() -> None:
    names = [
        sorted(path.name for path in (resource_dir() / "themes" / scheme).glob("*.svg"))
        for scheme in ("dark", "light")
    ]
    assert names[0] == names[1]
