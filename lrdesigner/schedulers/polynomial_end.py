"""polynomial_end: a power of the time that is left, down to an end LR, once or in cycles.

lr(t) = (base − end) · (1 − t / decay_steps)^power + end, and end from decay_steps on. In cycles,
decay_steps is multiplied by ⌈t / decay_steps⌉, so that the LR jumps up at each multiple and
falls anew: Keras', Paddle's, NeMo's and (without cycles) Hugging Face's polynomial decay.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
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
from lrdesigner.schedulers._sources import HUGGING_FACE, KERAS, NEMO


def text(args: Args) -> str:
    """lr(t) = (base − end) · (1 − t / decay_steps)^power + end."""
    return polynomial(args, floor(args, "lr_end"))


SPEC = formula_spec(
    key="polynomial_end",
    title="Poly + end LR",
    category=Category.DECAY,
    order=140,
    summary="Falls to an end LR as a power of the time that is left, once or in cycles.",
    formula="lr(t) = (base − end) · (1 − p)^power + end, p = min(1, t / n), with cycle t / "
    "(n · ⌈t / n⌉), n = decay_steps, end = lr_end or lr_end_ratio · base",
    source="Hugging Face transformers, get_polynomial_decay_schedule_with_warmup; NeMo, Keras",
    latex=(
        r"\mathrm{lr}(t)=(\mathrm{base}-\mathrm{end})\cdot(1-p)^{\mathit{power}}+\mathrm{end}",
        (
            r"p=\begin{cases}"
            r"t/(n\cdot\max(1,\ \lceil t/n\rceil))&\mathit{cycle}\\"
            r"\min(1,\ t/n)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"n=\mathit{decay\_steps}",
        r"\mathrm{end}=\max(\mathit{lr\_end},\ \mathit{lr\_end\_ratio}\cdot\mathrm{base})",
    ),
    use="BERT-like fine-tuning and segmentation; NeMo's square and square-root annealing "
    "are powers 2 and 0.5.",
    traps=(
        Trap(
            "lr_end is absolute: a group whose LR is below it rises; lr_end_ratio keeps "
            "the groups' ratio.",
            rule="floor-above-lr",
        ),
        Trap(
            "With cycle the jump at decay_steps goes half way up only (for power 1), and "
            "each later one less far.",
            "info",
        ),
        Trap("A power of 0 stays at the base LR and never falls, not even at the end.", "info"),
    ),
    links={
        "Hugging Face transformers, get_polynomial_decay_schedule_with_warmup": HUGGING_FACE,
        "NeMo": NEMO,
        "Keras": KERAS,
    },
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
            help="Exponent of the time that is left: 1 is a line, 2 falls early, 0.5 falls late.",
        ),
        BoolParam(
            name="cycle",
            default=False,
            help="Jump up at each multiple of decay_steps and fall anew, from lower each time.",
        ),
    ),
    starter={"lr_end_ratio": 0.01, "power": 2.0},
    errors=lambda args: floor_errors(args, "lr_end"),
    text=text,
    grips=(
        level(halfway("decay_steps"), "power"),
        time(end_of("decay_steps"), "decay_steps", "lr_end_ratio", "lr_end"),
    ),
)
