"""inverse_time: decays as one over a straight line.

lr(t) = base · (1 + decay_rate · t / decay_steps)^(−power). Power 1 is inverse time decay as Keras
and Paddle have it; other powers are Caffe's ``inv`` policy with gamma = decay_rate / decay_steps.
With a staircase, t / decay_steps is rounded down.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import duration, formula_spec, number
from lrdesigner.schedulers._shapes import inverse_time


def text(args: Args) -> str:
    """lr(t) = base · (1 + decay_rate · t / decay_steps)^(−power)."""
    if args["power"] == 1:
        return f"1 / ({inverse_time(args)})"
    return f"({inverse_time(args)}) ** {number(-args['power'])}"


SPEC = formula_spec(
    key="inverse_time",
    title="1/t",
    category=Category.DECAY,
    order=130,
    summary="Falls quickly at first and ever more slowly later, in a curve or in stairs.",
    formula="lr(t) = base · (1 + decay_rate · t / decay_steps)^(−power)",
    source="Caffe, lr_policy inv; with power 1 Keras' and Paddle's InverseTimeDecay",
    keywords=("inv", "caffe", "digits", "hyperbolic", "keras", "paddle", "inversetimedecay"),
    params=(
        FloatParam(
            name="decay_rate",
            default=1.0,
            minimum=0,
            help="After decay_steps the LR is base / (1 + decay_rate).",
        ),
        duration("decay_steps", "Steps that decay_rate is about"),
        BoolParam(name="staircase", default=False, help="Fall once in decay_steps only."),
        FloatParam(name="power", default=1.0, minimum=0, help="Exponent; 1 is inverse time."),
    ),
    starter={"decay_rate": 9.0},
    text=text,
    grips=(time(end_of("decay_steps"), "decay_steps", "decay_rate"),),
)
