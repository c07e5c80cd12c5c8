"""cosine_hard_restarts: num_cycles half cosines of equal length, each from the base LR.

lr(t) = base · ½ (1 + cos(π · (num_cycles · t / total_steps mod 1))), and 0 from total_steps on.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import time
from lrdesigner.params import IntParam
from lrdesigner.schedulers._family import duration, formula_spec, steps


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
    formula="lr(t) = base · ½ (1 + cos(π · (num_cycles · t / total_steps mod 1)))",
    source="Hugging Face transformers, get_cosine_with_hard_restarts_schedule_with_warmup",
    keywords=("huggingface", "cosine_with_restarts", "sgdr", "num_cycles", "kohya", "diffusers"),
    params=(
        duration(text="Steps of all cycles together"),
        IntParam(name="num_cycles", default=1, minimum=1, unit="cycles", help="Half cosines."),
    ),
    starter={"num_cycles": 3},
    text=text,
    grips=(time(lambda args, group: args["total_steps"] / args["num_cycles"], "num_cycles"),),
)
