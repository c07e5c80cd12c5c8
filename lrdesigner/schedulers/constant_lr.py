"""ConstantLR: a constant fraction of the base LR, for a while."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.engine.arrays import namespace
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._common import TORCH, Times, landmark_at, total_iters


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · factor while t < total_iters, then base."""
    base = args.bases[index]
    values: FloatArray = namespace(times).where(
        times < args["total_iters"], base * args["factor"], base
    )
    return values


SPEC = SchedulerSpec(
    key="ConstantLR",
    title="Constant",
    category=Category.HOLD,
    order=10,
    summary="Holds the LR at a fraction of its base; factor 1 is a plain hold.",
    formula="lr(t) = base · factor for t < total_iters, then base",
    source=f"{TORCH}.ConstantLR",
    keywords=("hold", "flat", "warm-up"),
    params=(
        FloatParam(
            name="factor",
            default=1.0 / 3,
            above=0,
            maximum=1,
            unit="× base",
            help="Fraction of the base LR until total_iters.",
        ),
        total_iters(),
    ),
    starter={"factor": 1.0},
    curve=curve,
    realise=plain_call("ConstantLR"),
    broadcasts=("factor", "total_iters"),
    composes=True,
    landmarks=landmark_at("total_iters"),
    flat_after=lambda args: 0 if args["factor"] == 1 else int(args["total_iters"]),
    grips=(level(halfway("total_iters"), "factor"), time(end_of("total_iters"), "total_iters")),
)
