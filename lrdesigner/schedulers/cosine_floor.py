"""cosine_floor: half a cosine down to a floor, absolute or a fraction of the base LR.

lr(t) = floor + (base − floor) · (½ (1 + cos(π t / total_steps)))^exponent, and the floor after
total_steps, where torch's CosineAnnealingLR would rise again. The exponent is optax's.
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
    number,
    progress,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import HUGGING_FACE, OPTAX


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · (½ (1 + cos(π t / total_steps)))^exponent."""
    shape = COSINE.format(progress(args))
    if args["exponent"] != 1:
        shape = f"({shape}) ** {number(args['exponent'])}"
    return above_floor(args, shape)


SPEC = formula_spec(
    key="cosine_floor",
    title="Cosine + floor",
    category=Category.DECAY,
    order=150,
    summary="Half a cosine down to a floor, given as an LR or as a fraction of the base LR.",
    formula="lr(t) = floor + (base − floor) · (½ (1 + cos(π p)))^exponent, p = min(1, t / "
    "total_steps), floor = min_lr or min_lr_ratio · base",
    source="Hugging Face transformers, cosine_with_min_lr; optax.cosine_decay_schedule",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})"
            r"\cdot\left(\frac{1+\cos\pi p}{2}\right)^{k}"
        ),
        r"p=\min(1,\ t/\mathit{total\_steps})",
        r"k=\mathit{exponent}",
        FLOOR_LATEX,
    ),
    use="Pre-training of language models, usually with a floor of a tenth of the peak "
    "after a short warm-up.",
    traps=(
        Trap(
            "After total_steps it stays at the floor, where torch's CosineAnnealingLR "
            "climbs back up.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={
        "Hugging Face transformers, cosine_with_min_lr": HUGGING_FACE,
        "optax.cosine_decay_schedule": OPTAX,
    },
    keywords=(
        "huggingface",
        "cosine_with_min_lr",
        "min_lr",
        "min_lr_rate",
        "alpha",
        "optax",
        "gpt",
        "llama",
        "megatron",
        "annealing",
        "keras",
        "cosinedecay",
    ),
    params=(
        duration(),
        *floor_params(),
        FloatParam(
            name="exponent",
            default=1.0,
            minimum=0,
            advanced=True,
            help="Power of the cosine: 1 is the plain one, greater falls earlier.",
        ),
    ),
    starter={"min_lr_ratio": 0.1},
    errors=floor_errors,
    text=text,
)
