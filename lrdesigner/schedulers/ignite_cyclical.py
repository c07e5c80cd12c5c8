"""ignite_cyclical: lines or half cosines between two LRs that move on from cycle to cycle.

In cycle c of L steps, s steps after its start, with p = s / L, S = start_value · start_value_mult^c
and E = end_value · end_value_mult^c: triangle E + (S − E) · |2 p − 1|, line S + (E − S) · p, cosine
S + (E − S) · ½ (1 − cos(π p)). After a line or a cosine, W = warmup_duration steps back: E + (S' −
E) · (s − L) / W, S' being the next cycle's start. L and W are multiplied by cycle_mult and rounded
down. PyTorch-Ignite's ``LinearCyclicalScheduler`` (line: monotonic) and
``CosineAnnealingScheduler``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, level, start, time
from lrdesigner.params import ChoiceParam, FloatParam
from lrdesigner.schedulers._cycles import MOST_CYCLES, Cycles
from lrdesigner.schedulers._family import absolute, branches, formula_spec, number, plus, span
from lrdesigner.schedulers._sources import IGNITE

_SHAPES = {
    "triangle": "{e} + ({s} - {e}) * abs({p} * 2 - 1)",
    "line": "{s} + ({e} - {s}) * {p}",
    "cosine": "{s} + ({e} - {s}) * (0.5 * (1 - cos(pi * {p})))",
}


def text(args: Args) -> str:
    """lr(s) = from S to E along the shape, then E + (S' − E) · (s − L) / W."""
    length, back = args["cycle_size"], args["warmup_duration"]
    if args["cycle_mult"] == 1:
        whole = length + back
        return _cycle(args, f"t % {whole}", length, back, f"(t // {whole})")
    parts = list(islice(_growing(args), MOST_CYCLES))
    cycles = [
        _cycle(args, f"(t{plus(-start)})" if start else "t", length, back, place)
        for place, (start, length, back) in enumerate(parts)
    ]
    return branches([start for start, *_ in parts[1:]], cycles)


def _growing(args: Args) -> Iterator[tuple[int, int, int]]:
    """Where each cycle begins, how long it is, and how long the way back."""
    start, length, back = 0, args["cycle_size"], args["warmup_duration"]
    while start <= args.length:
        yield start, length, back
        start += length + back
        length, back = int(length * args["cycle_mult"]), int(back * args["cycle_mult"])


def _cycle(args: Args, passed: str, length: int, back: int, number_of: int | str) -> str:
    """One cycle: `number_of` says which, as a number or as text."""
    first = args["start_value"]
    begin, after = (
        _times("1" if first is None else absolute(first), args["start_value_mult"], number_of, more)
        for more in (0, 1)
    )
    last = _times(absolute(args["end_value"]), args["end_value_mult"], number_of, 0)
    shape = _SHAPES[args["shape"]].format(s=begin, e=last, p=f"({passed} / {length})")
    if not back:
        return shape
    rise = f"{last} + ({after} - {last}) * ({passed}{plus(-length)}) / {back}"
    return f"where({passed} < {length}, {shape}, {rise})"


def _times(value: str, factor: float, number_of: int | str, more: int) -> str:
    """A value times a factor to the power of the cycle's number."""
    if factor == 1 or value == "0":
        return f"({value})"
    if isinstance(number_of, int):
        return f"({number(factor ** (number_of + more))} * {value})"
    power = f"({number_of} + {more})" if more else number_of
    return f"({number(factor)} ** {power} * {value})"


def errors(args: Args) -> Iterator[str]:
    """A way back after a triangle, which comes back by itself."""
    if args["shape"] == "triangle" and args["warmup_duration"]:
        yield (
            "warmup_duration is for lines and cosines, a triangle comes back by itself; set it to "
            "0, or choose another shape"
        )


def _middle(args: Args, group: int) -> float:
    """Where the first cycle is at its other end."""
    share = 0.5 if args["shape"] == "triangle" else 1.0
    return float(min(max(1, int(args["cycle_size"] * share)), args.ticks))


SPEC = formula_spec(
    key="ignite_cyclical",
    title="Cyclical Ignite",
    category=Category.CYCLIC,
    order=164,
    summary="From one LR to another in every cycle, as a triangle, a line or half a cosine; both "
    "may move on.",
    formula="lr(t) = from S to E in L steps (triangle: there and back; else then to the next S in "
    "W steps), s steps into cycle c, S = start_value · start_value_mult^c, E = end_value · "
    "end_value_mult^c, L = cycle_size and W = warmup_duration, times cycle_mult^c",
    source="PyTorch-Ignite, handlers/param_scheduler.py LinearCyclicalScheduler and "
    "CosineAnnealingScheduler",
    latex=(
        r"\mathrm{lr}(t)=\begin{cases}f&s<L\\b&\text{otherwise}\end{cases}",
        r"b=E+(A-E)\cdot\frac{s-L}{W}",
        (
            r"f=\begin{cases}"
            r"E+(S-E)\cdot|2p-1|&\text{triangle}\\"
            r"S+(E-S)\cdot p&\text{line}\\"
            r"S+(E-S)\cdot\frac{1-\cos\pi p}{2}&\text{cosine}"
            r"\end{cases}"
        ),
        r"p=s/L",
        r"S=\mathit{start\_value}\cdot\mathit{start\_value\_mult}^c",
        r"A=\mathit{start\_value}\cdot\mathit{start\_value\_mult}^{c+1}",
        r"E=\mathit{end\_value}\cdot\mathit{end\_value\_mult}^c",
        r"\text{after }s\text{ steps of cycle }c\text{, in }L\text{ and }W\text{ steps,}",
        r"\text{of }\mathit{cycle\_size}\text{ and }\mathit{warmup\_duration}\text{ at first,}",
        r"\text{then }\mathit{cycle\_mult}\text{ times as many}",
    ),
    use="Ignite's cyclical schedulers; saw teeth, triangles and waves that may fade and "
    "grow longer.",
    traps=(
        Trap("end_value is 0 unless given: every cycle goes down to an LR of 0."),
        Trap(
            "start_value and end_value are absolute; an empty start_value is each group's own LR.",
            "info",
        ),
        Trap(
            "A line or a half cosine jumps back to the start in one step unless "
            "warmup_duration is above 0."
        ),
        Trap("cycle_size is there and back for a triangle, one way for the other shapes.", "info"),
    ),
    links={"PyTorch-Ignite, handlers/param_scheduler.py": IGNITE},
    keywords=(
        "pytorch-ignite",
        "linearcyclicalscheduler",
        "cosineannealingscheduler",
        "cyclic",
        "triangle",
        "sawtooth",
        "monotonic",
        "restarts",
    ),
    params=(
        FloatParam(
            name="start_value",
            default=None,
            nullable=True,
            minimum=0,
            unit="lr",
            help="LR at the start of the first cycle, absolute; empty: the base LR.",
        ),
        FloatParam(
            name="end_value",
            default=0.0,
            minimum=0,
            unit="lr",
            help="LR at the other end of the first cycle, absolute and the same for every group.",
        ),
        span(
            "cycle_size",
            "Steps of the first cycle, without warmup_duration.",
            minimum=2,
            default=1000,
        ),
        ChoiceParam(
            name="shape",
            default="triangle",
            choices=tuple(_SHAPES),
            help="There and back in straight lines, or one way along a line or half a cosine.",
        ),
        FloatParam(
            name="cycle_mult",
            default=1.0,
            minimum=1,
            maximum=1000,
            unit="×",
            help="How many times as long each cycle is as the one before.",
        ),
        FloatParam(
            name="start_value_mult",
            default=1.0,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on the start from one cycle to the next.",
        ),
        FloatParam(
            name="end_value_mult",
            default=1.0,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on the other end from one cycle to the next.",
        ),
        span("warmup_duration", "Steps back to the start after each line or cosine; 0: none."),
    ),
    starter={"start_value_mult": 0.7},
    starter_for=lambda length, base: {"cycle_size": max(2, length // 4)},
    errors=errors,
    text=text,
    cycles=Cycles(_growing, "cycle_size", "cycle_mult"),
    grips=(
        level(start, "start_value"),
        level(_middle, "end_value"),
        time(at_sum("cycle_size"), "cycle_size", "start_value_mult"),
        time(at_sum("cycle_size", "warmup_duration"), "warmup_duration"),
    ),
)
