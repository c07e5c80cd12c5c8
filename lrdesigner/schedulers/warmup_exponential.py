"""warmup_exponential: nears the base LR by a constant fraction of what is left.

lr(t) = base · (1 − e^(−(t + 1) / τ)), with τ = warmup_period and steps counted from 1.
At t = 5 τ it is within 1 % of the base LR.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import formula_spec, span
from lrdesigner.schedulers._sources import PYTORCH_WARMUP


def text(args: Args) -> str:
    """lr(t) = base · (1 − e^(−(t + 1) / τ))."""
    return f"1 - exp(-(t + 1) / {args['warmup_period']})"


SPEC = formula_spec(
    key="warmup_exponential",
    title="Exp. rise",
    category=Category.WARM_UP,
    order=170,
    summary="Steep at first, ever flatter later; nears the base LR without quite reaching it.",
    formula="lr(t) = base · (1 − e^(−(t + 1) / τ)), τ = warmup_period",
    source="Ma & Yarats 2021, arXiv:1910.04209; pytorch_warmup ExponentialWarmup",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot(1-e^{-(t+1)/\tau})",
        r"\tau=\mathit{warmup\_period}",
    ),
    use="Adam with a warm-up that has no end to hit: steep at first, then ever flatter.",
    traps=(
        Trap(
            "It never quite reaches the base LR: within 1 % after 5 warmup_periods, so a "
            "phase should be at least that long."
        ),
    ),
    links={"pytorch_warmup ExponentialWarmup": PYTORCH_WARMUP},
    keywords=("pytorch_warmup", "dampening", "tau", "warmup_period"),
    params=(
        span(
            "warmup_period",
            "Steps (τ) in which 63 % of the way are covered.",
            default=1000,
            minimum=1,
        ),
    ),
    starter_for=lambda length, base: {"warmup_period": max(1, length // 5)},
    text=text,
)
