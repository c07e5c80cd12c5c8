"""inverse_sqrt: inverse square root as Hugging Face transformers defines it.

lr(t) = base · t / W while t < W = num_warmup_steps, then
base / √((t + timescale − W) / timescale). Without a timescale it is W, or 10 000 if W is 0.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, time
from lrdesigner.params import IntParam
from lrdesigner.schedulers._family import branches, formula_spec, plus, span


def text(args: Args) -> str:
    """lr(t) = base · t / W while t < W, then base / √((t + timescale − W) / timescale)."""
    warmup = args["num_warmup_steps"]
    scale = args["timescale"] or warmup or 10_000
    decay = f"1 / sqrt((t{plus(scale - warmup)}) / {scale})"
    return branches([warmup], [f"t / {warmup}", decay]) if warmup else decay


def _half(args: Args, group: int) -> float:
    """Where half of the base LR is reached."""
    return float(args["num_warmup_steps"] + 3 * args["timescale"])


SPEC = formula_spec(
    key="inverse_sqrt",
    title="1/√t HF",
    category=Category.DECAY,
    order=220,
    summary="Linear warm-up to the base LR, then falls as 1 / √t, without an end to plan for.",
    formula="lr(t) = base · t / W for t < W, then base / √((t + timescale − W) / timescale)",
    source="Hugging Face transformers, get_inverse_sqrt_schedule; Zhai et al. 2022, big_vision",
    keywords=(
        "inverse square root",
        "hf",
        "huggingface",
        "transformers",
        "rsqrt",
        "inv_sqrt",
        "big_vision",
        "levanter",
        "warm-up",
        "infinite",
    ),
    params=(
        span("num_warmup_steps", "W: steps of the warm-up; 0: none."),
        IntParam(
            name="timescale",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="How slowly it falls; empty: W, or 10 000 without a warm-up.",
        ),
    ),
    starter_for=lambda length, base: {"num_warmup_steps": max(1, length // 10)},
    text=text,
    grips=(time(at_sum("num_warmup_steps"), "num_warmup_steps"), time(_half, "timescale")),
)
