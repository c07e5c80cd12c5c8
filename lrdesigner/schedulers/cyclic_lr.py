"""CyclicLR: triangles between two LRs."""

from __future__ import annotations

import math
from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.arrays import namespace, powers
from lrdesigner.engine.landmarks import Beat, Landmarks
from lrdesigner.grips import at_sum, level, start, time
from lrdesigner.i18n import tr
from lrdesigner.params import BoolParam, ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._common import TORCH, Times, momenta

_MAX_HALVINGS = 1024  # torch computes 2.0 ** (cycle - 1), which overflows beyond


def _sizes(args: Args) -> tuple[float, float]:
    up = args["step_size_up"] * 1.0
    down = args["step_size_down"]
    return up, up if down is None else down * 1.0


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """Triangles from base_lr to max_lr, scaled per cycle or per step (Smith 2017)."""
    xp, (up, down) = namespace(times), _sizes(args)
    cycle = xp.floor(1 + times / (up + down))
    x = 1.0 + times / (up + down) - cycle
    ratio = up / (up + down)
    height = xp.where(x <= ratio, x / ratio, (x - 1) / (ratio - 1))
    low, high = args.group("base_lr", index), args.group("max_lr", index)
    height = (high - low) * height
    if args["mode"] == "triangular2":
        height = height / 2.0 ** (cycle - 1)
    elif args["mode"] == "exp_range":
        height = height * powers(args["gamma"], times)
    values: FloatArray = low + height
    return values


def landmarks(args: Args, index: int) -> Landmarks:
    """Peaks and troughs."""
    up, down = _sizes(args)
    beats = [Beat(up, up + down), Beat(up + down, up + down)]
    if args["mode"] == "exp_range" and args["gamma"] < 1:
        # On the way up u · gamma^u is greatest where 1 / u = −ln(gamma), before the tip if that
        # comes first.
        peak = -1.0 / math.log(args["gamma"])
        if peak < up:
            beats.append(Beat(peak, up + down))
    return Landmarks(beats=tuple(beats))


def errors(args: Args) -> Iterator[str]:
    """What torch accepts and then fails on."""
    up, down = _sizes(args)
    cycles = math.floor(1 + args.ticks / (up + down))
    if args["mode"] == "triangular2" and cycles > _MAX_HALVINGS:
        yield (
            tr(
                "step_size_up: triangular2 over {cycles:,} cycles overflows in torch; "
                "make the cycles longer, so that there are at most {most:,}",
                cycles=cycles,
                most=_MAX_HALVINGS,
            )
        )
    for index in range(len(args.bases)):
        if args.group("base_lr", index) > args.group("max_lr", index):
            yield (
                tr(
                    "max_lr must be at least base_lr ({low:g}), not {high:g}; raise "
                    "max_lr, or lower base_lr",
                    low=args.group("base_lr", index),
                    high=args.group("max_lr", index),
                )
            )
            break
    if args["cycle_momentum"]:
        for index in range(len(args.bases)):
            if args.group("base_momentum", index) > args.group("max_momentum", index):
                yield (
                    tr(
                        "base_momentum must not be greater than max_momentum; lower "
                        "base_momentum, or raise max_momentum"
                    )
                )
                break


SPEC = SchedulerSpec(
    key="CyclicLR",
    title="Cyclic",
    category=Category.CYCLIC,
    order=10,
    summary="Triangles between base_lr and max_lr; the group's own LR is ignored.",
    formula="lr(t) = base_lr + (max_lr − base_lr) · x · s, x up from 0 to 1 in U steps and "
    "down in D, s = 1, 2^(1 − c) or gamma^t, c the number of the cycle, U = "
    "step_size_up, D = step_size_down",
    source=f"{TORCH}.CyclicLR; Smith 2017, arXiv:1506.01186",
    latex=(
        r"\mathrm{lr}(t)=\mathit{base\_lr}+(\mathit{max\_lr}-\mathit{base\_lr})\cdot x\cdot s",
        r"x=\begin{cases}u/U&u\le U\\(U+D-u)/D&\text{otherwise}\end{cases}",
        (
            r"s=\begin{cases}"
            r"1&\text{triangular}\\"
            r"2^{1-c}&\text{triangular2}\\"
            r"\gamma^t&\mathit{exp\_range}"
            r"\end{cases}"
        ),
        r"u=t\bmod(U+D)",
        r"c=\lfloor1+\frac{t}{U+D}\rfloor",
        r"U=\mathit{step\_size\_up}",
        r"D=\mathit{step\_size\_down}",
    ),
    use="Finding out which LRs a model bears, and training between two of them without "
    "planning a length.",
    traps=(
        Trap(
            "base_lr replaces the optimizer's own LR; left empty here, the cycle starts "
            "from the LR reached.",
            rule="jump-at-start",
        ),
        Trap(
            "A single max_lr takes all groups to the same LR, whatever their own; give a "
            "list to keep their ratio.",
            rule="same-peak",
        ),
        Trap(
            "cycle_momentum is on: it cycles momentum, or beta1, in place of the optimizer's own.",
            rule="momentum-replaced",
        ),
        Trap(
            "With cycle_momentum the optimizer needs momentum or betas: Adagrad, "
            "Adafactor, LBFGS, Rprop and ASGD stop with an error.",
            "error",
            rule="cannot-run",
        ),
        Trap("The mode exp_range with gamma left at 1 is the same as triangular.", "info"),
        Trap(
            "load_state_dict empties the dictionary it is given: loading the same one "
            "twice fails with a KeyError."
        ),
    ),
    keywords=("triangular", "triangular2", "exp_range", "clr"),
    params=(
        FloatParam(
            name="base_lr",
            follows="base",
            minimum=0,
            unit="lr",
            per_group=True,
            help="Lowest LR of the cycle; empty: the LR the phase starts from.",
        ),
        FloatParam(
            name="max_lr", minimum=0, unit="lr", per_group=True, help="LR at the top of a cycle."
        ),
        IntParam(
            name="step_size_up",
            default=2000,
            minimum=1,
            unit="ticks",
            help="Steps of the rising half of a cycle.",
        ),
        IntParam(
            name="step_size_down",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="Steps of the falling half; empty: as many as of the rising one.",
        ),
        ChoiceParam(
            name="mode",
            default="triangular",
            choices=("triangular", "triangular2", "exp_range"),
            help="Cycles of equal height, of half the height each time, or shrinking by gamma at "
            "every step.",
        ),
        FloatParam(
            name="gamma",
            default=1.0,
            above=0,
            maximum=1,
            unit="×",
            help="Factor of each step in the mode exp_range; not used in the others.",
        ),
        BoolParam(
            name="cycle_momentum",
            default=True,
            help="Cycle momentum, or beta1, against the LR: high where the LR is low.",
        ),
        *momenta(0.8, 0.9),
    ),
    starter={"base_lr": None},
    starter_for=lambda length, base: {
        "max_lr": base * 10,
        "step_size_up": max(1, length // 8),
    },
    curve=curve,
    realise=plain_call("CyclicLR"),
    landmarks=landmarks,
    errors=errors,
    cycles_momentum=lambda args: bool(args["cycle_momentum"]),
    broadcasts=("base_lr", "max_lr", "step_size_up", "step_size_down", "gamma"),
    closed=True,
    grips=(
        level(start, "base_lr"),
        time(at_sum("step_size_up"), "step_size_up", "max_lr"),
        time(lambda args, group: sum(_sizes(args)), "step_size_down", "base_lr"),
    ),
)
