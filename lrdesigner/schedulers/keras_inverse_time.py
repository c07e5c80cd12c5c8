"""keras_inverse_time: inverse time decay as Keras defines it.

lr(t) = base / (1 + decay_rate · t / decay_steps); with a staircase, t / decay_steps is rounded
down.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, time
from lrdesigner.params import BoolParam, FloatParam, IntParam
from lrdesigner.schedulers._family import formula_spec
from lrdesigner.schedulers._shapes import inverse_time


def text(args: Args) -> str:
    """lr(t) = base / (1 + decay_rate · t / decay_steps)."""
    return f"1 / ({inverse_time(args)})"


SPEC = formula_spec(
    key="keras_inverse_time",
    title="1/t Keras",
    category=Category.DECAY,
    order=132,
    summary="Keras' InverseTimeDecay under its own parameter names.",
    formula="lr(t) = base / (1 + decay_rate · t / decay_steps)",
    source="Keras, keras.optimizers.schedules.InverseTimeDecay",
    keywords=("tensorflow", "tf", "inversetimedecay", "inv"),
    params=(
        IntParam(
            name="decay_steps",
            minimum=1,
            unit="ticks",
            help="How often the decay rate is applied: once in so many steps.",
        ),
        FloatParam(name="decay_rate", minimum=0, help="How much 1 / LR grows in decay_steps."),
        BoolParam(name="staircase", default=False, help="Fall once in decay_steps only."),
    ),
    starter={"decay_rate": 1.0},
    starter_for=lambda length, base: {"decay_steps": max(1, length // 10)},
    text=text,
    grips=(time(at_sum("decay_steps"), "decay_steps", "decay_rate"),),
)
