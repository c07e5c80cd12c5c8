"""zaremba: holds the LR for some epochs, then lowers it by a factor at each one.

lr(t) = base · decay^max(0, t + 1 − hold), with hold = hold_steps and decay = decay_rate: the LR of
Zaremba et al. 2014, who divide by 2, 1.2 or 1.15 in every epoch after the 4th, 6th or 14th.
"""

from __future__ import annotations

import math

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, plus, span, tidy


def text(args: Args) -> str:
    """lr(t) = base · decay^max(0, t + 1 − hold)."""
    return f"{number(args['decay_rate'])} ** max(0, t{plus(1 - args['hold_steps'])})"


def starter_for(length: int, base: float) -> dict[str, object]:
    """A third of the phase at the base LR, and a hundredth of it in the end."""
    hold = length // 3
    return {"hold_steps": hold, "decay_rate": 1 - tidy(-math.expm1(-math.log(100) / length * 1.5))}


SPEC = formula_spec(
    key="zaremba",
    title="Zaremba",
    category=Category.HOLD,
    order=180,
    summary="The base LR for some epochs, then lower by the same factor at each: recurrent "
    "language models.",
    formula="lr(t) = base · decay^max(0, t + 1 − hold)",
    source="Zaremba et al. 2014, arXiv:1409.2329; TensorFlow models, ptb_word_lm.py",
    keywords=("lstm", "ptb", "mead", "mead-baseline", "max_epoch", "lr_decay", "exponential"),
    params=(
        span("hold_steps", "hold: steps at the base LR.", default=6),
        FloatParam(
            name="decay_rate",
            default=0.5,
            minimum=0,
            maximum=1,
            unit="×",
            help="decay: factor of each step after that; 0.5, 1/1.2 and 1/1.15 in the paper.",
        ),
    ),
    starter_for=starter_for,
    text=text,
    grips=(time(at_sum("hold_steps"), "hold_steps"), level(end, "decay_rate")),
)
