"""warmup_log: a logarithm, steep first and flat later.

lr(t) = base · min(1, ln(t + 1) / ln(max(2, W))), with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import duration, formula_spec


def text(args: Args) -> str:
    """lr(t) = base · min(1, ln(t + 1) / ln(max(2, W)))."""
    return f"min(1, log(t + 1) / log({max(2, args['warmup_steps'])}))"


SPEC = formula_spec(
    key="warmup_log",
    title="Log rise",
    category=Category.WARM_UP,
    order=160,
    summary="Rises steeply at first and levels off: DeepSpeed's default.",
    formula="lr(t) = base · min(1, ln(t + 1) / ln(max(2, W)))",
    source="DeepSpeed, runtime/lr_schedules.py WarmupLR (warmup_type log)",
    keywords=("warm-up logarithmic", "deepspeed", "logarithm", "warmuplr"),
    params=(duration("warmup_steps", "W: steps of the warm-up"),),
    text=text,
)
