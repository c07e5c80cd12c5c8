"""`ReduceLROnPlateau`: every mode, among other phases, and where its metric comes from."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import plain_torch
import pytest
from documents import METRIC, ONE_GROUP, THREE_GROUPS, document, phase
from training import Training, check, check_resume, first_difference, read

import lrdesigner as lrd
from lrdesigner.engine.metrics import given_values, metric_series

WAVES = {"values": [round(math.sin(k / 1.7) * math.exp(-k / 9) + 0.2, 6) for k in range(20)]}
MODES = list(product(("min", "max"), ("rel", "abs"), (0, 2), (0.0, 0.02), (1e-8, 0.03)))


@pytest.mark.parametrize(("mode", "threshold_mode", "cooldown", "min_lr", "eps"), MODES)
def test_modes(mode, threshold_mode, cooldown, min_lr, eps):
    params = {
        "mode": mode,
        "threshold_mode": threshold_mode,
        "cooldown": cooldown,
        "min_lr": min_lr,
        "eps": eps,
        "factor": 0.6,
        "threshold": 0.05,
    }
    for patience, metric in product((0, 1, 3), (METRIC, WAVES)):
        what = {**params, "patience": patience}
        warm_up = phase("LinearLR", length="7 steps")
        later = phase("CosineAnnealingLR", length="9 steps")
        plateau = phase("ReduceLROnPlateau", what, length="11 epochs")
        check(document(phase("ReduceLROnPlateau", what), epochs=20, metric=metric))
        data = document(warm_up, plateau, later, epochs=20, groups=THREE_GROUPS, metric=metric)
        check(data)


def test_the_modes_make_a_difference():
    """The metric makes every parameter matter, or the test above would say little."""
    base = {"patience": 1, "factor": 0.6, "threshold": 0.05}
    variations = [
        {},
        {"mode": "max"},
        {"threshold_mode": "abs"},
        {"cooldown": 2},
        {"min_lr": 0.02},
        {"eps": 0.03},
        {"patience": 0},
        {"threshold": 0.5},
        {"factor": 0.1},
    ]
    curves = set()
    for change in variations:
        data = document(
            phase("ReduceLROnPlateau", {**base, **change}), epochs=20, metric=WAVES, per_epoch=1
        )
        curves.add(lrd.simulate(read(data)).lr.tobytes())
    assert len(curves) == len(variations)


def test_resume_at_every_step():
    warm_up = phase("LinearLR", length="4 steps")
    plateau = phase("ReduceLROnPlateau", {"patience": 0, "factor": 0.5, "cooldown": 1})
    check_resume(document(plateau))
    check_resume(document(warm_up, {**plateau, "length": "5 epochs"}, phase("SWALR")))


def test_training_goes_on_from_the_lr_really_reached():
    """The document's metric is a guess; in a run the next phase starts from what came of it."""
    plateau = phase("ReduceLROnPlateau", {"patience": 0, "factor": 0.5}, length="5 epochs")
    for later in ("CosineAnnealingLR", "CyclicLR", "SWALR", "LambdaLR", "MultiplicativeLR"):
        guess = document(plateau, phase(later), metric=METRIC)
        truth = {**guess, "metric": {"values": [3.0, 2.0, 1.0, 2.0, 0.5, 0.4, 0.3, 0.2]}}
        training = Training(guess)
        training.metric = plain_torch.metric_of(truth)
        wanted = plain_torch.run(truth)
        assert not first_difference(training.finish().lr, wanted.lr)
        assert not np.array_equal(wanted.lr, plain_torch.run(guess).lr)


def test_the_epochs_step_needs_the_metric():
    training = Training(document(phase("LinearLR", length="2 steps"), phase("ReduceLROnPlateau")))
    training.metric = []
    with pytest.raises(ValueError, match="step_epoch needs the metric"):
        training.finish()


@pytest.mark.parametrize("metric", [{"formula": "exp(-t / 3)"}, {"formula": "1 - 0.1 * min(t, 4)"}])
def test_a_formula_of_the_epoch(metric):
    plateau = phase("ReduceLROnPlateau", {"patience": 1, "factor": 0.5, "threshold": 0.3})
    check(document(phase("LinearLR", length="7 steps"), plateau, epochs=14, metric=metric))


def test_the_last_value_repeats():
    plateau = phase("ReduceLROnPlateau", {"patience": 2, "factor": 0.5})
    curve = lrd.simulate(read(document(plateau, per_epoch=1, metric={"values": [1.0]})))
    assert curve.lr[0].tolist() == [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025]


def file_document(tmp_path, text, column="val_loss", name="metrics.csv"):
    if text is not None:
        (tmp_path / "metrics.csv").write_text(text, encoding="utf-8")
    data = document(
        phase("ReduceLROnPlateau", {"patience": 0, "factor": 0.5}),
        per_epoch=2,
        epochs=4,
        metric={"file": name, "column": column},
    )
    return read(data).in_folder(tmp_path)


def test_a_column_of_a_file_beside_the_document(tmp_path):
    """Loggers leave cells empty; the first line may have a byte order mark."""
    text = "\ufeffepoch,val_loss,lr\n0,1.0,0.1\n1,,0.1\n2, 0.5 ,0.1\n3,0.6,0.1\n4,0.4,0.1\n"
    schedule = file_document(tmp_path, text)
    values = {"values": [1.0, 0.5, 0.6, 0.4]}
    same = plain_torch.run({**document(*_plateau(), per_epoch=2, epochs=4), "metric": values})
    assert not first_difference(lrd.simulate(schedule).lr, same.lr)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_between_commas_semicolons_or_tabs(tmp_path, separator):
    rows = [["epoch", " val_loss"], ["0", "1.0"], ["1"], ["2", "0.5"], ["3", "0.25"]]
    text = "\n".join(separator.join(row) for row in rows)
    schedule = file_document(tmp_path, text)
    assert metric_series(schedule).tolist() == [1.0, 0.5, 0.25, 0.25]
    assert given_values(schedule) == (1.0, 0.5, 0.25)


def _plateau():
    return [phase("ReduceLROnPlateau", {"patience": 0, "factor": 0.5})]


def test_a_changed_file_is_read_again(tmp_path):
    schedule = file_document(tmp_path, "val_loss\n1\n0.5\n0.4\n0.3\n")
    before = lrd.simulate(schedule).lr
    (tmp_path / "metrics.csv").write_text("val_loss\n1\n1\n1\n1\n1\n")
    assert not np.array_equal(lrd.simulate(schedule).lr, before)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (None, {}, r"metric\.file: cannot read 'metrics\.csv': there is no such .*; put it there"),
        ("a,b\n1,2\n", {}, r"metric\.column: .* no column 'val_loss'; it has a, b"),
        ("", {}, r"metric\.file: 'metrics\.csv' is empty; its first line has to name"),
        ("\n\n", {}, r"metric\.file: 'metrics\.csv' is empty; its first line has to name"),
        ("val_loss\n", {}, r"metric\.file: .* has no value in 'val_loss'; fill in one line"),
        ("val_loss\n1\nx\n", {}, r"metric\.file: line 3 of .*: 'x' in column 'val_loss' is not"),
        ("a;val_loss\n1;0,5\n", {}, r"metric\.file: line 2 of .*: '0,5' in column 'val_loss'"),
        ("val_loss\n1\nnan\n", {}, r"metric\.file: line 3 .*: 'nan' .* not a finite number; corr"),
        ("val_loss\n1\n-inf\n", {}, r"metric\.file: line 3 .*: '-inf' .* not a finite number"),
        ("val_loss,b\n1\n", {"column": "b"}, r"metric\.file: .* has no value in 'b'"),
        ("val_loss\n1\n", {"name": "../metrics.csv"}, r"metric\.file: .* in the document's folder"),
        ("val_loss\n1\n", {"name": "/etc/passwd"}, r"metric\.file: .* in the document's folder"),
    ],
)
def test_a_file_that_does_not_do(tmp_path, text, options, message):
    with pytest.raises(lrd.ScheduleError, match=rf"^phases\[0\] \(ReduceLROnPlateau\): {message}"):
        lrd.simulate(file_document(tmp_path, text, **options))


def test_a_file_that_is_no_text(tmp_path):
    schedule = file_document(tmp_path, "")
    (tmp_path / "metrics.csv").write_bytes(b"\xff\xfe\x00val")
    with pytest.raises(lrd.ScheduleError, match=r"metric\.file: cannot read .*: it is no UTF-8"):
        lrd.simulate(schedule)


def test_a_file_of_a_document_that_was_never_saved(tmp_path):
    schedule = file_document(tmp_path, "val_loss\n1\n").in_folder(None)
    with pytest.raises(lrd.ScheduleError, match="beside the document; save that first"):
        lrd.simulate(schedule)


def test_no_metric_is_refused():
    data = document(phase("ReduceLROnPlateau"), groups=ONE_GROUP)
    del data["metric"]
    with pytest.raises(lrd.ScheduleError, match="needs a metric to react to"):
        lrd.simulate(read(data))


@pytest.mark.parametrize(
    ("formula", "reason"),
    [("1 / t", "at t = 0: division by zero"), ("log(t - 5)", "at t = 0: a function is used")],
)
def test_a_metric_formula_without_a_value(formula, reason):
    data = document(phase("ReduceLROnPlateau"), metric={"formula": formula})
    with pytest.raises(lrd.ScheduleError, match=rf"metric\.formula: {reason}"):
        lrd.simulate(read(data))


def test_build_does_not_need_the_previews_metric():
    """On the training machine its file is rarely there, and the training has a metric itself."""
    import torch

    data = document(
        phase("LinearLR", length="2 epochs"),
        phase("ReduceLROnPlateau", {"patience": 0}, interval="epoch"),
        epochs=6,
        per_epoch=4,
    )
    data["metric"] = {"file": "gone.csv", "column": "loss"}
    schedule = read(data)
    with pytest.raises(lrd.ScheduleError, match="metric"):
        lrd.simulate(schedule)
    lr = data["optimizer"]["groups"][0]["lr"]
    opt = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr, momentum=0.9)
    scheduler = schedule.build(opt)
    for _ in range(6):
        for _ in range(4):
            opt.step()
            scheduler.step()
        scheduler.step_epoch(1.0)
    # Reached at epoch 2; better once, then bad three times: three reductions by torch's 0.1.
    assert opt.param_groups[0]["lr"] == pytest.approx(lr * 1e-3)
