"""keras_polynomial: polynomial decay as Keras defines it.

lr(t) = (base − end_learning_rate) · (1 − t / decay_steps)^power + end_learning_rate. With cycle,
decay_steps is multiplied by ⌈t / decay_steps⌉ (by 1 at t = 0); without, t stops at decay_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import absolute, duration, formula_spec, tidy
from lrdesigner.schedulers._shapes import polynomial


def text(args: Args) -> str:
    """lr(t) = (base − end) · (1 − t / decay_steps)^power + end."""
    return polynomial(args, absolute(args["end_learning_rate"]))


SPEC = formula_spec(
    key="keras_polynomial",
    title="Poly Keras",
    category=Category.DECAY,
    order=142,
    summary="Keras' PolynomialDecay under its own parameter names and defaults.",
    formula="lr(t) = (base − end_learning_rate) · (1 − t / decay_steps)^power + end_learning_rate",
    source="Keras, keras.optimizers.schedules.PolynomialDecay",
    keywords=("tensorflow", "tf", "polynomialdecay", "power", "cycle"),
    params=(
        duration("decay_steps"),
        FloatParam(
            name="end_learning_rate", default=1e-4, minimum=0, unit="lr", help="LR at the end."
        ),
        FloatParam(name="power", default=1.0, minimum=0, help="Exponent; 1 is a line."),
        BoolParam(name="cycle", default=False, help="Jump up at decay_steps and fall anew."),
    ),
    starter_for=lambda length, base: {"end_learning_rate": tidy(base / 100)},
    text=text,
    grips=(
        level(halfway("decay_steps"), "power"),
        time(end_of("decay_steps"), "decay_steps", "end_learning_rate"),
    ),
)
