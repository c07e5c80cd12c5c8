"""natural_exponential: decays as e to the power of −gamma · t.

Paddle's ``NaturalExpDecay``: lr(t) = base · e^(−gamma · t).
"""

from __future__ import annotations

import math

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end, level
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, tidy
from lrdesigner.schedulers._sources import PADDLE


def text(args: Args) -> str:
    """lr(t) = base · e^(−gamma · t)."""
    return f"exp(-{number(args['gamma'])} * t)"


SPEC = formula_spec(
    key="natural_exponential",
    title="Natural exp.",
    category=Category.DECAY,
    order=110,
    summary="Falls by the same factor at every step, with the rate as an exponent of e.",
    formula="lr(t) = base · e^(−gamma · t)",
    source="PaddlePaddle, paddle.optimizer.lr.NaturalExpDecay",
    latex=(r"\mathrm{lr}(t)=\mathrm{base}\cdot e^{-\gamma t}",),
    use="Models that are carried over from Paddle; a decay thought of as a rate per step.",
    traps=(
        Trap("gamma is a rate, not a factor: greater falls faster, and 0 is a constant LR."),
        Trap("gamma is 0.1 unless given, which leaves a hundredth of the LR after 46 steps."),
    ),
    links={"PaddlePaddle, paddle.optimizer.lr.NaturalExpDecay": PADDLE},
    keywords=("paddle", "naturalexpdecay", "exp", "geometric"),
    params=(
        FloatParam(
            name="gamma",
            default=0.1,
            minimum=0,
            unit="per step",
            help="Decay rate: the LR falls to 1/e in 1 / gamma steps.",
        ),
    ),
    starter_for=lambda length, base: {"gamma": tidy(math.log(100) / length)},
    text=text,
    grips=(level(end, "gamma"),),
)
