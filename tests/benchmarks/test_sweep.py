"""A thousand variants at ten thousand points, beside the ways that take one variant at a time.

Run with ``pytest tests/benchmarks/test_sweep.py --benchmark-only``; without that flag each is run
once, which shows that all give the same numbers. On a GPU ``GB/s`` (the
bytes of the result by the time its computation took) stand in the extra columns.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sweeps import ALONE, POINTS, STEPS, SWEEPS, sweep_of

import lrdesigner as lrd
from lrdesigner.engine.preview import preview
from lrdesigner.sweep import evaluate
from lrdesigner.sweep.fan import FanBatch

on_gpu = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="torch finds no CUDA device on this machine"
)


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
