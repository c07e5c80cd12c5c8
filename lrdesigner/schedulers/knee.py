"""knee: explore at a high LR, then exploit on a straight line to 0.

With steps counted from 1 (n = t + 1): base · n / W while n ≤ W = warmup_steps, base while
n ≤ W + E (explore_steps), then base · max(0, 1 − (n − W − E) / (T − W − E)), T = total_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end_of, time
from lrdesigner.schedulers._family import branches, duration, fit_errors, formula_spec, span, steps


def text(args: Args) -> str:
    """lr(t) = base · n / W, then base, then base · (T − n) / (T − W − E), n = t + 1."""
    warmup = args["warmup_steps"]
    decay = args["total_steps"] - warmup - args["explore_steps"]
    fall = f"min(1, max(0, {steps(args)} - t - 1) / {decay})"
    return branches([warmup], [f"(t + 1) / {warmup}", fall]) if warmup else fall


SPEC = formula_spec(
    key="knee",
    title="Knee",
    category=Category.HOLD,
    order=150,
    summary="Explores at the base LR for about half the run, then falls on a line to 0.",
    formula="lr(t) = base · n / W for n ≤ W, base for n ≤ W + E, then "
    "base · (T − n) / (T − W − E), n = t + 1",
    source="Iyer et al. 2020, arXiv:2003.03977; nikhil-iyer-97/wide-minima-density-hypothesis",
    keywords=(
        "explore–exploit",
        "kneelr",
        "explore exploit",
        "wide minima",
        "linear",
        "warm-up",
        "trapezoidal",
    ),
    params=(
        duration(text="T: steps of all parts together"),
        span("warmup_steps", "W: steps of the warm-up; 0: none."),
        span("explore_steps", "E: steps at the base LR."),
    ),
    starter_for=lambda length, base: {"explore_steps": length // 2},
    errors=lambda args: fit_errors(args, "warmup_steps", "explore_steps", spare=1),
    text=text,
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(at_sum("warmup_steps", "explore_steps"), "explore_steps"),
        time(end_of("total_steps"), "total_steps"),
    ),
)
