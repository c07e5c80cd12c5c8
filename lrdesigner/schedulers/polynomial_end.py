"""polynomial_end: a power of the time that is left, down to an end LR, once or in cycles.

lr(t) = (base − end) · (1 − t / decay_steps)^power + end, and end from decay_steps on. In cycles,
decay_steps is multiplied by ⌈t / decay_steps⌉, so that the LR jumps up at each multiple and
falls anew: Keras', Paddle's, NeMo's and (without cycles) Hugging Face's polynomial decay.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, halfway, level, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import (
    duration,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
)
from lrdesigner.schedulers._shapes import polynomial


def text(args: Args) -> str:
    """lr(t) = (base − end) · (1 − t / decay_steps)^power + end."""
    return polynomial(args, floor(args, "lr_end"))


SPEC = formula_spec(
    key="polynomial_end",
    title="Poly + end LR",
    category=Category.DECAY,
    order=140,
    summary="Falls to an end LR as a power of the time that is left, once or in cycles.",
    formula="lr(t) = (base − end) · (1 − t / decay_steps)^power + end",
    source="Hugging Face transformers, get_polynomial_decay_schedule_with_warmup; NeMo, Keras",
    keywords=(
        "polynomial with end lr",
        "huggingface",
        "hf",
        "transformers",
        "nemo",
        "power",
        "lr_end",
        "cycle",
        "linear",
        "square",
        "square root",
        "optax",
        "polynomial_schedule",
        "bert",
    ),
    params=(
        duration("decay_steps"),
        *floor_params("lr_end"),
        FloatParam(
            name="power",
            default=1.0,
            minimum=0,
            help="Exponent: 1 is a line, 2 falls early, 0.5 falls late.",
        ),
        BoolParam(name="cycle", default=False, help="Jump up at decay_steps and fall anew."),
    ),
    starter={"lr_end_ratio": 0.01, "power": 2.0},
    errors=lambda args: floor_errors(args, "lr_end"),
    text=text,
    grips=(
        level(halfway("decay_steps"), "power"),
        time(end_of("decay_steps"), "decay_steps", "lr_end_ratio", "lr_end"),
    ),
)
