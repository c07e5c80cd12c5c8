from __future__ import annotations

import gc
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from lrdesigner._resources import resource_dir
from lrdesigner.gui.theme import DARK, LIGHT, Theme, app_icon, icon, icon_names

NEEDED = """
    undo redo new open save save-as export copy search add remove duplicate eye eye-off link unlink
    chevron-down chevron-right zoom-fit zoom-in zoom-out settings gallery info warning error ok
    check close grip palette sun moon more folder lock run device
"""


def strongest_color(image: QImage) -> str:
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda each: each.alpha()).name()


def test_every_icon_of_the_design_is_there() -> None:
    assert set(NEEDED.split()) <= set(icon_names())
    assert "lrdesigner" not in icon_names()


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_draws_something_in_the_current_colour_only(
    qapp: QApplication, name: str
) -> None:
    text = (resource_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'(?:stroke|fill)="([^"]+)"', text)) <= {"none", "currentColor"}
    assert QSvgRenderer(text.replace("currentColor", "#ffffff").encode()).isValid()
    image = icon(name, Theme("dark"), "text").pixmap(QSize(20, 20)).toImage()
    assert strongest_color(image) == DARK.text


def test_an_unknown_icon_is_refused_by_name(qapp: QApplication) -> None:
    with pytest.raises(KeyError, match="no icon named 'undoo'"):
        icon("undoo", Theme("dark"))


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    theme = Theme("dark")
    made = icon("run", theme, "error")
    assert strongest_color(made.pixmap(20, 20).toImage()) == DARK.error
    theme.set_scheme("light")
    assert strongest_color(made.pixmap(20, 20).toImage()) == LIGHT.error


def test_an_icon_shows_the_state_of_its_button(qapp: QApplication) -> None:
    made = icon("eye", Theme("dark"), on="accent")

    def color(mode: QIcon.Mode, state: QIcon.State = QIcon.State.Off) -> str:
        return strongest_color(made.pixmap(QSize(20, 20), mode, state).toImage())

    assert color(QIcon.Mode.Normal) == DARK.dim
    assert color(QIcon.Mode.Active) == DARK.text
    assert color(QIcon.Mode.Disabled) == DARK.faint
    assert color(QIcon.Mode.Normal, QIcon.State.On) == DARK.accent


def test_an_icon_is_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    pixmap = icon("add", Theme("dark")).pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2
    # A plus sign: drawn at full size its bar is opaque from one end to the other.
    image = pixmap.toImage()
    assert image.pixelColor(20, 12).alpha() == 255
    assert image.pixelColor(12, 20).alpha() == 255


def test_an_icon_may_be_copied_and_changed(qapp: QApplication) -> None:
    # Changing a copy makes Qt clone the engine and own the clone; it must outlive Python's view.
    theme = Theme("dark")
    copies = []
    for _ in range(50):
        copy = QIcon(icon("undo", theme))
        copy.addPixmap(QPixmap(4, 4))
        copies.append(copy)
    gc.collect()
    for copy in copies:
        assert strongest_color(copy.pixmap(20, 20).toImage()) == DARK.dim


def test_the_application_icon_can_be_drawn(qapp: QApplication) -> None:
    image = app_icon().pixmap(64, 64).toImage()
    assert not image.isNull()
    assert image.pixelColor(32, 32).alpha() == 255
    assert image.pixelColor(0, 0).alpha() == 0
