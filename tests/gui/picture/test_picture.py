"""The static picture: what its pixels, its SVG and its PDF show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from documents import phase
from picture_files import (
    PLAIN,
    SVG,
    Pdf,
    curve_of,
    image_of,
    line_rows,
    lines_of,
    made,
    part,
    pixels,
    points_of,
    sized,
    svg_of,
    texts,
)
from PySide6.QtGui import QColor, QImage
from tracked_documents import track, tracked

import lrdesigner as lrd
from lrdesigner.examples import default_schedule
from lrdesigner.gui.picture import (
    GROUNDS,
    PAPER,
    PictureError,
    bands_of,
    compose,
    lanes_of,
    picture_bytes,
    render,
)
from lrdesigner.gui.picture_options import PRESETS, PictureOptions
from lrdesigner.gui.theme import DARK, contrast

pytestmark = pytest.mark.usefixtures("qapp")

BLUE = PAPER.group_colors(1)[0]


def test_a_png_has_the_pixels_its_resolution_says(tmp_path):
    options = sized(400, 300, PictureOptions(theme="dark", dpi=192))
    content = compose([("x", curve_of([1, 2]))], tokens=GROUNDS["dark"])
    render(content, tmp_path / "a.png", options)
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (800, 600)
    assert image.pixelColor(2, 2) == QColor(DARK.window)
    assert image.dotsPerMeterX() == pytest.approx(192 / 0.0254, abs=1)


def test_paper_is_white_and_a_transparent_picture_has_no_ground():
    assert image_of([("x", curve_of([1, 2]))]).pixelColor(2, 2) == QColor("white")
    clear = image_of([("x", curve_of([1, 2]))], PictureOptions(transparent=True))
    assert clear.pixelColor(2, 2).alpha() == 0


def test_a_rising_line_rises_and_a_higher_one_is_higher():
    rising = np.linspace(0.1, 1, 500)
    image = image_of([("x", curve_of(rising, rising / 2))])
    high, low = PAPER.group_colors(2)
    rows, columns = line_rows(image, high)
    left, right = columns.argmin(), columns.argmax()
    assert rows[left] > rows[right] + 500
    assert columns[right] - columns[left] > 1500
    assert line_rows(image, low)[0].min() > rows.min() + 300


@pytest.mark.parametrize("log", [False, True])
def test_lines_lie_where_their_values_say(log):
    """Equally spaced values on a linear axis, equal factors on a log one, are equally spaced."""
    levels = [1e-4, 1e-3, 1e-2] if log else [0.2, 0.4, 0.6]
    root = svg_of([("x", curve_of(*[[level] * 4 for level in levels]))], log=log)
    heights = [lines_of(root, color)[0][0, 1] for color in PAPER.group_colors(3)]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=0.02)
    assert heights[0] - heights[1] > 100


def test_zero_has_a_place_of_its_own_on_a_log_axis():
    values = np.array([1e-2] * 50 + [0.0] * 50)
    root = svg_of([("x", curve_of(values))], log=True)
    assert "0" in texts(part(root, "plot"))
    (line,) = lines_of(root, BLUE)
    assert line[-1, 1] > line[0, 1] + 100


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_one_lost_step_among_a_million_is_seen(kind):
    values = np.full(1_000_000, 0.5)
    values[123_456] = 1.0
    if kind == "svg":
        (line,) = lines_of(svg_of([("x", curve_of(values))]), BLUE)
        assert line[:, 1].min() < line[0, 1] - 150
        return
    rows, columns = line_rows(image_of([("x", curve_of(values))]), BLUE)
    peak = columns[rows < rows.max() - 200]
    assert peak.size
    assert peak.max() - peak.min() < 12


def test_overlays_of_other_length_share_the_time_axis():
    short, long = curve_of([0.5] * 10, per_epoch=10), curve_of([0.8] * 40, per_epoch=10)
    root = svg_of([("short", short), ("long", long)], unit="epochs")
    (one,), (other,) = lines_of(root, BLUE), lines_of(root, PAPER.overlay_colors(1)[0])
    assert one[0, 0] == other[0, 0]
    share = (one[-1, 0] - one[0, 0]) / (other[-1, 0] - other[0, 0])
    assert share == pytest.approx(0.25, abs=0.001)


def test_epochs_of_different_length_are_the_same_epochs():
    coarse, fine = curve_of([0.5] * 20, per_epoch=10), curve_of([0.8] * 2000, per_epoch=1000)
    root = svg_of([("coarse", coarse), ("fine", fine)], unit="epochs")
    ends = [lines_of(root, c)[0][-1, 0] for c in (BLUE, PAPER.overlay_colors(1)[0])]
    assert ends[0] == pytest.approx(ends[1], abs=0.01)


def test_groups_are_solid_and_overlays_dashed():
    curves = [("a", curve_of([1, 2], [2, 1])), ("b", curve_of([1, 3]))]
    root = svg_of(curves)
    drawn = [e for e in part(root, "plot") if e.tag == f"{SVG}polyline"]
    dashed = {e.get("stroke"): e.get("stroke-dasharray") is not None for e in drawn}
    first, second = PAPER.group_colors(2)
    assert dashed == {first: False, second: False, PAPER.overlay_colors(1)[0]: True}


def test_dashes_tell_groups_apart_without_colours():
    root = svg_of([("a", curve_of([1, 2], [2, 1], [3, 1]))], PictureOptions(dashes=True))
    drawn = [e for e in part(root, "plot") if e.tag == f"{SVG}polyline"]
    assert len({e.get("stroke-dasharray") for e in drawn}) == 3


def test_a_lone_line_needs_no_legend():
    alone = svg_of([("x", curve_of([1, 2, 1]))])
    two = svg_of([("x", curve_of([1, 2, 1], [2, 1, 2]))])
    assert "g0" not in texts(part(alone, "title"))
    assert {"g0", "g1"} <= set(texts(part(two, "title")))


def test_the_last_label_is_whole():
    image = image_of([("x", curve_of(np.ones(1_000_000)))])
    edge = pixels(image)[:, -6:]
    assert (edge == edge[0, 0]).all()


def test_bands_tint_the_ground_of_their_phases():
    schedule = default_schedule()
    curve = lrd.simulate(schedule)
    root = svg_of([("x", curve)], bands=bands_of(schedule))
    rects = [e for e in part(root, "plot") if e.tag == f"{SVG}rect"]
    assert [e.get("fill") for e in rects] == [
        PAPER.band_fill(category) for category in ("warm-up", "hold", "decay")
    ]
    widths = np.array([float(e.get("width")) for e in rects])
    assert widths / widths.sum() == pytest.approx([0.1, 0.4, 0.5], abs=0.001)
    assert {"Linear", "Constant", "Cosine"} <= set(texts(part(root, "plot")))


def test_bands_shine_through_where_there_is_no_ground():
    schedule = default_schedule()
    options = PictureOptions(transparent=True)
    root = svg_of([("x", lrd.simulate(schedule))], options, bands=bands_of(schedule))
    rects = list(root.iter(f"{SVG}rect"))
    assert rects
    assert all(float(e.get("fill-opacity")) < 0.2 for e in rects)


def test_bands_are_the_phases_that_run():
    text = lrd.dumps(default_schedule()).replace('"40 epochs"', '"90 epochs"')
    bands = bands_of(lrd.loads(text))
    assert [(b.title, b.category, b.start, b.end) for b in bands] == [
        ("Linear", "warm-up", 0, 12510),
        ("Constant", "hold", 12510, 125100),
    ]


def test_an_unknown_scheduler_has_a_band_too():
    schedule = lrd.loads(
        '{"format": "lrdesigner", "version": 1, "phases": [{"scheduler": "frobnicate"}]}'
    )
    assert [(b.title, b.category) for b in bands_of(schedule)] == [("frobnicate", "custom")]


@pytest.mark.parametrize(
    ("option", "gone"),
    [("title", "A title"), ("details", "computed by"), ("legend", "backbone"), ("bands", "Cosine")],
)
def test_every_part_can_be_left_out(option, gone):
    schedule = default_schedule()
    curves, bands = [("x", lrd.simulate(schedule))], bands_of(schedule)

    def shown(options) -> str:
        return " ".join(texts(svg_of(curves, options, bands=bands).iter()))

    assert gone in shown(PLAIN)
    assert gone not in shown(replace(PLAIN, **{option: False}))


# -- lanes -----------------------------------------------------------------------------------------


def of_document(data, kind="svg", options=PLAIN) -> ET.Element:
    schedule = lrd.loads(json.dumps(data))
    curve = lrd.simulate(schedule)
    content = compose([("x", curve)], lanes=lanes_of(schedule, curve, PAPER), unit="epochs")
    return ET.fromstring(picture_bytes(content, kind, options))


LANES = tracked(
    phase("CosineAnnealingLR"),
    tracks=[
        track(phase("CosineAnnealingLR", {"eta_min": 0.4}), on="weight_decay"),
        track(phase("LinearLR", {"start_factor": 0.9}), on="momentum"),
    ],
)


def test_what_tracks_drive_has_a_lane():
    shown = texts(part(of_document(LANES), "lane"))
    assert "weight decay" in shown
    assert any("beta1" in text or "momentum" in text for text in shown)
    assert not part(of_document(LANES, options=PictureOptions(lanes=False)), "lane")


def test_lanes_stand_under_the_plot_on_its_time_axis():
    root = of_document(LANES)
    plot, lane = (
        [points_of(e) for e in part(root, name) if e.tag == f"{SVG}polyline"]
        for name in ("plot", "lane")
    )
    assert min(line[:, 1].min() for line in lane) > max(line[:, 1].max() for line in plot)
    ends = {(line[0, 0], line[-1, 0]) for line in plot + lane}
    assert len(ends) == 1


def test_torchs_own_momentum_cycling_has_a_lane():
    data = tracked(phase("OneCycleLR", {"max_lr": 0.1}), tracks=[])
    assert "0.95" in texts(part(of_document(data), "lane"))


def test_the_metric_has_a_lane_with_every_reduction():
    data = {
        "format": "lrdesigner", "version": 1, "horizon": {"epochs": 30, "steps_per_epoch": 5},
        "phases": [{"scheduler": "ReduceLROnPlateau", "params": {"patience": 4, "factor": 0.5}}],
        "metric": {"values": [1.0]},
    }  # fmt: skip
    shown = texts(part(of_document(data), "lane"))
    assert "metric" in shown
    assert shown.count("×0.5") >= 3


# -- SVG -------------------------------------------------------------------------------------------


def test_an_svg_has_its_size_its_title_and_text_as_text():
    options = sized(3.25, 2.5, unit="in")
    root = svg_of([("x", curve_of([1, 2]))], options, title="A & B <1>")
    assert (root.get("width"), root.get("height")) == ("3.25in", "2.5in")
    assert root.get("viewBox") == "0 0 312 240"
    assert root.findtext(f"{SVG}title") == "A & B <1>"
    assert "computed by torch 2.13.0" in root.findtext(f"{SVG}desc")
    assert "A & B <1>" in texts(root.iter())
    assert root.get("font-family").endswith("sans-serif")


def test_an_svg_stays_in_place_in_any_font():
    """Labels are anchored where they belong instead of being placed by one font's widths."""
    root = svg_of([("x", curve_of(np.linspace(0.1, 1, 100)))])
    anchors = {e.text: e.get("text-anchor") for e in root.iter(f"{SVG}text")}
    assert anchors["0.2"] == "end"
    assert anchors["20"] == "middle"


def test_an_svg_line_is_light_and_exact():
    values = 1 + np.cos(np.linspace(0, np.pi, 200_000))
    (xy,) = lines_of(svg_of([("x", curve_of(values))]), BLUE)
    assert len(xy) < 400
    across = (xy[:, 0] - xy[0, 0]) / (xy[-1, 0] - xy[0, 0])
    up = (xy[:, 1] - xy[-1, 1]) / (xy[0, 1] - xy[-1, 1])
    assert np.abs(up - (1 + np.cos(np.pi * across)) / 2).max() < 5e-4


PERIODS = [7, 900, 2500, 4000, 6000, 9000, 25_000]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_a_file_of_a_million_steps_is_small(period, kind):
    t = np.arange(1_000_000)
    wave = 0.5 + 0.4 * np.cos(2 * np.pi * t / period)
    curves = [("x", curve_of(wave, wave / 3, per_epoch=1000))]
    assert len(made(curves, kind, unit="epochs")) < 300_000


def test_a_name_can_be_anything():
    wild = "\ud800 \x00 \x07 <b>&amp;</b> \"'\ufffe 学习率 \U0001f600"
    curve = curve_of([1, 2], [2, 1], groups=(wild, "b"))
    root = svg_of([(wild, curve)], title=wild)
    assert "<b>&amp;</b>" in root.findtext(f"{SVG}title")
    for kind in ("png", "pdf"):
        assert made([(wild, curve)], kind, title=wild)


def test_many_groups_do_not_push_the_plot_out():
    rows = np.tile(np.linspace(0.1, 1, 50), (60, 1)) * np.arange(1, 61)[:, None]
    names = tuple(f"a rather long name of layer with {'x' * i}" for i in range(60))
    root = svg_of([("x", curve_of(*rows, groups=names))])
    ys = np.concatenate([points_of(e)[:, 1] for e in root.iter(f"{SVG}polyline")])
    assert ys.max() - ys.min() > 250
    assert any(text.startswith("and ") for text in texts(part(root, "title")))


def test_layers_of_one_thing_are_one_entry():
    rows = np.tile(np.linspace(0.1, 1, 50), (12, 1)) * np.arange(1, 13)[:, None]
    names = tuple(f"layer {i}" for i in range(12))
    named = texts(part(svg_of([("x", curve_of(*rows, groups=names))]), "title"))
    assert "layer 0 … layer 11" in named
    assert "layer 3" not in named


# -- PDF -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_pdf_is_one_page_of_that_size_and_nothing_but_lines_and_letters(preset):
    curve = curve_of(np.linspace(0.1, 1, 500), np.linspace(1, 0.1, 500))
    pdf = Pdf(made([("x", curve)], "pdf", PictureOptions(preset=preset.key)))
    assert pdf.pages == 1
    assert pdf.size == pytest.approx(preset.size.points, abs=0.5)
    assert not pdf.has_images
    assert pdf.fonts >= 1
    assert pdf.drawing.count(b" l\n") > 10


# -- what there cannot be --------------------------------------------------------------------------


@pytest.mark.parametrize("width", [120, 240, 500, 2000])
@pytest.mark.parametrize("values", [[0.0], [1e-3], [-1.0, 1.0], [1e-300, 1.0]])
@pytest.mark.parametrize("log", [False, True])
def test_any_values_give_a_picture(width, values, log):
    svg_of([("x" * 80, curve_of(values))], sized(width, 120), log=log, unit="epochs")


@pytest.mark.parametrize("unit", ["steps", "epochs", "percent"])
def test_the_time_axis_counts_what_it_says(unit):
    root = svg_of([("x", curve_of(np.ones(200)))], unit=unit)
    last = {"steps": "200", "epochs": "20", "percent": "100"}[unit]
    assert last in texts(part(root, "time"))


def test_another_suffix_is_refused(tmp_path):
    content = compose([("x", curve_of([1]))])
    with pytest.raises(PictureError, match=r"ends? in \.png, \.svg or \.pdf"):
        render(content, tmp_path / "a.gif", PLAIN)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (sized(50, 500), "the width must be between 120 and 8000 px"),
        (sized(6, 90, unit="in"), "the height must be between 1.25 and 83.33 in"),
        (sized(20, 20, replace(PLAIN, dpi=2400), "in"), "pixels are too many"),
    ],
)
def test_a_size_that_cannot_be_is_refused(options, why):
    with pytest.raises(PictureError, match=why):
        made([("x", curve_of([1]))], "png", options)


def test_words_can_be_read_on_paper():
    for color in (PAPER.text, PAPER.dim, PAPER.hint):
        assert contrast(color, PAPER.window) >= 4.5
    for color in (*PAPER.groups, *PAPER.overlays):
        assert contrast(color, PAPER.window) >= 3


def test_a_ring_is_drawn_where_it_is_wanted():
    from lrdesigner.gui.picture.content import Ring

    content = compose([("x", curve_of(np.linspace(0.1, 1, 100)))])
    content = replace(content, rings=(Ring(50, 0.55, BLUE),))
    plain = ET.fromstring(picture_bytes(content, "svg", PLAIN))
    ringed = ET.fromstring(picture_bytes(content, "svg", replace(PLAIN, handles=True)))
    assert len(list(plain.iter(f"{SVG}circle"))) == 0
    assert len(list(ringed.iter(f"{SVG}circle"))) == 1


def test_larger_text_leaves_the_file_as_large():
    small, large = (svg_of([("x", curve_of([1, 2]))], PictureOptions(text=t)) for t in (1, 2))
    assert small.get("width") == large.get("width")
    assert large.get("viewBox") == "0 0 480 270"


def test_without_an_application_and_a_display_it_draws(tmp_path):
    """In a process of its own: here pytest-qt keeps an application."""
    code = (
        "import sys, numpy as np\n"
        "from lrdesigner.engine.curve import Curve\n"
        "from lrdesigner.gui.picture import compose, render\n"
        "from lrdesigner.gui.picture_options import PictureOptions\n"
        "curve = Curve(('a',), np.ones((1, 5)), None, 1)\n"
        "for name in ('a.png', 'a.svg', 'a.pdf'):\n"
        "    content = compose([('x', curve)])\n"
        "    render(content, f'{sys.argv[1]}/{name}', PictureOptions())\n"
        "assert 'pyqtgraph' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=bare(), check=True)
    assert not QImage(str(tmp_path / "a.png")).isNull()
    assert (tmp_path / "a.svg").stat().st_size > 1000
    assert (tmp_path / "a.pdf").stat().st_size > 1000


def bare() -> dict[str, str]:
    """The environment without a display and without a word on Qt's platform."""
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    paths = os.pathsep.join(path for path in sys.path if path)
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return {**kept, "PYTHONPATH": paths}


def test_a_line_that_swings_is_painted_in_time_and_without_gaps():
    """In one piece it would keep Qt busy for seconds; the pieces join."""
    t = np.arange(200_000)
    values = 0.5 + 0.4 * np.cos(2 * np.pi * t / 700)
    image = image_of([("x", curve_of(values, per_epoch=1000))])
    _, columns = line_rows(image, BLUE)
    covered = np.unique(columns)
    assert (np.diff(covered) == 1).all()
    assert covered[-1] - covered[0] > 1700
