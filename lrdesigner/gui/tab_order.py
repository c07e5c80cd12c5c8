"""Where Tab goes next in the window: panel by panel, in each as people read it.

Qt goes by when widgets were made, and rows of forms and lists are made at any time. So the order is
looked up whenever Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QTabWidget, QWidget

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def move_focus(panels: Iterable[QWidget], focus: QWidget | None, *, forward: bool) -> bool:
    """Put the keyboard where Tab leads, and scroll there.

    Args:
        panels: In their order.
        focus: Where the keyboard is.
        forward: False for Shift+Tab.

    Returns:
        False if nothing takes the keyboard, or it is in none of the panels.
    """
    shown = [panel for panel in panels if panel.isVisible() and panel.isEnabled()]
    stops = [stop for panel in shown for stop in tab_stops(panel)]
    if focus is None or not stops:
        return False
    place = _place(stops, focus)
    if place is None:
        return False
    target = stops[(place + (1 if forward else -1)) % len(stops)]
    reasons = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
    target.setFocus(reasons[0] if forward else reasons[1])
    holder = target.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(target)
        holder = holder.parentWidget()
    return True


def focus_first(panel: QWidget) -> bool:
    """Put the keyboard on the first thing in a panel that takes it.

    Returns:
        Whether there is one.
    """
    first = next(tab_stops(panel), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return first is not None


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """What Tab reaches in a widget, in order; only what can be seen and used."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for child in _children(widget):
        if not (child.isHidden() or child.isWindow() or not child.isEnabled()):
            yield from tab_stops(child)


def _place(stops: list[QWidget], focus: QWidget) -> int | None:
    """Where the keyboard is among the stops; what no stop is counts as what it lies in."""
    here: QWidget | None = focus
    while here is not None:
        if here in stops:
            return stops.index(here)
        here = here.parentWidget()
    return None


def _children(widget: QWidget) -> Iterator[QWidget]:
    """The children as they stand in layouts, then those that stand in none."""
    if isinstance(widget, QTabWidget):
        corner = widget.cornerWidget()
        current = widget.currentWidget()
        yield from (each for each in (widget.tabBar(), current, corner) if each is not None)
        return
    if isinstance(widget, QAbstractScrollArea):
        widget = widget.viewport()
    layout = widget.layout()
    inside = list(_in_layout(layout)) if layout is not None else []
    yield from inside
    for child in widget.findChildren(QWidget, options=_DIRECT):
        if child not in inside:
            yield child


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)
