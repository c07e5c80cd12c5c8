"""k_decay_cosine: cosine decay that begins later, by a power of time.

lr(t) = floor + (base − floor) · ½ (1 + cos(π q)) with q = t^k / total_steps^k (Zhang & Li 2020;
timm's k_decay). k = 1 is the plain decay, greater k stays high for longer.
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
from lrdesigner.schedulers._shapes import COSINE


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · ½ (1 + cos(π q)), q = (t / total_steps)^k."""
    q = f"({progress(args)}) ** {number(args['k_decay'])}"
    return above_floor(args, COSINE.format(q))


SPEC = formula_spec(
    key="k_decay_cosine",
    title="k-decay cosine",
    category=Category.DECAY,
    order=154,
    summary="Cosine decay with time raised to a power: the greater k, the later the fall.",
    formula="lr(t) = floor + (base − floor) · ½ (1 + cos(π q)), q = (t / total_steps)^k",
    source="Zhang & Li 2020, arXiv:2004.05909; timm CosineLRScheduler",
    keywords=("timm", "k_decay", "cosinelr"),
    params=(
        duration(),
        FloatParam(
            name="k_decay",
            default=1.0,
            above=0,
            maximum=100,
            help="k: 1 is the plain decay, greater is later.",
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
