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


@pytest.fixture
def three(store, runner, tmp_path, schedule):
    paths = []
    for name in ("a", "b", "c"):
        paths.append(tmp_path / f"{name}.json")
        schedule.model_copy(update={"name": name}).save(paths[-1])
    store.open(paths)
    for token in (1, 2, 3):
        runner.end(token)
    return paths


def names(store) -> list[str]:
    return [overlay.name for overlay in store.overlays]


def test_what_was_removed_comes_back_where_it_was(store, runner, three):
    store.set_color(1, "#123456")
    store.remove(1)
    store.remove(0)
    assert names(store) == ["c"]
    assert store.bring_back() == ("a",)
    assert names(store) == ["a", "c"]
    store.bring_back()
    assert names(store) == ["a", "b", "c"]
    assert store.overlays[1].color == "#123456"
    assert store.overlays[1].curve is not None
    assert len(runner.submitted) == 3  # nothing runs again
    assert not store.removed
    assert store.bring_back() == ()


def test_all_that_were_removed_come_back_together(store, three):
    store.remove_all()
    assert names(store) == []
    store.bring_back()
    assert names(store) == ["a", "b", "c"]


def test_what_was_opened_again_meanwhile_is_not_there_twice(store, three):
    store.remove_all()
    store.open([three[1]])
    store.bring_back()
    assert sorted(names(store)) == ["a", "b", "c"]


def test_one_that_still_had_to_run_runs_when_it_is_back(store, runner, file):
    store.open([file])
    store.remove(0)
    runner.end(1)
    store.bring_back()
    runner.end(2)
    assert store.overlays[0].curve is not None
