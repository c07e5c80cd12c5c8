"""fractal_chebyshev: the reciprocals of Chebyshev nodes in fractal order, high and low mixed.

lr(t) = base / (c − r · cos(π (σ(i) + ½) / n)) with i = t − delay within 0 … n − 1, c = (M + m) / 2,
r = (M − m) / 2, and n the power of two that is total_steps or follows it. σ of n steps comes from
σ' of n / 2: σ(2 i) = σ'(i), σ(2 i + 1) = n − 1 − σ'(i) (Agarwal et al. 2021). The LR goes from
base / M to base / m, so that single steps are far above the base LR; m and M are small_m and big_m.
pytorch_optimizer begins two epochs late: delay = 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import level, start
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, plus, span
from lrdesigner.schedulers._sources import PYTORCH_OPTIMIZER_CHEBYSHEV

# Each doubling is one more bracket, and the order is of no use to anyone over so many steps.
_MOST = 2**16


def text(args: Args) -> str:
    """lr(t) = base / (c − r · cos(π (σ(t) + ½) / n))."""
    count, late = _nodes(args), args["delay"]
    step = f"min(max(t{plus(-late)}, 0), {count - 1})" if late else f"min(t, {count - 1})"
    low, high = args["small_m"], args["big_m"]
    middle, radius = number((high + low) / 2), number((high - low) / 2)
    return f"1 / ({middle} - {radius} * cos(pi * ({_place(step, count)} + 0.5) / {count}))"


def _nodes(args: Args) -> int:
    """The power of two that a number of steps is rounded up to."""
    last: int = args["total_steps"] - 1
    return 1 << last.bit_length()


def _place(step: str, count: int) -> str:
    """The place of a step in fractal order: as |b (n − 1) − σ'|, where b is its lowest digit."""
    place, half = "0", 1
    for power in reversed(range(count.bit_length() - 1)):
        half *= 2
        digit = f"{step} // {2**power} % 2" if power else f"{step} % 2"
        place = f"abs({digit} * {half - 1} - {place})" if place != "0" else f"{digit}"
    return place


def errors(args: Args) -> Iterator[str]:
    """More steps than the formula has room for, and bounds the wrong way round."""
    if args["total_steps"] > _MOST:
        yield (
            f"total_steps must be {_MOST:,} or less, not {args['total_steps']:,}; give it a number "
            "such as 1024, after which the LR stays, or let the phase step once an epoch"
        )
    if args["small_m"] > args["big_m"]:
        yield (
            f"small_m must not be greater than big_m ({args['big_m']:g}), not "
            f"{args['small_m']:g}; lower small_m, or raise big_m"
        )


def starter_for(length: int, base: float) -> dict[str, object]:
    """Few enough steps."""
    return {"total_steps": 1024} if length > _MOST else {}


SPEC = formula_spec(
    key="fractal_chebyshev",
    title="Chebyshev",
    category=Category.CYCLIC,
    order=180,
    summary="Steps far above the base LR between steps below it, in a fractal order that keeps "
    "them in balance.",
    formula="lr(t) = base / (k − r · cos(π (σ(i) + ½) / n)), k = (M + m) / 2, r = (M − m) / "
    "2, i = t − delay, m = small_m, M = big_m, n = total_steps as a power of two, σ "
    "fractal order",
    source="Agarwal, Goel & Zhang 2021, arXiv:2103.01338; pytorch_optimizer get_chebyshev_schedule",
    latex=(
        r"\mathrm{lr}(t)=\frac{\mathrm{base}}{k-r\cdot\cos\theta}",
        r"\theta=\pi\cdot\frac{\sigma(i)+1/2}{n}",
        r"k=(M+m)/2",
        r"r=(M-m)/2",
        r"M=\mathit{big\_m}",
        r"m=\mathit{small\_m}",
        r"i=\min(\max(t-\mathit{delay},\ 0),\ n-1)",
        r"\text{with }n\text{ the power of two from }\mathit{total\_steps}\text{ on}",
        r"\text{and }\sigma\text{ the fractal order of }n\text{ steps}",
    ),
    use="Plain gradient descent on well-behaved problems, where large steps between "
    "small ones pay off; research.",
    traps=(
        Trap(
            "Single steps are up to base / small_m, twenty times the base LR by default: "
            "no optimizer with momentum likes that."
        ),
        Trap(
            "The high steps are only safe in balance with the low ones: a run that is "
            "cut before total_steps, or lengthened, loses that."
        ),
        Trap(
            "Over many thousand steps the order is of little use, and more than 65,536 "
            "are refused: step it once per epoch.",
            "error",
            rule="parameter-refused",
        ),
        Trap("pytorch_optimizer begins two steps late, which is a delay of 2 here.", "info"),
    ),
    links={"pytorch_optimizer get_chebyshev_schedule": PYTORCH_OPTIMIZER_CHEBYSHEV},
    keywords=("fractal", "pytorch_optimizer", "get_chebyshev_schedule", "acceleration", "nodes"),
    params=(
        span(
            "total_steps",
            "Steps of the whole order, rounded up to a power of two; empty: the phase's length.",
            default=None,
            follows="length",
            minimum=1,
            maximum=_MOST,
        ),
        FloatParam(
            name="small_m",
            default=0.05,
            above=0,
            help="The highest LR, at single steps, is the base LR divided by this.",
        ),
        FloatParam(
            name="big_m", default=1.0, above=0, help="The lowest LR is the base LR divided by this."
        ),
        span("delay", "Steps for which the first value stays; 2 in pytorch_optimizer."),
    ),
    starter_for=starter_for,
    errors=errors,
    text=text,
    grips=(level(start, "big_m"),),
)
