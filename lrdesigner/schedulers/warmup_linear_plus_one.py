"""warmup_linear_plus_one: a straight line, (t + 1) / W, with no step at 0.

lr(t) = base · (t + 1) / W for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec, steps
from lrdesigner.schedulers._sources import HUGGING_FACE, SCHEDULE_FREE


def text(args: Args) -> str:
    """lr(t) = base · (t + 1) / W for t < W, then base."""
    return f"min(t + 1, {steps(args, 'warmup_steps')}) / {steps(args, 'warmup_steps')}"


SPEC = formula_spec(
    key="warmup_linear_plus_one",
    title="Linear (t+1)/W",
    category=Category.WARM_UP,
    order=122,
    summary="A straight line that gives the first step an LR above 0 already.",
    formula="lr(t) = base · min(1, (t + 1) / warmup_steps)",
    source="schedule_free, min(1, (t + 1) / W); Hugging Face cosine_warmup_with_min_lr",
    latex=(r"\mathrm{lr}(t)=\mathrm{base}\cdot\min(1,\ (t+1)/\mathit{warmup\_steps})",),
    use="A linear warm-up in which no step is wasted.",
    traps=(
        Trap(
            "The base LR is reached at the warm-up's last step, one step earlier than with t / W.",
            "info",
        ),
    ),
    links={"schedule_free": SCHEDULE_FREE, "Hugging Face cosine_warmup_with_min_lr": HUGGING_FACE},
    keywords=("warm-up linear from 1 / w", "schedule-free", "(t+1)/W", "nanogpt"),
    params=(duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),),
    text=text,
)
