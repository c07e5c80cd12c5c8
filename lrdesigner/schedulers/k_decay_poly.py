"""k_decay_poly: polynomial decay that begins later, by a power of time.

lr(t) = floor + (base − floor) · (1 − q)^power with q = t^k / total_steps^k (Zhang & Li 2020; timm's
k_decay). k = 1 is the plain decay, greater k stays high for longer.
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
    formula="lr(t) = floor + (base − floor) · (1 − q)^power, q = (t / total_steps)^k",
    source="Zhang & Li 2020, arXiv:2004.05909; timm PolyLRScheduler",
    keywords=("timm", "k_decay", "polylr"),
    params=(
        duration(),
        FloatParam(
            name="k_decay",
            default=1.0,
            above=0,
            maximum=100,
            help="k: 1 is the plain decay, greater is later.",
        ),
        FloatParam(name="power", default=1.0, minimum=0, help="Exponent of the time left."),
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
