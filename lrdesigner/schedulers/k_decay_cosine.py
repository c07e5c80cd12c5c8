"""k_decay_cosine: cosine decay that begins later, by a power of time.

lr(t) = floor + (base − floor) · ½ (1 + cos(π q)) with q = t^k / total_steps^k (Zhang & Li 2020;
timm's k_decay). k = 1 is the plain decay, greater k stays high for longer.
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
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import TIMM_COSINE


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
    formula="lr(t) = floor + (base − floor) · ½ (1 + cos(π q)), q = min(1, t / "
    "total_steps)^k, k = k_decay, floor = min_lr or min_lr_ratio · base",
    source="Zhang & Li 2020, arXiv:2004.05909; timm CosineLRScheduler",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})"
            r"\cdot\frac{1+\cos\pi q}{2}"
        ),
        r"q=\min(1,\ t/\mathit{total\_steps})^{k}",
        r"k=\mathit{k\_decay}",
        FLOOR_LATEX,
    ),
    use="timm recipes that set k_decay; a cosine that stays high for longer.",
    traps=(
        Trap("A k_decay below 1 does the opposite: it falls steeply at the very start.", "info"),
        FLOOR_TRAP,
    ),
    links={"timm CosineLRScheduler": TIMM_COSINE},
    keywords=("timm", "k_decay", "cosinelr"),
    params=(
        duration(),
        FloatParam(
            name="k_decay",
            default=1.0,
            above=0,
            maximum=100,
            help="Power of the time (k): 1 is the plain decay, 2 falls later, 0.5 earlier.",
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
