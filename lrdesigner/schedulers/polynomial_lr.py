"""PolynomialLR: decays to zero along a power of the remaining time."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import namespace
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._common import TORCH, Times, landmark_at, total_iters


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · (1 − min(t, total_iters) / total_iters)^power."""
    total = args["total_iters"]
    left = 1.0 - namespace(times).minimum(times, total) / total
    values: FloatArray = args.bases[index] * left ** args["power"]
    return values


SPEC = SchedulerSpec(
    key="PolynomialLR",
    title="Polynomial",
    category=Category.DECAY,
    order=50,
    summary="Falls to zero as a power of the time that is left; power 1 is a straight line.",
    formula="lr(t) = base · (1 − min(t, total_iters) / total_iters)^power",
    source=f"{TORCH}.PolynomialLR",
    keywords=("power", "linear decay"),
    params=(
        total_iters(),
        FloatParam(
            name="power",
            default=1.0,
            minimum=0,
            help="Exponent: 1 is a line, above 1 falls early, below 1 falls late.",
        ),
    ),
    starter={"power": 2.0},
    curve=curve,
    realise=plain_call("PolynomialLR"),
    broadcasts=("total_iters", "power"),
    composes=True,
    landmarks=landmark_at("total_iters"),
    flat_after=lambda args: int(args["total_iters"]),
    grips=(level(halfway("total_iters"), "power"), time(end_of("total_iters"), "total_iters")),
)
