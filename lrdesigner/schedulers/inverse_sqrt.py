"""inverse_sqrt: inverse square root as Hugging Face transformers defines it.

lr(t) = base · t / W while t < W = num_warmup_steps, then
base / √((t + timescale − W) / timescale). Without a timescale it is W, or 10 000 if W is 0.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, time
from lrdesigner.params import IntParam
from lrdesigner.schedulers._family import branches, formula_spec, plus, span
from lrdesigner.schedulers._sources import BIG_VISION, HUGGING_FACE


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
    formula="lr(t) = base · t / W for t < W, then base / √((t + s − W) / s), W = "
    "num_warmup_steps, s = timescale",
    source="Hugging Face transformers, get_inverse_sqrt_schedule; Zhai et al. 2022, big_vision",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"t/W&t<W\\"
            r"\sqrt{\frac{s}{t+s-W}}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"W=\mathit{num\_warmup\_steps}",
        r"s=\mathit{timescale}",
    ),
    use="Pre-training without a planned end, as of vision transformers: a cooldown can "
    "follow at any time.",
    traps=(
        Trap("With a warm-up the first step has an LR of 0."),
        Trap(
            "Without a timescale the warm-up sets the pace of the decay too: a longer "
            "warm-up also falls more slowly."
        ),
        Trap("It never reaches 0; runs usually end with a cooldown of their own.", "info"),
    ),
    links={
        "Hugging Face transformers, get_inverse_sqrt_schedule": HUGGING_FACE,
        "big_vision": BIG_VISION,
    },
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
        span("num_warmup_steps", "Steps of the warm-up; 0: none."),
        IntParam(
            name="timescale",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="Pace of the fall: half of the LR is left 3 timescales after the warm-up; empty: "
            "as long as the warm-up, or 10,000 steps without one.",
        ),
    ),
    starter_for=lambda length, base: {"num_warmup_steps": max(1, length // 10)},
    text=text,
    grips=(time(at_sum("num_warmup_steps"), "num_warmup_steps"), time(_half, "timescale")),
)
