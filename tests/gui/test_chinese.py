"""Nothing in the Chinese window is English, in many states of it, dialogs, menus and hints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from test_access import DIALOGS, STATES, all_dialogs, overlays, plateau, tracks
from visible import English, Painted, point_at_everything, texts_of

from lrdesigner import i18n
from lrdesigner.catalog import schedulers
from lrdesigner.gui.command_palette import CommandPalette
from lrdesigner.gui.dialogs.messages import show_error
from lrdesigner.gui.help import HelpWindow
from lrdesigner.gui.state import Selection
from lrdesigner.gui.tour.steps import STEPS
from lrdesigner.gui.widgets import CollapsibleSection
from lrdesigner.schedule import edits
from lrdesigner.schedule.optimizers import OPTIMIZERS

# Names, which are the same in every language.
NAMES = {
    "lrdesigner", "Python", "English", "Token…", "lr",
    # Of torch.
    *OPTIMIZERS, *(param.name for info in OPTIMIZERS.values() for param in info.params),
    # What the tests write into documents and fields.
    "test", "backbone", "head", "good", "bad", "all", "qqqq", "rest", "1 epoch",
    "Ctrl", "Shift", "Alt", "Home", "Del", "Esc",
}  # fmt: skip


@pytest.fixture(scope="module")
def english():
    return English("zh_CN", NAMES)


@pytest.fixture
def painted(monkeypatch):
    return Painted(monkeypatch)


@pytest.fixture
def window(painted, make_window_in, schedule, tmp_path):
    schedule.save(tmp_path / "test.json")
    window = make_window_in("zh_CN", [tmp_path / "test.json"])
    assert i18n.language() == "zh_CN"
    window.resize(1440, 900)
    return window


def settled(window, qtbot):
    qtbot.waitUntil(lambda: window.controller.run.kind in ("exact", "failed"))
    QApplication.processEvents()
    window.grab()
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()


def assert_chinese(english, found):
    left = english.among(found)
    assert not left, "English:\n" + "\n".join(f"  {where}: {text!r}" for where, text in left)


def everything(painted, *roots):
    found = [("painted", text) for text in painted.texts]
    return found + [each for root in roots for each in texts_of(root)]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_the_window(window, state, english, painted, tmp_path, qtbot):
    state(window, tmp_path)
    settled(window, qtbot)
    assert_chinese(english, everything(painted, window))


@pytest.mark.parametrize("state", [overlays, plateau, tracks])
def test_what_is_pointed_at(window, state, english, painted, tmp_path, qtbot):
    window.controller.select(Selection(1))
    state(window, tmp_path)
    settled(window, qtbot)
    found = []
    for part in (window.canvas, window.timeline):
        for widget in (part, *part.findChildren(QWidget)):
            if not widget.isVisible():
                continue
            found += [(f"hint of {type(widget).__name__}", t) for t in point_at_everything(widget)]
            for x in range(4, widget.width(), 24):
                for y in range(4, widget.height(), 48):
                    QTest.mouseMove(widget, QPoint(x, y))
                    found.append(("status", window.statusBar().currentMessage()))
            QApplication.processEvents()
            widget.grab()
    assert len({text for _, text in found}) > 5
    assert_chinese(english, [*found, *everything(painted, window)])


def test_every_scheduler(window, english, painted, qtbot):
    before = window.schedule
    for spec in schedulers():  # one window for all: making one takes longer than looking at it
        after, index = edits.insert_scheduler(before, spec.key, 10**9)
        window.controller.edit("add", after, Selection(index))
        QApplication.processEvents()
        for fold in window.inspector.findChildren(CollapsibleSection):
            fold.set_expanded(True)
        window.inspector.grab()
        assert_chinese(english, everything(painted, window.inspector, window.timeline))


def test_help(window, english, painted):
    window.actions_["help"].trigger()
    (book,) = window.findChildren(HelpWindow)
    for spec in schedulers():
        book.page.show_spec(spec)
        QApplication.processEvents()
        book.grab()
        assert_chinese(english, everything(painted, book))
    book.close()


def test_start_page_and_tour(window, english, painted):
    window.actions_["start_page"].trigger()
    QApplication.processEvents()
    window.grab()
    assert_chinese(english, everything(painted, window))
    window.actions_["tour"].trigger()
    seen = set()
    for _ in STEPS:
        tour = window._start._tour
        QApplication.processEvents()
        seen.add(tour.step.id)
        assert_chinese(english, texts_of(tour.callout))
        tour.advance()
    assert len(seen) == len(STEPS)


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(window, name, english, painted, qtbot):
    dialog = DIALOGS[name](window, all_dialogs()[name])
    dialog.open()
    QApplication.processEvents()
    dialog.grab()
    assert_chinese(english, everything(painted, dialog))
    dialog.close()


def test_messages(window, english, painted):
    box = show_error(window, "不行", "原因。", "Traceback")
    assert_chinese(english, [each for each in texts_of(box) if each[1] != "Traceback"])
    box.close()


def test_commands(window, english, painted):
    window.actions_["command_palette"].trigger()
    box = window.findChild(CommandPalette)
    QTest.keyClicks(box.search, "a")
    QApplication.processEvents()
    box.grab()
    assert_chinese(english, everything(painted, box))


def test_context_menus(window, english, painted, tmp_path, qtbot, monkeypatch):
    tracks(window, tmp_path)
    overlays(window, tmp_path)
    window.controller.select(Selection(1))
    settled(window, qtbot)
    menus = []
    for how in ("popup", "exec"):
        monkeypatch.setattr(QMenu, how, lambda menu, *_: menus.extend(texts_of(menu)))
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QMenu):
            for x in (10, widget.width() // 2):
                place = QPoint(x, widget.height() // 2)
                reason = QContextMenuEvent.Reason.Mouse
                event = QContextMenuEvent(reason, place, widget.mapToGlobal(place))
                QApplication.sendEvent(widget, event)
    assert len({text for _, text in menus}) > 30
    assert_chinese(english, menus)
