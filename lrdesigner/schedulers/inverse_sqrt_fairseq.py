"""inverse_sqrt_fairseq: inverse square root as fairseq defines it.

lr(t) = init + (base − init) · t / W while t < W = warmup_updates, then base · √W · t^(−½), with
init = warmup_init_lr. ESPnet's ``WarmupLR`` has the same curve with init = 0.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import absolute, branches, formula_spec, span


def text(args: Args) -> str:
    """lr(t) = init + (base − init) · t / W while t < W, then base · √W · t^(−½)."""
    warmup, low = args["warmup_updates"], absolute(args["warmup_init_lr"])
    rise = f"t / {warmup}"
    rise = rise if low == "0" else f"{low} + (1 - {low}) * {rise}"
    return branches([warmup], [rise, f"sqrt({warmup} / t)"])


SPEC = formula_spec(
    key="inverse_sqrt_fairseq",
    title="1/√t fairseq",
    category=Category.DECAY,
    order=222,
    summary="Linear warm-up to the base LR, then the square root of warm-up over time.",
    formula="lr(t) = init + (base − init) · t / W for t < W, then base · √W · t^(−½)",
    source="fairseq, optim/lr_scheduler/inverse_square_root_schedule.py; ESPnet WarmupLR",
    keywords=("rsqrt", "inv_sqrt", "espnet", "warmuplr", "transformer", "warm-up"),
    params=(
        span("warmup_updates", "W: updates of the warm-up.", default=4000, minimum=1),
        FloatParam(
            name="warmup_init_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="init: LR that the warm-up starts from.",
        ),
    ),
    starter_for=lambda length, base: {"warmup_updates": max(1, length // 10)},
    text=text,
    grips=(level(start, "warmup_init_lr"), time(at_sum("warmup_updates"), "warmup_updates")),
)
