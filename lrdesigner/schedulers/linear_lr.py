"""LinearLR: a straight line between two fractions of the base LR."""

from __future__ import annotations

import math
from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.arrays import namespace
from lrdesigner.grips import end_of, level, start, time
from lrdesigner.i18n import tr
from lrdesigner.params import FloatParam
from lrdesigner.params.base import shown
from lrdesigner.schedulers._common import TORCH, Times, landmark_at, total_iters


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · (start + (end − start) · min(t, total_iters) / total_iters)."""
    start, end, total = args["start_factor"], args["end_factor"], args["total_iters"]
    values: FloatArray = args.bases[index] * (
        start + (end - start) * namespace(times).minimum(times, total) / total
    )
    return values


def errors(args: Args) -> Iterator[str]:
    """A start so small that torch, which multiplies from step to step, divides beyond all numbers.

    The greatest of its factors is the first: 1 + (end − start) / (total_iters · start).
    """
    start, end, total = args["start_factor"], args["end_factor"], args["total_iters"]
    if args.ticks and math.isinf(1.0 + (end - start) / (total * start)):
        yield tr(
            "start_factor {value} is so small that torch's factor at t = 1 is beyond all numbers; "
            "write 1e-300 or more, or take Linear t/W, which starts from 0",
            value=shown(start),
        )


SPEC = SchedulerSpec(
    key="LinearLR",
    errors=errors,
    title="Linear",
    category=Category.WARM_UP,
    order=10,
    summary="A straight line from start_factor to end_factor times the base LR: warm-up or decay.",
    formula="lr(t) = base · (a + (b − a) · p), p = min(t, n) / n, a = start_factor, b = "
    "end_factor, n = total_iters",
    source=f"{TORCH}.LinearLR",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot(a+(b-a)\cdot p)",
        r"p=\min(t,\ n)/n",
        r"n=\mathit{total\_iters}",
        r"a=\mathit{start\_factor}",
        r"b=\mathit{end\_factor}",
    ),
    use="The usual warm-up in torch, and straight decays to a fraction of the LR.",
    traps=(
        Trap(
            "In torch total_iters is 5 unless given: a warm-up of 5 steps, whatever the "
            "run. Here it follows the phase."
        ),
        Trap(
            "A total_iters beyond the phase's end never reaches end_factor.", rule="never-reached"
        ),
        Trap(
            "start_factor must be above 0: a warm-up from exactly 0 is Linear t/W.",
            "error",
            rule="parameter-refused",
        ),
        Trap(
            "Down to an end_factor of 0, rounding may end at a tiny negative LR: −4.4 · "
            "10⁻¹⁹ from 0.1 in 5 steps.",
            "info",
        ),
        Trap(
            "Resuming: construct it before optimizer.load_state_dict. Constructed "
            "afterwards it multiplies the restored LR by start_factor, for good."
        ),
    ),
    keywords=("warm-up", "ramp", "decay"),
    params=(
        FloatParam(
            name="start_factor",
            default=1.0 / 3,
            above=0,
            maximum=1,
            unit="× base",
            help="Fraction of the base LR at the first step.",
        ),
        FloatParam(
            name="end_factor",
            default=1.0,
            minimum=0,
            maximum=1,
            unit="× base",
            help="Fraction of the base LR from total_iters on.",
        ),
        total_iters(),
    ),
    starter={"start_factor": 0.01},
    curve=curve,
    realise=plain_call("LinearLR"),
    broadcasts=("start_factor", "end_factor", "total_iters"),
    composes=True,
    landmarks=landmark_at("total_iters"),
    flat_after=lambda args: int(args["total_iters"]),
    grips=(level(start, "start_factor"), time(end_of("total_iters"), "total_iters", "end_factor")),
)
