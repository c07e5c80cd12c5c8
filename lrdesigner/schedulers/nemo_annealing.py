"""nemo_annealing: a power of the time that is left, cut off at a floor.

lr(t) = max(min_lr, base · (1 − t / max_steps)^power), and min_lr after max_steps. NeMo's
``SquareAnnealing`` (power 2) and ``SquareRootAnnealing`` (power ½). Other polynomial decays end at
their floor; this one runs into it, and stays there.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    duration,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    progress,
)
from lrdesigner.schedulers._sources import NEMO


def text(args: Args) -> str:
    """lr(t) = max(min_lr, base · (1 − t / max_steps)^power)."""
    low = floor(args)
    shape = f"(1 - {progress(args, 'max_steps')}) ** {number(args['power'])}"
    return shape if low == "0" else f"max({low}, {shape})"


SPEC = formula_spec(
    key="nemo_annealing",
    title="Square NeMo",
    category=Category.DECAY,
    order=145,
    summary="Falls as the square, or the square root, of the time that is left, until it meets a "
    "floor.",
    formula="lr(t) = max(floor, base · (1 − p)^power), p = min(1, t / max_steps), floor = "
    "min_lr or min_lr_ratio · base",
    source="NeMo, core/optim/lr_scheduler.py SquareAnnealing and SquareRootAnnealing",
    latex=(
        r"\mathrm{lr}(t)=\max(\mathrm{floor},\ \mathrm{base}\cdot(1-p)^{\mathit{power}})",
        r"p=\min(1,\ t/\mathit{max\_steps})",
        FLOOR_LATEX,
    ),
    use="NeMo runs with SquareAnnealing or SquareRootAnnealing, drawn as they run.",
    traps=(
        Trap(
            "The floor cuts the curve off with a corner, and holds from there on; other "
            "polynomial decays are bent so that they end at it.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={"NeMo, core/optim/lr_scheduler.py": NEMO},
    keywords=("nemo", "nvidia", "squareannealing", "squarerootannealing", "power", "polynomial"),
    params=(
        duration("max_steps", "Steps until 0 would be reached; empty: the phase's length."),
        FloatParam(
            name="power",
            default=2.0,
            minimum=0,
            help="Exponent of the time that is left: 2 is SquareAnnealing, 0.5 "
            "SquareRootAnnealing.",
        ),
        *floor_params(),
    ),
    starter={"min_lr_ratio": 0.01},
    errors=floor_errors,
    text=text,
    grips=(
        level(halfway("max_steps"), "power"),
        time(end_of("max_steps"), "max_steps", "min_lr_ratio", "min_lr"),
    ),
)
