"""relora_cosine: half a cosine in which every restart begins with a warm-up from 0.

With W = first_warmup_steps, R = restart_every, w = restart_warmup_steps, T = total_steps, m =
min_lr_ratio and c(t) = base · (m + (1 − m) · ½ (1 + cos(π (t − W) / (T − W)))): base · t / W while
t < W, then c(t); but in the w steps after each multiple of R, s = t mod R, it is
s / w · c(t − s + w), the straight line up to where the cosine is then. ReLoRA's own schedule,
``get_cosine_schedule_with_multiple_warmups``, with adjust_step 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end_of, time
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedulers._family import (
    branches,
    duration,
    fit_errors,
    formula_spec,
    number,
    plus,
    span,
    steps,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import RELORA


def text(args: Args) -> str:
    """lr(t) = c(t), and s / w · c(t − s + w) after a restart, s = t mod R."""
    first, every, again = (
        args[name] for name in ("first_warmup_steps", "restart_every", "restart_warmup_steps")
    )
    curve = _cosine(args, "t")
    if again:
        top = _cosine(args, f"t - t % {every} + {again}")
        rise = f"t % {every} / {again} * ({top})"
        curve = f"where(t >= {every} and t % {every} < {again}, {rise}, {curve})"
    return branches([first], [f"t / {first}", curve]) if first else curve


def _cosine(args: Args, time: str) -> str:
    """The cosine at a time."""
    first, low = args["first_warmup_steps"], number(args["min_lr_ratio"])
    passed = f"(min({time}, {steps(args)}){plus(-first)}) / {args['total_steps'] - first}"
    shape = COSINE.format(passed)
    return f"{low} + (1 - {low}) * {shape}" if args["min_lr_ratio"] else shape


def errors(args: Args) -> Iterator[str]:
    """Warm-ups that leave no room."""
    yield from fit_errors(args, "first_warmup_steps", spare=1)
    if args["restart_warmup_steps"]:  # else restarts are not seen
        yield from fit_errors(args, "first_warmup_steps", total="restart_every")
    yield from fit_errors(args, "restart_warmup_steps", total="restart_every")


SPEC = formula_spec(
    key="relora_cosine",
    title="ReLoRA cosine",
    category=Category.CYCLIC,
    order=134,
    summary="Half a cosine that is warmed up anew from 0 after each reset of the adapters.",
    formula="lr(t) = base · t / W for t < W, then c(t), and s / w · c(t − s + w) for s = t "
    "mod R < w, c(x) = base · (m + (1 − m) · ½ (1 + cos(π (x − W) / (T − W)))), R = "
    "restart_every, W = first_warmup_steps, w = restart_warmup_steps, T = "
    "total_steps, m = min_lr_ratio",
    source="Lialin et al. 2023, arXiv:2307.05695; ReLoRA, training_utils.py "
    "get_cosine_schedule_with_multiple_warmups",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"\mathrm{base}\cdot t/W&t<W\\"
            r"\frac{s}{w}\cdot c(t-s+w)&t\ge R\text{ and }s<w\\"
            r"c(t)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"c(x)=\mathrm{base}\cdot(m+(1-m)\cdot\frac{1+\cos\theta}{2})",
        r"\theta=\pi\cdot\frac{\min(x,\ T)-W}{T-W}",
        r"s=t\bmod R",
        r"R=\mathit{restart\_every}",
        r"W=\mathit{first\_warmup\_steps}",
        r"w=\mathit{restart\_warmup\_steps}",
        r"T=\mathit{total\_steps}",
        r"m=\mathit{min\_lr\_ratio}",
    ),
    use="ReLoRA pre-training as its authors do it: the LR is warmed up anew after each "
    "reset of the adapters.",
    traps=(
        Trap("The first step after each restart has an LR of 0.", "info"),
        Trap("restart_warmup_steps is 0 unless given, and then no restart is seen in the curve."),
        Trap(
            "Only the LR restarts: resetting adapters and optimizer is up to the training loop.",
            "info",
        ),
    ),
    links={"ReLoRA, training_utils.py": RELORA},
    keywords=("relora", "lora", "cosine_restarts", "jagged", "restart_every", "multiple warmups"),
    params=(
        duration(text="Steps until the cosine is over; empty: the phase's length."),
        span("first_warmup_steps", "Steps of the first warm-up; 0: none."),
        IntParam(
            name="restart_every",
            minimum=1,
            unit="ticks",
            help="Steps from one restart to the next.",
        ),
        span("restart_warmup_steps", "Steps of the warm-up after a restart; 0: none."),
        FloatParam(
            name="min_lr_ratio",
            default=0.1,
            minimum=0,
            maximum=1,
            unit="× base",
            help="Fraction of the base LR that is left in the end.",
        ),
    ),
    starter_for=lambda length, base: {
        "first_warmup_steps": length // 20,
        "restart_every": max(1, -(-length // 4)),
        "restart_warmup_steps": length // 40,
    },
    errors=errors,
    text=text,
    grips=(
        time(at_sum("first_warmup_steps"), "first_warmup_steps"),
        time(at_sum("restart_every"), "restart_every"),
        time(at_sum("restart_every", "restart_warmup_steps"), "restart_warmup_steps"),
        time(end_of("total_steps"), "total_steps", "min_lr_ratio"),
    ),
)
