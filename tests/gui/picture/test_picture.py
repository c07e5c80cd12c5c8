"""The static picture: what its pixels and its SVG show."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

import lrdesigner as lrd
from lrdesigner.engine.curve import Curve
from lrdesigner.examples import default_schedule
from lrdesigner.gui.picture import bands_of, picture_bytes, render
from lrdesigner.gui.theme import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

SVG = "{http://www.w3.org/2000/svg}"


def curve_of(*rows, groups=None, per_epoch=10) -> Curve:
    names = groups or tuple(f"g{i}" for i in range(len(rows)))
    return Curve(names, np.array(rows, dtype=float), None, per_epoch, torch_version="2.13.0")


def image_of(curves, **options) -> QImage:
    options = {"tokens": LIGHT, "title": "A title", **options}
    image = QImage.fromData(picture_bytes(curves, ".png", **options), "PNG")
    assert not image.isNull()
    return image


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def where(image: QImage, color: str, tolerance=12) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the pixels of a colour."""
    wanted = np.array(QColor(color).getRgb()[:3])
    return np.nonzero((np.abs(pixels(image) - wanted) <= tolerance).all(axis=2))


def line_rows(image: QImage, color: str) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a line's pixels, without its sample in the legend."""
    rows, columns = where(image, color)
    inside = rows > 240
    return rows[inside], columns[inside]


def test_a_png_is_twice_the_size(tmp_path):
    render([("x", curve_of([1, 2]))], tmp_path / "a.png", tokens=DARK, title="x",
           width=400, height=300)  # fmt: skip
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (800, 600)
    assert image.pixelColor(2, 2) == QColor(DARK.window)


def test_a_rising_line_rises_and_a_higher_one_is_higher():
    rising = np.linspace(0.1, 1, 500)
    image = image_of([("x", curve_of(rising, rising / 2))])
    high, low = LIGHT.group_colors(2)
    rows, columns = line_rows(image, high)
    left, right = columns.argmin(), columns.argmax()
    assert rows[left] > rows[right] + 500
    assert columns[right] - columns[left] > 1500
    assert line_rows(image, low)[0].min() > rows.min() + 300


@pytest.mark.parametrize("log", [False, True])
def test_lines_lie_where_their_values_say(log):
    """Equally spaced values on a linear axis, equal factors on a log one, are equally spaced."""
    levels = [1e-4, 1e-3, 1e-2] if log else [0.2, 0.4, 0.6]
    image = image_of([("x", curve_of(*[[level] * 4 for level in levels]))], log=log)
    heights = [np.median(line_rows(image, color)[0]) for color in LIGHT.group_colors(len(levels))]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=2)
    assert heights[0] - heights[1] > 100


def test_zeros_do_not_show_on_a_log_axis():
    values = np.array([1e-2] * 50 + [0.0] * 50)
    image = image_of([("x", curve_of(values))], log=True)
    rows, columns = line_rows(image, LIGHT.group_colors(1)[0])
    assert columns.max() < 0.6 * image.width()
    assert rows.max() < image.height() - 100  # it ends with the plot


def test_one_lost_step_among_a_million_is_seen():
    values = np.full(1_000_000, 0.5)
    values[123_456] = 1.0
    image = image_of([("x", curve_of(values))])
    rows, columns = line_rows(image, LIGHT.group_colors(1)[0])
    peak = columns[rows < rows.max() - 200]
    assert peak.size
    assert peak.max() - peak.min() < 12


def test_overlays_of_other_length_share_the_time_axis():
    short, long = curve_of([0.5] * 10, per_epoch=10), curve_of([0.8] * 40, per_epoch=10)
    image = image_of([("short", short), ("long", long)], x="epochs")
    first, second = LIGHT.group_colors(2)
    end_short, end_long = (line_rows(image, color)[1].max() for color in (first, second))
    start = line_rows(image, second)[1].min()
    assert (end_short - start) / (end_long - start) == pytest.approx(0.25, abs=0.01)


def test_epochs_of_different_length_are_the_same_epochs():
    coarse, fine = curve_of([0.5] * 20, per_epoch=10), curve_of([0.8] * 2000, per_epoch=1000)
    image = image_of([("coarse", coarse), ("fine", fine)], x="epochs")
    ends = [line_rows(image, color)[1].max() for color in LIGHT.group_colors(2)]
    assert ends[0] == pytest.approx(ends[1], abs=4)


def test_a_lone_line_needs_no_legend():
    alone = svg_of([("x", curve_of([1, 2, 1]))])
    two = svg_of([("x", curve_of([1, 2, 1], [2, 1, 2]))])
    tops = [min(heights(root)) for root in (alone, two)]
    assert tops[0] < tops[1] - 15


def heights(root: ET.Element) -> list[float]:
    """Where the points of all lines lie that are no straight ones (grid, legend)."""
    polylines = [line.get("points", "").split() for line in root.iter(f"{SVG}polyline")]
    return [float(p.split(",")[1]) for points in polylines if len(points) > 2 for p in points]


def test_the_last_label_is_whole():
    image = image_of([("x", curve_of(np.ones(1_000_000)))])
    edge = pixels(image)[:, -8:]
    assert (edge == edge[0, 0]).all()


def test_bands_tint_the_ground_of_their_phases():
    schedule = default_schedule()
    curve = lrd.simulate(schedule)
    plain = pixels(image_of([("x", curve)]))
    tinted = image_of([("x", curve)], bands=bands_of(schedule))
    assert not (plain == pixels(tinted)).all()
    ends = []
    for category in ("warm-up", "hold", "decay"):
        found = np.bincount(where(tinted, LIGHT.band_fill(category), 0)[1])
        columns = np.flatnonzero(found > 300)  # more than chance pixels of smoothed letters
        ends.append((columns.min(), columns.max()))
    assert ends[0][1] < ends[1][0] < ends[1][1] < ends[2][0]
    width = ends[2][1] - ends[0][0]
    assert (ends[0][1] - ends[0][0]) / width == pytest.approx(0.1, abs=0.01)


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


# -- SVG -------------------------------------------------------------------------------------------


def svg_of(curves, **options) -> ET.Element:
    options = {"tokens": LIGHT, "title": "A & B <1>", **options}
    return ET.fromstring(picture_bytes(curves, ".svg", **options))


def test_an_svg_has_the_size_the_title_and_no_font():
    root = svg_of([("x", curve_of([1, 2]))], width=640, height=360)
    assert root.get("viewBox") == "0 0 640 360"
    assert root.findtext(f"{SVG}title") == "A & B <1>"
    assert not list(root.iter(f"{SVG}text"))


def test_an_svg_line_is_light_and_exact():
    values = 1 + np.cos(np.linspace(0, np.pi, 200_000))
    root = svg_of([("x", curve_of(values))])
    points = max((line.get("points", "") for line in root.iter(f"{SVG}polyline")), key=len)
    xy = np.array([pair.split(",") for pair in points.split()], dtype=float)
    assert len(xy) < 300
    across = (xy[:, 0] - xy[0, 0]) / (xy[-1, 0] - xy[0, 0])
    up = (xy[:, 1] - xy[-1, 1]) / (xy[0, 1] - xy[-1, 1])
    assert np.abs(up - (1 + np.cos(np.pi * across)) / 2).max() < 2e-3


def test_many_groups_do_not_push_the_plot_out():
    rows = np.tile(np.linspace(0.1, 1, 50), (60, 1)) * np.arange(1, 61)[:, None]
    names = tuple(f"a rather long name of layer {i}" for i in range(60))
    root = svg_of([("x", curve_of(*rows, groups=names))])
    ys = heights(root)
    assert max(ys) - min(ys) > 250


@pytest.mark.parametrize("width", [240, 500, 2000])
@pytest.mark.parametrize("values", [[0.0], [1e-3], [-1.0, 1.0], [1e-300, 1.0]])
@pytest.mark.parametrize("log", [False, True])
def test_any_values_give_a_picture(width, values, log):
    svg_of([("x" * 80, curve_of(values))], width=width, height=240, log=log, x="epochs")


def test_another_suffix_is_refused():
    with pytest.raises(ValueError, match=r"ends in \.png or \.svg"):
        picture_bytes([("x", curve_of([1]))], ".gif", tokens=DARK, title="x")


def test_without_an_application_and_a_display_it_draws(tmp_path):
    """In a process of its own: here pytest-qt keeps an application."""
    code = (
        "import sys, numpy as np\n"
        "from lrdesigner.engine.curve import Curve\n"
        "from lrdesigner.gui.picture import render\n"
        "from lrdesigner.gui.theme import DARK\n"
        "curve = Curve(('a',), np.ones((1, 5)), None, 1)\n"
        "for name in ('a.png', 'a.svg'):\n"
        "    render([('x', curve)], f'{sys.argv[1]}/{name}', tokens=DARK, title='x')\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=bare(), check=True)
    assert not QImage(str(tmp_path / "a.png")).isNull()
    assert (tmp_path / "a.svg").stat().st_size > 1000


def bare() -> dict[str, str]:
    """The environment without a display and without a word on Qt's platform."""
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    paths = os.pathsep.join(path for path in sys.path if path)
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return {**kept, "PYTHONPATH": paths}
