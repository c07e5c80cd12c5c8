"""cosine_linear_tail: half a cosine that is cut short by a straight line to 0.

With c(t) = floor + (base − floor) · ½ (1 + cos(π t / T)), T = total_steps, D = decay_steps: c(t)
while t < T − D, then c(T − D) · (T − t) / D.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import before_end, end_of, time
from lrdesigner.schedulers._family import (
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
    formula="lr(t) = c(t) for t < T − D, then c(T − D) · (T − t) / D, "
    "c(t) = floor + (base − floor) · ½ (1 + cos(π t / T))",
    source="OLMo-core, optim/scheduler.py CosWithWarmupAndLinearDecay",
    keywords=("olmo", "olmo-core", "coswithwarmupandlineardecay", "cooldown", "alpha_f"),
    params=(
        duration(text="T: steps of the whole cosine"),
        span("decay_steps", "D: steps of the line to 0; 0: none."),
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
