"""exponential_steps: decays by a factor in every decay_steps, smoothly or in stairs.

Keras' ``ExponentialDecay``: lr(t) = base · decay_rate^(t / decay_steps); with a staircase,
t / decay_steps is rounded down.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import duration, formula_spec, number, steps


def text(args: Args) -> str:
    """lr(t) = base · decay_rate^(t / decay_steps)."""
    sign = "//" if args["staircase"] else "/"
    return f"{number(args['decay_rate'])} ** (t {sign} {steps(args, 'decay_steps')})"


SPEC = formula_spec(
    key="exponential_steps",
    title="Exp. Keras",
    category=Category.DECAY,
    order=120,
    summary="Falls by decay_rate in every decay_steps, smoothly or in stairs.",
    formula="lr(t) = base · decay_rate^(t / decay_steps)",
    source="Keras, keras.optimizers.schedules.ExponentialDecay; optax.exponential_decay",
    keywords=(
        "exponential with decay steps",
        "keras",
        "tensorflow",
        "optax",
        "exponentialdecay",
        "staircase",
        "transition_steps",
    ),
    params=(
        FloatParam(
            name="decay_rate",
            default=0.96,
            above=0,
            unit="×",
            help="Factor of each decay; below 1 the LR falls.",
        ),
        duration("decay_steps", "Steps that one factor takes"),
        BoolParam(name="staircase", default=False, help="Fall once in decay_steps only."),
    ),
    starter={"decay_rate": 0.5},
    starter_for=lambda length, base: {"decay_steps": max(1, length // 5)},
    text=text,
    grips=(time(end_of("decay_steps"), "decay_steps", "decay_rate"),),
)
