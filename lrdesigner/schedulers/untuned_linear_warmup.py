"""untuned_linear_warmup: a straight line as long as Adam's β₂ asks for.

lr(t) = base · min(1, ½ (1 − beta2) · (t + 1)), steps counted from 1: it lasts 2 / (1 − beta2)
steps, which pytorch_warmup rounds down to whole ones.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, tidy
from lrdesigner.schedulers._sources import PYTORCH_WARMUP


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
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot\min(1,\ \frac{1-\beta_2}{2}\cdot(t+1))",
        r"\beta_2=\mathit{beta2}",
    ),
    use="Adam without a warm-up length to choose: 2 / (1 − beta2) steps, 2,000 for the "
    "usual 0.999.",
    traps=(
        Trap("In a phase shorter than 2 / (1 − beta2) steps the base LR is not reached."),
        Trap("beta2 is a number of its own here: it does not follow the optimizer's betas."),
        Trap("pytorch_warmup rounds the length down to whole steps; this does not.", "info"),
    ),
    links={"pytorch_warmup UntunedLinearWarmup": PYTORCH_WARMUP},
    keywords=("pytorch_warmup", "adam", "beta2", "dampening"),
    params=(
        FloatParam(
            name="beta2",
            default=0.999,
            minimum=0,
            below=1,
            help="Adam's second beta; the warm-up lasts 2 / (1 − beta2) steps.",
        ),
    ),
    # So that the base LR is reached at the end of the phase.
    starter_for=lambda length, base: {"beta2": max(0.0, 1 - tidy(2 / length))},
    text=text,
    grips=(time(lambda args, group: 2 / (1 - args["beta2"]) - 1, "beta2"),),
)
