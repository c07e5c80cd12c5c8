"""warmup_one_minus_sqrt: one minus the root of the time that is left.

lr(t) = base · (1 − √(1 − t / W)) for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._shapes import WARMUPS
from lrdesigner.schedulers._sources import HUGGING_FACE


def text(args: Args) -> str:
    """lr(t) = base · (1 − √(1 − t / W)) for t < W, then base."""
    return WARMUPS["1-sqrt"].format(progress(args, "warmup_steps"))


SPEC = formula_spec(
    key="warmup_one_minus_sqrt",
    title="1 − √ rise",
    category=Category.WARM_UP,
    order=150,
    summary="Stays low for long and rises steeply at the end.",
    formula="lr(t) = base · (1 − √(1 − p)), p = min(1, t / warmup_steps)",
    source="Hugging Face transformers, get_wsd_schedule (warmup_type 1-sqrt)",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot(1-\sqrt{1-p})",
        r"p=\min(1,\ t/\mathit{warmup\_steps})",
    ),
    use="A warm-up that stays careful for most of its length.",
    traps=(
        Trap(
            "The end is steep: the last hundredth of the warm-up takes the LR from 90 % "
            "to 100 % of the base LR.",
            "info",
        ),
        Trap("The first step has an LR of 0.", "info"),
    ),
    links={"Hugging Face transformers, get_wsd_schedule": HUGGING_FACE},
    keywords=("huggingface", "wsd", "1-sqrt", "square root"),
    params=(duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),),
    text=text,
)
