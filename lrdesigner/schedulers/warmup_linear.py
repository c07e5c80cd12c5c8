"""warmup_linear: a straight line from 0, t / W.

lr(t) = base · t / W for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import duration, formula_spec, progress


def text(args: Args) -> str:
    """lr(t) = base · t / W for t < W, then base."""
    return progress(args, "warmup_steps")


SPEC = formula_spec(
    key="warmup_linear",
    title="Linear t/W",
    category=Category.WARM_UP,
    order=120,
    summary="A straight line from 0 to the base LR; the first step has an LR of 0.",
    formula="lr(t) = base · t / W for t < W, then base",
    source="Hugging Face transformers, num_warmup_steps; fairseq, Megatron-LM",
    keywords=("huggingface", "num_warmup_steps", "constant_with_warmup", "megatron", "t/W"),
    params=(duration("warmup_steps", "W: steps of the warm-up"),),
    text=text,
)
