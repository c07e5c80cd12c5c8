"""rsqrt_cooldown: warm-up, a reciprocal power of time, and a cooldown that it is multiplied by.

With W = warmup_steps, D = decay_steps, T = total_steps, s = t − W: base · t / W while t < W, then
l(s) = max(floor, base · (1 + s / timescale)^(−power)), and over the last D steps floor + (l(s) −
floor) · cooldown(p), p = (t − T + D) / D. Power ½ with the timescale W and a linear cooldown is
the schedule of Zhai et al. 2022; timm's ``WSDLRScheduler`` with ``stable_fn`` rsqrt or power, whose
t_initial is T − W. Without a timescale it is W, or 1 if W is 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, before_end, end_of, time
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    branches,
    duration,
    fit_errors,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    plus,
    span,
    steps,
)
from lrdesigner.schedulers._shapes import COOLDOWNS
from lrdesigner.schedulers._sources import BIG_VISION, TIMM


def text(args: Args) -> str:
    """lr(t) = base · t / W, then l(s) = base · (1 + s / timescale)^(−power), times a cooldown."""
    warmup, decay, total = args["warmup_steps"], args["decay_steps"], args["total_steps"]
    scale, low = args["timescale"] or warmup or 1, floor(args)
    fall = f"(1 + (t{plus(-warmup)}) / {scale}) ** {number(-args['power'])}"
    fall = fall if low == "0" else f"max({low}, {fall})"
    bounds, leaves = ([warmup], [f"t / {warmup}"]) if warmup else ([], [])
    if not decay:
        return branches(bounds, [*leaves, fall])
    if total - decay > warmup:
        bounds, leaves = [*bounds, total - decay], [*leaves, fall]
    passed = f"(min(t, {steps(args)}){plus(decay - total)}) / {decay}"
    shape = COOLDOWNS[args["decay_type"]].format(passed)
    last = f"{fall} * ({shape})" if low == "0" else f"{low} + ({fall} - {low}) * ({shape})"
    return branches(bounds, [*leaves, last])


def errors(args: Args) -> Iterator[str]:
    """Parts longer than the whole, and two floors."""
    yield from fit_errors(args, "warmup_steps", "decay_steps")
    yield from floor_errors(args)


SPEC = formula_spec(
    key="rsqrt_cooldown",
    title="1/√t cooldown",
    category=Category.DECAY,
    order=230,
    summary="Warm-up, a fall as 1 / √t that may go on for ever, and a cooldown wherever you stop.",
    formula="lr(t) = base · t / W for t < W, then l = max(floor, base · (1 + (t − W) / "
    "s)^(−power)), and floor + (l − floor) · c(p) in the last D steps, p = (t − T + "
    "D) / D, c as decay_type says, W = warmup_steps, D = decay_steps, T = "
    "total_steps, s = timescale, floor = min_lr or min_lr_ratio · base",
    source="Zhai et al. 2022, arXiv:2106.04560, big_vision; timm WSDLRScheduler",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"\mathrm{base}\cdot t/W&t<W\\"
            r"\mathrm{floor}+(l-\mathrm{floor})\cdot u&\text{otherwise}"
            r"\end{cases}"
        ),
        r"u=\begin{cases}1&t<T-D\text{ or }D=0\\c(p)&\text{otherwise}\end{cases}",
        r"l=\max(\mathrm{floor},\ \mathrm{base}\cdot d)",
        r"d=\left(1+\frac{t-W}{s}\right)^{-\mathit{power}}",
        (
            r"c(x)=\begin{cases}"
            r"1-x&\mathit{decay\_type}\text{ linear}\\"
            r"\frac{1}{2}(1+\cos\pi x)&\text{cosine}\\"
            r"1-\sqrt{x}&\text{1-sqrt}\\"
            r"1-x^2&\text{1-square}\\"
            r"2\cdot0.5^x-1&\text{exponential}"
            r"\end{cases}"
        ),
        r"p=\frac{\min(t,\ T)-T+D}{D}",
        r"W=\mathit{warmup\_steps}",
        r"D=\mathit{decay\_steps}",
        r"T=\mathit{total\_steps}",
        r"s=\mathit{timescale}",
        FLOOR_LATEX,
    ),
    use="Vision transformers of open training length: stop anywhere, with a cooldown from there.",
    traps=(
        Trap("With a warm-up the first step has an LR of 0.", "info"),
        Trap(
            "Without a timescale the warm-up sets the pace of the fall too: a longer "
            "warm-up also falls more slowly."
        ),
        Trap(
            "decay_steps is 0 unless given: no cooldown, and the run ends at a noticeable LR.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={"big_vision": BIG_VISION, "timm WSDLRScheduler": TIMM},
    keywords=(
        "rsqrt",
        "inverse square root",
        "big_vision",
        "timm",
        "wsdlrscheduler",
        "vit",
        "infinite",
        "cooldown",
        "speechbrain",
    ),
    params=(
        duration(text="Steps of all three parts together; empty: the phase's length."),
        span("warmup_steps", "Steps of the warm-up; 0: none."),
        span("decay_steps", "Steps of the cooldown; 0: none."),
        IntParam(
            name="timescale",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="Pace of the fall: with power 0.5 half of the LR is left 3 timescales after the "
            "warm-up; empty: as long as the warm-up.",
        ),
        FloatParam(
            name="power",
            default=0.5,
            minimum=0,
            help="Exponent of the fall; 0.5 is one over the root of the time.",
        ),
        ChoiceParam(
            name="decay_type",
            default="linear",
            choices=tuple(COOLDOWNS),
            help="Shape of the cooldown: 1-sqrt falls early, 1-square late.",
        ),
        *floor_params(),
    ),
    starter_for=lambda length, base: {
        "warmup_steps": length // 10,
        "decay_steps": length // 5,
    },
    errors=errors,
    text=text,
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(before_end("total_steps", "decay_steps"), "decay_steps", "power"),
        time(end_of("total_steps"), "total_steps", "min_lr_ratio", "min_lr"),
    ),
)
