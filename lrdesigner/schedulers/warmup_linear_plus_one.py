"""warmup_linear_plus_one: a straight line, (t + 1) / W, with no step at 0.

lr(t) = base · (t + 1) / W for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import duration, formula_spec, steps


def text(args: Args) -> str:
    """lr(t) = base · (t + 1) / W for t < W, then base."""
    return f"min(t + 1, {steps(args, 'warmup_steps')}) / {steps(args, 'warmup_steps')}"


SPEC = formula_spec(
    key="warmup_linear_plus_one",
    title="Linear (t+1)/W",
    category=Category.WARM_UP,
    order=122,
    summary="A straight line that gives the first step an LR above 0 already.",
    formula="lr(t) = base · (t + 1) / W for t < W, then base",
    source="schedule_free, min(1, (t + 1) / W); Hugging Face cosine_warmup_with_min_lr",
    keywords=("warm-up linear from 1 / w", "schedule-free", "(t+1)/W", "nanogpt"),
    params=(duration("warmup_steps", "W: steps of the warm-up"),),
    text=text,
)
