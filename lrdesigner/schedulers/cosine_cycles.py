"""cosine_cycles: a cosine of several waves, as Hugging Face's num_cycles has it.

lr(t) = floor + (base − floor) · ½ (1 + cos(2 π · num_cycles · t / total_steps)). Half a wave
(0.5) is the usual cosine decay; whole numbers come back up to the base LR.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    steps,
)


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · ½ (1 + cos(2 π · num_cycles · t / total_steps))."""
    angle = f"2 * pi * {number(args['num_cycles'])} * t / {steps(args, 'total_steps')}"
    return above_floor(args, f"0.5 * (1 + cos({angle}))")


def _trough(args: Args, group: int) -> float:
    """Where the first wave is lowest."""
    return float(args["total_steps"] / (2 * args["num_cycles"]))


SPEC = formula_spec(
    key="cosine_cycles",
    title="Cosine waves",
    category=Category.CYCLIC,
    order=110,
    summary="A cosine of num_cycles waves: 0.5 is a plain decay, 2 comes back up twice.",
    formula="lr(t) = floor + (base − floor) · ½ (1 + cos(2π · num_cycles · t / total_steps))",
    source="Hugging Face transformers, get_cosine_schedule_with_warmup (num_cycles)",
    keywords=("huggingface", "num_cycles", "kohya", "waves", "diffusers", "smooth restarts"),
    params=(
        duration(text="Steps of all waves together"),
        FloatParam(
            name="num_cycles",
            default=0.5,
            minimum=0,
            unit="waves",
            help="Waves over the phase; 0.5 falls from the base LR to the floor once.",
        ),
        *floor_params(),
    ),
    starter={"num_cycles": 2.5},
    errors=floor_errors,
    text=text,
    grips=(time(_trough, "num_cycles", "min_lr_ratio", "min_lr"),),
)
