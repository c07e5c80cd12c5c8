"""ConstantLR: a constant fraction of the base LR, for a while."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
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
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"\mathit{factor}&t<\mathit{total\_iters}\\"
            r"1&\text{otherwise}"
            r"\end{cases}"
        ),
    ),
    use="A plain hold (factor 1), or a short stretch at a reduced LR before the run proper.",
    traps=(
        Trap(
            "torch's own defaults hold a third of the LR for 5 steps, then jump to three "
            "times as much. Here total_iters follows the phase; set factor to 1 for a "
            "plain hold."
        ),
        Trap(
            "A total_iters beyond the phase's end never gives the full LR back.",
            rule="never-reached",
        ),
        Trap(
            "A factor of 0 passes torch's constructor and stops the training with a "
            "division by zero at total_iters; it is refused here.",
            "error",
            rule="parameter-refused",
        ),
        Trap(
            "Resuming: construct it before optimizer.load_state_dict. Constructed "
            "afterwards it multiplies the restored LR by factor, for good."
        ),
    ),
    keywords=("hold", "flat", "warm-up"),
    params=(
        FloatParam(
            name="factor",
            default=1.0 / 3,
            above=0,
            maximum=1,
            unit="× base",
            help="Fraction of the base LR until total_iters; 1 is a plain hold.",
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
