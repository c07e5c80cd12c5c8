"""warmup_quadratic: the square of a straight line.

lr(t) = base · (t / W)² for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._sources import AXOLOTL


def text(args: Args) -> str:
    """lr(t) = base · (t / W)² for t < W, then base."""
    return f"({progress(args, 'warmup_steps')}) ** 2"


SPEC = formula_spec(
    key="warmup_quadratic",
    title="Quadratic rise",
    category=Category.WARM_UP,
    order=130,
    summary="Starts gently and steepens: the square of a straight line.",
    formula="lr(t) = base · p², p = min(1, t / warmup_steps)",
    source="axolotl, get_cosine_schedule_with_quadratic_warmup",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot p^2",
        r"p=\min(1,\ t/\mathit{warmup\_steps})",
    ),
    use="A gentler start than a line, as in axolotl's cosine with quadratic warm-up.",
    traps=(
        Trap(
            "The first step has an LR of 0, and half way through the warm-up only a "
            "quarter of the LR is reached.",
            "info",
        ),
    ),
    links={"axolotl, get_cosine_schedule_with_quadratic_warmup": AXOLOTL},
    keywords=("axolotl", "squared", "cosine_with_quadratic_warmup"),
    params=(duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),),
    text=text,
)
