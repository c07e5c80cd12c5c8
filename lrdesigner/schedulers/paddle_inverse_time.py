"""paddle_inverse_time: inverse time decay as Paddle defines it.

lr(t) = base / (1 + gamma · t).
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end, level
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, tidy
from lrdesigner.schedulers._sources import PADDLE


def text(args: Args) -> str:
    """lr(t) = base / (1 + gamma · t)."""
    return f"1 / (1 + {number(args['gamma'])} * t)"


SPEC = formula_spec(
    key="paddle_inverse_time",
    title="1/t Paddle",
    category=Category.DECAY,
    order=134,
    summary="Paddle's InverseTimeDecay under its own parameter name.",
    formula="lr(t) = base / (1 + gamma · t)",
    source="PaddlePaddle, paddle.optimizer.lr.InverseTimeDecay",
    latex=(r"\mathrm{lr}(t)=\frac{\mathrm{base}}{1+\gamma t}",),
    use="Models that are carried over from Paddle, with its parameter name.",
    traps=(
        Trap(
            "gamma is no factor: half of the LR is left after 1 / gamma steps, a tenth "
            "after 9 / gamma.",
            "info",
        ),
    ),
    links={"PaddlePaddle, paddle.optimizer.lr.InverseTimeDecay": PADDLE},
    keywords=("inversetimedecay", "inv"),
    params=(
        FloatParam(
            name="gamma",
            minimum=0,
            unit="per step",
            help="Growth of 1 / LR in a step: 0.1 halves the LR in 10 steps.",
        ),
    ),
    starter_for=lambda length, base: {"gamma": tidy(9 / length)},
    text=text,
    grips=(level(end, "gamma"),),
)
