"""What a step is made of: the document's batch, counting in samples and tokens, its edits."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from batch_documents import BATCH_PROBLEMS, IMAGENET, batched, imagenet
from hypothesis import given
from hypothesis import strategies as st

import lrdesigner as lrd
from lrdesigner.schedule import horizon_edits as he
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.counting import (
    COUNT_UNITS,
    count_at,
    counter,
    follows_batch,
    known,
    missing,
    step_at,
    steps_per,
)
from lrdesigner.schedule.model import Horizon
from lrdesigner.schedule.phase_group import in_unit
from lrdesigner.schedule.problems import check, mend_of
from lrdesigner.schedule.units import Length, spans

COUNTS = st.integers(1, 3000)
BATCHES = st.builds(
    Batch,
    dataset_size=COUNTS,
    batch_size=st.integers(1, 40),
    accumulation=st.integers(1, 5),
    devices=st.integers(1, 5),
    drop_last=st.booleans(),
    sequence_length=st.none() | COUNTS,
)


# -- the document ----------------------------------------------------------------------------------


def test_what_is_known_is_saved_and_nothing_else():
    schedule = imagenet()
    assert json.loads(lrd.dumps(schedule))["horizon"] == {
        "epochs": 90,
        "steps_per_epoch": 1251,
        "batch": {"dataset_size": IMAGENET, "batch_size": 256, "devices": 4, "drop_last": True},
    }
    assert lrd.loads(lrd.dumps(schedule)) == schedule


def test_a_document_without_batches_keeps_its_bytes():
    text = lrd.dumps(lrd.loads('{"format": "lrdesigner", "version": 1}'))
    assert "batch" not in text
    with_null = text.replace('"steps_per_epoch": 100', '"steps_per_epoch": 100, "batch": null')
    assert with_null != text
    assert lrd.dumps(lrd.loads(with_null)) == text


def test_unknown_keys_survive_and_are_told():
    schedule = batched(batch_size=8, world={"nodes": [2, 4]})
    data = json.loads(lrd.dumps(schedule))
    assert data["horizon"]["batch"] == {"batch_size": 8, "world": {"nodes": [2, 4]}}
    [problem] = check(schedule)
    assert problem.message == "horizon.batch: the key 'world' is not understood"
    changed = he.set_batch(schedule, devices=4)
    assert json.loads(lrd.dumps(changed))["horizon"]["batch"]["world"] == {"nodes": [2, 4]}


def test_batches_change_no_curve():
    plain = lrd.loads(lrd.dumps(imagenet()).replace('"batch"', '"other"'))
    assert lrd.simulate(imagenet()).lr.tobytes() == lrd.simulate(plain).lr.tobytes()


# -- counting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("batch", "steps"),
    [
        (Batch(dataset_size=IMAGENET, batch_size=256), 5005),  # ResNet-50
        (Batch(dataset_size=IMAGENET, batch_size=256, devices=4, drop_last=True), 1251),  # DeiT
        (Batch(dataset_size=118_287, batch_size=16, accumulation=4), 1849),  # YOLOv8
        (Batch(dataset_size=50_000, batch_size=128), 391),
        (Batch(dataset_size=50_000, batch_size=128, drop_last=True), 390),
        (Batch(dataset_size=7, batch_size=8, drop_last=True), 0),
        (Batch(dataset_size=7), None),
        (Batch(batch_size=7), None),
    ],
)
def test_steps_of_an_epoch(batch, steps):
    assert batch.steps_per_epoch == steps


@given(BATCHES)
def test_steps_are_what_a_loader_and_a_loop_give(batch):
    """Batches are dealt to the devices in turn; a step is taken when enough are gathered."""
    per_batch = batch.batch_size * batch.devices
    sizes = [per_batch] * (batch.dataset_size // per_batch)
    if batch.dataset_size % per_batch and not batch.drop_last:
        sizes.append(batch.dataset_size % per_batch)
    steps = [sizes[i : i + batch.accumulation] for i in range(0, len(sizes), batch.accumulation)]
    if batch.drop_last and steps and len(steps[-1]) < batch.accumulation:
        del steps[-1]
    assert batch.steps_per_epoch == len(steps)
    assert batch.samples_per_epoch == sum(map(sum, steps))


@given(BATCHES, st.integers(1, 9), st.data())
def test_samples_are_counted_step_by_step(batch, epochs, data):
    if not batch.steps_per_epoch:
        return
    horizon = Horizon(epochs=epochs, steps_per_epoch=batch.steps_per_epoch, batch=batch)
    step = data.draw(st.integers(0, horizon.steps - 1))
    counts = counter("samples", horizon)
    taken = counts.before(step + 1) - counts.before(step)
    last = (step + 1) % horizon.steps_per_epoch == 0
    whole = batch.samples_per_step
    assert taken == (batch.left_over or whole if last and not batch.drop_last else whole)
    assert counts.before(horizon.steps) == epochs * batch.samples_per_epoch
    if batch.sequence_length:
        tokens = counter("tokens", horizon)
        assert tokens.before(step) == counts.before(step) * batch.sequence_length


@given(BATCHES, st.integers(1, 9), st.floats(0, 1), st.sampled_from(COUNT_UNITS))
def test_a_place_is_the_same_in_every_unit(batch, epochs, share, unit):
    horizon = Horizon(epochs=epochs, steps_per_epoch=batch.steps_per_epoch or 3, batch=batch)
    if not known(unit, horizon):
        return
    step = share * horizon.steps
    there = count_at(unit, horizon, step)
    assert step_at(unit, horizon, there) == pytest.approx(step, rel=1e-9, abs=1e-6)
    end = count_at(unit, horizon, horizon.steps)
    assert horizon.steps / steps_per(unit, horizon) == pytest.approx(end)
    if unit == "percent":
        assert end == pytest.approx(100)


def test_steps_by_hand_count_whole_batches():
    horizon = imagenet(steps=1300).horizon
    assert not follows_batch(horizon)
    assert counter("samples", horizon).before(1300) == 1300 * 1024


def test_what_is_not_known_is_named():
    assert missing("tokens", Horizon()) == ("batch_size", "sequence_length")
    assert missing("tokens", Horizon(batch=Batch(batch_size=3))) == ("sequence_length",)
    assert missing("samples", Horizon(batch=Batch(dataset_size=3))) == ("batch_size",)
    assert missing("epochs", Horizon()) == ()
    with pytest.raises(ValueError, match="tokens are not counted without batch_size and"):
        steps_per("tokens", Horizon())


# -- edits -----------------------------------------------------------------------------------------


def test_the_steps_follow_the_batches():
    schedule = lrd.loads('{"format": "lrdesigner", "version": 1}')
    schedule = he.set_batch(schedule, dataset_size=50_000)
    assert schedule.horizon.steps_per_epoch == 100  # nothing is known yet
    schedule = he.set_batch(schedule, batch_size=128)
    assert schedule.horizon.steps_per_epoch == 391
    schedule = he.set_batch(schedule, drop_last=True)
    assert schedule.horizon.steps_per_epoch == 390
    schedule = he.set_batch(schedule, devices=2)
    assert schedule.horizon.steps_per_epoch == 195
    schedule = he.set_batch(schedule, accumulation=4)
    assert schedule.horizon.steps_per_epoch == 48
    assert schedule.horizon.epochs == 10
    assert check(schedule) == []


def test_a_sequence_length_leaves_steps_set_by_hand():
    schedule = he.set_batch(imagenet(steps=1300), sequence_length=196)
    assert schedule.horizon.steps_per_epoch == 1300
    assert he.follow_batch(schedule).horizon.steps_per_epoch == 1251


def test_what_is_forgotten_is_gone():
    schedule = he.set_batch(batched(batch_size=8), batch_size=None)
    assert schedule.horizon.batch is None
    assert schedule.horizon.steps_per_epoch == 1251


def test_no_step_at_all_is_refused():
    schedule = batched(batch_size=1024, drop_last=True)
    with pytest.raises(he.NoStepsError, match="1,000 samples do not fill one step of 1,024"):
        he.set_batch(schedule, dataset_size=1000)


LLM = batched(epochs=1, steps=1000, batch_size=2048, sequence_length=2048)


@pytest.mark.parametrize(
    ("number", "unit", "steps"),
    [
        ("2e12", "tokens", 476_837),  # OLMo 7B
        ("300e9", "tokens", 71_526),
        ("2048", "samples", 1),
        ("1", "tokens", 1),
        ("5000", "steps", 5000),
    ],
)
def test_tokens_make_the_steps_of_a_single_pass(number, unit, steps):
    [run] = he.choices(LLM.horizon, he.Budget(Fraction(number), unit))
    assert (run.epochs, run.steps_per_epoch) == (1, steps)
    assert run.batch == LLM.horizon.batch


def test_a_budget_is_whole_epochs_of_a_dataset_or_one_pass():
    horizon = imagenet().horizon
    whole, one_pass = he.choices(horizon, he.Budget(Fraction(100_000_000), "samples"))
    assert (whole.epochs, whole.steps_per_epoch) == (78, 1251)
    assert (one_pass.epochs, one_pass.steps_per_epoch) == (1, 97_656)
    assert one_pass.batch.dataset_size is None
    assert counter("samples", one_pass).before(97_656) == 99_999_744
    # A pass says nothing of the dataset, so that nothing contradicts it.
    assert check(he.set_run(imagenet(), one_pass)) == []


def test_less_than_an_epoch_is_one_pass_above_all():
    one_pass, whole = he.choices(imagenet().horizon, he.Budget(Fraction(500_000), "samples"))
    assert (one_pass.epochs, one_pass.steps_per_epoch) == (1, 488)
    assert (whole.epochs, whole.steps_per_epoch) == (1, 1251)


def test_a_budget_of_whole_epochs_has_one_meaning():
    [run] = he.choices(imagenet().horizon, he.Budget(Fraction(300), "epochs"))
    assert (run.epochs, run.steps_per_epoch) == (300, 1251)


def test_a_budget_in_units_that_are_not_known():
    with pytest.raises(lrd.DocumentError, match="say the batch size and the sequence length first"):
        he.choices(Horizon(), he.Budget(Fraction(5), "tokens"))
    with pytest.raises(lrd.DocumentError, match="say the sequence length first"):
        he.choices(imagenet().horizon, he.Budget(Fraction(5), "tokens"))


@given(BATCHES, st.integers(1, 9), st.sampled_from(["steps", "samples", "tokens"]))
def test_the_budget_of_a_run_gives_that_run(batch, epochs, unit):
    horizon = Horizon(epochs=epochs, steps_per_epoch=batch.steps_per_epoch or 3, batch=batch)
    if known(unit, horizon):
        budget = he.budget_of(horizon, unit)
        assert budget.exact_steps(horizon) == horizon.steps
        assert he.choices(horizon, budget)[0] == horizon


def test_lrs_are_scaled_wherever_they_stand():
    schedule = batched(
        {"scheduler": "LinearLR", "length": "1000 steps"},
        {"scheduler": "OneCycleLR", "length": "9000 steps", "params": {"max_lr": 3e-4}},
        {
            "scheduler": "ConstantLR",
            "length": "1000 steps",
            "with": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9999}}],
        },
        {"scheduler": "CosineAnnealingLR", "params": {"eta_min": 1e-6}},
    )
    twice = he.scale_lrs(schedule, 2.0)
    assert twice.optimizer.groups[0].lr == 0.2
    assert twice.phases[0] == schedule.phases[0]
    assert twice.phases[1].params["max_lr"] == 6e-4
    assert twice.phases[2] == schedule.phases[2]
    assert twice.phases[3].params["eta_min"] == 2e-6
    np.testing.assert_allclose(lrd.simulate(twice).lr, 2 * lrd.simulate(schedule).lr, rtol=1e-9)


def test_an_lr_that_is_left_out_is_scaled_too():
    schedule = batched({"scheduler": "keras_polynomial", "params": {}}, epochs=1, steps=500)
    half = he.scale_lrs(schedule, 0.5)
    np.testing.assert_allclose(lrd.simulate(half).lr, lrd.simulate(schedule).lr / 2, rtol=1e-9)


def test_lengths_in_steps_keep_their_share():
    schedule = batched(
        {"scheduler": "LinearLR", "length": "1000 steps"},
        {"scheduler": "ConstantLR", "length": "10%"},
        {"scheduler": "CosineAnnealingLR"},
        epochs=1,
        steps=10_000,
    )
    shorter = he.scale_steps(schedule, Fraction(1, 4))
    assert [phase.length for phase in shorter.phases] == ["250 steps", "10%", "rest"]


# -- rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "schedule"), [row[:2] for row in BATCH_PROBLEMS], ids=[r[0] for r in BATCH_PROBLEMS]
)
def test_one_click_mends_it(rule, schedule):
    [problem] = (p for p in check(schedule) if p.rule == rule)
    mended = mend_of(problem)(schedule, problem)
    assert rule not in {p.rule for p in check(mended)}
    if rule == "micro-lengths":
        assert spans(mended)[-1].nominal_end == mended.steps


def test_a_last_step_in_doubt_changes_no_curve():
    schedule = imagenet(steps=1252)
    [problem] = check(schedule)
    mended = mend_of(problem)(schedule, problem)
    assert mended.steps == schedule.steps
    assert not mended.horizon.batch.drop_last


def test_mending_a_track_leaves_the_others_alone():
    data = json.loads(lrd.dumps(batched(epochs=1, steps=1000, batch_size=8, accumulation=4)))
    data["tracks"] = [
        {
            "quantity": "weight_decay",
            "phases": [{"scheduler": "CosineAnnealingLR", "length": "4000 steps"}],
        }
    ]
    schedule = lrd.loads(json.dumps(data))
    [problem] = (p for p in check(schedule) if p.rule == "micro-lengths")
    assert problem.track == 0
    mended = mend_of(problem)(schedule, problem)
    assert mended.phases == schedule.phases
    assert mended.tracks[0].phases[0].length == "1000 steps"


QUIET = [
    imagenet(),
    imagenet(steps=1252, drop_last=False),
    batched(dataset_size=50_000, steps=7),  # no batch size, nothing to compare
    batched(batch_size=32, devices=8, accumulation=4, epochs=1, steps=999),
    batched(
        {"scheduler": "LinearLR", "length": "500 steps"},
        {"scheduler": "CosineAnnealingLR"},
        batch_size=8,
        accumulation=4,
    ),
]


@pytest.mark.parametrize("schedule", QUIET)
def test_where_batches_and_steps_agree_nothing_is_said(schedule):
    assert check(schedule) == []


# -- units of lengths ------------------------------------------------------------------------------

LENGTHS = st.one_of(
    st.integers(1, 400).map("{} steps".format),
    st.decimals(0, 5, places=3).map("{} epochs".format),
    st.decimals(0, 60, places=2).map("{}%".format),
)


@given(
    st.lists(LENGTHS, min_size=1, max_size=4), st.integers(0, 3), st.integers(1, 6),
    st.integers(1, 90), st.sampled_from(["steps", "epochs", "percent", "rest"]), st.booleans(),
)  # fmt: skip
def test_another_unit_never_moves_a_single_step(lengths, index, epochs, per_epoch, unit, rest):
    keys = ["LinearLR", "ExponentialLR", "CosineAnnealingLR", "PolynomialLR"]
    params = [{}, {"gamma": 0.99}, {"eta_min": 1e-4}, {}]
    phases = [
        {"scheduler": key, "length": length, "params": values}
        for key, length, values in zip(keys, lengths, params, strict=False)
    ]
    if rest:
        phases[-1]["length"] = "rest"
    schedule = batched(*phases, epochs=epochs, steps=per_epoch)
    index %= len(phases)
    try:
        after = in_unit(schedule, index, unit)
    except lrd.ScheduleError:
        return  # it says why, and nothing has changed
    assert Length.parse(after.phases[index].length).unit == unit
    assert spans(after) == spans(schedule)
    assert lrd.simulate(after).lr.tobytes() == lrd.simulate(schedule).lr.tobytes()
