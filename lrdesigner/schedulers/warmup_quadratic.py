"""warmup_quadratic: the square of a straight line.

lr(t) = base · (t / W)² for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import duration, formula_spec, progress


def text(args: Args) -> str:
    """lr(t) = base · (t / W)² for t < W, then base."""
    return f"({progress(args, 'warmup_steps')}) ** 2"


SPEC = formula_spec(
    key="warmup_quadratic",
    title="Quadratic rise",
    category=Category.WARM_UP,
    order=130,
    summary="Starts gently and steepens: the square of a straight line.",
    formula="lr(t) = base · (t / W)² for t < W, then base",
    source="axolotl, get_cosine_schedule_with_quadratic_warmup",
    keywords=("axolotl", "squared", "cosine_with_quadratic_warmup"),
    params=(duration("warmup_steps", "W: steps of the warm-up"),),
    text=text,
)
