"""wsd: warm-up, stable, decay, with the cooldowns of the literature.

With W = warmup_steps, D = decay_steps, T = total_steps: the warm-up's shape of t / W while t < W
(of (t + 1) / W: torchtitan), the base LR while t < T − D, then one of these of p = (t − T + D) / D:
linear 1 − p, cosine ½ (1 + cos π p), 1-sqrt 1 − √p, 1-square 1 − p², exponential 2 · ½^p − 1.
Frameworks differ in what a floor m does to a shape f. decay: m + (1 − m) · f in the cooldown
(Megatron-LM, torchtitan); warm-up and decay: the same in the warm-up too (Hugging Face); clamp:
max(m, f) in the cooldown; end: nothing before T, where the LR jumps to m (pytorch_optimizer).
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, before_end, end_of, time
from lrdesigner.params import ChoiceParam
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
    plus,
    span,
    steps,
)
from lrdesigner.schedulers._shapes import COOLDOWNS, WARMUPS
from lrdesigner.schedulers._sources import HUGGING_FACE, MEGATRON, PYTORCH_OPTIMIZER_WSD, TORCHTITAN

_NOT_FROM_0 = "linear from 1/W"


def text(args: Args) -> str:
    """lr(t) = warm-up of t / W, then base, then a cooldown of (t − T + D) / D to the floor."""
    warmup, decay, total = args["warmup_steps"], args["decay_steps"], args["total_steps"]
    low, where = floor(args), args["floor_applies_to"]
    bounds: list[int | str] = []
    leaves = []
    if warmup:
        shape = args["warmup_type"]
        rise = (
            f"(t + 1) / {warmup}"
            if shape == _NOT_FROM_0
            else WARMUPS[shape].format(f"t / {warmup}")
        )
        bounds.append(warmup)
        leaves.append(_scaled(low, rise) if where == "warm-up and decay" else rise)
    if not decay:
        return branches(bounds, [*leaves, "1"])
    if total - decay > warmup:
        bounds.append(total - decay)
        leaves.append("1")
    fall = COOLDOWNS[args["decay_type"]].format(f"(t{plus(decay - total)}) / {decay}")
    return branches([*bounds, steps(args)], [*leaves, _floored(low, fall, where), low])


def _scaled(low: str, shape: str) -> str:
    return shape if low == "0" else f"{low} + (1 - {low}) * ({shape})"


def _floored(low: str, shape: str, where: str) -> str:
    if where == "end" or low == "0":
        return shape
    return f"max({low}, {shape})" if where == "clamp" else _scaled(low, shape)


def errors(args: Args) -> Iterator[str]:
    """Parts longer than the whole, and two floors."""
    yield from fit_errors(args, "warmup_steps", "decay_steps")
    yield from floor_errors(args)


SPEC = formula_spec(
    key="wsd",
    title="WSD",
    category=Category.HOLD,
    order=130,
    summary="Warm-up, a long level stretch at the base LR, and a cooldown of the shape you choose.",
    formula="lr(t) = base · w(t / W) for t < W, base for t < T − D, then floor + (base − "
    "floor) · c(p), p = (t − T + D) / D, w and c as warmup_type and decay_type say, "
    "W = warmup_steps, D = decay_steps, T = total_steps, floor = min_lr or "
    "min_lr_ratio · base",
    source="Hu et al. 2024 (MiniCPM), arXiv:2404.06395; Hägele et al. 2024, arXiv:2405.18392; "
    "Megatron-LM, Hugging Face, torchtitan, pytorch_optimizer",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot s",
        (
            r"s=\begin{cases}"
            r"w(t/W)&t<W\\"
            r"1&t<T-D\text{ or }D=0\\"
            r"m+(1-m)\cdot c(p)&t<T\\"
            r"m&\text{otherwise}"
            r"\end{cases}"
        ),
        (
            r"w(x)=\begin{cases}"
            r"x&\mathit{warmup\_type}\text{ linear}\\"
            r"x+1/W&\text{linear from 1/W}\\"
            r"\frac{1}{2}(1-\cos\pi x)&\text{cosine}\\"
            r"1-\sqrt{1-x}&\text{1-sqrt}"
            r"\end{cases}"
        ),
        (
            r"c(x)=\begin{cases}"
            r"1-x&\mathit{decay\_type}\text{ linear}\\"
            r"\frac{1}{2}(1+\cos\pi x)&\text{cosine}\\"
            r"1-\sqrt{x}&\text{1-sqrt}\\"
            r"1-x^2&\text{1-square}\\"
            r"2\cdot0.5^x-1&\text{exponential}"
            r"\end{cases}"
        ),
        r"p=(t-T+D)/D",
        r"m=\mathrm{floor}/\mathrm{base}",
        r"W=\mathit{warmup\_steps}",
        r"D=\mathit{decay\_steps}",
        r"T=\mathit{total\_steps}",
        FLOOR_LATEX,
    ),
    use="Pre-training whose end is not settled: train on at full LR, branch off a "
    "cooldown whenever a model is wanted.",
    traps=(
        Trap("A cooldown and warm-up of 0 steps, the defaults, are a constant LR.", "info"),
        Trap(
            "What the floor applies to differs between frameworks: the cooldown only "
            "(Megatron-LM, torchtitan), the warm-up too (Hugging Face), or the end only, "
            "with a jump (pytorch_optimizer)."
        ),
        Trap(
            "With floor_applies_to end the LR falls below the floor and jumps up to it at the end."
        ),
        Trap(
            "The first step of a warm-up has an LR of 0, unless the floor applies to it or it "
            "is linear from 1/W.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={
        "Megatron-LM": MEGATRON,
        "Hugging Face": HUGGING_FACE,
        "torchtitan": TORCHTITAN,
        "pytorch_optimizer": PYTORCH_OPTIMIZER_WSD,
    },
    keywords=(
        "wsd",
        "minicpm",
        "cooldown",
        "warmup_stable_decay",
        "megatron",
        "torchtitan",
        "huggingface",
        "pytorch_optimizer",
        "1-sqrt",
        "minus_sqrt",
        "1-square",
        "trapezoidal",
    ),
    params=(
        duration(text="Steps of all three parts together; empty: the phase's length."),
        span("warmup_steps", "Steps of the warm-up; 0: none."),
        span("decay_steps", "Steps of the cooldown; 0: none."),
        ChoiceParam(
            name="warmup_type",
            default="linear",
            choices=(*WARMUPS, _NOT_FROM_0),
            advanced=True,
            help="Shape of the warm-up: a line, half a cosine, or 1 − √(1 − p), which is steep "
            "at its end; from 1/W no step is wasted.",
        ),
        ChoiceParam(
            name="decay_type",
            default="cosine",
            choices=tuple(COOLDOWNS),
            help="Shape of the cooldown: 1-sqrt falls early, 1-square late.",
        ),
        *floor_params(),
        ChoiceParam(
            name="floor_applies_to",
            default="decay",
            choices=("decay", "warm-up and decay", "clamp", "end"),
            advanced=True,
            help="What the floor does: scales the cooldown, the warm-up too, cuts it off, or "
            "holds at the end only.",
        ),
    ),
    starter={"decay_type": "1-sqrt"},
    starter_for=lambda length, base: {
        "warmup_steps": length // 20,
        "decay_steps": length // 5,
    },
    errors=errors,
    text=text,
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(before_end("total_steps", "decay_steps"), "decay_steps"),
        time(end_of("total_steps"), "total_steps", "min_lr_ratio", "min_lr"),
    ),
)
