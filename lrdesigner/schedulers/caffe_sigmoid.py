"""caffe_sigmoid: Caffe's sigmoid policy, one smooth step down.

lr(t) = base / (1 + e^(−gamma · (t − stepsize))); a gamma below 0 falls. The exponent stops at 700,
where the LR is 10⁻³⁰⁴ of the base, as e^710 is no number any more.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import formula_spec, number, plus, span, tidy
from lrdesigner.schedulers._sources import CAFFE


def text(args: Args) -> str:
    """lr(t) = base / (1 + e^(−gamma · (t − stepsize)))."""
    exponent = f"{number(-args['gamma'])} * (t{plus(-args['stepsize'])})"
    return f"1 / (1 + exp(min(700, {exponent})))"


SPEC = formula_spec(
    key="caffe_sigmoid",
    title="Sigmoid Caffe",
    category=Category.DECAY,
    order=166,
    summary="One smooth step: down where gamma is below 0, up where it is above.",
    formula="lr(t) = base / (1 + e^(−gamma · (t − stepsize)))",
    source="Caffe, lr_policy sigmoid; NVIDIA DIGITS",
    latex=(r"\mathrm{lr}(t)=\frac{\mathrm{base}}{1+e^{-\gamma\cdot(t-\mathit{stepsize})}}",),
    use="Runs that are carried over from Caffe or DIGITS; one soft step in place of a sudden one.",
    traps=(
        Trap("A gamma above 0 rises from nearly 0 to the base LR; only one below 0 falls."),
        Trap(
            "The curve does not begin at the base LR: at t = 0 it is base / (1 + "
            "e^(gamma · stepsize)), close to the base LR only for a steep or a late fall.",
            "info",
        ),
    ),
    links={"Caffe, lr_policy sigmoid": CAFFE},
    keywords=("caffe", "digits", "logistic", "lr_policy"),
    params=(
        FloatParam(
            name="gamma",
            unit="per step",
            help="Steepness of the step; below 0 the LR falls, above 0 it rises.",
        ),
        span(
            "stepsize",
            "Step at which half of the base LR is reached; empty: the phase's length.",
            default=None,
            follows="length",
        ),
    ),
    starter_for=lambda length, base: {"gamma": -tidy(20 / length), "stepsize": length // 2},
    text=text,
    grips=(time(at_sum("stepsize"), "stepsize"), level(end, "gamma")),
)
