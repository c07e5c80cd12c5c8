"""The fan of a sweep on the canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from lrdesigner.gui.canvas import fan as fans
from lrdesigner.gui.canvas.fan_raster import draw_curves, opacity_of_one
from lrdesigner.gui.state import ViewState
from lrdesigner.gui.sweep_look import ramp, ramp_color
from lrdesigner.gui.theme import DARK
from lrdesigner.schedule import edits
from lrdesigner.sweep import GroupLrTarget, ParamTarget, SweepAxis

RAMP = ramp(DARK)


def drawn(y, *, width=1.0, shades=None, size=(40, 30), opacity=0.5):
    y = np.atleast_2d(np.asarray(y, dtype=float))
    x = np.linspace(0, size[0], y.shape[1])
    shades = np.zeros(len(y)) if shades is None else np.asarray(shades, dtype=float)
    return draw_curves(x, y, shades, size, RAMP, width, opacity)


def test_a_level_curve_is_one_row_of_pixels():
    picture = drawn([10.5, 10.5])
    assert picture.shape == (30, 40, 4)
    assert (picture[10, :, 3] == 127).all()
    assert (np.delete(picture[:, :, 3], 10, axis=0) == 0).all()


def test_between_two_rows_it_is_shared():
    alpha = drawn([10.25 + 0.5, 10.75], opacity=0.5)[:, 20, 3]
    assert alpha[10] > alpha[11] > 0
    # 1 − (1 − opacity)^share for three quarters and one.
    np.testing.assert_allclose(alpha[[10, 11]] / 255, 1 - 0.5 ** np.array([0.75, 0.25]), atol=0.01)


def test_a_steep_curve_has_no_gaps():
    alpha = drawn([0.0, 30.0], size=(3, 30))[:, :, 3]
    assert (alpha.max(axis=1) > 100).all()


def test_curves_add_up_and_colours_mix():
    one = drawn([15.5, 15.5])[15, 20]
    many = drawn([[15.5, 15.5]] * 4)[15, 20]
    assert many[3] > one[3]
    assert many[3] <= 0.88 * 255
    mixed = drawn([[15.5, 15.5]] * 2, shades=[0.0, 1.0])[15, 20]
    middle = QColor(ramp_color(DARK, 0.5))
    found = mixed[:3][::-1] / (mixed[3] / 255)
    np.testing.assert_allclose(found, [middle.red(), middle.green(), middle.blue()], atol=4)


def test_a_curve_may_end_early_and_leave_the_picture():
    picture = drawn([[15.5, 15.5, np.nan, np.nan]])
    assert picture[15, 5, 3]
    assert not picture[:, 35, 3].any()
    outside = drawn([[-50.0, -50.0], [90.0, 90.0]])
    assert not outside[1:-1, :, 3].any()


def test_many_curves_in_pieces_are_the_same(monkeypatch):
    y = np.random.default_rng(0).uniform(0, 30, (50, 12))
    whole = drawn(y, shades=np.linspace(0, 1, 50))
    monkeypatch.setattr("lrdesigner.gui.canvas.fan_raster._CURVES_AT_ONCE", 7)
    assert (drawn(y, shades=np.linspace(0, 1, 50)) == whole).all()


def test_few_curves_are_lines_and_many_a_cloud():
    assert opacity_of_one(5) > opacity_of_one(60) > opacity_of_one(1000) > 0.05


# -- on the canvas ---------------------------------------------------------------------------------


@pytest.fixture
def fanned(qtbot, controller, canvas):
    """The canvas with a sweep of the head's LR."""
    sweeps = controller.sweeps
    sweeps.open(GroupLrTarget(1))
    sweeps.set_axis(0, SweepAxis(GroupLrTarget(1), 0.05, 0.2))
    qtbot.waitUntil(lambda: sweeps.view is not None and sweeps.view.fan.sweep is sweeps.sweep)
    qtbot.waitUntil(lambda: canvas.view.fan.image is not None)
    return canvas


def color_at(canvas, step, lr):
    picture = canvas.grab().toImage()
    point = canvas.view.plane.point(step, lr) + canvas.view.pos()
    return picture.pixelColor(point.toPoint())


def test_the_fan_is_drawn_where_the_variants_are(fanned):
    image = fanned.view.fan.image
    plane = fanned.view.plane
    x = round(plane.x_of(350) - plane.rect.left())
    for lr, there in ((0.06, True), (0.19, True), (0.035, False), (0.208, False)):
        y = round(plane.y_of(lr) - plane.rect.top())
        column = [image.pixelColor(x, y + shift).alpha() for shift in range(-6, 7)]
        assert (max(column) > 30) is there, lr


def test_low_and_high_values_have_the_ends_of_the_ramp(fanned):
    image, plane = fanned.view.fan.image, fanned.view.plane
    x = round(plane.x_of(350) - plane.rect.left())

    def strongest(lr):
        y = round(plane.y_of(lr) - plane.rect.top())
        colors = [image.pixelColor(x, y + shift) for shift in range(-2, 3)]
        return max(colors, key=QColor.alpha)

    low, high = strongest(0.05), strongest(0.2)
    # Violet has more blue than red, amber more red than blue.
    assert low.blue() > low.red()
    assert high.red() > high.blue()


def test_the_lr_axis_shows_all_variants(fanned, controller):
    assert fanned.view.scale_.high > 0.2
    controller.sweeps.close()
    assert fanned.view.scale_.high < 0.12
    assert fanned.view.fan.image is None


def test_the_chosen_variant_stands_out(qtbot, fanned, controller):
    chosen = QColor(ramp_color(DARK, 1.0))
    before = color_at(fanned, 350, 0.2)
    controller.sweeps.choose(0, 24)
    after = color_at(fanned, 350, 0.2)

    def distance(color):
        return sum(abs(a - b) for a, b in zip(color.getRgb()[:3], chosen.getRgb()[:3], strict=True))

    assert distance(after) < 40
    assert distance(after) < distance(before)


def test_the_own_curve_stays_on_top(fanned):
    own = QColor(fanned.view.series[1].color)
    found = color_at(fanned, 350, 0.1)
    assert sum(abs(a - b) for a, b in zip(found.getRgb(), own.getRgb(), strict=True)) < 30


def test_groups_that_do_not_vary_have_no_fan(fanned):
    image, plane = fanned.view.fan.image, fanned.view.plane
    x = round(plane.x_of(350) - plane.rect.left())
    y = round(plane.y_of(0.01) - plane.rect.top())
    assert all(image.pixelColor(x, y + shift).alpha() == 0 for shift in range(-5, 6))


def test_it_follows_zoom_log_axis_and_edits(qtbot, fanned, controller):
    first = fanned.view.fan.image
    controller.axis.set_range(100, 500)
    qtbot.waitUntil(lambda: fanned.view.fan.image is not first)
    second = fanned.view.fan.image
    controller.set_view(ViewState(log=True))
    qtbot.waitUntil(lambda: fanned.view.fan.image is not second)
    third = fanned.view.fan.image
    controller.edit("length", edits.set_phase(controller.schedule, 0, length="4 epochs"))
    qtbot.waitUntil(lambda: fanned.view.fan.image not in (None, third))


def test_while_it_is_made_anew_the_old_picture_stands_in(qtbot, fanned, controller, monkeypatch):
    monkeypatch.setattr(fans, "_QUICK", 0)
    submitted = []
    monkeypatch.setattr(fanned.view.fan._worker, "submit", submitted.append)
    before = color_at(fanned, 350, 0.15)
    controller.axis.set_range(200, 800)
    assert submitted
    after = color_at(fanned, 350, 0.15)
    assert sum(abs(a - b) for a, b in zip(before.getRgb(), after.getRgb(), strict=True)) < 60


def test_a_thousand_variants_are_one_picture(qtbot, fanned, controller):
    controller.sweeps.set_count(0, 1000)
    sweeps = controller.sweeps
    qtbot.waitUntil(lambda: sweeps.view.fan.sweep is sweeps.sweep, timeout=10_000)
    assert sweeps.view.fan.values.shape[0] == 1000
    qtbot.waitUntil(lambda: fanned.view.fan._picture[0].view is sweeps.view)
    assert len(fanned.view.lines.items) == 2


def test_wide_steps_hold_their_value(qtbot, fanned, controller):
    controller.axis.set_range(0, 10)
    view = controller.sweeps.view
    qtbot.waitUntil(lambda: controller.sweeps.view is not view)
    frame = fanned.view.fan._frame
    x, y = fans._points(frame, frame.view.fan.values[0, 1])
    assert (np.diff(x)[1::2] == 0).all() or (np.diff(x)[::2] == 0).all()
    assert len(x) == len(y)


def test_a_lane_has_no_fan_on_the_lr_axis(qtbot, fanned, controller):
    data = controller.schedule
    from lrdesigner.schedule.model import Phase, Track

    track = Track(quantity="momentum", phases=(Phase(scheduler="CosineAnnealingLR"),))
    controller.edit("lane", data.replace(tracks=(track,)))
    sweeps = controller.sweeps
    sweeps.open(ParamTarget(0, "eta_min", track=0))
    qtbot.waitUntil(lambda: sweeps.view is not None and sweeps.view.fan.quantity == "momentum")
    assert fanned.view.fan.image is None
