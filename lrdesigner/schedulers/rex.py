"""rex: reflected exponential, a decay that stays high for long and falls at the end.

lr(t) = floor + (base − floor) · (1 − p) / (1 − beta · p), p = t / total_steps (Chen et al. 2021).
The paper and pytorch_optimizer have beta = ½; axolotl and OneTrainer have 0.9, a different curve
under the same name. Greater beta falls later; 0 is a straight line.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    progress,
)


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
    formula="lr(t) = floor + (base − floor) · (1 − p) / (1 − beta · p), p = t / total_steps",
    source="Chen et al. 2021, arXiv:2107.04197; pytorch_optimizer, axolotl, OneTrainer",
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
