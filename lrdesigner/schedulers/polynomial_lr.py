"""PolynomialLR: decays to zero along a power of the remaining time."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
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
    formula="lr(t) = base · (1 − min(t, n) / n)^power, n = total_iters",
    source=f"{TORCH}.PolynomialLR",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}"
            r"\cdot\left(1-\frac{\min(t,\ n)}{n}\right)^{\mathit{power}}"
        ),
        r"n=\mathit{total\_iters}",
    ),
    use="Decay to 0 over a known length, as in semantic segmentation (power 0.9); power "
    "1 is a straight line.",
    traps=(
        Trap(
            "In torch total_iters is 5 unless given: the LR is 0 after 5 steps, whatever "
            "the run. Here it follows the phase."
        ),
        Trap("A total_iters beyond the phase's end never reaches 0.", rule="never-reached"),
        Trap("It ends at exactly 0 and has no floor; Poly + end LR has one.", "info"),
    ),
    keywords=("power", "linear decay"),
    params=(
        total_iters(),
        FloatParam(
            name="power",
            default=1.0,
            minimum=0,
            help="Exponent of the time that is left: 1 is a line, 2 falls early, 0.5 falls late.",
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
