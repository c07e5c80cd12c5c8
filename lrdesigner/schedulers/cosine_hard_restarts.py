"""cosine_hard_restarts: num_cycles half cosines of equal length, each from the base LR.

lr(t) = base · ½ (1 + cos(π · (num_cycles · t / total_steps mod 1))), and 0 from total_steps on.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import time
from lrdesigner.params import IntParam
from lrdesigner.schedulers._family import duration, formula_spec, steps
from lrdesigner.schedulers._sources import HUGGING_FACE


def text(args: Args) -> str:
    """lr(t) = base · ½ (1 + cos(π · (num_cycles · t / total_steps mod 1)))."""
    total = steps(args)
    # One division, exact at every restart; n · (t / total) may fall short of a whole number.
    wave = f"0.5 * (1 + cos(pi * ({args['num_cycles']} * t % {total} / {total})))"
    return f"where(t < {total}, {wave}, 0)"


SPEC = formula_spec(
    key="cosine_hard_restarts",
    title="Hard restarts",
    category=Category.CYCLIC,
    order=120,
    summary="Several half cosines of equal length, each starting from the base LR again.",
    formula="lr(t) = base · ½ (1 + cos(π · (num_cycles · t / T mod 1))), then 0 from T = "
    "total_steps on",
    source="Hugging Face transformers, get_cosine_with_hard_restarts_schedule_with_warmup",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"\frac{1}{2}(1+\cos\theta)&t<T\\"
            r"0&\text{otherwise}"
            r"\end{cases}"
        ),
        r"\theta=\pi\cdot\left(\frac{\mathit{num\_cycles}\cdot t}{T}\bmod 1\right)",
        r"T=\mathit{total\_steps}",
    ),
    use="Recipes that name cosine_with_restarts: a fixed number of equal cycles, however "
    "long the run is.",
    traps=(
        Trap(
            "Each restart jumps from nearly 0 to the full base LR in one step; there is "
            "no warm-up in it."
        ),
        Trap(
            "One fall is num_cycles 1 here, but 0.5 in Cosine waves, which counts whole waves.",
            "info",
        ),
    ),
    links={"get_cosine_with_hard_restarts_schedule_with_warmup": HUGGING_FACE},
    keywords=("huggingface", "cosine_with_restarts", "sgdr", "num_cycles", "kohya", "diffusers"),
    params=(
        duration(text="Steps of all cycles together; empty: the phase's length."),
        IntParam(
            name="num_cycles",
            default=1,
            minimum=1,
            unit="cycles",
            help="Falls from the base LR to 0, all of the same length.",
        ),
    ),
    starter={"num_cycles": 3},
    text=text,
    grips=(time(lambda args, group: args["total_steps"] / args["num_cycles"], "num_cycles"),),
)
