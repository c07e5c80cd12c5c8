"""warmup_one_minus_sqrt: one minus the root of the time that is left.

lr(t) = base · (1 − √(1 − t / W)) for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._shapes import WARMUPS


def text(args: Args) -> str:
    """lr(t) = base · (1 − √(1 − t / W)) for t < W, then base."""
    return WARMUPS["1-sqrt"].format(progress(args, "warmup_steps"))


SPEC = formula_spec(
    key="warmup_one_minus_sqrt",
    title="1 − √ rise",
    category=Category.WARM_UP,
    order=150,
    summary="Stays low for long and rises steeply at the end.",
    formula="lr(t) = base · (1 − √(1 − t / W)) for t < W, then base",
    source="Hugging Face transformers, get_wsd_schedule (warmup_type 1-sqrt)",
    keywords=("huggingface", "wsd", "1-sqrt", "square root"),
    params=(duration("warmup_steps", "W: steps of the warm-up"),),
    text=text,
)
