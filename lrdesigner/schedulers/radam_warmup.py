"""radam_warmup: RAdam's rectification as a warm-up for plain Adam.

lr(t) = base · √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ)) with ρ∞ = 2 / (1 − beta2) − 1, n = t +
δ, ρ = ρ∞ − 2 n beta2^n / (1 − beta2^n), and δ the first n at which ρ > 4 (Ma & Yarats 2021;
pytorch_warmup). It comes near 1 after about 2 / (1 − beta2) steps. The formula has ρ as
ρ∞ + n − n / tanh(−½ n ln beta2), which is the same and loses fewer digits.
"""

from __future__ import annotations

import math

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, plus, tidy


def text(args: Args) -> str:
    """lr(t) = base · √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ))."""
    beta = args["beta2"]
    top, rate = 2 / (1 - beta) - 1, -0.5 * math.log(beta)
    n = f"(t{plus(_first(beta))})"
    rho = f"({number(top)} + {n} - {n} / tanh({number(rate)} * {n}))"
    scale = number((top - 4) * (top - 2) / top)
    return f"sqrt(({rho} - 4) * ({rho} - 2) / ({scale} * {rho}))"


def _first(beta: float) -> int:
    """The first n at which ρ is above 4."""
    top, rate, n = 2 / (1 - beta) - 1, -0.5 * math.log(beta), 1
    while top + n - n / math.tanh(rate * n) <= 4:
        n += 1
    return n


SPEC = formula_spec(
    key="radam_warmup",
    title="RAdam warm-up",
    category=Category.WARM_UP,
    order=184,
    summary="RAdam's rectification for plain Adam: its length follows from β₂, there is nothing to "
    "tune.",
    formula="lr(t) = base · √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ)), "
    "ρ = ρ∞ − 2 n β₂^n / (1 − β₂^n), ρ∞ = 2 / (1 − β₂) − 1",
    source="Liu et al. 2020, arXiv:1908.03265; Ma & Yarats 2021, arXiv:1910.04209; pytorch_warmup "
    "RAdamWarmup",
    keywords=("pytorch_warmup", "rectified adam", "rectification", "beta2", "dampening", "untuned"),
    params=(
        FloatParam(
            name="beta2",
            default=0.999,
            minimum=0.61,
            maximum=0.9999,
            help="Adam's second beta, which says how long the warm-up lasts.",
        ),
    ),
    # Nearly at the base LR at the end of the phase.
    starter_for=lambda length, base: {"beta2": min(0.9999, max(0.61, 1 - tidy(4 / length)))},
    text=text,
    grips=(time(lambda args, group: 2 / (1 - args["beta2"]) - 1, "beta2"),),
)
