"""radam_warmup: RAdam's rectification as a warm-up for plain Adam.

lr(t) = base · √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ)) with ρ∞ = 2 / (1 − beta2) − 1, n = t +
δ, ρ = ρ∞ − 2 n beta2^n / (1 − beta2^n), and δ the first n at which ρ > 4 (Ma & Yarats 2021;
pytorch_warmup). It comes near 1 after about 2 / (1 − beta2) steps. The formula has ρ as
ρ∞ + n − n / tanh(−½ n ln beta2), which is the same and loses fewer digits.
"""

from __future__ import annotations

import math

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, plus, tidy
from lrdesigner.schedulers._sources import PYTORCH_WARMUP


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
    title="RAdam rise",
    category=Category.WARM_UP,
    order=184,
    summary="RAdam's rectification for plain Adam: its length follows from β₂, there is nothing to "
    "tune.",
    formula="lr(t) = base · √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ)), ρ = ρ∞ − 2 n β₂^n "
    "/ (1 − β₂^n), ρ∞ = 2 / (1 − β₂) − 1, n = t + δ, δ the first n at which ρ > 4, "
    "β₂ = beta2",
    source="Liu et al. 2020, arXiv:1908.03265; Ma & Yarats 2021, arXiv:1910.04209; pytorch_warmup "
    "RAdamWarmup",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\sqrt{\frac{(\rho-4)\cdot(\rho-2)"
            r"\cdot\rho_\infty}{(\rho_\infty-4)\cdot(\rho_\infty-2)\cdot\rho}}"
        ),
        r"\rho=\rho_\infty-\frac{2n\beta_2^n}{1-\beta_2^n}",
        r"\rho_\infty=\frac{2}{1-\beta_2}-1",
        r"n=t+\delta",
        r"\text{with }\delta\text{ the first }n\text{ at which }\rho>4",
        r"\beta_2=\mathit{beta2}",
    ),
    use="Adam with RAdam's warm-up and without a length to choose.",
    traps=(
        Trap("beta2 is a number of its own here: it does not follow the optimizer's betas."),
        Trap("torch.optim.RAdam does this inside: on top of it the warm-up would come twice."),
        Trap(
            "It is slow to finish: after 2 / (1 − beta2) steps, 2,000 for 0.999, a sixth "
            "of the LR is still missing.",
            "info",
        ),
    ),
    links={"pytorch_warmup RAdamWarmup": PYTORCH_WARMUP},
    keywords=("pytorch_warmup", "rectified adam", "rectification", "beta2", "dampening", "untuned"),
    params=(
        FloatParam(
            name="beta2",
            default=0.999,
            minimum=0.61,
            maximum=0.9999,
            help="Adam's second beta; most of the warm-up takes 2 / (1 − beta2) steps.",
        ),
    ),
    # Nearly at the base LR at the end of the phase.
    starter_for=lambda length, base: {"beta2": min(0.9999, max(0.61, 1 - tidy(4 / length)))},
    text=text,
    grips=(time(lambda args, group: 2 / (1 - args["beta2"]) - 1, "beta2"),),
)
