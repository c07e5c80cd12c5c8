"""cosine_cycles: a cosine of several waves, as Hugging Face's num_cycles has it.

lr(t) = floor + (base − floor) · ½ (1 + cos(2 π · num_cycles · t / total_steps)). Half a wave
(0.5) is the usual cosine decay; whole numbers come back up to the base LR.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import time
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
    steps,
)
from lrdesigner.schedulers._sources import HUGGING_FACE


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
    formula="lr(t) = floor + (base − floor) · ½ (1 + cos(2π · num_cycles · t / "
    "total_steps)), floor = min_lr or min_lr_ratio · base",
    source="Hugging Face transformers, get_cosine_schedule_with_warmup (num_cycles)",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})"
            r"\cdot\frac{1+\cos\theta}{2}"
        ),
        r"\theta=2\pi\cdot\mathit{num\_cycles}\cdot t/\mathit{total\_steps}",
        FLOOR_LATEX,
    ),
    use="Recipes that name num_cycles, as diffusers' and Hugging Face's do; soft waves "
    "without jumps.",
    traps=(
        Trap(
            "num_cycles counts whole waves: 0.5 is the plain decay, and 1 falls and "
            "comes all the way back up."
        ),
        Trap("With a whole number of waves the run ends at the base LR, not at the floor."),
        Trap(
            "kohya's scripts halve the number before they pass it on: their 1 is 0.5 here.", "info"
        ),
        FLOOR_TRAP,
    ),
    links={"Hugging Face transformers, get_cosine_schedule_with_warmup": HUGGING_FACE},
    keywords=("huggingface", "num_cycles", "kohya", "waves", "diffusers", "smooth restarts"),
    params=(
        duration(text="Steps of all waves together; empty: the phase's length."),
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
