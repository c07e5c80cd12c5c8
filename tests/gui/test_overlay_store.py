"""The overlays that are open: which curve belongs to which document."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.runner import Runner


class SlowRunner(Runner):
    """Keeps what it is given until a test ends the run."""

    def __init__(self) -> None:
        super().__init__()
        self.submitted = []

    def submit(self, schedule, device="cpu"):
        self.submitted.append(schedule)
        return len(self.submitted)

    def end(self, token: int) -> None:
        self.finished.emit(token, simulate(self.submitted[token - 1]))


@pytest.fixture
def runner(qapp):
    runner = SlowRunner()
    yield runner
    runner.deleteLater()


@pytest.fixture
def store(runner):
    return OverlayStore(runner, runner)


@pytest.fixture
def file(tmp_path, schedule) -> Path:
    path = tmp_path / "a.json"
    schedule.save(path)
    return path


@pytest.fixture
def shorter(schedule):
    horizon = schedule.horizon.model_copy(update={"epochs": 7})
    return schedule.model_copy(update={"horizon": horizon, "name": "shorter"})


def test_a_run_ends_as_the_overlays_curve(store, runner, file, schedule):
    store.open([file])
    assert store.overlays[0].curve is None
    runner.end(1)
    assert store.overlays[0].curve.steps == 1000


@pytest.mark.parametrize("fails", [False, True], ids=["finishes", "fails"])
def test_the_run_of_an_old_document_is_dropped(store, runner, file, shorter, fails):
    store.open([file])
    shorter.save(file)
    store.open([file])
    if fails:
        runner.failed.emit(1, "not any more")
    else:
        runner.end(1)
    (overlay,) = store.overlays
    assert (overlay.name, overlay.curve, overlay.error) == ("shorter", None, "")
    runner.end(2)
    assert store.overlays[0].curve.steps == 700
    assert len(runner.submitted) == 2


def test_a_document_read_several_times_waits_for_one_run(store, runner, file):
    for _ in range(4):
        store.open([file])
    runner.end(1)
    runner.end(2)
    assert len(runner.submitted) == 2
    assert store.overlays[0].curve is not None


def test_reading_again_keeps_how_it_is_shown(store, runner, file):
    store.open([file])
    runner.end(1)
    store.set_visible(0, False)
    store.set_color(0, "#123456")
    store.open([file])
    (overlay,) = store.overlays
    assert (overlay.visible, overlay.color, overlay.id) == (False, "#123456", 0)
    assert overlay.curve is None


def test_the_next_one_runs_though_the_first_was_closed(store, runner, file, tmp_path, schedule):
    other = tmp_path / "b.json"
    schedule.save(other)
    store.open([file, other])
    store.remove(0)
    runner.end(1)
    runner.end(2)
    assert [(o.path.name, o.curve is not None) for o in store.overlays] == [("b.json", True)]
