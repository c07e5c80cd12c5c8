"""noam_hold: warm-up to a peak that you set, hold, then a power of the time since.

With W = warmup_steps, H = hold_steps: base · (t + 1) / (W + 1) while t < W, base while t < W + H,
then max(min_lr, base · (W / (t − H))^decay_rate). Rate ½ is Noam's decay, 1 is Squeezeformer's.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import absolute, branches, formula_spec, number, plus, span
from lrdesigner.schedulers._sources import NEMO


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
    formula="lr(t) = base · (t + 1) / (W + 1) for t < W, base for t < W + H, then max(m, "
    "base · (W / (t − H))^decay_rate), W = warmup_steps, H = hold_steps, m = min_lr",
    source="Kim et al. 2022 (Squeezeformer), arXiv:2206.00888; NeMo NoamHoldAnnealing",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"\mathrm{base}\cdot\frac{t+1}{W+1}&t<W\\"
            r"\mathrm{base}&t<W+H\\"
            r"\max(m,\ \mathrm{base}\cdot d)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"d=\left(\frac{W}{t-H}\right)^{\mathit{decay\_rate}}",
        r"W=\mathit{warmup\_steps}",
        r"H=\mathit{hold\_steps}",
        r"m=\mathit{min\_lr}",
    ),
    use="Speech recognition with Squeezeformer or Conformer; Noam's decay with a peak "
    "that you set.",
    traps=(
        Trap("warmup_steps is 1,000 unless given: in a shorter run the LR only ever rises."),
        Trap(
            "min_lr is absolute: a group whose LR is below it rises to it after the hold.",
            rule="floor-above-lr",
        ),
    ),
    links={"NeMo NoamHoldAnnealing": NEMO},
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
        span(
            "warmup_steps",
            "Steps of the warm-up, which also set the pace of the fall.",
            default=1000,
            minimum=1,
        ),
        span("hold_steps", "Steps at the base LR after the warm-up; 0: none."),
        FloatParam(
            name="decay_rate",
            default=0.5,
            minimum=0,
            help="Exponent of the fall: 0.5 as in Noam, 1 as in Squeezeformer.",
        ),
        FloatParam(
            name="min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="Lowest LR of the fall, absolute and the same for every group; 0: none.",
        ),
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
