"""exponential_steps: decays by a factor in every decay_steps, smoothly or in stairs.

Keras' ``ExponentialDecay``: lr(t) = base · decay_rate^(t / decay_steps); with a staircase,
t / decay_steps is rounded down. A floor cuts it off: it is optax's ``end_value``, and with a
staircase the ``min_lr`` of fairseq's step schedule.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    duration,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    steps,
)
from lrdesigner.schedulers._sources import FAIRSEQ_STEP, KERAS, OPTAX


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
    formula="lr(t) = max(floor, base · decay_rate^(t / decay_steps)), with staircase "
    "decay_rate^⌊t / decay_steps⌋, floor = min_lr or min_lr_ratio · base",
    source="Keras, keras.optimizers.schedules.ExponentialDecay; optax.exponential_decay; fairseq, "
    "step_lr_scheduler.py",
    latex=(
        r"\mathrm{lr}(t)=\max(\mathrm{floor},\ \mathrm{base}\cdot\mathit{decay\_rate}^{x})",
        (
            r"x=\begin{cases}"
            r"\lfloor t/\mathit{decay\_steps}\rfloor&\mathit{staircase}\\"
            r"t/\mathit{decay\_steps}&\text{otherwise}"
            r"\end{cases}"
        ),
        FLOOR_LATEX,
    ),
    use="Keras and optax recipes; a decay that is easier to think of as a factor per so "
    "many steps than per step.",
    traps=(
        Trap("decay_rate is the factor of decay_steps steps together, not of one.", "info"),
        Trap("A decay_rate above 1 makes the LR grow."),
        Trap("The floor cuts the curve off: it holds from the step on at which it is met.", "info"),
        FLOOR_TRAP,
    ),
    links={
        "Keras, keras.optimizers.schedules.ExponentialDecay": KERAS,
        "optax.exponential_decay": OPTAX,
        "step_lr_scheduler.py": FAIRSEQ_STEP,
    },
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
            help="Factor of decay_steps steps together; below 1 the LR falls.",
        ),
        duration(
            "decay_steps", "Steps in which the LR changes by decay_rate; empty: the phase's length."
        ),
        BoolParam(
            name="staircase",
            default=False,
            help="Change once in decay_steps, in stairs, in place of a curve.",
        ),
        *floor_params(),
    ),
    starter={"decay_rate": 0.5},
    starter_for=lambda length, base: {"decay_steps": max(1, length // 5)},
    errors=floor_errors,
    text=text,
    grips=(time(end_of("decay_steps"), "decay_steps", "decay_rate"),),
)
