"""warmup_constant: a fraction of the base LR for a while, then all of it.

lr(t) = factor · base for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, number
from lrdesigner.schedulers._sources import DETECTRON2


def text(args: Args) -> str:
    """lr(t) = factor · base for t < W, then base."""
    return branches([args["warmup_steps"]], [number(args["factor"]), "1"])


SPEC = formula_spec(
    key="warmup_constant",
    title="Low, then jump",
    category=Category.WARM_UP,
    order=110,
    summary="Holds a fraction of the base LR during the warm-up, then jumps to the base LR.",
    formula="lr(t) = base · factor for t < W, then base, W = warmup_steps",
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2; detectron2, constant warm-up",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"\mathit{factor}&t<W\\"
            r"1&\text{otherwise}"
            r"\end{cases}"
        ),
        r"W=\mathit{warmup\_steps}",
    ),
    use="Old detection and segmentation recipes; a cautious first epoch.",
    traps=(
        Trap(
            "The jump at its end is what gradual warm-ups were made to avoid: with a "
            "large batch the loss may spike there."
        ),
        Trap(
            "Where warmup_steps follows the phase, the jump is the next phase's first step.", "info"
        ),
    ),
    links={"detectron2, constant warm-up": DETECTRON2},
    keywords=("detectron", "imagenet", "gradual"),
    params=(
        duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),
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
