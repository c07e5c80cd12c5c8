"""rsqrt_cooldown: warm-up, a reciprocal power of time, and a cooldown that it is multiplied by.

With W = warmup_steps, D = decay_steps, T = total_steps, s = t − W: base · t / W while t < W, then
l(s) = max(floor, base · (1 + s / timescale)^(−power)), and over the last D steps floor + (l(s) −
floor) · cooldown(p), p = (t − T + D) / D. Power ½ with the timescale W and a linear cooldown is
the schedule of Zhai et al. 2022; timm's ``WSDLRScheduler`` with ``stable_fn`` rsqrt or power, whose
t_initial is T − W. Without a timescale it is W, or 1 if W is 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, before_end, end_of, time
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._family import (
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
    formula="lr(t) = base · t / W, then base · (1 + s / timescale)^(−power), times cooldown(p) in "
    "the last D steps, s = t − W",
    source="Zhai et al. 2022, arXiv:2106.04560, big_vision; timm WSDLRScheduler",
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
        duration(text="T: steps of all three parts together"),
        span("warmup_steps", "W: steps of the warm-up; 0: none."),
        span("decay_steps", "D: steps of the cooldown; 0: none."),
        IntParam(
            name="timescale",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="How slowly it falls; empty: W.",
        ),
        FloatParam(
            name="power", default=0.5, minimum=0, help="Exponent of the fall: 0.5 is 1 / √t."
        ),
        ChoiceParam(
            name="decay_type",
            default="linear",
            choices=tuple(COOLDOWNS),
            help="Shape of the cooldown.",
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
