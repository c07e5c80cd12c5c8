"""zaremba: holds the LR for some epochs, then lowers it by a factor at each one.

lr(t) = base · decay^max(0, t + 1 − hold), with hold = hold_steps and decay = decay_rate: the LR of
Zaremba et al. 2014, who divide by 2, 1.2 or 1.15 in every epoch after the 4th, 6th or 14th.
"""

from __future__ import annotations

import math

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, plus, span, tidy
from lrdesigner.schedulers._sources import PTB


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
    formula="lr(t) = base · r^max(0, t + 1 − h), r = decay_rate, h = hold_steps",
    source="Zaremba et al. 2014, arXiv:1409.2329; TensorFlow models, ptb_word_lm.py",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot r^{\max(0,\ t+1-h)}",
        r"r=\mathit{decay\_rate}",
        r"h=\mathit{hold\_steps}",
    ),
    use="Recurrent language models after Zaremba's paper; let the phase step once per epoch.",
    traps=(
        Trap(
            "It counts scheduler steps: hold_steps 6 and a factor of 0.5 are over within "
            "20 optimizer steps unless the phase steps per epoch."
        ),
        Trap("decay_rate 0 takes the LR to 0 after the hold, for good."),
    ),
    links={"TensorFlow models, ptb_word_lm.py": PTB},
    keywords=("lstm", "ptb", "mead", "mead-baseline", "max_epoch", "lr_decay", "exponential"),
    params=(
        span("hold_steps", "Steps at the base LR before the fall begins.", default=6),
        FloatParam(
            name="decay_rate",
            default=0.5,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor of each step after that; 1/2, 1/1.2 and 1/1.15 in the paper.",
        ),
    ),
    starter_for=starter_for,
    text=text,
    grips=(time(at_sum("hold_steps"), "hold_steps"), level(end, "decay_rate")),
)
