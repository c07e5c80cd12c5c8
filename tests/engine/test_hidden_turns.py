"""Smooth peaks narrower than the drawn points are apart: the fast curve has them all the same."""

from __future__ import annotations

import numpy as np
import pytest
from documents import document, phase
from hypothesis import given, settings
from hypothesis import strategies as st
from long_documents import long_documents
from training import read

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.hidden import hidden_ticks, turning_ticks
from lrdesigner.engine.preview import POINTS, preview
from lrdesigner.engine.segments import segments

NEAR = 5e-3  # of the exact curve's range


def stack(first, second):
    return {**first, "with": [second]}


def custom(text):
    return phase("LambdaLR", {"lr_lambda": text})


def warmup(ticks):
    return phase("LinearLR", {"start_factor": 0.01, "total_iters": ticks})


def exp_range(**more):
    return phase("CyclicLR", {"base_lr": 0.001, "max_lr": 0.1, "mode": "exp_range", **more})


PEAKS = {
    "near the start": (10**7, custom("t / 700 * exp(-t / 700)")),
    "very near the start": (10**7, custom("t / 7 * exp(-t / 7)")),
    "within cycles": (10**7, exp_range(gamma=0.999, step_size_up=5000)),
    "within few cycles": (10**6, exp_range(gamma=0.99, step_size_up=2000)),
    "stack": (10**7, stack(warmup(7000), phase("ExponentialLR", {"gamma": 1 - 1 / 2000}))),
    "narrow stack": (10**7, stack(warmup(500), phase("ExponentialLR", {"gamma": 1 - 1 / 200}))),
    "waves in a stack": (
        10**6,
        stack(
            phase("MultiplicativeLR", {"lr_lambda": "1 + 0.01 * cos(t / 50)"}),
            warmup(3000),
        ),
    ),
    "near the end": (10**6, custom("(T - t) / 90 * exp((t - T) / 90)")),
    "after a jump": (10**7, custom("0.01 if t < 5e6 else (t - 5e6) / 300 * exp((5e6 - t) / 300)")),
    "bell": (10**7, custom("exp(-((t - 1234567) / 40) ** 2)")),
    "bell of a product": (10**7, custom("exp(-(t - 1234567) * (t - 1234567) / 3000)")),
    "step between plateaus": (10**7, custom("(1 + tanh((1234567 - t) / 5)) / 2")),
    "slope": (10**7, custom("(1 - tanh((t - 1234567) / 25) ** 2)")),
    "waves that fade": (10**6, custom("1 + t / 500 * exp(-t / 500) * sin(t / 9)")),
    "waves ever faster": (10**6, custom("1 + exp(-t / 50000) * sin(t * t / 1e6)")),
    "factors": (
        10**6,
        phase("MultiplicativeLR", {"lr_lambda": "1 + (333 - t) / 1e5 * exp(-t / 400)"}),
    ),
}


@pytest.mark.parametrize("name", PEAKS)
def test_no_peak_is_missed(name):
    steps, what = PEAKS[name]
    schedule = read(document(what, epochs=1, per_epoch=steps))
    exact = lrd.simulate(schedule).lr[0]
    fast = preview(schedule)
    span = exact.max() - exact.min()
    assert fast.lr.max() == pytest.approx(exact.max(), abs=NEAR * span)
    assert fast.lr.min() == pytest.approx(exact.min(), abs=NEAR * span)
    assert len(fast.steps) < 3 * POINTS
    assert np.allclose(fast.lr[0], exact[fast.steps], rtol=1e-11, atol=1e-14 * exact.max())


@given(
    st.floats(2.0, 1e5), st.floats(0.3, 3.0), st.sampled_from([10**5, 10**6, 10**7]), st.booleans()
)
@settings(max_examples=2 * settings.default.max_examples)
def test_a_peak_of_any_width_is_found_to_the_tick(scale, power, steps, late):
    """(u/s)^p exp(-u/s) is greatest at u = p s."""
    u = f"(T - t) / {scale!r}" if late else f"t / {scale!r}"
    schedule = read(
        document(custom(f"({u}) ** {power!r} * exp(-({u}))"), epochs=1, per_epoch=steps)
    )
    first, last = (1, steps) if late else (0, steps - 1)
    top = np.clip(scale * power, first, last)
    near = np.clip([np.floor(top), np.ceil(top)], first, last)
    wanted = ((near / scale) ** power * np.exp(-near / scale)).max()
    assert preview(schedule).lr.max() == pytest.approx(0.1 * wanted, rel=2e-3)


SPANS = st.integers(2, 20_000)


@st.composite
def stacks(draw):
    """Two that rise and fall against each other."""
    items = [
        phase("LinearLR", {"start_factor": 0.01, "total_iters": draw(SPANS)}),
        phase("ExponentialLR", {"gamma": 1 - 1 / draw(SPANS)}),
        phase("PolynomialLR", {"power": 2.0, "total_iters": draw(SPANS)}),
        phase("StepLR", {"step_size": draw(SPANS), "gamma": 0.7}),
        phase("LinearLR", {"start_factor": 1.0, "end_factor": 0.1, "total_iters": draw(SPANS)}),
        phase(
            "MultiplicativeLR", {"lr_lambda": f"1 + (1 - t / 900) / {draw(SPANS)} * exp(-t / 900)"}
        ),
    ]
    first, second = draw(st.permutations(items))[:2]
    return stack(first, second)


@st.composite
def smooth_formulas(draw):
    """One to three smooth hills of any width, at the start or anywhere, on a smooth decay."""
    hills = []
    for _ in range(draw(st.integers(1, 3))):
        width, place = draw(SPANS), draw(st.integers(0, 190_000))
        hills.append(
            draw(
                st.sampled_from(
                    [
                        f"t / {width} * exp(-t / {width})",
                        f"exp(-((t - {place}) / {width}) ** 2)",
                        f"1 / (1 + ((t - {place}) / {width}) ** 2)",
                        f"(1 - tanh((t - {place}) / {width}) ** 2)",
                        f"(t + 1) ** 0.5 * exp(-t / {width})",
                    ]
                )
            )
        )
    return custom(f"0.1 * exp(-t / {draw(SPANS)}) + " + " + ".join(hills))


@given(st.one_of(stacks(), smooth_formulas()))
@settings(max_examples=settings.default.max_examples)
def test_hills_of_any_kind_are_as_high_as_they_are(what):
    schedule = read(document(what, epochs=1, per_epoch=200_000))
    exact = lrd.simulate(schedule).lr[0]
    fast = preview(schedule, points=300)
    span = exact.max() - exact.min()
    assert fast.lr.max() == pytest.approx(exact.max(), abs=NEAR * span)
    assert fast.lr.min() == pytest.approx(exact.min(), abs=NEAR * span)


def stretches(schedule):
    """Each phase that runs, as (first, last + 1)."""
    found = [(segment.start, segment.end) for segment in segments(schedule)]
    return [(first, end) for first, end in found if first < end]


@given(long_documents())
@settings(max_examples=2 * settings.default.max_examples)
def test_the_envelope_of_any_phase_is_the_exact_one(data):
    schedule = read(data)
    try:
        exact = lrd.simulate(schedule).lr
    except lrd.ScheduleError:
        return
    fast = preview(schedule, points=300)
    for first, last in stretches(schedule):
        here = slice(*np.searchsorted(fast.steps, [first, last]))
        for row, wanted in zip(fast.lr[:, here], exact[:, first:last], strict=True):
            allowed = NEAR * (wanted.max() - wanted.min()) + 1e-11 * np.abs(wanted).max()
            assert row.max() == pytest.approx(wanted.max(), abs=allowed)
            assert row.min() == pytest.approx(wanted.min(), abs=allowed)


@pytest.mark.parametrize("steps", [10**5, 10**7])
@pytest.mark.parametrize("name", ["near the start", "stack", "waves ever faster", "factors"])
def test_what_is_asked_does_not_grow_with_the_horizon(name, steps, monkeypatch):
    what = PEAKS[name][1]
    spec = schedulers()[what["scheduler"]]
    counted, curve = [], spec.curve

    def counting(times, args, index):
        counted.append(len(times))
        return curve(times, args, index)

    monkeypatch.setitem(spec.__dict__, "curve", counting)
    preview(read(document(what, epochs=1, per_epoch=steps)))
    assert sum(counted) < 80_000


def test_few_values_tell_where_a_curve_turns():
    asked = []

    def values(ticks):
        asked.append(len(ticks))
        return (ticks / 700 * np.exp(-ticks / 700))[None]

    found = turning_ticks(np.empty(0, np.int64), 10**7, values)
    assert values(found).max() == pytest.approx(np.exp(-1), rel=1e-4)
    assert sum(asked) < 5000


def test_what_is_drawn_already_is_not_drawn_again():
    drawn = np.linspace(0, 99_999, 500).astype(np.int64)
    straight = hidden_ticks(drawn, drawn[:0], 100_000, lambda ticks: 1.0 + ticks[None] / 7)
    assert not len(straight)
    jump = hidden_ticks(drawn, drawn[:0], 100_000, lambda ticks: np.float64(ticks > 54_321)[None])
    assert {54_321, 54_322} <= set(jump.tolist())
