"""cosine_restarts_decay: cosine restarts with a lower peak and a warm-up in each cycle.

In cycle c, s steps after its start: lr = floor + (peak − floor) · s / W while s < W = warmup_steps,
then floor + (peak − floor) · ½ (1 + cos(π (s − W) / (L_c − W))), with peak = base · gamma^c, L_0 =
first_cycle_steps and L_(c+1) = ⌊(L_c − W) · cycle_mult⌋ + W: ``CosineAnnealingWarmupRestarts``.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import (
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

# More cycles of different lengths than any formula has room for.
_MANY = 200


def text(args: Args) -> str:
    """lr(s) = floor + (base · gamma^c − floor) · ½ (1 + cos(π (s − W) / (L_c − W)))."""
    length, low = args["first_cycle_steps"], floor(args)
    if args["cycle_mult"] == 1:
        peak = f"{number(args['gamma'])} ** (t // {length})"
        return _cycle(args, f"t % {length}", length, peak if args["gamma"] != 1 else "1", low)
    starts: list[int] = []
    cycles: list[str] = []
    start = 0
    while start <= args.length and len(cycles) < _MANY:
        peak = number(args["gamma"] ** len(cycles))
        cycles.append(_cycle(args, f"t{plus(-start)}", length, peak, low))
        start += length
        starts.append(start)
        warmup = args["warmup_steps"]
        length = int((length - warmup) * args["cycle_mult"]) + warmup
    return branches(starts[:-1], cycles)


def _cycle(args: Args, s: str, length: int, peak: str, low: str) -> str:
    warmup = args["warmup_steps"]
    passed = f"({s}{plus(-warmup)}) / {length - warmup}"
    shape = COSINE.format(passed)
    if warmup:
        shape = f"where({s} < {warmup}, ({s}) / {warmup}, {shape})"
    if low == "0":
        return shape if peak == "1" else f"{peak} * ({shape})"
    return f"{low} + ({peak} - {low}) * ({shape})"


def errors(args: Args) -> Iterator[str]:
    """A warm-up that fills the cycle, two floors, and cycles that outgrow all numbers."""
    yield from floor_errors(args)
    if args["warmup_steps"] >= args["first_cycle_steps"]:
        yield (
            f"warmup_steps is {args['warmup_steps']:,} but a cycle has "
            f"{args['first_cycle_steps']:,} steps; make warmup_steps smaller"
        )


SPEC = formula_spec(
    key="cosine_restarts_decay",
    title="Cosine restarts with decay",
    category=Category.CYCLIC,
    order=130,
    summary="Cosine restarts whose peaks fall from cycle to cycle, each with a warm-up of its own.",
    formula="lr(s) = floor + (peak − floor) · ½ (1 + cos(π (s − W) / (L_c − W))), "
    "peak = base · gamma^c, linear up while s < W",
    source="pytorch_optimizer and katsura-jp, CosineAnnealingWarmupRestarts",
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
            "Steps of the first cycle, warm-up included.",
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
            help="How much longer each cycle is than the one before, without its warm-up.",
        ),
        *floor_params(),
        span("warmup_steps", "Steps up at the start of each cycle; 0: none."),
        FloatParam(
            name="gamma",
            default=1.0,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on the peak from cycle to cycle.",
        ),
    ),
    starter={"gamma": 0.6},
    starter_for=lambda length, base: {
        "first_cycle_steps": max(1, -(-length // 4)),
        "warmup_steps": length // 40,
    },
    errors=errors,
    text=text,
)
