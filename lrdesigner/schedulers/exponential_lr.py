"""ExponentialLR: decays by a factor every step."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import as_float
from lrdesigner.grips import end, level
from lrdesigner.params import REQUIRED
from lrdesigner.schedulers._common import TORCH, Times, gamma


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · gamma^t."""
    values: FloatArray = args.bases[index] * args["gamma"] ** as_float(times)
    return values


SPEC = SchedulerSpec(
    key="ExponentialLR",
    title="Exponential",
    category=Category.DECAY,
    order=30,
    summary="Falls by the same factor at every step.",
    formula="lr(t) = base · gamma^t",
    source=f"{TORCH}.ExponentialLR",
    keywords=("geometric",),
    params=(gamma(REQUIRED),),
    # Two decades over the phase, rounded so that the field stays readable.
    starter_for=lambda length, base: {"gamma": round(0.01 ** (1 / length), 8)},
    curve=curve,
    realise=plain_call("ExponentialLR"),
    broadcasts=("gamma",),
    composes=True,
    grips=(level(end, "gamma"),),
)
