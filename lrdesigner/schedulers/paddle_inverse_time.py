"""paddle_inverse_time: inverse time decay as Paddle defines it.

lr(t) = base / (1 + gamma · t).
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end, level
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, tidy


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
    keywords=("inversetimedecay", "inv"),
    params=(
        FloatParam(name="gamma", minimum=0, unit="per step", help="How much 1 / LR grows a step."),
    ),
    starter_for=lambda length, base: {"gamma": tidy(9 / length)},
    text=text,
    grips=(level(end, "gamma"),),
)
