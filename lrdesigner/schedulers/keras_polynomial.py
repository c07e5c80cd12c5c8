"""keras_polynomial: polynomial decay as Keras defines it.

lr(t) = (base − end_learning_rate) · (1 − t / decay_steps)^power + end_learning_rate. With cycle,
decay_steps is multiplied by ⌈t / decay_steps⌉ (by 1 at t = 0); without, t stops at decay_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import absolute, duration, formula_spec, tidy
from lrdesigner.schedulers._shapes import polynomial
from lrdesigner.schedulers._sources import KERAS


def text(args: Args) -> str:
    """lr(t) = (base − end) · (1 − t / decay_steps)^power + end."""
    return polynomial(args, absolute(args["end_learning_rate"]))


SPEC = formula_spec(
    key="keras_polynomial",
    title="Poly Keras",
    category=Category.DECAY,
    order=142,
    summary="Keras' PolynomialDecay under its own parameter names and defaults.",
    formula="lr(t) = (base − end) · (1 − p)^power + end, p = min(1, t / n), with cycle t / "
    "(n · ⌈t / n⌉), n = decay_steps, end = end_learning_rate",
    source="Keras, keras.optimizers.schedules.PolynomialDecay",
    latex=(
        r"\mathrm{lr}(t)=(\mathrm{base}-\mathrm{end})\cdot(1-p)^{\mathit{power}}+\mathrm{end}",
        (
            r"p=\begin{cases}"
            r"t/(n\cdot\max(1,\ \lceil t/n\rceil))&\mathit{cycle}\\"
            r"\min(1,\ t/n)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"n=\mathit{decay\_steps}",
        r"\mathrm{end}=\mathit{end\_learning\_rate}",
    ),
    use="Models that are carried over from Keras, with its parameter names and defaults.",
    traps=(
        Trap(
            "end_learning_rate is 0.0001 unless given, and absolute: a group whose LR is "
            "below it rises.",
            rule="floor-above-lr",
        ),
        Trap(
            "With cycle the jump at decay_steps goes half way up only (for power 1), and "
            "each later one less far.",
            "info",
        ),
    ),
    links={"Keras, keras.optimizers.schedules.PolynomialDecay": KERAS},
    keywords=("tensorflow", "tf", "polynomialdecay", "power", "cycle"),
    params=(
        duration("decay_steps"),
        FloatParam(
            name="end_learning_rate",
            default=1e-4,
            minimum=0,
            unit="lr",
            help="LR at the end, absolute and the same for every group.",
        ),
        FloatParam(
            name="power",
            default=1.0,
            minimum=0,
            help="Exponent of the time that is left: 1 is a line, 2 falls early, 0.5 falls late.",
        ),
        BoolParam(
            name="cycle",
            default=False,
            help="Jump up at each multiple of decay_steps and fall anew, from lower each time.",
        ),
    ),
    starter_for=lambda length, base: {"end_learning_rate": tidy(base / 100)},
    text=text,
    grips=(
        level(halfway("decay_steps"), "power"),
        time(end_of("decay_steps"), "decay_steps", "end_learning_rate"),
    ),
)
