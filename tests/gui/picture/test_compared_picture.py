"""Pictures of compared curves show what the canvas shows: places, shares of the peak, lanes."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from picture_files import texts

from lrdesigner.compare.frames import Anchor
from lrdesigner.gui.canvas.scale import LrScale
from lrdesigner.gui.picture import picture_bytes
from lrdesigner.gui.picture.on_screen import on_screen
from lrdesigner.gui.picture.shapes import Frame, shapes_of
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.schedule import edits


@pytest.fixture
def content(make_window, schedule, tmp_path, qtbot):
    later = edits.set_name(edits.set_phase(schedule, 0, length="4 epochs"), "later")
    later.save(tmp_path / "later.json")
    window = make_window()
    window.controller.open_document(schedule, None)
    window.open_overlays([tmp_path / "later.json"])
    overlays = window.controller.overlays
    qtbot.waitUntil(lambda: all(o.curve is not None for o in overlays.overlays))
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    window.controller.comparison.change(
        own_peak=True, align=Anchor("peak"), difference="absolute", slope="epoch_share"
    )
    qtbot.waitUntil(lambda: len(window.canvas.lanes.keys) == 2)
    qtbot.waitUntil(lambda: all(bool(lane.lines) for lane in window.canvas.lanes.contents))
    return on_screen(window.controller, window.canvas, window.theme.tokens, PictureOptions())


def test_the_axis_is_in_percent_and_lines_are_in_parts_of_their_peaks(content):
    root = ET.fromstring(picture_bytes(content, "svg", PictureOptions()))
    words = texts(root.iter())
    assert "100%" in words
    assert "of peak" in words
    assert "LR" not in words
    assert [extent.high for extent in content.extents] == pytest.approx([1, 1, 1, 1])


def test_lines_are_where_they_are_aligned(content):
    line = next(each for each in content.lines if each.overlay)
    assert line.offset == -200
    scale = LrScale.fit([line.extent], log=False)
    frame = Frame(0.0, 0.0, 1000.0, 100.0, 0.0, 1000.0, scale)
    (shape,) = shapes_of(line, frame, 1.0)
    assert shape.xs.min() >= 0
    assert shape.xs.max() == pytest.approx(800)
    assert shape.ys.min() == pytest.approx(frame.y_of_unit(1.0), abs=0.1)


def test_the_lanes_are_those_of_the_comparison(content):
    assert [lane.title for lane in content.lanes] == ["Difference", "Slope"]
    svg = picture_bytes(content, "svg", PictureOptions(lanes=True)).decode()
    assert "Difference" in svg
    assert "later" in svg
