"""noam_hold: warm-up to a peak that you set, hold, then a power of the time since.

With W = warmup_steps, H = hold_steps: base · (t + 1) / (W + 1) while t < W, base while t < W + H,
then max(min_lr, base · (W / (t − H))^decay_rate). Rate ½ is Noam's decay, 1 is Squeezeformer's.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import absolute, branches, formula_spec, number, plus, span


def text(args: Args) -> str:
    """lr(t) = base · (t + 1) / (W + 1), then base, then base · (W / (t − H))^decay_rate."""
    warmup, hold, low = args["warmup_steps"], args["hold_steps"], absolute(args["min_lr"])
    bounds, leaves = [warmup], [f"(t + 1) / {warmup + 1}"]
    if hold:
        bounds.append(warmup + hold)
        leaves.append("1")
    fall = f"({warmup} / (t{plus(-hold)})) ** {number(args['decay_rate'])}"
    return branches(bounds, [*leaves, fall if low == "0" else f"max({low}, {fall})"])


SPEC = formula_spec(
    key="noam_hold",
    title="Noam + hold",
    category=Category.HOLD,
    order=170,
    summary="Linear warm-up, hold, then a fall along a power of time: for speech recognition.",
    formula="lr(t) = base · (t + 1) / (W + 1), then base, then base · (W / (t − H))^decay_rate",
    source="Kim et al. 2022 (Squeezeformer), arXiv:2206.00888; NeMo NoamHoldAnnealing",
    keywords=(
        "noam with hold",
        "nemo",
        "squeezeformer",
        "noamholdannealing",
        "conformer",
        "speech",
        "warm-up",
    ),
    params=(
        span("warmup_steps", "W: steps of the warm-up.", default=1000, minimum=1),
        span("hold_steps", "H: steps at the base LR."),
        FloatParam(
            name="decay_rate",
            default=0.5,
            minimum=0,
            help="Exponent of the fall: 0.5 as in Noam, 1 as in Squeezeformer.",
        ),
        FloatParam(name="min_lr", default=0.0, minimum=0, unit="lr", help="Lowest LR, absolute."),
    ),
    starter_for=lambda length, base: {
        "warmup_steps": max(1, length // 10),
        "hold_steps": length * 3 // 10,
    },
    text=text,
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(at_sum("warmup_steps", "hold_steps"), "hold_steps"),
        level(end, "min_lr", "decay_rate"),
    ),
)
