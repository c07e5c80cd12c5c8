"""What people who use the keyboard or a screen reader find in a window: names, and Tab's way."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

_KEY = re.compile(r"\((?:Ins|Del|Delete|Space|C|Ctrl\+Del)\)")
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def called(widget: QWidget) -> str:
    """What to call it in a message."""
    parents = []
    parent = widget.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(parent.objectName() or type(parent).__name__)
        parent = parent.parentWidget()
    name = widget.objectName() or type(widget).__name__
    return f"{name} ({name_of(widget) or 'no name'}) in {' < '.join(parents)}"


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _part_of_another(widget: QWidget) -> bool:
    """Whether it is only a part of a control, which has the name and the focus."""
    parent = widget.parentWidget()
    if isinstance(widget, (QScrollBar, QHeaderView, QMenu, QMenuBar)):
        return True
    if isinstance(parent, (QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)):
        return True  # its field, its list, the pictures in a field, arrows beside tabs
    if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
        return True
    if widget.objectName().startswith("qt_"):
        return True  # title bars' buttons, which the menu of the panels does the work of
    return isinstance(parent, QDockWidget) and isinstance(widget, QAbstractButton)


def focusable(root: QWidget) -> list[QWidget]:
    """Everything below that Tab should reach."""
    return [
        widget
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible()
        and widget.isEnabled()
        and takes_tab(widget)
        and widget.focusProxy() is None
        and widget.window() is root.window()
        and not isinstance(widget, QDialog)
        and not _part_of_another(widget)
    ]


def nameless(root: QWidget) -> list[str]:
    """Controls that take the focus and have no name."""
    return [called(widget) for widget in focusable(root) if not name_of(widget)]


def _has_a_key(widget: QWidget) -> bool:
    """Whether it says which key does the same: "Remove this row (Ctrl+Del), row 3"."""
    said = f"{name_of(widget)} {widget.toolTip()}"
    return bool(_KEY.search(said))


def mouse_only(root: QWidget, but: tuple[str, ...] = ()) -> list[str]:
    """Controls that the keyboard cannot get at, and that name no key that does the same.

    Args:
        root: Where to look.
        but: Names of those whose work something else does that the keyboard can get at.
    """
    return [
        called(widget)
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisible()
        and widget.isEnabled()
        and not takes_tab(widget)
        and widget.focusProxy() is None
        and widget.window() is root.window()
        and not _part_of_another(widget)
        and widget.objectName() not in but
        and not _has_a_key(widget)
        and not _in_group(widget, set(focusable(widget.parentWidget())))
    ]


def walk(root: QWidget, start: QWidget, most: int = 600) -> list[QWidget]:
    """Where the focus goes as Tab is pressed, until it is back at the start."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [root.focusWidget()]
    for _ in range(most):
        QTest.keyClick(root.focusWidget() or root, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = root.focusWidget()
        if now is seen[0]:
            return seen
        seen.append(now)
    raise AssertionError(f"Tab never comes back to {called(seen[0])}")


def unreached(root: QWidget) -> list[str]:
    """Controls that take the focus but that Tab does not lead to."""
    stops = focusable(root)
    if not stops:
        return []
    reached = set(walk(root, stops[0]))
    # Of buttons that exclude each other Tab leads to one, the arrows to the others.
    return [called(each) for each in stops if each not in reached and not _in_group(each, reached)]


def _in_group(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether it excludes others, one of which Tab reaches; the arrows lead from there."""
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable():
        return False
    group = widget.group()
    exclusive = widget.autoExclusive() or (group is not None and group.exclusive())
    parent = widget.parentWidget()
    others = group.buttons() if group is not None else parent.findChildren(QAbstractButton)
    return exclusive and any(button in reached for button in others)
