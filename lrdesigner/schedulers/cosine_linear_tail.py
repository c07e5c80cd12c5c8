"""cosine_linear_tail: half a cosine that is cut short by a straight line to 0.

With c(t) = floor + (base − floor) · ½ (1 + cos(π t / T)), T = total_steps, D = decay_steps: c(t)
while t < T − D, then c(T − D) · (T − t) / D.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import before_end, end_of, time
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    above_floor,
    branches,
    duration,
    fit_errors,
    floor_errors,
    floor_params,
    formula_spec,
    span,
    steps,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import OLMO_CORE


def text(args: Args) -> str:
    """lr(t) = c(t) while t < T − D, then c(T − D) · (T − t) / D; c is half a cosine."""
    total, decay = steps(args), args["decay_steps"]
    cut = args["total_steps"] - decay
    if not decay:
        return above_floor(args, COSINE.format(f"min(t, {total}) / {total}"))
    curve = above_floor(args, COSINE.format(f"t / {total}"))
    reached = above_floor(args, COSINE.format(f"{cut} / {total}"))
    fall = f"max(0, {total} - t) / {decay} * ({reached})"
    return branches([cut], [curve, fall]) if cut else fall


def errors(args: Args) -> Iterator[str]:
    """A tail that is longer than the whole, and two floors."""
    yield from fit_errors(args, "decay_steps")
    yield from floor_errors(args)


SPEC = formula_spec(
    key="cosine_linear_tail",
    title="Cosine + line",
    category=Category.DECAY,
    order=153,
    summary="Half a cosine to a floor, left before its end on a straight line to 0.",
    formula="lr(t) = c(t) for t < T − D, then c(T − D) · (T − t) / D, c(x) = floor + (base − "
    "floor) · ½ (1 + cos(π x / T)), T = total_steps, D = decay_steps, floor = min_lr "
    "or min_lr_ratio · base",
    source="OLMo-core, optim/scheduler.py CosWithWarmupAndLinearDecay",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"c(t)&t<T-D\\"
            r"c(T-D)\cdot\frac{T-t}{D}&t<T\\"
            r"0&\text{otherwise}"
            r"\end{cases}"
        ),
        r"c(x)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot\frac{1+\cos(\pi x/T)}{2}",
        r"T=\mathit{total\_steps}",
        r"D=\mathit{decay\_steps}",
        FLOOR_LATEX,
    ),
    use="A cosine run whose last stretch goes straight to 0, whatever floor the cosine has.",
    traps=(
        Trap(
            "The line sets out from wherever the cosine is at T − D: with a long tail it "
            "begins high, and the cosine never gets down to its floor."
        ),
        Trap("The line ends at 0, below the floor.", "info"),
        FLOOR_TRAP,
    ),
    links={"OLMo-core, optim/scheduler.py": OLMO_CORE},
    keywords=("olmo", "olmo-core", "coswithwarmupandlineardecay", "cooldown", "alpha_f"),
    params=(
        duration(text="Steps of the whole schedule, the line included; empty: the phase's length."),
        span("decay_steps", "Steps of the line to 0 at the end; 0: none."),
        *floor_params(),
    ),
    starter={"min_lr_ratio": 0.1},
    starter_for=lambda length, base: {"decay_steps": length // 10},
    errors=errors,
    text=text,
    grips=(
        time(before_end("total_steps", "decay_steps"), "decay_steps", "min_lr_ratio", "min_lr"),
        time(end_of("total_steps"), "total_steps"),
    ),
)
