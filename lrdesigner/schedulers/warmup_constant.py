"""warmup_constant: a fraction of the base LR for a while, then all of it.

lr(t) = factor · base for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, number


def text(args: Args) -> str:
    """lr(t) = factor · base for t < W, then base."""
    return branches([args["warmup_steps"]], [number(args["factor"]), "1"])


SPEC = formula_spec(
    key="warmup_constant",
    title="Low, then jump",
    category=Category.WARM_UP,
    order=110,
    summary="Holds a fraction of the base LR during the warm-up, then jumps to the base LR.",
    formula="lr(t) = factor · base for t < W, then base",
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2; detectron2, constant warm-up",
    keywords=("detectron", "imagenet", "gradual"),
    params=(
        duration("warmup_steps", "W: steps of the warm-up"),
        FloatParam(
            name="factor",
            default=0.1,
            minimum=0,
            unit="× base",
            help="Fraction of the base LR during the warm-up.",
        ),
    ),
    starter_for=lambda length, base: {"warmup_steps": max(1, length // 2)},
    text=text,
    grips=(level(halfway("warmup_steps"), "factor"), time(end_of("warmup_steps"), "warmup_steps")),
)
