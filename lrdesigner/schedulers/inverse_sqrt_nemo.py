"""inverse_sqrt_nemo: inverse square root as NeMo defines it.

lr(t) = base · (t + 1) / (W + 1) while t < W = warmup_steps, then base / √((t + 1) / (W + 1)).
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import branches, formula_spec, span


def text(args: Args) -> str:
    """lr(t) = base · (t + 1) / (W + 1) while t < W, then base / √((t + 1) / (W + 1))."""
    warmup = args["warmup_steps"]
    decay = f"1 / sqrt((t + 1) / {warmup + 1})"
    return branches([warmup], [f"(t + 1) / {warmup + 1}", decay]) if warmup else decay


SPEC = formula_spec(
    key="inverse_sqrt_nemo",
    title="1/√t NeMo",
    category=Category.DECAY,
    order=226,
    summary="Linear warm-up that starts above 0, then 1 / √t, both counted from the first step.",
    formula="lr(t) = base · (t + 1) / (W + 1) for t < W, then base / √((t + 1) / (W + 1))",
    source="NeMo, core/optim/lr_scheduler.py InverseSquareRootAnnealing",
    keywords=("nvidia", "rsqrt", "inversesquarerootannealing", "warm-up"),
    params=(span("warmup_steps", "W: steps of the warm-up; 0: none."),),
    starter_for=lambda length, base: {"warmup_steps": length // 10},
    text=text,
)
