"""inverse_sqrt_fairseq: inverse square root as fairseq defines it.

lr(t) = init + (base − init) · t / W while t < W = warmup_updates, then base · √W · t^(−½), with
init = warmup_init_lr. ESPnet's ``WarmupLR`` has the same curve with init = 0.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import absolute, branches, formula_spec, span
from lrdesigner.schedulers._sources import ESPNET, FAIRSEQ_INVERSE


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
    formula="lr(t) = m + (base − m) · t / W for t < W, then base · √(W / t), W = "
    "warmup_updates, m = warmup_init_lr",
    source="fairseq, optim/lr_scheduler/inverse_square_root_schedule.py; ESPnet WarmupLR",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"m+(\mathrm{base}-m)\cdot t/W&t<W\\"
            r"\mathrm{base}\cdot\sqrt{W/t}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"W=\mathit{warmup\_updates}",
        r"m=\mathit{warmup\_init\_lr}",
    ),
    use="Translation and speech models in fairseq and ESPnet, where the base LR is the peak.",
    traps=(
        Trap("With warmup_init_lr 0 the first step has an LR of 0."),
        Trap("warmup_updates is 4,000 unless given: in a shorter run the LR only ever rises."),
        Trap(
            "warmup_init_lr is absolute: a group whose LR is below it falls during the warm-up.",
            "info",
        ),
    ),
    links={
        "fairseq, optim/lr_scheduler/inverse_square_root_schedule.py": FAIRSEQ_INVERSE,
        "ESPnet WarmupLR": ESPNET,
    },
    keywords=("rsqrt", "inv_sqrt", "espnet", "warmuplr", "transformer", "warm-up"),
    params=(
        span(
            "warmup_updates",
            "Steps of the warm-up, which also set the pace of the fall.",
            default=4000,
            minimum=1,
        ),
        FloatParam(
            name="warmup_init_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR that the warm-up starts from, absolute and the same for every group.",
        ),
    ),
    starter_for=lambda length, base: {"warmup_updates": max(1, length // 10)},
    text=text,
    grips=(level(start, "warmup_init_lr"), time(at_sum("warmup_updates"), "warmup_updates")),
)
