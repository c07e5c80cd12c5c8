"""OneCycleLR: one rise and one long fall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, TorchCall, Trap
from lrdesigner.engine.arrays import branch, cosines, lifted, swings
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.grips import level, start, time
from lrdesigner.i18n import tr
from lrdesigner.params import BoolParam, ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._common import TORCH, Times, momenta

# First and last step, LR at either end.
Stretch = tuple[float, float, float, float]


def total_steps(args: Args) -> int:
    """The cycle's length: total_steps, else epochs × steps_per_epoch, else the phase's."""
    if args["total_steps"] is not None:
        return cast("int", args["total_steps"])
    if args["epochs"] is not None and args["steps_per_epoch"] is not None:
        return cast("int", args["epochs"] * args["steps_per_epoch"])
    return args.length


def _starts(args: Args) -> list[float]:
    """The LR each group starts from: max_lr / div_factor."""
    return [args.group("max_lr", i) / args.group("div_factor", i) for i in range(len(args.bases))]


def _stretches(args: Args, index: int) -> Iterator[Stretch]:
    """First and last step of each stretch (floats, as torch has them), LR at either end."""
    total, part = total_steps(args), args["pct_start"]
    high = args.group("max_lr", index)
    start = _starts(args)[index]
    low = start / args["final_div_factor"]
    ends = [part * total - 1, total - 1.0]
    levels = [start, high, low]
    if args["three_phase"]:
        ends = [part * total - 1, 2 * part * total - 2, total - 1.0]
        levels = [start, high, start, low]
    return zip([0.0, *ends], ends, levels, levels[1:], strict=False)


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """Anneals start → max_lr → end (two phases) or start → max_lr → start → end (three)."""
    return _along(times, list(_stretches(args, index)), args["anneal_strategy"])


def _along(times: Times, stretches: list[Stretch], strategy: str) -> FloatArray:
    """The first stretch up to its end, and the others after it."""
    (begin, end, a, b), *others = stretches

    def here(now: Times) -> FloatArray:
        # A stretch may be of no length; all of it is its start.
        length: Any = end - begin + 1e300 * (end == begin)
        passed: Any = now if isinstance(begin, float) and begin == 0 else now - begin
        if strategy != "cos":
            line: FloatArray = lifted(passed / length, b - a, a)
            return line
        found: FloatArray | None = swings(passed, length, a - b, b)
        if found is None:
            wave = lifted(cosines(np.pi * (passed / length)), 1.0, 1.0)
            found = lifted(wave, (a - b) / 2.0, b)
        return found

    if not others:
        return here(times)

    def later(now: Times) -> FloatArray:
        return _along(now, others, strategy)

    values: FloatArray = branch(times <= end, times, here, later)
    return values


def landmarks(args: Args, index: int) -> Landmarks:
    """Where one stretch ends and the next begins."""
    return Landmarks(tuple(end for _, end, _, _ in _stretches(args, index)))


def realise(args: Args) -> TorchCall:
    """The torch call; a div_factor that follows the base may differ from group to group."""
    kwargs = {name: value for name, value in args.values.items() if name in args.given}
    factors = args["div_factor"]
    if not isinstance(factors, tuple):
        return TorchCall("OneCycleLR", kwargs)
    if len(set(factors)) == 1:
        return TorchCall("OneCycleLR", {**kwargs, "div_factor": factors[0]})
    # torch takes one div_factor for all groups, but reads the start and end from the groups.
    del kwargs["div_factor"]
    starts = tuple(_starts(args))
    lows = tuple(start / args["final_div_factor"] for start in starts)
    return TorchCall("OneCycleLR", kwargs, {"initial_lr": starts, "min_lr": lows})


def errors(args: Args) -> Iterator[str]:
    """What torch refuses late, or fails on with a division by zero."""
    total = total_steps(args)
    unit = tr("epochs") if args.epochs else tr("steps")
    rise = args["pct_start"] * total
    if (args["epochs"] is None) != (args["steps_per_epoch"] is None):
        yield tr("epochs and steps_per_epoch belong together; give both, or neither")
    if args.ticks > total:
        yield (
            tr(
                "total_steps is {total:,} but the phase runs {ticks:,} {unit}; torch "
                "would stop the training with an error; leave total_steps empty, or make "
                "it at least as long",
                total=total,
                ticks=args.ticks,
                unit=unit,
            )
        )
    if rise == 1:
        yield (
            tr(
                "pct_start × total_steps is exactly 1 ({pct_start:g} × {total}), which "
                "torch divides by zero on; change pct_start a little",
                pct_start=args["pct_start"],
                total=total,
            )
        )
    *_, (begin, end, _, _) = _stretches(args, 0)
    if begin == end and args.ticks >= total:
        yield (
            tr(
                "pct_start leaves no step for the fall to the end LR, and torch divides "
                "by zero after the last step; make it a little smaller"
            )
        )
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


def _peak(args: Args, group: int) -> float:
    """Where max_lr is reached."""
    return float(args["pct_start"] * total_steps(args) - 1)


SPEC = SchedulerSpec(
    key="OneCycleLR",
    title="OneCycle",
    category=Category.CYCLIC,
    order=20,
    summary="Rises to max_lr and falls far below the start in one cycle (super-convergence).",
    formula="lr(t) = a(s, h, t / k) for t ≤ k, then a(h, l, (t − k) / (n − 1 − k)), a from "
    "its first to its second value along half a cosine or a line, h = max_lr, s = h "
    "/ div_factor, l = s / final_div_factor, n = total_steps, k = pct_start · n − 1",
    source=f"{TORCH}.OneCycleLR; Smith & Topin 2018, arXiv:1708.07120",
    latex=(
        (
            r"\mathrm{lr}(t)=\begin{cases}"
            r"a(s,\ h,\ u)&t\le k\\"
            r"a(h,\ l,\ v)&\text{otherwise}"
            r"\end{cases}"
        ),
        (
            r"a(x,y,p)=\begin{cases}"
            r"y+(x-y)\cdot\frac{1+\cos\pi p}{2}&\text{cos}\\"
            r"x+(y-x)\cdot p&\text{linear}"
            r"\end{cases}"
        ),
        r"u=t/k",
        r"v=\frac{t-k}{n-1-k}",
        r"h=\mathit{max\_lr}",
        r"s=h/\mathit{div\_factor}",
        r"l=s/\mathit{final\_div\_factor}",
        r"n=\mathit{total\_steps}",
        r"k=\mathit{pct\_start}\cdot n-1",
    ),
    use="Fast training with one high peak: images in few epochs, fastai style, often "
    "with a momentum cycle against it.",
    traps=(
        Trap(
            "It ignores the optimizer's LR and starts from max_lr / div_factor; left "
            "empty here, div_factor follows the LR reached.",
            rule="jump-at-start",
        ),
        Trap(
            "A single max_lr takes all groups to the same LR, whatever their own; give a "
            "list to keep their ratio.",
            rule="same-peak",
        ),
        Trap(
            "cycle_momentum is on: it cycles momentum, or beta1, between 0.85 and 0.95 "
            "in place of the optimizer's own.",
            rule="momentum-replaced",
        ),
        Trap(
            "With cycle_momentum the optimizer needs momentum or betas: Adagrad, "
            "Adafactor, LBFGS, Rprop and ASGD stop with an error.",
            "error",
            rule="cannot-run",
        ),
        Trap(
            "A run longer than total_steps stops with an error: Tried to step N + 1 times.",
            "error",
            rule="parameter-refused",
        ),
        Trap(
            "torch divides by zero where pct_start · total_steps is exactly 1, as with "
            "0.1 of 10 steps; it is refused here.",
            "error",
            rule="parameter-refused",
        ),
        Trap(
            "One step past its last, where a next phase takes over, the LR rises again.",
            rule="onecycle-overrun",
        ),
        Trap(
            "With three_phase it falls back to the start LR first; a pct_start above 0.5 "
            "then never reaches the end LR.",
            rule="onecycle-three-phase",
        ),
        Trap(
            "In torch, building it changes initial_lr in the optimizer's groups, and "
            "with it where other schedulers of the same optimizer start from."
        ),
    ),
    keywords=("1cycle", "super-convergence", "fastai"),
    params=(
        FloatParam(name="max_lr", above=0, unit="lr", per_group=True, help="LR at the peak."),
        IntParam(
            name="total_steps",
            default=None,
            follows="length",
            minimum=1,
            unit="ticks",
            help="Steps of the whole cycle; empty: the phase's length.",
        ),
        IntParam(
            name="epochs",
            default=None,
            nullable=True,
            minimum=1,
            advanced=True,
            unit="epochs",
            help="With steps_per_epoch, another way to write total_steps.",
        ),
        IntParam(
            name="steps_per_epoch",
            default=None,
            nullable=True,
            minimum=1,
            advanced=True,
            unit="steps",
            help="With epochs, another way to write total_steps.",
        ),
        FloatParam(
            name="pct_start",
            default=0.3,
            minimum=0,
            maximum=1,
            unit="of cycle",
            help="Fraction of the cycle spent rising.",
        ),
        ChoiceParam(
            name="anneal_strategy",
            default="cos",
            choices=("cos", "linear"),
            help="Shape of rise and fall: half a cosine or a line.",
        ),
        BoolParam(
            name="cycle_momentum",
            default=True,
            help="Cycle momentum, or beta1, against the LR: high where the LR is low.",
        ),
        *momenta(0.85, 0.95),
        FloatParam(
            name="div_factor",
            default=25.0,
            follows="base",
            null_follows=True,
            above=0,
            unit="×",
            help="The start LR is max_lr divided by this; empty: start from the LR reached.",
        ),
        FloatParam(
            name="final_div_factor",
            default=1e4,
            above=0,
            unit="×",
            help="The end LR is the start LR divided by this.",
        ),
        BoolParam(
            name="three_phase",
            default=False,
            help="Fall back to the start LR first, as fast as it rose, then to the end LR.",
        ),
    ),
    starter_for=lambda length, base: {"max_lr": base * 10},
    curve=curve,
    realise=realise,
    landmarks=landmarks,
    errors=errors,
    # Its constructor overwrites the groups' initial LR, from which the phases before it start.
    restarts_in_sequence=False,
    cycles_momentum=lambda args: bool(args["cycle_momentum"]),
    broadcasts=("max_lr", "total_steps", "pct_start", "div_factor", "final_div_factor"),
    closed=True,
    grips=(
        level(start, "div_factor"),
        time(_peak, "pct_start", "max_lr"),
        level(lambda args, group: total_steps(args) - 1, "final_div_factor"),
    ),
)
