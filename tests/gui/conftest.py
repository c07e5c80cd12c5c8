"""Fixtures for tests of the window and its panels: real widgets, no user files, no leaks."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from lrdesigner import numerals
from lrdesigner.gui import language
from lrdesigner.gui.collector import collect_due
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.runner import DirectRunner
from lrdesigner.gui.theme import Theme
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.model import Schedule

DOCUMENT = """{
  "format": "lrdesigner", "version": 1, "name": "test",
  "horizon": {"epochs": 10, "steps_per_epoch": 100},
  "optimizer": {"type": "SGD", "args": {"momentum": 0.9},
                "groups": [{"name": "backbone", "lr": 0.01}, {"name": "head", "lr": 0.1}]},
  "phases": [
    {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
    {"scheduler": "ConstantLR", "length": "3 epochs", "params": {"factor": 1.0}},
    {"scheduler": "CosineAnnealingLR", "length": "rest", "params": {"eta_min": 1e-5}}
  ]
}"""


@pytest.fixture(autouse=True)
def _garbage_is_collected_in_the_main_thread() -> Iterator[None]:
    """As in the program, whose worker threads must not take down widgets."""
    gc.disable()
    yield
    collect_due()


@pytest.fixture
def schedule() -> Schedule:
    """Warm-up, hold, cosine, for two groups, 1000 steps."""
    return loads(DOCUMENT)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The dark theme, applied."""
    theme = Theme("dark")
    theme.apply(qapp)
    yield theme
    theme.deleteLater()


@pytest.fixture
def controller(qapp: QApplication, schedule: Schedule) -> Iterator[Controller]:
    """A controller of `schedule` that runs in this process."""
    owner = QObject()
    runner, overlay_runner = DirectRunner(owner), DirectRunner(owner)
    controller = Controller(schedule, runner, OverlayStore(overlay_runner, owner), owner)
    yield controller
    runner.close()
    overlay_runner.close()
    owner.deleteLater()


@pytest.fixture
def make_window(qtbot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """A factory of main windows with their own settings; afterwards nothing may be left."""
    from lrdesigner.gui.app import create_window

    before = set(QApplication.topLevelWidgets())
    windows = []

    def make(files=(), greet=False, **options):
        options.setdefault("settings_path", tmp_path / "settings" / "settings.json")
        options.setdefault("runner", DirectRunner())
        options.setdefault("overlay_runner", DirectRunner())
        window = create_window(files, **options)
        windows.append(window)
        if greet:
            window.greet()
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in windows:
        window.shut_down()
        window.close()
        window.deleteLater()
    windows.clear()
    for _ in range(3):
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    gc.collect()
    left = [w for w in QApplication.topLevelWidgets() if w not in before and w.isVisible()]
    assert not left, f"windows left open: {left}"


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[None]:
    """Whatever a test speaks, the next one speaks English."""
    yield
    language.speak(qapp, "en")
    numerals.use_marks(numerals.PYTHON)


@pytest.fixture
def make_window_in(languages, make_window, tmp_path: Path) -> Callable[..., object]:
    """A factory of main windows in a language of `i18n.LANGUAGES`."""

    def make(chosen: str, files=(), **options):
        path = tmp_path / f"settings in {chosen}" / "settings.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"language": chosen}), encoding="utf-8")
        return make_window(files, settings_path=path, **options)

    return make
