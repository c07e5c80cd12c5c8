"""untuned_exponential_warmup: nears the base LR as fast as Adam's β₂ asks for.

lr(t) = base · (1 − e^(−(1 − beta2) · (t + 1))), steps counted from 1: τ = 1 / (1 − beta2), which
pytorch_warmup rounds down to a whole number.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, tidy
from lrdesigner.schedulers._sources import PYTORCH_WARMUP


def text(args: Args) -> str:
    """lr(t) = base · (1 − e^(−(1 − beta2) · (t + 1)))."""
    return f"1 - exp(-(1 - {number(args['beta2'])}) * (t + 1))"


SPEC = formula_spec(
    key="untuned_exponential_warmup",
    title="Untuned exp.",
    category=Category.WARM_UP,
    order=182,
    summary="Steep first and flat later, at the pace that follows from Adam's β₂: nothing to tune.",
    formula="lr(t) = base · (1 − e^(−(1 − beta2) · (t + 1)))",
    source="Ma & Yarats 2021, arXiv:1910.04209; pytorch_warmup UntunedExponentialWarmup",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot(1-e^{-(1-\beta_2)\cdot(t+1)})",
        r"\beta_2=\mathit{beta2}",
    ),
    use="Adam without a warm-up length to choose.",
    traps=(
        Trap(
            "It never quite reaches the base LR: after 1 / (1 − beta2) steps 37 % of the "
            "way are left.",
            "info",
        ),
        Trap("beta2 is a number of its own here: it does not follow the optimizer's betas."),
        Trap(
            "pytorch_warmup rounds 1 / (1 − beta2) down to a whole number; this does not.", "info"
        ),
    ),
    links={"pytorch_warmup UntunedExponentialWarmup": PYTORCH_WARMUP},
    keywords=("pytorch_warmup", "adam", "beta2", "dampening"),
    params=(
        FloatParam(
            name="beta2",
            default=0.999,
            minimum=0,
            below=1,
            help="Adam's second beta; 63 % of the way take 1 / (1 − beta2) steps.",
        ),
    ),
    # So that it gets near the base LR within the phase.
    starter_for=lambda length, base: {"beta2": max(0.0, 1 - tidy(5 / length))},
    text=text,
    grips=(time(lambda args, group: 1 / (1 - args["beta2"]), "beta2"),),
)
