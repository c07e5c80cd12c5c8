"""A sweep bar on screen."""

from __future__ import annotations

import pytest

from lrdesigner.gui.sweep import SweepBar


@pytest.fixture
def bar(qtbot, controller, theme) -> SweepBar:
    """The bar of the test document, at its usual width."""
    panel = SweepBar(controller, theme)
    qtbot.addWidget(panel)
    panel.resize(760, 90)
    return panel
