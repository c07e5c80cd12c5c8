"""A thousand variants at ten thousand points, beside the ways that take one variant at a time.

Run with ``pytest tests/benchmarks/test_sweep.py --benchmark-only``; without that flag each is run
once, which shows that all give the same numbers. On a GPU ``GB/s`` (the
bytes of the result by the time its computation took) stand in the extra columns.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from documents import document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.engine.preview import preview
from lrdesigner.sweep import GroupLrTarget, LengthTarget, ParamTarget, Sweep, SweepAxis, evaluate
from lrdesigner.sweep.fan import FanBatch

VARIANTS, POINTS, STEPS = 1000, 10_000, 100_000
# One at a time is timed on a few, and compared by the variant.
ALONE = 20

RISE = phase("LinearLR", {"start_factor": 0.01}, length="5%")
SWEEPS = {
    "start_factor of a warm-up": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(ParamTarget(0, "start_factor"), 0.001, 0.5, "log"),
    ),
    "eta_min of a cosine": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(ParamTarget(1, "eta_min"), 0, 0.05),
    ),
    "T_max of a cosine": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(ParamTarget(1, "T_max"), 100_000, 300_000),
    ),
    "gamma of an exponential": (
        [RISE, phase("ExponentialLR", {"gamma": 0.9999})],
        SweepAxis(ParamTarget(1, "gamma"), 0.999, 0.99999),
    ),
    "pct_start of OneCycle": (
        [phase("OneCycleLR", {"max_lr": 1.0})],
        SweepAxis(ParamTarget(0, "pct_start"), 0.1, 0.9),
    ),
    "decay_steps of WSD": (
        [phase("wsd", {"warmup_steps": 2000, "decay_steps": 10_000})],
        SweepAxis(ParamTarget(0, "decay_steps"), 1000, 90_000),
    ),
    "length of a warm-up": (
        [RISE, phase("CosineAnnealingLR")],
        SweepAxis(LengthTarget(0, "percent"), 1, 60),
    ),
    "base LR of a group": (
        [RISE, phase("CosineAnnealingLR", {"eta_min": 1e-5})],
        SweepAxis(GroupLrTarget(0), 1e-4, 1.0, "log"),
    ),
}
on_gpu = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="torch finds no CUDA device on this machine"
)


def sweep_of(name, count=VARIANTS):
    phases, axis = SWEEPS[name]
    schedule = read(document(*phases, epochs=1, per_epoch=STEPS))
    return Sweep(schedule, (axis,), (count,))


@pytest.mark.benchmark(group="sweep")
@pytest.mark.parametrize("name", SWEEPS)
def test_together(benchmark, name):
    sweep = sweep_of(name)
    fan = benchmark(evaluate, sweep, POINTS)
    assert not fan.errors
    benchmark.extra_info["values"] = fan.values.size
    for index in range(0, len(sweep), 250):
        exact = lrd.simulate(sweep.variant(index)).lr[:, fan.steps]
        scale = exact.max()
        np.testing.assert_allclose(fan.values[index], exact, rtol=1e-11, atol=1e-14 * scale)


@pytest.mark.benchmark(group="sweep")
@pytest.mark.parametrize("name", SWEEPS)
def test_preview_of_each(benchmark, name):
    sweep = sweep_of(name)
    fan = evaluate(sweep, POINTS)
    chosen = range(0, len(sweep), len(sweep) // ALONE)
    found = benchmark(lambda: [preview(sweep.variant(index), POINTS) for index in chosen])
    benchmark.extra_info["variants"] = len(chosen)
    for index, each in zip(chosen, found, strict=True):
        _, here, there = np.intersect1d(fan.steps, each.steps, return_indices=True)
        np.testing.assert_allclose(
            fan.values[index][:, here], each.lr[:, there], rtol=1e-12, atol=1e-16
        )


@pytest.mark.benchmark(group="sweep")
@pytest.mark.parametrize("name", SWEEPS)
def test_exact_run_of_each(benchmark, name):
    sweep = sweep_of(name)
    variant = sweep.variant(len(sweep) // 2)
    lrd.simulate(variant)
    curve = benchmark(lrd.simulate, variant)
    benchmark.extra_info["variants"] = 1
    assert curve.steps == STEPS


@on_gpu
@pytest.mark.benchmark(group="sweep on a GPU")
@pytest.mark.parametrize("name", SWEEPS)
def test_on_a_gpu(benchmark, name):
    """The computation alone: planned once, the result stays on the device."""
    sweep = sweep_of(name, 10_000)
    batch = FanBatch(sweep, POINTS, device="cuda")
    out = batch.empty()

    def compute():
        batch.into(out)
        torch.cuda.synchronize()

    compute()
    benchmark(compute)
    size = out.numel() * out.element_size()
    if benchmark.stats:
        rate = size / benchmark.stats["median"] / 1e9
        benchmark.extra_info["GB/s"] = round(rate, 1)
        print(
            f"{name}: {size / 1e6:,.0f} MB in {benchmark.stats['median'] * 1e3:.2f} ms, "
            f"{rate:,.0f} GB/s of results written"
        )
    plain = evaluate(sweep_of(name, 100), steps=batch.steps[::100])
    np.testing.assert_allclose(
        out[:: len(sweep) // 100][:5, :, ::100].cpu().numpy()[0], plain.values[0], rtol=1e-12
    )
