"""Where a metric comes from: only from files that belong to the document, and not twice."""

from __future__ import annotations

import math
import os
import re

import numpy as np
import pytest
from documents import document, phase
from training import read

import lrdesigner as lrd
from lrdesigner import _reading
from lrdesigner.engine import metrics, runner, simulate
from lrdesigner.engine.metrics import exact_metric, metric_series, read_metric_file
from lrdesigner.engine.preview import preview
from lrdesigner.engine.simulate import CancelledError

POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
CSV = "val_loss\n3\n2\n"


def with_metric(metric, folder=None, epochs=6):
    data = document(phase("ReduceLROnPlateau"), per_epoch=1, epochs=epochs, metric=metric)
    return read(data).in_folder(folder)


def refusal(folder, name):
    """Both ways to a file say the same, in one line."""
    with pytest.raises(lrd.ScheduleError) as caught:
        read_metric_file(folder, name)
    with pytest.raises(lrd.ScheduleError) as again:
        metric_series(with_metric({"file": name, "column": "val_loss"}, folder))
    assert str(caught.value) == str(again.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path):
    inner = tmp_path / "document"
    inner.mkdir()
    (tmp_path / "outside.csv").write_text(CSV)
    return inner


def test_a_file_in_a_folder_below(folder):
    (folder / "runs").mkdir()
    (folder / "runs" / "m.csv").write_text(CSV)
    schedule = with_metric({"file": "runs/m.csv", "column": "val_loss"}, folder)
    assert metric_series(schedule).tolist() == [3, 2, 2, 2, 2, 2]


@POSIX
def test_a_link_within_the_folder_and_a_folder_that_is_a_link(folder, tmp_path):
    (folder / "real.csv").write_text(CSV)
    (folder / "m.csv").symlink_to("real.csv")
    (tmp_path / "other").symlink_to(folder)
    for place in (folder, tmp_path / "other"):
        assert read_metric_file(place, "m.csv") == CSV


@POSIX
def test_a_link_out_of_the_folder(folder, tmp_path):
    (folder / "m.csv").symlink_to(tmp_path / "outside.csv")
    assert "must be a file in the document's folder or below" in refusal(folder, "m.csv")
    (folder / "up").symlink_to(tmp_path)
    assert "must be a file in the document's folder" in refusal(folder, "up/outside.csv")


@POSIX
def test_a_link_to_itself(folder):
    (folder / "m.csv").symlink_to("m.csv")
    assert "cannot read 'm.csv'" in refusal(folder, "m.csv")


@POSIX
def test_a_device(folder):
    (folder / "m.csv").symlink_to("/dev/zero")
    assert "must be a file in the document's folder" in refusal(folder, "m.csv")


@POSIX
def test_a_pipe_nobody_writes_to(folder):
    os.mkfifo(folder / "m.csv")
    assert refusal(folder, "m.csv") == "metric.file: cannot read 'm.csv': not a regular file"


def test_names_that_are_no_files(folder):
    (folder / "sub").mkdir()
    for name in ("sub", "gone.csv", "a\0b"):
        assert refusal(folder, name).startswith(f"metric.file: cannot read {name!r}: ")


def test_a_file_that_grows_beyond_all_bounds(folder, monkeypatch):
    (folder / "m.csv").write_text(CSV)
    monkeypatch.setattr(_reading, "MAX_BYTES", 8)
    assert refusal(folder, "m.csv") == "metric.file: 'm.csv' is larger than 64 MB"


def test_a_formula_is_evaluated_once_for_many_edits(monkeypatch):
    asked = []
    parse = metrics.parse_formula
    monkeypatch.setattr(metrics, "parse_formula", lambda *a, **k: asked.append(1) or parse(*a, **k))
    schedule = with_metric({"formula": "exp(-t / 7) + 0.125"}, epochs=1000)
    for lr in (0.1, 0.2, 0.3):
        group = schedule.optimizer.groups[0].replace(lr=lr)
        optimizer = schedule.optimizer.replace(groups=(group,))
        preview(schedule.replace(optimizer=optimizer))
        lrd.check(schedule)
    assert len(asked) == 1


def test_the_shared_series_cannot_be_changed():
    for metric in ({"formula": "1 + t"}, {"values": [1.0, 2.0]}):
        with pytest.raises(ValueError, match="read-only"):
            metric_series(with_metric(metric))[0] = 9


def test_more_values_than_epochs():
    series = metric_series(with_metric({"values": list(range(20))}))
    assert series.tolist() == [0, 1, 2, 3, 4, 5]


def test_the_run_gets_what_a_plain_loop_computes():
    schedule = with_metric({"formula": "exp(-t / 7) * sin(t) ** 3"}, epochs=20_000)
    wanted = [math.exp(-t / 7) * math.sin(t) ** 3 for t in range(20_000)]
    assert exact_metric(schedule).tolist() == wanted
    assert np.allclose(metric_series(schedule), wanted, rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize("series", [metric_series, exact_metric])
def test_the_first_epoch_without_a_value_is_named(series):
    schedule = with_metric({"formula": "1 / (t - 4)"})
    with pytest.raises(lrd.ScheduleError, match=re.escape("metric.formula: at t = 4: ")) as told:
        series(schedule)
    assert "say what it is there, as in where(t > 0, ..., 1)" in str(told.value)


def test_whole_numbers_beyond_floats_are_values_in_both():
    """Python's integers go on where an array has none left."""
    schedule = with_metric({"formula": "2 ** (300 * t) / 2 ** (300 * t)"})
    assert metric_series(schedule).tolist() == exact_metric(schedule).tolist() == [1.0] * 6


def test_computing_the_metric_can_be_cancelled(monkeypatch):
    """Before torch has taken one step: a formula over millions of epochs takes seconds."""
    monkeypatch.setattr(runner, "record_metric_run", lambda *_: pytest.fail("not cancelled"))
    schedule = with_metric({"formula": "exp(-t / 20)"}, epochs=100_000)
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(CancelledError):
        simulate.simulate(schedule, cancelled=cancelled)
    assert len(asked) == 3
