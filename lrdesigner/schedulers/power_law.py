"""power_law: warm-up, a power of the time since the start, and a straight line down at the end.

With W = warmup_steps, D = decay_steps, T = total_steps: low + (base − low) · t / W while t ≤ W,
then base · (t / W)^b, and over the last D steps end + (base · ((T − D) / W)^b − end) · (T − t) / D.
OLMo-core's ``PowerLR``, the power scheduler (Shen et al. 2024) counted in steps; low and end are
warmup_min_lr and decay_min_lr.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, before_end, end_of, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    absolute,
    branches,
    duration,
    fit_errors,
    formula_spec,
    number,
    span,
    steps,
)
from lrdesigner.schedulers._sources import OLMO_CORE


def text(args: Args) -> str:
    """lr(t) = base · t / W, then base · (t / W)^b, then a line down to the end."""
    warmup, decay, total = args["warmup_steps"], args["decay_steps"], args["total_steps"]
    low, power = absolute(args["warmup_min_lr"]), number(args["b"])
    rise = f"t / {warmup}" if low == "0" else f"{low} + (1 - {low}) * t / {warmup}"
    fall = f"(t / {warmup}) ** {power}"
    if decay:
        last, left = absolute(args["decay_min_lr"]), f"max(0, {steps(args)} - t) / {decay}"
        top = f"({total - decay} / {warmup}) ** {power}"
        line = f"{top} * {left}" if last == "0" else f"{last} + ({top} - {last}) * {left}"
        fall = branches([total - decay], [fall, line])
    return branches([warmup], [rise, fall], "<=")


def errors(args: Args) -> Iterator[str]:
    """Parts longer than the whole."""
    yield from fit_errors(args, "warmup_steps", "decay_steps")


SPEC = formula_spec(
    key="power_law",
    title="Power law",
    category=Category.DECAY,
    order=242,
    summary="Warm-up, then a power of the steps since the start, and a line down to the end.",
    formula="lr(t) = l + (base − l) · t / W for t ≤ W, then base · (t / W)^b, and e + (y − "
    "e) · (T − t) / D in the last D steps, y = base · ((T − D) / W)^b, W = "
    "warmup_steps, D = decay_steps, T = total_steps, l = warmup_min_lr, e = "
    "decay_min_lr",
    source="OLMo-core, optim/scheduler.py PowerLR; Shen et al. 2024, arXiv:2408.13359",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"l+(\mathrm{base}-l)\cdot t/W&t\le W\\"
            r"f&\text{otherwise}"
            r"\end{cases}"
        ),
        (
            r"f=\begin{cases}"
            r"\mathrm{base}\cdot(t/W)^b&t<T-D\text{ or }D=0\\"
            r"e+(y-e)\cdot z&\text{otherwise}"
            r"\end{cases}"
        ),
        r"z=\max(0,\ T-t)/D",
        r"y=\mathrm{base}\cdot\left(\frac{T-D}{W}\right)^b",
        r"W=\mathit{warmup\_steps}",
        r"D=\mathit{decay\_steps}",
        r"T=\mathit{total\_steps}",
        r"l=\mathit{warmup\_min\_lr}",
        r"e=\mathit{decay\_min\_lr}",
    ),
    use="OLMo-core runs on the power scheduler, whose peak is set and whose pace is "
    "counted in steps.",
    traps=(
        Trap(
            "The warm-up sets the pace of the fall: with b −0.51 about half of the LR is "
            "left at four times the warm-up.",
            "info",
        ),
        Trap("warmup_steps is 1,000 unless given: in a shorter run the LR only ever rises."),
        Trap(
            "Without decay_steps there is no line at the end, and the run ends at a noticeable LR.",
            "info",
        ),
    ),
    links={"OLMo-core, optim/scheduler.py": OLMO_CORE},
    keywords=("olmo", "olmo-core", "powerlr", "power scheduler", "infinite", "granite", "cooldown"),
    params=(
        duration(text="Steps of all parts together; empty: the phase's length."),
        span(
            "warmup_steps",
            "Steps of the warm-up, which also set the pace of the fall.",
            default=1000,
            minimum=1,
        ),
        FloatParam(
            name="b",
            default=-0.51,
            below=0,
            help="Exponent of the time since the start; −0.51 in the paper.",
        ),
        span("decay_steps", "Steps of the line at the end; 0: none."),
        FloatParam(
            name="warmup_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the first step of the warm-up, absolute and the same for every group.",
        ),
        FloatParam(
            name="decay_min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR that the line ends at, absolute and the same for every group.",
        ),
    ),
    starter_for=lambda length, base: {
        "warmup_steps": max(1, length // 20),
        "decay_steps": length // 10,
    },
    errors=errors,
    text=text,
    grips=(
        level(start, "warmup_min_lr"),
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(before_end("total_steps", "decay_steps"), "decay_steps", "b"),
        time(end_of("total_steps"), "total_steps", "decay_min_lr"),
    ),
)
