"""warmup_cosine: half a cosine upwards.

lr(t) = base · ½ (1 − cos(π t / W)) for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._shapes import WARMUPS


def text(args: Args) -> str:
    """lr(t) = base · ½ (1 − cos(π t / W)) for t < W, then base."""
    return WARMUPS["cosine"].format(progress(args, "warmup_steps"))


SPEC = formula_spec(
    key="warmup_cosine",
    title="Cosine rise",
    category=Category.WARM_UP,
    order=140,
    summary="Half a cosine upwards: gentle at both ends.",
    formula="lr(t) = base · ½ (1 − cos(π t / W)) for t < W, then base",
    source="Hugging Face transformers, get_wsd_schedule (warmup_type cosine); torch OneCycleLR",
    keywords=("huggingface", "wsd", "smooth", "s-curve"),
    params=(duration("warmup_steps", "W: steps of the warm-up"),),
    text=text,
)
