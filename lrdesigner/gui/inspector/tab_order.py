"""Tab goes through the panel in the order in which people read it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_tabs(root: QWidget) -> None:
    """Chain everything under `root` that takes the focus, by the layouts' order."""
    stops = list(focus_stops(root))
    for first, second in itertools.pairwise(stops):
        QWidget.setTabOrder(first, second)


def focus_stops(widget: QWidget) -> Iterator[QWidget]:
    """The widgets that Tab reaches, in the order of the layouts; hidden ones included."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from focus_stops(widget)
        elif inner is not None:
            yield from _in_layout(inner)
