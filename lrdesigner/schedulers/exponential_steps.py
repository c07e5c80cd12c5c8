"""exponential_steps: decays by a factor in every decay_steps, smoothly or in stairs.

Keras' ``ExponentialDecay``: lr(t) = base · decay_rate^(t / decay_steps); with a staircase,
t / decay_steps is rounded down. A floor cuts it off: it is optax's ``end_value``, and with a
staircase the ``min_lr`` of fairseq's step schedule.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import (
    duration,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    steps,
)


def text(args: Args) -> str:
    """lr(t) = max(floor, base · decay_rate^(t / decay_steps))."""
    sign, low = "//" if args["staircase"] else "/", floor(args)
    decay = f"{number(args['decay_rate'])} ** (t {sign} {steps(args, 'decay_steps')})"
    return decay if low == "0" else f"max({low}, {decay})"


SPEC = formula_spec(
    key="exponential_steps",
    title="Exp. Keras",
    category=Category.DECAY,
    order=120,
    summary="Falls by decay_rate in every decay_steps, smoothly or in stairs.",
    formula="lr(t) = max(floor, base · decay_rate^(t / decay_steps))",
    source="Keras, keras.optimizers.schedules.ExponentialDecay; optax.exponential_decay; fairseq, "
    "step_lr_scheduler.py",
    keywords=(
        "exponential with decay steps",
        "keras",
        "tensorflow",
        "optax",
        "exponentialdecay",
        "staircase",
        "transition_steps",
        "end_value",
        "fairseq",
        "lr_decay_period",
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
        *floor_params(),
    ),
    starter={"decay_rate": 0.5},
    starter_for=lambda length, base: {"decay_steps": max(1, length // 5)},
    errors=floor_errors,
    text=text,
    grips=(time(end_of("decay_steps"), "decay_steps", "decay_rate"),),
)
