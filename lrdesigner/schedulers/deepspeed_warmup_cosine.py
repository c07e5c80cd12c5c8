"""deepspeed_warmup_cosine: DeepSpeed's WarmupCosineLR, a warm-up and then half a cosine.

base · (r + (1 − r) · γ(t)) with r = warmup_min_ratio, γ = ln(t + 1) / ln(W) (log) or t / W
(linear) while t < W = max(2, warmup_num_steps); then base · (c + (1 − c) · ½ (1 + cos(π p))) with
c = cos_min_ratio, p = min(1, (t − W + 1) / max(1, N − W)), N = total_num_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import ChoiceParam, FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, number, plus, span
from lrdesigner.schedulers._shapes import COSINE, deepspeed_ramp
from lrdesigner.schedulers._sources import DEEPSPEED


def text(args: Args) -> str:
    """lr(t) = base · (r + (1 − r) · γ(t)), then base · (c + (1 − c) · ½ (1 + cos(π p)))."""
    warmup = max(2, args["warmup_num_steps"])
    left = max(1, args["total_num_steps"] - warmup)
    start, end = number(args["warmup_min_ratio"]), number(args["cos_min_ratio"])
    rise = deepspeed_ramp(args)
    if args["warmup_min_ratio"]:
        rise = f"{start} + (1 - {start}) * ({rise})"
    fall = COSINE.format(f"min(1, (t{plus(1 - warmup)}) / {left})")
    return branches([warmup], [rise, f"{end} + (1 - {end}) * ({fall})"])


SPEC = formula_spec(
    key="deepspeed_warmup_cosine",
    title="WarmupCosine",
    category=Category.DECAY,
    order=320,
    summary="Rises along a logarithm (or a line), then falls along half a cosine; both ratios.",
    formula="lr(t) = base · (r + (1 − r) · g), g = ln(t + 1) / ln(W) or t / W, for t < W, "
    "then base · (c + (1 − c) · ½ (1 + cos(π p))), p = (t − W + 1) / (N − W), r = "
    "warmup_min_ratio, c = cos_min_ratio, W = warmup_num_steps, N = total_num_steps",
    source="DeepSpeed, runtime/lr_schedules.py WarmupCosineLR",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot s",
        (
            r"s=\begin{cases}"
            r"r+(1-r)\cdot g&t<W\\"
            r"c+(1-c)\cdot\frac{1+\cos\pi p}{2}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"g=\begin{cases}\ln(t+1)/\ln W&\text{log}\\t/W&\text{linear}\end{cases}",
        r"p=\min\left(1,\ \frac{t-W+1}{\max(1,\ N-W)}\right)",
        r"r=\mathit{warmup\_min\_ratio}",
        r"c=\mathit{cos\_min\_ratio}",
        r"W=\max(2,\ \mathit{warmup\_num\_steps})",
        r"N=\mathit{total\_num\_steps}",
    ),
    use="DeepSpeed configurations with a WarmupCosineLR scheduler, drawn as they run.",
    traps=(
        Trap(
            "warmup_num_steps is 1,000 unless given: in a shorter run the warm-up is all "
            "there is, and the full LR is never reached."
        ),
        Trap("The default warm-up is a logarithm, which is near the full LR early on.", "info"),
    ),
    links={"DeepSpeed, runtime/lr_schedules.py": DEEPSPEED},
    keywords=("deepspeed", "warmupcosinelr", "log", "cosine", "warm-up"),
    params=(
        duration(
            "total_num_steps", "Steps until the end of the cosine; empty: the phase's length."
        ),
        FloatParam(
            name="warmup_min_ratio",
            default=0.0,
            minimum=0,
            unit="× base",
            help="Fraction of the base LR at the first step.",
        ),
        span("warmup_num_steps", "Steps of the warm-up.", default=1000, minimum=1),
        FloatParam(
            name="cos_min_ratio",
            default=1e-4,
            minimum=0,
            unit="× base",
            help="Fraction of the base LR at the end.",
        ),
        ChoiceParam(
            name="warmup_type",
            default="log",
            choices=("log", "linear"),
            help="Shape of the rise: a logarithm, steep at first, or a line.",
        ),
    ),
    starter_for=lambda length, base: {"warmup_num_steps": max(1, length // 10)},
    text=text,
    grips=(
        level(start, "warmup_min_ratio"),
        time(at_sum("warmup_num_steps"), "warmup_num_steps"),
        time(end_of("total_num_steps"), "total_num_steps", "cos_min_ratio"),
    ),
)
