"""warmup_log: a logarithm, steep first and flat later.

lr(t) = base · min(1, ln(t + 1) / ln(max(2, W))), with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec
from lrdesigner.schedulers._sources import DEEPSPEED


def text(args: Args) -> str:
    """lr(t) = base · min(1, ln(t + 1) / ln(max(2, W)))."""
    return f"min(1, log(t + 1) / log({max(2, args['warmup_steps'])}))"


SPEC = formula_spec(
    key="warmup_log",
    title="Log rise",
    category=Category.WARM_UP,
    order=160,
    summary="Rises steeply at first and levels off: DeepSpeed's default.",
    formula="lr(t) = base · min(1, ln(t + 1) / ln(W)), W = warmup_steps",
    source="DeepSpeed, runtime/lr_schedules.py WarmupLR (warmup_type log)",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot\min\left(1,\ \frac{\ln(t+1)}{\ln W}\right)",
        r"W=\max(2,\ \mathit{warmup\_steps})",
    ),
    use="DeepSpeed's default warm-up in front of a decay of your own.",
    traps=(
        Trap(
            "It is steep at the very start, where a warm-up should be gentle: half of "
            "the way is covered after √W steps."
        ),
        Trap("The first step has an LR of 0.", "info"),
    ),
    links={"DeepSpeed, runtime/lr_schedules.py": DEEPSPEED},
    keywords=("warm-up logarithmic", "deepspeed", "logarithm", "warmuplr"),
    params=(duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),),
    text=text,
)
