"""inverse_time: decays as one over a straight line.

lr(t) = base · (1 + decay_rate · t / decay_steps)^(−power). Power 1 is inverse time decay as Keras
and Paddle have it; other powers are Caffe's ``inv`` policy with gamma = decay_rate / decay_steps.
With a staircase, t / decay_steps is rounded down.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import duration, formula_spec, number
from lrdesigner.schedulers._shapes import inverse_time
from lrdesigner.schedulers._sources import CAFFE, KERAS, PADDLE


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
    formula="lr(t) = base · (1 + decay_rate · t / decay_steps)^(−power), with staircase of "
    "⌊t / decay_steps⌋",
    source="Caffe, lr_policy inv; with power 1 Keras' and Paddle's InverseTimeDecay",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot(1+\mathit{decay\_rate}\cdot x)^{-\mathit{power}}",
        (
            r"x=\begin{cases}"
            r"\lfloor t/\mathit{decay\_steps}\rfloor&\mathit{staircase}\\"
            r"t/\mathit{decay\_steps}&\text{otherwise}"
            r"\end{cases}"
        ),
    ),
    use="Open-ended training and classic stochastic approximation; Caffe's inv policy "
    "with its power.",
    traps=(
        Trap(
            "Smoothly, only the ratio of decay_rate to decay_steps counts: twice both is "
            "the same curve.",
            "info",
        ),
        Trap(
            "The end of a long run still trains at a noticeable LR: with power 1, going "
            "from 1/10 to 1/20 of the base LR takes longer than the whole way before.",
            "info",
        ),
    ),
    links={"Caffe, lr_policy inv": CAFFE, "Keras'": KERAS, "Paddle's InverseTimeDecay": PADDLE},
    keywords=("inv", "caffe", "digits", "hyperbolic", "keras", "paddle", "inversetimedecay"),
    params=(
        FloatParam(
            name="decay_rate",
            default=1.0,
            minimum=0,
            help="How far it falls: with power 1 the LR is base / (1 + decay_rate) after "
            "decay_steps.",
        ),
        duration(
            "decay_steps",
            "Steps in which it falls as far as decay_rate says; empty: the phase's length.",
        ),
        BoolParam(
            name="staircase",
            default=False,
            help="Fall once in decay_steps, in stairs, in place of a curve.",
        ),
        FloatParam(
            name="power",
            default=1.0,
            minimum=0,
            help="Exponent of the fall: 1 is inverse time, 0.5 its square root.",
        ),
    ),
    starter={"decay_rate": 9.0},
    text=text,
    grips=(time(end_of("decay_steps"), "decay_steps", "decay_rate"),),
)
