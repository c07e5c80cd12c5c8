"""cosine_restarts_decay: cosine restarts with a lower peak and a warm-up in each cycle.

In cycle c, s steps after its start: lr = floor + (peak − floor) · s / W while s < W = warmup_steps,
then floor + (peak − floor) · ½ (1 + cos(π (s − W) / (L_c − W))), with peak = base · gamma^c, L_0 =
first_cycle_steps and L_(c+1) = ⌊(L_c − W) · cycle_mult⌋ + W: ``CosineAnnealingWarmupRestarts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, level, time
from lrdesigner.i18n import tr
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._cycles import MOST_CYCLES, Cycles
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    branches,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    number,
    plus,
    span,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import KATSURA, PYTORCH_OPTIMIZER_COSINE


def text(args: Args) -> str:
    """lr(s) = floor + (base · gamma^c − floor) · ½ (1 + cos(π (s − W) / (L_c − W)))."""
    if args["cycle_mult"] != 1:
        shape = _cycles(args)
    else:
        length = args["first_cycle_steps"]
        peak = f"{number(args['gamma'])} ** (t // {length})" if args["gamma"] != 1 else "1"
        shape = _cycle(args, f"t % {length}", 0, length, peak)
    low = floor(args)
    return shape if low == "0" else f"{low} + {shape}"


def _cycles(args: Args) -> str:
    """Cycles of different lengths, one after the other."""
    parts = list(islice(_growing(args), MOST_CYCLES))
    cycles = [
        _cycle(args, "t", start, length, number(args["gamma"] ** place))
        for place, (start, length) in enumerate(parts)
    ]
    found = branches([start for start, _ in parts[1:]], cycles)
    return f"({found})" if len(cycles) > 1 else found


def _growing(args: Args) -> Iterator[tuple[int, int]]:
    """Where each cycle begins, and how long it is."""
    start, length, warmup = 0, args["first_cycle_steps"], args["warmup_steps"]
    while start <= args.length:
        yield start, length
        start, length = start + length, int((length - warmup) * args["cycle_mult"]) + warmup


def _cycle(args: Args, time: str, start: int, length: int, peak: str) -> str:
    """How far one cycle is above the floor."""
    warmup, low = args["warmup_steps"], floor(args)
    shape = COSINE.format(f"({time}{plus(-start - warmup)}) / {length - warmup}")
    if warmup:
        rise = f"({time}{plus(-start)}) / {warmup}"
        shape = f"where({time} < {start + warmup}, {rise}, {shape})"
    height = peak if low == "0" else f"({peak} - {low})"
    return shape if height == "1" else f"{height} * ({shape})"


def errors(args: Args) -> Iterator[str]:
    """A warm-up that fills the cycle, two floors, and cycles that outgrow all numbers."""
    yield from floor_errors(args)
    if args["warmup_steps"] >= args["first_cycle_steps"]:
        yield (
            tr(
                "warmup_steps is {warmup_steps:,} but a cycle has {first_cycle_steps:,} "
                "steps; make warmup_steps smaller",
                warmup_steps=args["warmup_steps"],
                first_cycle_steps=args["first_cycle_steps"],
            )
        )


def _trough(args: Args, group: int) -> float:
    """The last step of the first cycle."""
    return float(min(args["first_cycle_steps"] - 1, args.ticks))


SPEC = formula_spec(
    key="cosine_restarts_decay",
    title="Fading restarts",
    category=Category.CYCLIC,
    order=130,
    summary="Cosine restarts whose peaks fall from cycle to cycle, each with a warm-up of its own.",
    formula="lr(t) = floor + (peak − floor) · s / W for s < W, then floor + (peak − floor) · "
    "½ (1 + cos(π (s − W) / (L_c − W))), s steps into cycle c, peak = base · "
    "gamma^c, L_0 = first_cycle_steps, L_(c+1) = (L_c − W) · cycle_mult + W, W = "
    "warmup_steps, floor = min_lr or min_lr_ratio · base",
    source="pytorch_optimizer and katsura-jp, CosineAnnealingWarmupRestarts",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{peak}-\mathrm{floor})\cdot x",
        r"x=\begin{cases}s/W&s<W\\\frac{1}{2}(1+\cos\theta)&\text{otherwise}\end{cases}",
        r"\mathrm{peak}=\mathrm{base}\cdot\gamma^c",
        r"\theta=\pi\frac{s-W}{L_c-W}",
        r"L_0=\mathit{first\_cycle\_steps}",
        r"W=\mathit{warmup\_steps}",
        r"L_{c+1}=\lfloor(L_c-W)\cdot\mathit{cycle\_mult}\rfloor+W",
        FLOOR_LATEX,
    ),
    use="Long runs on small data sets with restarts that disturb less and less.",
    traps=(
        Trap(
            "Once the peak base · gamma^c has fallen below the floor, a cycle rises to "
            "the floor instead of falling."
        ),
        Trap("With a warm-up and without a floor the first step of every cycle has an LR of 0."),
        Trap(
            "Cycles that grow by cycle_mult rarely end where the phase does; the run "
            "then ends in the middle of one, at a high LR."
        ),
        FLOOR_TRAP,
    ),
    links={"pytorch_optimizer": PYTORCH_OPTIMIZER_COSINE, "katsura-jp": KATSURA},
    keywords=(
        "cosineannealingwarmuprestarts",
        "sgdr",
        "warm restarts",
        "cycle_decay",
        "timm",
        "warm-up",
        "pytorch_optimizer",
        "m_mul",
    ),
    params=(
        span(
            "first_cycle_steps",
            "Steps of the first cycle, its warm-up included; empty: the phase's length.",
            minimum=1,
            default=None,
            follows="length",
        ),
        FloatParam(
            name="cycle_mult",
            default=1.0,
            minimum=1,
            maximum=1000,
            unit="×",
            help="How many times as long each cycle is as the one before, without its warm-up.",
        ),
        *floor_params(),
        span("warmup_steps", "Steps of the rise at the start of each cycle; 0: none."),
        FloatParam(
            name="gamma",
            default=1.0,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on the peak from one cycle to the next.",
        ),
    ),
    starter={"gamma": 0.6},
    starter_for=lambda length, base: {
        "first_cycle_steps": max(1, -(-length // 4)),
        "warmup_steps": length // 40,
    },
    errors=errors,
    text=text,
    cycles=Cycles(_growing, "first_cycle_steps", "cycle_mult"),
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        level(_trough, "min_lr_ratio", "min_lr"),
        time(at_sum("first_cycle_steps", "warmup_steps"), "first_cycle_steps", "gamma"),
    ),
)
