"""t5_rsqrt: T5's pre-training schedule, constant and then 1 / √t.

lr(t) = 1 / √max(t, constant_steps) (Raffel et al. 2020, section 3.1.2, with constant_steps = 10⁴).
NeMo takes it as it stands and ignores the optimizer's LR; t5x multiplies by a base LR of 1.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.params import ChoiceParam
from lrdesigner.schedulers._family import formula_spec, span


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
    formula="lr(t) = 1 / √max(t, constant_steps)",
    source="Raffel et al. 2020, arXiv:1910.10683; NeMo T5InverseSquareRootAnnealing, t5x",
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
        span("constant_steps", "Steps before the fall begins.", default=10_000, minimum=1),
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
