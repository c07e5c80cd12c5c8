"""cosine_constant_tail: half a cosine over a part of the phase, then the floor.

lr(t) = floor + (base − floor) · ½ (1 + cos(π min(t, C) / C)) with
C = ⌊constant_lr_ratio · total_steps⌋, at least 1: axolotl's cosine with constant_lr_ratio, and
NeMo's CosineAnnealing with constant_steps = total_steps − C.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import AXOLOTL, NEMO


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · ½ (1 + cos(π min(t, C) / C)), C = ratio · total_steps."""
    end = max(1, int(args["total_steps"] * args["constant_lr_ratio"]))
    return above_floor(args, COSINE.format(f"min(t, {end}) / {end}"))


SPEC = formula_spec(
    key="cosine_constant_tail",
    title="Cosine + flat",
    category=Category.DECAY,
    order=152,
    summary="Half a cosine that reaches its floor early and stays there for the rest.",
    formula="lr(t) = floor + (base − floor) · ½ (1 + cos(π p)), p = min(1, t / C), C = "
    "constant_lr_ratio · total_steps, floor = min_lr or min_lr_ratio · base",
    source="axolotl, utils/schedulers.py (constant_lr_ratio); NeMo CosineAnnealing",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})"
            r"\cdot\frac{1+\cos\pi p}{2}"
        ),
        r"p=\min(1,\ t/C)",
        r"C=\max(1,\ \lfloor\mathit{constant\_lr\_ratio}\cdot\mathit{total\_steps}\rfloor)",
        FLOOR_LATEX,
    ),
    use="Fine-tuning that shall spend its last part at a small, steady LR.",
    traps=(
        Trap(
            "constant_lr_ratio is where the tail begins, not how long it is: at 1 there "
            "is no tail, at 0 the LR falls to the floor after the first step."
        ),
        FLOOR_TRAP,
    ),
    links={"axolotl, utils/schedulers.py": AXOLOTL, "NeMo CosineAnnealing": NEMO},
    keywords=("axolotl", "nemo", "constant_steps", "cosine_constant_lr_ratio", "tail", "floor"),
    params=(
        duration(text="Steps of cosine and tail together; empty: the phase's length."),
        FloatParam(
            name="constant_lr_ratio",
            default=0.8,
            minimum=0,
            maximum=1,
            unit="of phase",
            help="Fraction of the steps after which the LR stays at the floor.",
        ),
        *floor_params(),
    ),
    starter={"min_lr_ratio": 0.1},
    errors=floor_errors,
    text=text,
)
