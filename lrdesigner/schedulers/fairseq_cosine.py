"""fairseq_cosine: one warm-up, then half cosines whose peak and floor shrink together.

init + (base − init) · t / W while t < W = warmup_updates, then lr_shrink^c · (min + ½ (base − min)
(1 + cos(π s / L))) in cycle c, s steps after its start, with L = lr_period_updates · t_mult^c.
init is warmup_init_lr, or min_lr if that is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._cycles import MOST_CYCLES, Cycles
from lrdesigner.schedulers._family import absolute, branches, formula_spec, number, plus, span
from lrdesigner.schedulers._shapes import COSINE, growing, whole_from
from lrdesigner.schedulers._sources import FAIRSEQ_COSINE


def text(args: Args) -> str:
    """lr(t) = lr_shrink^c · (min + (base − min) · ½ (1 + cos(π s / L))) after the warm-up."""
    warmup = args["warmup_updates"]
    curve = _cycles(args)
    if not warmup:
        return curve
    given = args["warmup_init_lr"]
    low = absolute(args["min_lr"] if given is None else given)
    rise = f"t / {warmup}" if low == "0" else f"{low} + (1 - {low}) * t / {warmup}"
    return branches([warmup], [rise, curve])


def _cycles(args: Args) -> str:
    """What comes after the warm-up."""
    first, warmup, shrink = args["lr_period_updates"], args["warmup_updates"], args["lr_shrink"]
    if args["t_mult"] == 1:
        passed = f"(t{plus(-warmup)})" if warmup else "t"
        wave = _above(args, COSINE.format(f"{passed} % {first} / {first}"))
        return wave if shrink == 1 else f"{number(shrink)} ** ({passed} // {first}) * ({wave})"
    cycles = list(islice(_growing(args), MOST_CYCLES))
    waves = []
    for place, (begin, length) in enumerate(cycles):
        shape = COSINE.format(f"(t - {number(warmup + begin)}) / {number(length)}")
        peak = shrink**place
        waves.append(_above(args, shape) if peak == 1 else f"{peak!r} * ({_above(args, shape)})")
    return branches([warmup + whole_from(begin) for begin, _ in cycles[1:]], waves)


def _growing(args: Args) -> Iterator[tuple[float, float]]:
    left = max(0, args.length - args["warmup_updates"])
    return growing(args["lr_period_updates"], args["t_mult"], left)


def _above(args: Args, shape: str) -> str:
    low = absolute(args["min_lr"])
    return shape if low == "0" else f"{low} + (1 - {low}) * {shape}"


def _trough(args: Args, group: int) -> float:
    """The last step of the first cycle."""
    return float(min(args["warmup_updates"] + args["lr_period_updates"] - 1, args.ticks))


SPEC = formula_spec(
    key="fairseq_cosine",
    title="Cosine fairseq",
    category=Category.CYCLIC,
    order=138,
    summary="A warm-up once, then half cosines; peak and floor are ten times lower in each cycle "
    "unless told otherwise.",
    formula="lr(t) = i + (base − i) · t / W for t < W, then z^c · (m + (base − m) · ½ (1 + "
    "cos(π s / L))), s steps into cycle c of L = lr_period_updates · t_mult^c steps, "
    "W = warmup_updates, i = warmup_init_lr, m = min_lr, z = lr_shrink",
    source="fairseq, optim/lr_scheduler/cosine_lr_scheduler.py; Loshchilov & Hutter 2017, "
    "arXiv:1608.03983",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"i+(\mathrm{base}-i)\cdot t/W&t<W\\"
            r"z^c\cdot(m+(\mathrm{base}-m)\cdot x)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"x=\frac{1}{2}(1+\cos\theta)",
        r"\theta=\pi s/L",
        r"L=\mathit{lr\_period\_updates}\cdot\mathit{t\_mult}^c",
        r"W=\mathit{warmup\_updates}",
        r"i=\mathit{warmup\_init\_lr}",
        r"m=\mathit{min\_lr}",
        r"z=\mathit{lr\_shrink}",
    ),
    use="Language models and translation in fairseq with its cosine schedule, drawn as it runs.",
    traps=(
        Trap(
            "lr_shrink is 0.1 unless given: the peak of the second cycle is a tenth of "
            "the first one's."
        ),
        Trap("The floor shrinks with the peak: min_lr holds in the first cycle only."),
        Trap(
            "min_lr is absolute: a group whose LR is below it rises during the first cycle.",
            rule="floor-above-lr",
        ),
    ),
    links={"fairseq, optim/lr_scheduler/cosine_lr_scheduler.py": FAIRSEQ_COSINE},
    keywords=("warmup cosine", "sgdr", "restarts", "lr_shrink", "t_mult", "annealing", "warm-up"),
    params=(
        span("warmup_updates", "Steps of the warm-up; 0: none."),
        FloatParam(
            name="warmup_init_lr",
            default=None,
            nullable=True,
            minimum=0,
            unit="lr",
            help="LR that the warm-up starts from, absolute; empty: min_lr.",
        ),
        FloatParam(
            name="min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="Lowest LR of the first cycle, absolute and the same for every group.",
        ),
        span(
            "lr_period_updates",
            "Steps of the first cycle; empty: the phase's length.",
            default=None,
            follows="length",
            minimum=1,
        ),
        FloatParam(
            name="t_mult",
            default=1.0,
            minimum=1,
            maximum=1000,
            unit="×",
            help="How many times as long each cycle is as the one before.",
        ),
        FloatParam(
            name="lr_shrink",
            default=0.1,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on peak and floor from one cycle to the next; 1: none.",
        ),
    ),
    starter={"lr_shrink": 0.5},
    starter_for=lambda length, base: {
        "warmup_updates": length // 20,
        "lr_period_updates": max(1, -(-(length - length // 20) // 3)),
    },
    text=text,
    cycles=Cycles(_growing, "lr_period_updates", "t_mult"),
    grips=(
        level(start, "warmup_init_lr"),
        time(at_sum("warmup_updates"), "warmup_updates"),
        level(_trough, "min_lr"),
        time(at_sum("warmup_updates", "lr_period_updates"), "lr_period_updates", "lr_shrink"),
    ),
)
