"""budgeted_linear: a straight line to 0 at the end of the budget.

lr(t) = base · (1 − t / total_steps) (Li et al. 2020), and 0 after that. Hugging Face's ``linear``.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._sources import HUGGING_FACE


def text(args: Args) -> str:
    """lr(t) = base · (1 − t / total_steps)."""
    return f"1 - {progress(args)}"


SPEC = formula_spec(
    key="budgeted_linear",
    title="Linear to 0",
    category=Category.DECAY,
    order=164,
    summary="A straight line to 0 that ends with the phase, however long that is.",
    formula="lr(t) = base · (1 − p), p = min(1, t / total_steps)",
    source="Li et al. 2020, arXiv:1905.04753; Hugging Face get_linear_schedule_with_warmup",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot(1-p)",
        r"p=\min(1,\ t/\mathit{total\_steps})",
    ),
    use="Fine-tuning, and any run whose number of steps is fixed beforehand; the default "
    "of Hugging Face's Trainer.",
    traps=(
        Trap("The LR is exactly 0 from total_steps on: steps after that train nothing."),
        Trap(
            "A longer total_steps is another line from the first step on: a run that is "
            "lengthened later does not simply go on.",
            "info",
        ),
    ),
    links={"Hugging Face get_linear_schedule_with_warmup": HUGGING_FACE},
    keywords=("linear", "linear decay", "budget", "huggingface", "bert", "get_linear_schedule"),
    params=(duration(text="Steps until the LR is 0; empty: the phase's length."),),
    text=text,
)
