"""Every replay against torch's own objects in plain loops, bit for bit, arguments at random."""

from __future__ import annotations

import math
import struct
from unittest import mock

import numpy as np
import plain_torch
import pytest
import torch
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from torch.optim import lr_scheduler, swa_utils

from lrdesigner.engine import driver, metric_run
from lrdesigner.engine.recorder import Recorder
from lrdesigner.engine.replaying import find_replay, replays

FUNCTIONS = [
    lambda t: 0.97**t,
    lambda t: 0.5 * (1 + math.cos(math.pi * t / 37)),
    lambda t: 3,
    lambda t: t < 5,
    lambda t: 0.5 if t % 7 == 3 else 1,
    lambda t: min((t + 1) ** -0.5, (t + 1) * 10**-1.5),
    lambda t: 1.01,
]
FACTOR = st.one_of(st.sampled_from([0, 1, 0.1, 1 / 3, 0.999, 1.0]), st.floats(0, 1))
GAMMA = st.one_of(FACTOR, st.floats(0.5, 1.5))
LR = st.one_of(st.sampled_from([0.0, 1e-8, 1 / 3, 0.1, 1.0]), st.floats(1e-9, 1e3))
LOW = st.one_of(st.sampled_from([0, 0.0, 1e-6, 0.013]), st.floats(0, 2))
MOMENTUM = st.one_of(st.sampled_from([0, 0.85, 0.95]), st.floats(0, 0.99))
DURATION = st.one_of(st.integers(1, 150), st.sampled_from([10**6, 2**53 + 1, 10**18]))
SIZE = st.one_of(st.integers(1, 40), st.just(10**12))


def per_group(values):
    """One value for all groups, or a list; the longest a test needs."""
    return st.one_of(values, st.lists(values, min_size=3, max_size=3))


def functions(groups=3):
    one = st.sampled_from(FUNCTIONS)
    return st.one_of(one, st.lists(one, min_size=groups, max_size=groups))


ARGUMENTS = {
    "LambdaLR": {"lr_lambda": functions()},
    "MultiplicativeLR": {"lr_lambda": functions()},
    "StepLR": {"step_size": DURATION, "gamma": GAMMA},
    "MultiStepLR": {"milestones": st.lists(st.integers(0, 150), max_size=20), "gamma": GAMMA},
    "ConstantLR": {"factor": FACTOR, "total_iters": DURATION},
    "LinearLR": {
        "start_factor": FACTOR.filter(bool),
        "end_factor": FACTOR,
        "total_iters": DURATION,
    },
    "ExponentialLR": {"gamma": GAMMA},
    "PolynomialLR": {
        "total_iters": DURATION,
        "power": st.one_of(st.sampled_from([1, 1.0, 2, 0.5, 0.9, 0]), st.floats(0, 5)),
    },
    "CosineAnnealingLR": {
        "T_max": st.one_of(st.integers(1, 8), DURATION),
        "eta_min": LOW,
    },
    "CosineAnnealingWarmRestarts": {
        "T_0": DURATION,
        "T_mult": st.one_of(st.integers(1, 4), st.just(10**9)),
        "eta_min": LOW,
    },
    "CyclicLR": {
        "base_lr": per_group(LR),
        "max_lr": per_group(LR),
        "step_size_up": SIZE,
        "step_size_down": st.one_of(st.none(), SIZE),
        "mode": st.sampled_from(["triangular", "triangular2", "exp_range"]),
        "gamma": st.sampled_from([1, 1.0, 0.99, 0.5]),
        "cycle_momentum": st.booleans(),
        "base_momentum": per_group(MOMENTUM),
        "max_momentum": per_group(MOMENTUM),
    },
    "OneCycleLR": {
        "max_lr": per_group(LR),
        "total_steps": st.one_of(st.integers(120, 200), st.just(10**7)),
        "pct_start": st.one_of(st.sampled_from([0.0, 1.0, 0.3, 0.5]), st.floats(0, 1)),
        "anneal_strategy": st.sampled_from(["cos", "linear"]),
        "cycle_momentum": st.booleans(),
        "base_momentum": per_group(MOMENTUM),
        "max_momentum": per_group(MOMENTUM),
        "div_factor": st.sampled_from([1, 25, 0.3]),
        "final_div_factor": st.sampled_from([1, 1e4]),
        "three_phase": st.booleans(),
    },
    "SWALR": {
        "swa_lr": per_group(LOW),
        "anneal_epochs": st.one_of(st.just(0), DURATION),
        "anneal_strategy": st.sampled_from(["cos", "linear"]),
    },
}
COMPOSABLE = [
    "MultiplicativeLR",
    "StepLR",
    "MultiStepLR",
    "ConstantLR",
    "LinearLR",
    "ExponentialLR",
    "PolynomialLR",
]
CHUNKS = st.sampled_from([1, 3, 16, 8192])


def scheduler_class(name):
    return swa_utils.SWALR if name == "SWALR" else getattr(lr_scheduler, name)


def indexed(name, arguments, groups):
    """Lists as long as there are groups."""
    return {
        key: value[:groups] if isinstance(value, list) and key != "milestones" else value
        for key, value in arguments.items()
    }


def objects(calls, lrs, kind=torch.optim.SGD):
    """Real schedulers on a real optimizer, in a list."""
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": lr} for lr in lrs]
    more = {"momentum": 0.9} if kind is torch.optim.SGD else {}
    opt = kind(groups, **more)
    return opt, [scheduler_class(name)(opt, **args) for name, args in calls]


def plain_loop(calls, lrs, ticks, kind):
    """The values of the usual loop, after the constructors and after each step."""
    opt, made = objects(calls, lrs, kind)
    rows = []
    for tick in range(ticks + 1):
        momenta = [plain_torch.momentum_of(group) for group in opt.param_groups]
        rows.append((plain_torch.lrs_of(opt), momenta))
        opt.step()
        if tick < ticks:
            for scheduler in made:
                scheduler.step()
    return np.array(rows, dtype=float).transpose(1, 2, 0)


def driven(calls, lrs, ticks, kind, chunk):
    """The same through the driver, and how often it had to step the real objects."""
    opt, made = objects(calls, lrs, kind)
    cycling = any(args.get("cycle_momentum") for _, args in calls)
    shape = (len(lrs), ticks + 1)
    momentum = np.empty(shape) if cycling else None
    key = "momentum" if kind is torch.optim.SGD else "betas"
    recorder = Recorder(np.empty(shape), momentum, key)
    with (
        mock.patch.object(driver, "CHUNK", chunk),
        mock.patch.object(driver, "SHORTEST", 1),
        mock.patch.object(driver, "FEW", 0),
        mock.patch.object(driver, "record_steps", wraps=driver.record_steps) as stepped,
    ):
        driver.drive(made, opt.param_groups, ticks, recorder, lambda tick: None)
    return recorder, stepped.call_count


def bits(values):
    return np.ascontiguousarray(values).view(np.int64)


def compare(calls, lrs, ticks, chunk, kind=torch.optim.SGD):
    try:
        lr, momentum = plain_loop(calls, lrs, ticks, kind)
    except (ArithmeticError, TypeError, ValueError) as error:
        event(f"torch refuses: {type(error).__name__}")
        with pytest.raises(type(error)):
            driven(calls, lrs, ticks, kind, chunk)
        return
    recorder, stepped = driven(calls, lrs, ticks, kind, chunk)
    assert np.array_equal(bits(recorder.lr), bits(lr))
    if recorder.momentum is not None:
        assert np.array_equal(bits(recorder.momentum), bits(momentum))
    assert np.array_equal(bits(recorder.last), bits(lr[:, -1]))
    # Without this, a wrong replay that the check finds out would pass.
    assert not stepped or not np.isfinite(lr).all()


def arguments(name, groups):
    return st.fixed_dictionaries(ARGUMENTS[name]).map(lambda args: indexed(name, args, groups))


def test_every_class_is_tried():
    assert sorted(replays().keys()) == sorted(ARGUMENTS)


@pytest.mark.parametrize("name", ARGUMENTS)
@given(data=st.data())
def test_one_scheduler(name, data):
    lrs = data.draw(st.lists(LR, min_size=1, max_size=3))
    args = data.draw(arguments(name, len(lrs)))
    beyond = [args.get(key, 0) >= 2**53 for key in ("total_iters", "anneal_epochs")]
    assume(not any(beyond) or name not in ("PolynomialLR", "SWALR"))
    kind = data.draw(st.sampled_from([torch.optim.SGD, torch.optim.AdamW]))
    compare([(name, args)], lrs, data.draw(st.integers(0, 119)), data.draw(CHUNKS), kind)


@given(data=st.data())
def test_stacks(data):
    lrs = data.draw(st.lists(LR, min_size=1, max_size=3))
    ticks = data.draw(st.integers(0, 119))
    names = data.draw(st.lists(st.sampled_from(COMPOSABLE), min_size=2, max_size=4))
    calls = [(name, data.draw(arguments(name, len(lrs)))) for name in names]
    for args in (args for name, args in calls if name == "PolynomialLR"):
        args["total_iters"] = min(args["total_iters"], 10**6)
    if data.draw(st.booleans()):
        calls.append(("CosineAnnealingLR", {"T_max": ticks + data.draw(st.integers(1, 9))}))
    compare(calls, lrs, ticks, data.draw(CHUNKS))


@settings(max_examples=10)
@given(lr=LR, low=LOW, turns=st.integers(1, 300))
def test_a_long_cosine(lr, low, turns):
    """Many turns over many chunks, and angles that lose precision on the way."""
    compare([("CosineAnnealingLR", {"T_max": turns, "eta_min": low})], [lr], 3000, 512)


def test_a_cosine_to_the_step_around_its_bottom():
    for turns in range(1, 6):
        for ticks in range(1, 14):
            for low in (0, 0.01):
                calls = [("CosineAnnealingLR", {"T_max": turns, "eta_min": low})]
                compare(calls, [0.1, 0.0123], ticks, 8192)


@pytest.mark.parametrize("three", [False, True])
@pytest.mark.parametrize("strategy", ["cos", "linear"])
def test_a_cycle_whose_stretches_end_on_a_step(strategy, three):
    """That step belongs to the stretch before, which may be a bit off the next one's start."""
    lrs = np.random.default_rng(3).uniform(0.01, 2, 64).tolist()
    args = {"max_lr": lrs, "total_steps": 100, "pct_start": 0.25, "final_div_factor": 7.3}
    calls = [("OneCycleLR", {**args, "anneal_strategy": strategy, "three_phase": three})]
    compare(calls, lrs, 100, 8192)


def test_many_groups():
    lrs = [0.1 + i / 1000 for i in range(70)]
    for name in ("CosineAnnealingLR", "OneCycleLR", "SWALR", "StepLR"):
        args = {"OneCycleLR": {"max_lr": lrs, "total_steps": 300, "cycle_momentum": True}}
        args |= {"CosineAnnealingLR": {"T_max": 200, "eta_min": 0.12}, "StepLR": {"step_size": 7}}
        compare([(name, args.get(name, {"swa_lr": 0.05}))], lrs, 300, 8192)


def test_what_has_no_replay():
    class Mine(lr_scheduler.StepLR):
        def get_lr(self):
            return [0.5]

    Mine.__name__ = "StepLR"
    opt, made = objects([("StepLR", {"step_size": 3})], [0.1])
    assert find_replay(made, 10) is not None
    assert find_replay([Mine(opt, 3)], 10) is None
    assert find_replay([made[0], Mine(opt, 3)], 10) is None
    for cyclic in ("CyclicLR", "CosineAnnealingWarmRestarts"):  # each erases what the other did
        args = {"base_lr": 0.1, "max_lr": 1.0} if cyclic == "CyclicLR" else {"T_0": 4}
        _, both = objects([("StepLR", {"step_size": 3}), (cyclic, args)], [0.1])
        assert find_replay(both, 10) is None
    scaled = {"base_lr": 0.1, "max_lr": 1.0, "scale_fn": lambda x: 0.3, "scale_mode": "cycle"}
    _, own = objects([("CyclicLR", scaled)], [0.1])
    assert find_replay(own, 10) is None
    compare([("StepLR", {"step_size": 3}), ("CosineAnnealingLR", {"T_max": 5})], [0.1], 0, 8192)


def test_integers_beyond_the_exact_floats_are_stepped():
    for name, key in (("PolynomialLR", "total_iters"), ("SWALR", "anneal_epochs")):
        more = {"swa_lr": 0.1} if name == "SWALR" else {}
        _, made = objects([(name, {key: 2**53 + 1, **more})], [0.1])
        assert find_replay(made, 10) is None


def test_numpy_and_python_agree_where_replays_rely_on_it():
    """Products one after the other, quotients and sums element by element."""
    numbers = np.random.default_rng(7).lognormal(0, 1e-3, 20_000)
    product, products = 0.3, []
    for number in numbers.tolist():
        product *= number
        products.append(product)
    factors = numbers.copy()
    factors[0] *= 0.3
    assert np.multiply.accumulate(factors).tolist() == products
    left, right = numbers[:-1], numbers[1:]
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    assert (left / right).tolist() == [a / b for a, b in pairs]
    assert (left - right * left + right).tolist() == [a - b * a + b for a, b in pairs]


# -- ReduceLROnPlateau -----------------------------------------------------------------------------

METRIC = st.lists(
    st.one_of(st.floats(-2, 2), st.sampled_from([1.0, 0.5, 0.5, 0.25, 0.0])), max_size=150
)
PLATEAU = {
    "mode": st.sampled_from(["min", "max"]),
    "factor": st.sampled_from([0, 0.1, 0.5, 0.97]),
    "patience": st.integers(0, 5),
    "threshold": st.sampled_from([0.0, 1e-4, 0.3, 1.0, 1.5]),
    "threshold_mode": st.sampled_from(["rel", "abs"]),
    "cooldown": st.integers(0, 5),
    "min_lr": per_group(st.sampled_from([0, 0.01, 0.2])),
    "eps": st.sampled_from([0, 1e-8, 0.01]),
}


@settings(max_examples=300)
@given(data=st.data())
def test_plateau(data):
    lrs = data.draw(st.lists(LR, min_size=1, max_size=3))
    args = indexed("", data.draw(st.fixed_dictionaries(PLATEAU)), len(lrs))
    metric = np.array(data.draw(METRIC), dtype=float)
    opt, (scheduler,) = objects([("ReduceLROnPlateau", args)], lrs)
    wanted = [plain_torch.lrs_of(opt)]
    for value in metric.tolist():
        scheduler.step(value)
        wanted.append(plain_torch.lrs_of(opt))
    opt, (again,) = objects([("ReduceLROnPlateau", args)], lrs)
    recorder = Recorder(np.empty((len(lrs), len(wanted))))
    with (
        mock.patch.object(driver, "CHUNK", data.draw(CHUNKS)),
        mock.patch.object(driver, "SHORTEST", 1),
        mock.patch.object(metric_run, "_steps", side_effect=AssertionError),
    ):
        metric_run.record_metric_run(again, opt.param_groups, metric, recorder, lambda tick: None)
    assert np.array_equal(bits(recorder.lr), bits(np.array(wanted).T))
    assert recorder.last == tuple(wanted[-1])
    # It stands where the plain one stands, so that both could go on.
    for key in ("best", "num_bad_epochs", "cooldown_counter", "last_epoch"):
        assert struct.pack("d", getattr(again, key)) == struct.pack("d", getattr(scheduler, key))
    assert plain_torch.lrs_of(opt) == wanted[-1]
