"""keras_inverse_time: inverse time decay as Keras defines it.

lr(t) = base / (1 + decay_rate · t / decay_steps); with a staircase, t / decay_steps is rounded
down.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, time
from lrdesigner.params import BoolParam, FloatParam, IntParam
from lrdesigner.schedulers._family import formula_spec
from lrdesigner.schedulers._shapes import inverse_time
from lrdesigner.schedulers._sources import KERAS


def text(args: Args) -> str:
    """lr(t) = base / (1 + decay_rate · t / decay_steps)."""
    return f"1 / ({inverse_time(args)})"


SPEC = formula_spec(
    key="keras_inverse_time",
    title="1/t Keras",
    category=Category.DECAY,
    order=132,
    summary="Keras' InverseTimeDecay under its own parameter names.",
    formula="lr(t) = base / (1 + decay_rate · t / decay_steps), with staircase of ⌊t / "
    "decay_steps⌋",
    source="Keras, keras.optimizers.schedules.InverseTimeDecay",
    latex=(
        r"\mathrm{lr}(t)=\frac{\mathrm{base}}{1+\mathit{decay\_rate}\cdot x}",
        (
            r"x=\begin{cases}"
            r"\lfloor t/\mathit{decay\_steps}\rfloor&\mathit{staircase}\\"
            r"t/\mathit{decay\_steps}&\text{otherwise}"
            r"\end{cases}"
        ),
    ),
    use="Models that are carried over from Keras, parameter by parameter.",
    traps=(
        Trap(
            "decay_rate is no factor: the LR falls to base / (1 + decay_rate) in "
            "decay_steps, so 0.5 leaves two thirds."
        ),
    ),
    links={"Keras, keras.optimizers.schedules.InverseTimeDecay": KERAS},
    keywords=("tensorflow", "tf", "inversetimedecay", "inv"),
    params=(
        IntParam(
            name="decay_steps",
            minimum=1,
            unit="ticks",
            help="Steps in which 1 / LR grows by decay_rate.",
        ),
        FloatParam(
            name="decay_rate",
            minimum=0,
            help="Growth of 1 / LR in decay_steps: the LR is base / (1 + decay_rate) then.",
        ),
        BoolParam(
            name="staircase",
            default=False,
            help="Fall once in decay_steps, in stairs, in place of a curve.",
        ),
    ),
    starter={"decay_rate": 1.0},
    starter_for=lambda length, base: {"decay_steps": max(1, length // 10)},
    text=text,
    grips=(time(at_sum("decay_steps"), "decay_steps", "decay_rate"),),
)
