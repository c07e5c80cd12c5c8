"""`explain`: the reductions of the real torch object, epoch for epoch, each with its reason."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from documents import THREE_GROUPS, document, phase
from hypothesis import example, given, settings
from hypothesis import strategies as st
from training import read

import lrdesigner as lrd
from lrdesigner.engine.plateau_reasons import explain
from lrdesigner.engine.segments import segments

LRS = (0.1, 0.03)
# Few different values meet thresholds exactly, many do not.
VALUES = st.one_of(
    st.sampled_from([0.0, 0.5, 0.9, 0.95, 0.999, 1.0, 1.0001, 1.05, -1.0, 2.0]),
    st.floats(-1e3, 1e3, allow_nan=False),
)
RULES = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["min", "max"]),
        "factor": st.sampled_from([0.1, 0.5, 0.9, 1 / 3]),
        "patience": st.integers(0, 4),
        "threshold": st.sampled_from([0.0, 1e-4, 0.05, 0.1, 1.0, 1.5]),
        "threshold_mode": st.sampled_from(["rel", "abs"]),
        "cooldown": st.integers(0, 4),
        "min_lr": st.sampled_from([0, 0.02, [0.01, 0.0]]),
        "eps": st.sampled_from([0.0, 1e-8, 0.003, 0.02]),
    }
)


def torch_run(rule, metric):
    """What the real object does: counters and LRs after each step."""
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": lr} for lr in LRS]
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(torch.optim.SGD(groups), **rule)
    rows = []
    reduce = scheduler._reduce_lr

    def noted(epoch):
        rows[-1]["bad"] = scheduler.num_bad_epochs
        reduce(epoch)

    scheduler._reduce_lr = noted
    for value in metric:
        rows.append({"bad": None, "cooling": scheduler.in_cooldown})
        scheduler.step(value)
        rows[-1] |= {
            "best": scheduler.best,
            "counted": scheduler.num_bad_epochs,
            "lr": tuple(float(group["lr"]) for group in scheduler.optimizer.param_groups),
        }
    return rows


def plateau_document(rule, metric, *before, per_epoch=1, epochs=None, **options):
    groups = [{"name": name, "lr": lr} for name, lr in zip("ab", LRS, strict=True)]
    return document(
        *before,
        phase("ReduceLROnPlateau", rule),
        epochs=epochs or len(metric),
        per_epoch=per_epoch,
        groups=groups,
        metric={"values": metric},
        **options,
    )


@settings(max_examples=400, deadline=None)
@given(rule=RULES, metric=st.lists(VALUES, min_size=1, max_size=40))
@example(
    rule={"mode": "min", "patience": 1, "cooldown": 2, "factor": 0.5, "threshold": 0.0},
    metric=[1.0, 0.9, 1.0, 1.0, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.05],
)
def test_it_is_what_torch_does(rule, metric):
    truth = torch_run(rule, metric)
    (run,) = explain(read(plateau_document(rule, metric)))
    wanted = [n for n, row in enumerate(truth, 1) if row["bad"] is not None]
    changed = [n for n in wanted if truth[n - 1]["lr"] != (truth[n - 2]["lr"] if n > 1 else LRS)]
    skipped = [n for n in wanted if n not in changed]
    assert not skipped or not changed or max(changed) < min(skipped)
    assert [reduction.epoch for reduction in run.reductions] == changed + skipped[:1]
    lrs = LRS
    for reduction in run.reductions:
        row = truth[reduction.epoch - 1]
        assert reduction.bad == row["bad"]
        assert (reduction.before, reduction.after) == (lrs, row["lr"])
        lrs = row["lr"]
        if reduction.best is not None:
            assert reduction.best == row["best"] == metric[reduction.best_epoch - 1]
    none = math.inf if rule["mode"] == "min" else -math.inf
    best = [row["best"] for row in truth]
    assert [none if math.isnan(v) else v for v in run.best.tolist()] == best
    cooling = {n for n, row in enumerate(truth, 1) if row["cooling"]}
    bad = {n for n, row in enumerate(truth, 1) if row["counted"] or row["bad"]}
    covered: dict[str, list[int]] = {"bad": [], "cooldown": []}
    for stretch in run.stretches:
        covered[stretch.kind] += range(stretch.first, stretch.last + 1)
    assert covered == {"bad": sorted(bad), "cooldown": sorted(cooling)}
    ends = {stretch.last for stretch in run.stretches if stretch.reduced}
    assert ends == set(wanted)


@settings(max_examples=60, deadline=None)
@given(
    rule=RULES,
    metric=st.lists(VALUES, min_size=3, max_size=20),
    per_epoch=st.sampled_from([1, 2, 3, 7]),
    warm=st.sampled_from(["1 step", "5 steps", "2 epochs"]),
    twice=st.booleans(),
)
def test_the_exact_curve_falls_where_and_how_far_it_says(rule, metric, per_epoch, warm, twice):
    """After a warm-up, inside an epoch too, and for two plateaus with something between them."""
    before = [phase("LinearLR", length=warm)]
    if twice:
        before += [phase("ReduceLROnPlateau", rule, length="6 epochs")]
        before += [phase("ExponentialLR", {"gamma": 0.99}, length="5 steps")]
    schedule = read(plateau_document(rule, metric, *before, per_epoch=per_epoch, epochs=20))
    curve = lrd.simulate(schedule)
    runs = explain(schedule, curve.bases)
    assert len(runs) == sum(curve.bases.get(i) is not None for i in ([1, 3] if twice else [1]))
    for run in runs:
        expected = {r.step: r for r in run.reductions if not r.skipped}
        place = next(s for s in segments(schedule) if s.index == run.phase)
        start, end = place.start, place.end
        for step in range(start, end):
            lrs = tuple(curve.lr[:, step].tolist())
            if step in expected and step > start:
                assert tuple(curve.lr[:, step - 1].tolist()) == expected[step].before
                assert lrs == expected[step].after
            elif step > start:
                assert lrs == tuple(curve.lr[:, step - 1].tolist())


def test_epochs_are_those_of_the_time_axis():
    rule = {"patience": 1, "factor": 0.1}
    metric = [9.0, 9.0, 1.0, 0.5, 0.6, 0.7, 0.8, 0.9]
    warm = phase("LinearLR", length="2 epochs")
    schedule = read(plateau_document(rule, metric, warm, per_epoch=5))
    (run,) = explain(schedule)
    assert run.first == 3
    first = run.reductions[0]
    assert (first.epoch, first.step, first.best, first.best_epoch) == (6, 30, 0.5, 4)
    bad = run.stretches[0]
    assert (bad.kind, bad.first, bad.last, bad.start, bad.end) == ("bad", 5, 6, 20, 30)
    assert lrd.simulate(schedule).lr[0, [29, 30]] == pytest.approx([0.1, 0.01])


def reasons(rule, metric, groups=("a", "b")):
    (run,) = explain(read(plateau_document(rule, metric)))
    return [reduction.reason(groups) for reduction in run.reductions]


def test_the_reason_says_when_why_and_what():
    found = reasons({"patience": 1, "factor": 0.1}, [1.0, 0.4, 0.5, 0.6, 0.7])
    wanted = (
        "epoch 4: no improvement for 2 epochs (patience 1), best 0.4 at epoch 2 "
        "→ LR of a 0.1 → 0.01, b 0.03 → 0.003"
    )
    assert found == [wanted]


def test_the_reason_after_a_cooldown_says_how_many_were_counted():
    rule = {"patience": 1, "factor": 0.5, "cooldown": 2, "min_lr": [0.0, 0.03]}
    found = reasons(rule, [1.0] * 8)
    assert found[1] == (
        "epoch 7: no improvement for 6 epochs, 2 of them counted (patience 1), "
        "best 1 at epoch 1 → LR of a 0.05 → 0.025"
    )


def test_a_skipped_reduction_and_one_without_a_best():
    assert reasons({"patience": 0, "min_lr": 0.1}, [1.0, 1.0])[0].endswith(
        "→ LR stays: it is at its minimum, or the change would not exceed eps"
    )
    never = reasons({"patience": 0, "threshold": 1.5}, [-1.0])
    assert never[0].startswith("epoch 1: no improvement for 1 epoch (patience 0), none so far →")


def test_many_groups_are_counted():
    data = document(
        phase("ReduceLROnPlateau", {"patience": 0}),
        epochs=3,
        per_epoch=1,
        groups=THREE_GROUPS,
        metric={"values": [1.0]},
    )
    (run,) = explain(read(data))
    names = tuple(group["name"] for group in THREE_GROUPS)
    text = run.reductions[0].reason(names)
    assert text.endswith(" and 1 more")
    assert names[0] in text
    one = plateau_document({"patience": 0}, [1.0, 1.0])
    one["optimizer"]["groups"] = one["optimizer"]["groups"][:1]
    (run,) = explain(read(one))
    assert run.reductions[0].reason().endswith("→ LR 0.1 → 0.01")


def test_a_document_without_a_plateau_or_a_metric():
    assert explain(read(document(phase("LinearLR")))) == ()
    data = plateau_document({}, [1.0])
    del data["metric"]
    with pytest.raises(lrd.ScheduleError, match="needs a metric"):
        explain(read(data))


def test_a_phase_that_cannot_run_does_not_hide_the_others():
    data = plateau_document(
        {"patience": 0}, [1.0] * 8, phase("ReduceLROnPlateau", {"factor": 2.0}, length="3 epochs")
    )
    runs = explain(read(data))
    assert [run.phase for run in runs] == [1]
    assert runs[0].reductions[0].epoch == 5


def test_a_hundred_thousand_epochs():
    times = np.arange(100_000)
    metric = (np.exp(-(times // 3000) / 10) + 1e-3 * np.sin(times)).tolist()
    rule = {"patience": 500, "factor": 0.9, "cooldown": 100, "eps": 0.0}
    (run,) = explain(read(plateau_document(rule, metric)))
    truth = torch_run(rule, metric)
    wanted = [k for k, row in enumerate(truth, 1) if row["bad"] is not None]
    real = [reduction.epoch for reduction in run.reductions if not reduction.skipped]
    assert real == wanted
    assert len(wanted) > 30
    ends = [stretch.last for stretch in run.stretches if stretch.kind == "bad"]
    assert ends == real
