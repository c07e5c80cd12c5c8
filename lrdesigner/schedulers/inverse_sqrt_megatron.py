"""inverse_sqrt_megatron: inverse square root as Megatron-LM defines it.

lr(t) = init + (base − init) · t / W while t ≤ W = lr_warmup_steps (W > 0), then
max(min_lr, base · √max(W, 1) / √max(t, 1)), and min_lr after lr_decay_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end_of, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
    absolute,
    branches,
    duration,
    fit_errors,
    formula_spec,
    span,
    steps,
)
from lrdesigner.schedulers._sources import MEGATRON


def text(args: Args) -> str:
    """lr(t) = max(min_lr, base · √(W / t)) after a linear warm-up of W steps."""
    warmup, low = args["lr_warmup_steps"], absolute(args["min_lr"])
    init = absolute(args["init_lr"])
    decay = f"sqrt({max(warmup, 1)} / max(t, 1))"
    decay = decay if low == "0" else f"max({low}, {decay})"
    curve = f"where(t > {steps(args, 'lr_decay_steps')}, {low}, {decay})"
    if not warmup:
        return curve
    rise = f"t / {warmup}"
    rise = rise if init == "0" else f"{init} + (1 - {init}) * {rise}"
    return branches([warmup], [rise, curve], "<=")


SPEC = formula_spec(
    key="inverse_sqrt_megatron",
    title="1/√t Megatron",
    category=Category.DECAY,
    order=224,
    summary="Linear warm-up to the base LR, then the square root of warm-up over time, floored.",
    formula="lr(t) = i + (base − i) · t / W for t ≤ W, then max(m, base · √(W / t)), and m "
    "for t > N, W = lr_warmup_steps, N = lr_decay_steps, i = init_lr, m = min_lr",
    source="Megatron-LM, megatron/core/optimizer_param_scheduler.py, inverse-square-root",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"i+(\mathrm{base}-i)\cdot t/W&t\le W\text{ and }W>0\\"
            r"m&t>N\\"
            r"\max(m,\ \mathrm{base}\cdot d)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"d=\sqrt{\max(W,\ 1)/\max(t,\ 1)}",
        r"W=\mathit{lr\_warmup\_steps}",
        r"N=\mathit{lr\_decay\_steps}",
        r"i=\mathit{init\_lr}",
        r"m=\mathit{min\_lr}",
    ),
    use="Megatron-LM runs with lr-decay-style inverse-square-root.",
    traps=(
        Trap("After lr_decay_steps the LR drops to min_lr at once, from wherever it is."),
        Trap("With init_lr 0 the first step has an LR of 0."),
        Trap(
            "min_lr is absolute: a group whose LR is below it rises to it after the warm-up.",
            rule="floor-above-lr",
        ),
    ),
    links={"Megatron-LM, megatron/core/optimizer_param_scheduler.py": MEGATRON},
    keywords=("nvidia", "megatron-lm", "rsqrt", "inverse-square-root", "warm-up"),
    params=(
        span(
            "lr_warmup_steps", "Steps of the warm-up, which also set the pace of the fall; 0: none."
        ),
        duration(
            "lr_decay_steps", "Steps after which the LR drops to min_lr; empty: the phase's length."
        ),
        FloatParam(
            name="init_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR that the warm-up starts from, absolute and the same for every group.",
        ),
        FloatParam(
            name="min_lr",
            default=0.0,
            minimum=0,
            unit="lr",
            help="Lowest LR, absolute and the same for every group; 0: none.",
        ),
    ),
    starter_for=lambda length, base: {"lr_warmup_steps": length // 10},
    errors=lambda args: fit_errors(args, "lr_warmup_steps", total="lr_decay_steps", spare=1),
    text=text,
    grips=(
        level(start, "init_lr"),
        time(at_sum("lr_warmup_steps"), "lr_warmup_steps"),
        time(end_of("lr_decay_steps"), "lr_decay_steps", "min_lr"),
    ),
)
