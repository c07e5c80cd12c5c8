"""Every control has a name, and the keyboard gets everywhere: the window in many states."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from access import called, focusable, mouse_only, nameless, unreached, walk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget

import lrdesigner.gui
from lrdesigner.catalog import schedulers
from lrdesigner.gui.dialogs.entry_dialog import EntryDialog
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.dialogs.pull_dialog import PullDialog
from lrdesigner.gui.inspector.freeze_dialog import FreezeDialog
from lrdesigner.gui.inspector.layers_dialog import LayersDialog
from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import CollapsibleSection
from lrdesigner.schedule import edits, track_edits
from lrdesigner.user_entries import make_entry

# The field beside it moves what is chosen in it.
ELSEWHERE = ("command_list",)


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    window.resize(1440, 900)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def nothing(window, folder: Path) -> None:
    """As it opens."""


def select(window, folder: Path) -> None:
    window.controller.select(Selection(2))


def plateau(window, folder: Path) -> None:
    after, index = edits.insert_scheduler(window.schedule, "ReduceLROnPlateau", 10**9)
    window.controller.edit("add", after, Selection(index))


def tracks(window, folder: Path) -> None:
    after, _ = track_edits.add_lane(window.schedule, "momentum")
    window.controller.edit("add", after, Selection(None, 0))


def sweep(window, folder: Path) -> None:
    window.controller.select(Selection(2))
    window.actions_["sweep"].trigger()


def overlays(window, folder: Path) -> None:
    good, bad = folder / "good.json", folder / "bad.json"
    window.schedule.save(good)
    bad.write_text("{")
    window.controller.overlays.open([good])
    window.controller.overlays.open([bad])


def failing(window, folder: Path) -> None:
    window.controller.edit("bad", edits.set_param(window.schedule, 0, "start_factor", 5.0))
    window.details.setCurrentWidget(window.details.problems)


def failing_code(window, folder: Path) -> None:
    failing(window, folder)
    window.details.setCurrentWidget(window.details.code)


def failing_numbers(window, folder: Path) -> None:
    failing(window, folder)
    window.details.setCurrentWidget(window.details.numbers)


def no_problems(window, folder: Path) -> None:
    window.details.setCurrentWidget(window.details.problems)


def empty(window, folder: Path) -> None:
    window.actions_["new"].trigger()
    window.details.setCurrentWidget(window.details.problems)
    window.palette_panel.focus_search()
    window.focusWidget().setText("qqqq")


def json(window, folder: Path) -> None:
    window.details.setCurrentWidget(window.details.json)


def numbers(window, folder: Path) -> None:
    window.details.setCurrentWidget(window.details.numbers)


def compared(window, folder: Path) -> None:
    overlays(window, folder)
    window.controller.comparison.change(difference="absolute", slope="step")
    window.controller.compared.refresh()
    window.details.show_comparison()


def unlocked(window, folder: Path) -> None:
    window.actions_["lock_panels"].trigger()


STATES = [
    nothing,
    select,
    plateau,
    tracks,
    sweep,
    overlays,
    failing,
    failing_code,
    failing_numbers,
    no_problems,
    compared,
    empty,
    json,
    numbers,
    unlocked,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_control_has_a_name_and_tab_reaches_it(window, state, tmp_path, qtbot):
    state(window, tmp_path)
    qtbot.waitUntil(lambda: window.controller.run.kind in ("exact", "failed"))
    QApplication.processEvents()
    assert len(focusable(window)) > 20
    assert not nameless(window)
    assert not mouse_only(window, ELSEWHERE)
    assert not unreached(window)


PANELS = ("toolbar", "palette", "overlays", "sweep", "canvas", "timeline", "inspector", "details")


def panel_of(window, widget: QWidget) -> str:
    for name in PANELS:
        panel = window.findChild(QWidget, name)
        if panel is widget or panel.isAncestorOf(widget):
            return name
    raise AssertionError(called(widget))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_tab_goes_from_panel_to_panel_as_people_read_them(window, state, tmp_path, qtbot):
    state(window, tmp_path)
    qtbot.waitUntil(lambda: window.controller.run.kind in ("exact", "failed"))
    QApplication.processEvents()
    start = next(each for each in focusable(window) if panel_of(window, each) == "toolbar")
    visited = [panel_of(window, widget) for widget in walk(window, start)]
    order = [name for place, name in enumerate(visited) if not place or visited[place - 1] != name]
    if order[-1] == "toolbar":
        order.pop()  # the walk began in the middle of it
    assert order == [name for name in PANELS if name in order]
    assert {"toolbar", "palette", "canvas", "timeline", "inspector", "details"} <= set(order)


def test_shift_tab_goes_the_same_way_back(window):
    there = walk(window, window.focusWidget() or focusable(window)[0])
    back = [window.focusWidget()]
    for _ in range(len(there) - 1):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
        back.append(window.focusWidget())
    assert back[1:] == there[:0:-1]


def test_what_tab_leads_to_is_scrolled_into_sight(window):
    window.resize(1280, 640)
    window.controller.select(Selection(2))
    QApplication.processEvents()
    view = window.inspector.viewport()
    below = [each for each in walk(window, window.timeline) if view.isAncestorOf(each)]
    assert len(below) > 10
    window.timeline.setFocus()
    for _ in range(60):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        now = window.focusWidget()
        if view.isAncestorOf(now):
            place = now.rect().translated(now.mapTo(view, now.rect().topLeft()))
            assert view.rect().intersects(place), called(now)


def test_a_choice_is_called_by_its_label_not_by_its_value(window):
    window.controller.select(Selection(2))
    combos = [each for each in window.findChildren(QComboBox) if each.isVisible()]
    assert len(combos) >= 3
    for combo in combos:
        assert combo.accessibleName(), called(combo)
        interface = QAccessible.queryAccessibleInterface(combo)
        label = QAccessible.RelationFlag.Label
        assert any(what & label for _, what in interface.relations()), called(combo)


def test_every_field_of_every_scheduler_has_a_name(window):
    before = window.schedule
    for spec in schedulers():  # one window for all: making one takes longer than looking at it
        after, index = edits.insert_scheduler(before, spec.key, 10**9)
        window.controller.edit("add", after, Selection(index))
        QApplication.processEvents()
        for fold in window.inspector.findChildren(CollapsibleSection):
            fold.set_expanded(True)
        assert not nameless(window.inspector), spec.key
        assert not mouse_only(window.inspector), spec.key


# -- dialogs ------------------------------------------------------------------------------------


def by_action(name):
    def make(window, kind) -> QWidget:
        window.actions_[name].trigger()
        return window.findChild(kind)

    return make


def entry(window, kind) -> QWidget:
    made = make_entry({"title": "x", "formula": "lr * t / T"})
    return EntryDialog(made, window.controller.entries, window.theme, None, window)


def freeze(window, kind) -> QWidget:
    return FreezeDialog(0, window.controller, window.theme, window.inspector)


def layers(window, kind) -> QWidget:
    return LayersDialog(0, window.controller, window.theme, window.inspector)


def pull(window, kind) -> QWidget:
    return PullDialog(window.schedule, "other", window.controller, window.theme, window)


DIALOGS = {
    "AboutDialog": by_action("about"),
    "Gallery": by_action("gallery"),
    "ShortcutsDialog": by_action("shortcuts"),
    "EntryDialog": entry,
    "FreezeDialog": freeze,
    "HelpWindow": by_action("help"),
    "LayersDialog": layers,
    "PictureDialog": by_action("export_picture"),
    "PullDialog": pull,
}
ABSTRACT = {"SeenDialog"}


def all_dialogs() -> dict[str, type[QDialog]]:
    """Every dialog that is defined anywhere in the window's package."""
    for module in pkgutil.walk_packages(lrdesigner.gui.__path__, "lrdesigner.gui."):
        importlib.import_module(module.name)
    found, todo = {}, [QDialog]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            if kind.__module__.startswith("lrdesigner."):
                found[kind.__name__] = kind
    return found


def test_every_dialog_is_looked_at():
    assert set(all_dialogs()) - ABSTRACT == set(DIALOGS)


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_have_names_and_tab_reaches_everything(window, name, qtbot):
    dialog = DIALOGS[name](window, all_dialogs()[name])
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.windowTitle()
    assert len(focusable(dialog)) >= 1
    assert not nameless(dialog)
    assert not mouse_only(dialog)
    assert not unreached(dialog)
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_messages_have_names_and_tab_reaches_everything(window, qtbot):
    box = show_error(window, "It did not work", "Because.", "Traceback")
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    assert not nameless(box)
    assert not unreached(box)
    box.close()
