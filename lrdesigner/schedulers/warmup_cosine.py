"""warmup_cosine: half a cosine upwards.

lr(t) = base · ½ (1 − cos(π t / W)) for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._shapes import WARMUPS
from lrdesigner.schedulers._sources import HUGGING_FACE


def text(args: Args) -> str:
    """lr(t) = base · ½ (1 − cos(π t / W)) for t < W, then base."""
    return WARMUPS["cosine"].format(progress(args, "warmup_steps"))


SPEC = formula_spec(
    key="warmup_cosine",
    title="Cosine rise",
    category=Category.WARM_UP,
    order=140,
    summary="Half a cosine upwards: gentle at both ends.",
    formula="lr(t) = base · ½ (1 − cos(π p)), p = min(1, t / warmup_steps)",
    source="Hugging Face transformers, get_wsd_schedule (warmup_type cosine); torch OneCycleLR",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot\frac{1-\cos\pi p}{2}",
        r"p=\min(1,\ t/\mathit{warmup\_steps})",
    ),
    use="A warm-up without corners at either end.",
    traps=(
        Trap(
            "The first step has an LR of 0, and the next few have hardly more: 1 % of "
            "the base LR after 6 % of the warm-up.",
            "info",
        ),
    ),
    links={"Hugging Face transformers, get_wsd_schedule": HUGGING_FACE},
    keywords=("huggingface", "wsd", "smooth", "s-curve"),
    params=(duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),),
    text=text,
)
