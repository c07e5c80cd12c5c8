"""The metric that a plateau reacts to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from documents import document, phase
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog

from lrdesigner.gui.inspector.metric_file import read_columns
from lrdesigner.gui.state import Selection
from lrdesigner.schedule import codec

Key = Qt.Key
FORMULA = {"formula": "exp(-t / 20)"}
CSV = "epoch,train_loss,val_loss\n0,2.0,3.0\n1,1.0,2.5\n2,0.5,2.0\n"


def open_saved(bench, tmp_path: Path, **options):
    path = tmp_path / "plateau.json"
    data = document(phase("ReduceLROnPlateau"), **options)
    import json

    schedule = codec.loads(json.dumps(data))
    codec.save(schedule, path)
    bench.controller.open_document(codec.load(path), path)
    bench.controller.select(Selection(0))


@pytest.fixture
def choose(monkeypatch):
    """Answers the file dialog."""

    def answer(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    return answer


def test_it_is_shown_where_a_phase_reacts_to_it_or_where_there_is_one(bench):
    bench.open_one("StepLR")
    assert not bench.visible("metric_source")
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    assert bench.visible("metric_source")
    assert not bench.visible("metric_remove")
    bench.open_one("StepLR", metric=FORMULA)
    assert bench.visible("metric_source")
    bench.click("metric_remove")
    assert bench.controller.schedule.metric is None
    assert not bench.visible("metric_source")


def test_a_formula_is_live_and_says_what_comes_out(bench):
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    assert bench.text("metric_preview") == "min 0.7047 · max 1 · 8 epochs"
    bench.type("metric_formula", "1 - t", key=None)
    assert bench.controller.schedule.metric.formula == "1 - t"
    assert bench.text("metric_preview") == "min -6 · max 1 · 8 epochs"
    bench.press("metric_formula", Key.Key_Escape)
    assert bench.controller.schedule.metric.formula == "exp(-t / 20)"
    assert bench.steps == 0


def test_a_metrics_formula_knows_only_the_epoch(bench):
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    bench.type("metric_formula", "lr * t")
    assert bench.field("metric_formula").wrong_part() == (0, 2)
    assert bench.marked("metric_formula")
    assert bench.message("metric_formula")
    assert bench.controller.schedule.metric.formula == "exp(-t / 20)"


def test_a_formula_without_a_value_is_said(bench):
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    bench.type("metric_formula", "1 / t")
    assert "t = 0" in bench.text("metric_preview")


def test_values_begin_with_what_the_formula_gave(bench):
    bench.open_one("ReduceLROnPlateau", metric={"formula": "4 - t"})
    bench.choose("metric_source", "values")
    values = bench.controller.schedule.metric.values
    assert values == (4.0, 3.0, 2.0, 1.0, 0.0, -1.0, -2.0, -3.0)
    bench.type("metric_values", "3, 2.5; 2")
    assert bench.controller.schedule.metric.values == (3.0, 2.5, 2.0)
    short = "min 2 · max 3 · 8 epochs; only 3 values, the last one repeats"
    assert bench.text("metric_preview") == short
    assert bench.field("metric_preview").property("role") == "warning"
    bench.type("metric_values", "3, x")
    assert bench.marked("metric_values")
    bench.type("metric_values", ", ,")
    assert "one value per epoch" in bench.message("metric_values")
    assert bench.controller.schedule.metric.values == (3.0, 2.5, 2.0)
    bench.undo()
    assert bench.visible("metric_values")
    bench.undo()
    assert bench.visible("metric_formula")


def test_a_file_needs_a_saved_document(bench):
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    bench.press("metric_source", Key.Key_End)
    assert bench.controller.schedule.metric.formula == "exp(-t / 20)"
    assert not bench.field("metric_file").isEnabled()
    assert "Save the document first" in bench.field("metric_file").toolTip()


def test_a_file_beside_the_document(bench, tmp_path, choose):
    open_saved(bench, tmp_path, metric=FORMULA)
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "m.csv").write_text(CSV)
    bench.press("metric_source", Key.Key_End)
    choose(folder / "m.csv")
    bench.click("metric_file")
    metric = bench.controller.schedule.metric
    assert (metric.file, metric.column) == ("runs/m.csv", "val_loss")
    assert bench.field("metric_file").text() == "runs/m.csv"
    assert bench.text("metric_preview").startswith("min 2 · max 3 · 8 epochs; only 3 values")
    bench.choose("metric_column", "train_loss")
    assert bench.controller.schedule.metric.column == "train_loss"
    assert bench.text("metric_preview").startswith("min 0.5 · max 2 · 8 epochs")


def test_a_file_elsewhere_is_refused(bench, tmp_path, choose):
    inner = tmp_path / "project"
    inner.mkdir()
    open_saved(bench, inner, metric=FORMULA)
    (tmp_path / "m.csv").write_text(CSV)
    bench.press("metric_source", Key.Key_End)
    choose(tmp_path / "m.csv")
    before = bench.controller.schedule
    bench.click("metric_file")
    assert bench.controller.schedule == before
    said = bench.text("metric_file_message")
    assert "m.csv is not in the document's folder" in said
    assert "copy its values" in said


def test_a_file_that_is_gone_is_said(bench, tmp_path):
    open_saved(bench, tmp_path, metric={"file": "gone.csv", "column": "val"})
    said = bench.text("metric_preview")
    assert said == (
        "Cannot read 'gone.csv': there is no such file beside the document; put it there, or "
        "choose another"
    )
    assert bench.field("metric_file").text() == "gone.csv"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "m.csv is empty; its first line has to name the columns."),
        ("\xff", "no UTF-8 text; save it as CSV in UTF-8"),
    ],
)
def test_a_chosen_file_that_will_not_do_says_what_to_do(bench, tmp_path, choose, text, said):
    open_saved(bench, tmp_path, metric=FORMULA)
    (tmp_path / "m.csv").write_bytes(text.encode("latin-1"))
    bench.press("metric_source", Key.Key_End)
    choose(tmp_path / "m.csv")
    bench.click("metric_file")
    assert said in bench.text("metric_file_message")
    assert bench.controller.schedule.metric.formula


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("val_loss\n", "'m.csv' has no value in 'val_loss'; fill in one line per epoch"),
        ("val_loss\n1\noops\n", "Line 3 of 'm.csv': 'oops' in column 'val_loss' is not a number"),
        ("val_loss\nnan\n", "'nan' in column 'val_loss' is not a finite number; correct the"),
    ],
)
def test_cells_that_are_no_numbers_are_pointed_at(bench, tmp_path, choose, text, said):
    open_saved(bench, tmp_path, metric=FORMULA)
    (tmp_path / "m.csv").write_text(text)
    bench.press("metric_source", Key.Key_End)
    choose(tmp_path / "m.csv")
    bench.click("metric_file")
    assert said in bench.text("metric_preview")
    assert bench.field("metric_preview").property("role") == "error"


def test_values_can_be_copied_without_saving(bench, tmp_path, choose, monkeypatch):
    """From anywhere, with semicolons, by the column that is asked for."""
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    (tmp_path / "m.csv").write_text("epoch;train;val\n0;2.0;3.0\n1;1.0;2.5\n")
    asked = []

    def answer(_parent, _title, _label, items, current, _editable):
        asked.append((items, items[current]))
        return "train", True

    monkeypatch.setattr(QInputDialog, "getItem", answer)
    bench.press("metric_source", Key.Key_End)
    choose(tmp_path / "m.csv")
    bench.click("metric_copy")
    assert asked == [(["epoch", "train", "val"], "val")]
    assert bench.controller.schedule.metric.values == (2.0, 1.0)
    assert bench.visible("metric_values")
    bench.undo()
    assert bench.controller.schedule.metric.formula == FORMULA["formula"]
    (tmp_path / "m.csv").write_text("val\n1\nx\n")
    bench.press("metric_source", Key.Key_End)
    bench.click("metric_copy")
    assert "Line 3 of 'm.csv': 'x' in column 'val'" in bench.text("metric_file_message")
    assert bench.controller.schedule.metric.formula == FORMULA["formula"]


def test_where_to_draw_is_said(bench):
    bench.open_one("ReduceLROnPlateau", metric=FORMULA)
    assert "in its lane under the curve" in bench.text("metric_hint")
    bench.open_one("StepLR", metric=FORMULA)  # no lane without a plateau
    assert not bench.visible("metric_hint")


def test_going_back_to_a_source_brings_back_what_it_was(bench):
    bench.open_one("ReduceLROnPlateau", metric={"formula": "4 - t"})
    bench.choose("metric_source", "values")
    bench.choose("metric_source", "formula")
    assert bench.controller.schedule.metric.formula == "4 - t"
    bench.open_one("ReduceLROnPlateau", metric={"values": [3.0, 2.0]})
    bench.choose("metric_source", "formula")
    assert bench.controller.schedule.metric.formula == "exp(-t / 20)"


def test_dismissing_the_dialog_changes_nothing(bench, tmp_path, choose):
    open_saved(bench, tmp_path, metric=FORMULA)
    bench.press("metric_source", Key.Key_End)
    choose("")
    before = bench.controller.schedule
    bench.click("metric_file")
    assert bench.controller.schedule == before


def test_columns_of_a_file(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(CSV)
    assert read_columns(tmp_path, "m.csv") == ["epoch", "train_loss", "val_loss"]
    path.write_bytes(b"\xff\xfe\x00\x01")
    assert read_columns(tmp_path, "m.csv") == []
    assert read_columns(tmp_path, "none.csv") == []


@pytest.mark.parametrize("kind", ["pipe", "link", "nul"])
def test_a_hostile_document_is_shown_like_any_other(bench, tmp_path, kind):
    """No column of a file elsewhere is offered, and nothing waits for a pipe."""
    name = "a\0b" if kind == "nul" else "m.csv"
    inner = tmp_path / "inner"
    inner.mkdir()
    if kind == "pipe":
        getattr(os, "mkfifo", pytest.skip)(inner / name)
    elif kind == "link":
        (tmp_path / "secret.csv").write_text(CSV)
        (inner / name).symlink_to(tmp_path / "secret.csv")
    open_saved(bench, inner, metric={"file": name, "column": "val_loss"})
    assert read_columns(inner, name) == []
    assert bench.field("metric_column").count() == 0
    reason = "in the document's folder or below" if kind == "link" else "Cannot read"
    assert reason in bench.text("metric_preview")
