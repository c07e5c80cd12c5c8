"""untuned_linear_warmup: a straight line as long as Adam's β₂ asks for.

lr(t) = base · min(1, ½ (1 − beta2) · (t + 1)), steps counted from 1: it lasts 2 / (1 − beta2)
steps, which pytorch_warmup rounds down to whole ones.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, tidy


def text(args: Args) -> str:
    """lr(t) = base · min(1, ½ (1 − beta2) · (t + 1))."""
    return f"min(1, (1 - {number(args['beta2'])}) / 2 * (t + 1))"


SPEC = formula_spec(
    key="untuned_linear_warmup",
    title="Untuned linear",
    category=Category.WARM_UP,
    order=180,
    summary="A straight line whose length follows from Adam's β₂: nothing to tune.",
    formula="lr(t) = base · min(1, ½ (1 − beta2) · (t + 1))",
    source="Ma & Yarats 2021, arXiv:1910.04209; pytorch_warmup UntunedLinearWarmup",
    keywords=("pytorch_warmup", "adam", "beta2", "dampening"),
    params=(
        FloatParam(
            name="beta2",
            default=0.999,
            minimum=0,
            below=1,
            help="Adam's second beta, which says how long the warm-up lasts.",
        ),
    ),
    # So that the base LR is reached at the end of the phase.
    starter_for=lambda length, base: {"beta2": max(0.0, 1 - tidy(2 / length))},
    text=text,
    grips=(time(lambda args, group: 2 / (1 - args["beta2"]) - 1, "beta2"),),
)
