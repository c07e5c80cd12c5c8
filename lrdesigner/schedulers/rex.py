"""rex: reflected exponential, a decay that stays high for long and falls at the end.

lr(t) = floor + (base − floor) · (1 − p) / (1 − beta · p), p = t / total_steps (Chen et al. 2021).
The paper and pytorch_optimizer have beta = ½; axolotl and OneTrainer have 0.9, a different curve
under the same name. Greater beta falls later; 0 is a straight line.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    progress,
)
from lrdesigner.schedulers._sources import AXOLOTL, ONETRAINER, PYTORCH_OPTIMIZER_REX


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · (1 − p) / (1 − beta · p)."""
    p = progress(args)
    return above_floor(args, f"(1 - {p}) / (1 - {number(args['beta'])} * ({p}))")


SPEC = formula_spec(
    key="rex",
    title="REX",
    category=Category.DECAY,
    order=160,
    summary="Stays high for long and falls at the end: good under a fixed budget of steps.",
    formula="lr(t) = floor + (base − floor) · (1 − p) / (1 − beta · p), p = min(1, t / "
    "total_steps), floor = min_lr or min_lr_ratio · base",
    source="Chen et al. 2021, arXiv:2107.04197; pytorch_optimizer, axolotl, OneTrainer",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})"
            r"\cdot\frac{1-p}{1-\beta p}"
        ),
        r"p=\min(1,\ t/\mathit{total\_steps})",
        FLOOR_LATEX,
    ),
    use="A fixed, small budget of steps, where the LR shall stay high for as long as it can.",
    traps=(
        Trap(
            "Two curves share the name: beta is 0.5 in the paper and in "
            "pytorch_optimizer, 0.9 in axolotl and OneTrainer."
        ),
        Trap("beta 0 is a straight line; close to 1 the fall becomes a cliff at the end.", "info"),
        FLOOR_TRAP,
    ),
    links={
        "pytorch_optimizer": PYTORCH_OPTIMIZER_REX,
        "axolotl": AXOLOTL,
        "OneTrainer": ONETRAINER,
    },
    keywords=("reflected exponential", "axolotl", "onetrainer", "pytorch_optimizer", "budget"),
    params=(
        duration(),
        FloatParam(
            name="beta",
            default=0.5,
            minimum=0,
            below=1,
            help="How late it falls: 0.5 in the paper, 0.9 in axolotl and OneTrainer.",
        ),
        *floor_params(),
    ),
    errors=floor_errors,
    text=text,
    grips=(
        level(halfway("total_steps"), "beta"),
        time(end_of("total_steps"), "total_steps", "min_lr_ratio", "min_lr"),
    ),
)
