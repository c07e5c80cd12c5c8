"""t5_rsqrt: T5's pre-training schedule, constant and then 1 / √t.

lr(t) = 1 / √max(t, constant_steps) (Raffel et al. 2020, section 3.1.2, with constant_steps = 10⁴).
NeMo takes it as it stands and ignores the optimizer's LR; t5x multiplies by a base LR of 1.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.params import ChoiceParam
from lrdesigner.schedulers._family import formula_spec, span
from lrdesigner.schedulers._sources import NEMO, T5X


def text(args: Args) -> str:
    """lr(t) = 1 / √max(t, constant_steps), times the base LR if it is to be."""
    curve = f"1 / sqrt(max(t, {args['constant_steps']}))"
    return curve if args["scale"] == "base" else f"{curve} / lr"


SPEC = formula_spec(
    key="t5_rsqrt",
    title="1/√t T5",
    category=Category.DECAY,
    order=230,
    summary="Constant for the first steps, then 1 / √t; as published it has an absolute LR.",
    formula="lr(t) = d, or base · d, d = 1 / √max(t, constant_steps)",
    source="Raffel et al. 2020, arXiv:1910.10683; NeMo T5InverseSquareRootAnnealing, t5x",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"d&\text{absolute}\\"
            r"\mathrm{base}\cdot d&\text{base}"
            r"\end{cases}"
        ),
        r"d=\frac{1}{\sqrt{\max(t,\ \mathit{constant\_steps})}}",
    ),
    use="T5-style pre-training with Adafactor, from scratch and of open length.",
    traps=(
        Trap(
            "As published the LR is absolute and starts at 0.01 (constant_steps 10,000): "
            "meant for Adafactor, not for Adam."
        ),
        Trap("With scale absolute all groups get the same LR, whatever their own."),
        Trap("Fewer constant_steps mean a higher LR in the beginning: 100 of them make it 0.1."),
    ),
    links={"NeMo T5InverseSquareRootAnnealing": NEMO, "t5x": T5X},
    keywords=(
        "reciprocal square root",
        "rsqrt",
        "inverse square root",
        "nemo",
        "t5x",
        "adafactor",
        "rsqrt_decay",
    ),
    params=(
        span(
            "constant_steps",
            "Steps before the fall begins; the LR starts at one over their root.",
            default=10_000,
            minimum=1,
        ),
        ChoiceParam(
            name="scale",
            default="absolute",
            choices=("absolute", "base"),
            help="Whether the formula is the LR itself or a factor on the base LR (t5x).",
        ),
    ),
    starter_for=lambda length, base: {"constant_steps": max(1, length // 10)},
    text=text,
)
