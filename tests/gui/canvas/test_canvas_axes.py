"""The labels along the plot are whole, however long they are."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from lrdesigner.gui.state import ViewState
from lrdesigner.schedule.model import Horizon


def _edge_is_clear(image: QImage, top: int, bottom: int, x: int) -> bool:
    """Whether nothing is painted in a column of the image."""
    return len({image.pixel(x, y) for y in range(top, bottom)}) == 1


@pytest.mark.parametrize(
    ("shown", "last"), [((0, 1_000_000), "1,000,000"), ((200_000, 600_000), "600,000")]
)
def test_long_labels_at_the_ends_are_whole(hand, controller, schedule, shown, last):
    controller.set_view(ViewState(unit="steps"))
    controller.edit("x", schedule.replace(horizon=Horizon(epochs=1, steps_per_epoch=1_000_000)))
    hand.canvas.resize(706, 440)
    controller.axis.set_range(*shown)
    assert hand.view.time_labels[-1] == last
    image = hand.view.grab().toImage()
    top, bottom = round(hand.view.plane.rect.bottom()) + 6, image.height() - 2
    assert len({image.pixel(x, y) for x in range(640, 706) for y in range(top, bottom)}) > 1
    for x in (0, 1, image.width() - 1):
        assert _edge_is_clear(image, top, bottom, x)
