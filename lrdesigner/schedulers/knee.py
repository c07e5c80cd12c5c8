"""knee: explore at a high LR, then exploit on a straight line to 0.

With steps counted from 1 (n = t + 1): base · n / W while n ≤ W = warmup_steps, base while
n ≤ W + E (explore_steps), then base · max(0, 1 − (n − W − E) / (T − W − E)), T = total_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end_of, time
from lrdesigner.schedulers._family import branches, duration, fit_errors, formula_spec, span, steps
from lrdesigner.schedulers._sources import KNEE


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
    formula="lr(t) = base · n / W for n ≤ W, base for n ≤ W + E, then base · (T − n) / (T − "
    "W − E), n = t + 1, W = warmup_steps, E = explore_steps, T = total_steps",
    source="Iyer et al. 2020, arXiv:2003.03977; nikhil-iyer-97/wide-minima-density-hypothesis",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"n/W&n\le W\\"
            r"1&n\le W+E\\"
            r"\frac{\max(0,\ T-n)}{T-W-E}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"W=\mathit{warmup\_steps}",
        r"E=\mathit{explore\_steps}",
        r"T=\mathit{total\_steps}",
        r"n=t+1",
    ),
    use="Runs with a fixed budget: explore at a high LR for about half of it, then go "
    "down into a wide minimum.",
    traps=(
        Trap(
            "The last of the total_steps has an LR of exactly 0 and trains nothing, as "
            "steps are counted from 1."
        ),
        Trap("explore_steps is 0 unless given, which leaves no knee: a plain line down.", "info"),
    ),
    links={"nikhil-iyer-97/wide-minima-density-hypothesis": KNEE},
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
        duration(text="Steps of all parts together; empty: the phase's length."),
        span("warmup_steps", "Steps of the warm-up; 0: none."),
        span("explore_steps", "Steps at the base LR after the warm-up; 0: none."),
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
