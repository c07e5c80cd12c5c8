"""k_decay_poly: polynomial decay that begins later, by a power of time.

lr(t) = floor + (base − floor) · (1 − q)^power with q = t^k / total_steps^k (Zhang & Li 2020; timm's
k_decay). k = 1 is the plain decay, greater k stays high for longer.
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
from lrdesigner.schedulers._sources import TIMM_POLY


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · (1 − q)^power, q = (t / total_steps)^k."""
    q = f"({progress(args)}) ** {number(args['k_decay'])}"
    shape = f"1 - {q}"
    if args["power"] != 1:
        shape = f"({shape}) ** {number(args['power'])}"
    return above_floor(args, shape)


SPEC = formula_spec(
    key="k_decay_poly",
    title="k-decay poly",
    category=Category.DECAY,
    order=146,
    summary="Polynomial decay with time raised to a power: the greater k, the later the fall.",
    formula="lr(t) = floor + (base − floor) · (1 − q)^power, q = min(1, t / total_steps)^k, "
    "k = k_decay, floor = min_lr or min_lr_ratio · base",
    source="Zhang & Li 2020, arXiv:2004.05909; timm PolyLRScheduler",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot(1-q)^{\mathit{power}}"
        ),
        r"q=\min(1,\ t/\mathit{total\_steps})^{k}",
        r"k=\mathit{k\_decay}",
        FLOOR_LATEX,
    ),
    use="timm recipes with a polynomial decay and k_decay; stays high for longer than "
    "the plain polynomial.",
    traps=(
        Trap(
            "k_decay and power pull in opposite directions: a greater k_decay holds the "
            "LR up, a greater power takes it down early.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={"timm PolyLRScheduler": TIMM_POLY},
    keywords=("timm", "k_decay", "polylr"),
    params=(
        duration(),
        FloatParam(
            name="k_decay",
            default=1.0,
            above=0,
            maximum=100,
            help="Power of the time (k): 1 is the plain decay, 2 falls later, 0.5 earlier.",
        ),
        FloatParam(
            name="power",
            default=1.0,
            minimum=0,
            help="Exponent of the fall: 1 is a line (for k_decay 1), 2 falls early.",
        ),
        *floor_params(),
    ),
    starter={"k_decay": 2.0},
    errors=floor_errors,
    text=text,
    grips=(
        level(halfway("total_steps"), "k_decay"),
        time(end_of("total_steps"), "total_steps", "min_lr_ratio", "min_lr"),
    ),
)
