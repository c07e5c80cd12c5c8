"""What the symbols of a published formula stand for, where the formula leaves it to words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

import numpy as np

from lrdesigner.catalog import Args, SchedulerSpec
from lrdesigner.engine.formula import Formula

Scope = dict[str, Any]

# What an empty parameter means; the parameter's help says it.
EMPTY: dict[str, Callable[[Args], Any]] = {
    "step_size_down": lambda args: args["step_size_up"],
    "cycle_second_step_size": lambda args: args["cycle_first_step_size"],
    "timescale": lambda args: _timescale(args),
    "warmup_max_lr": lambda args: args.bases[0],
    "decay_steps": lambda args: args.length - args["warmup_steps"] - args["hold_steps"],
    "total_steps": lambda args: args["epochs"] * args["steps_per_epoch"],
    "warmup_init_lr": lambda args: args["min_lr"],
    "start_value": lambda args: args.bases[0],
}


def _timescale(args: Args) -> int:
    found: int = args.values.get("num_warmup_steps", 0) or args.values.get("warmup_steps", 0)
    return found or (10_000 if "num_warmup_steps" in args.values else 1)


def scope(spec: SchedulerSpec, args: Args, t: int) -> Scope:
    """Every parameter, the base LR, and what only words define, at a local time."""
    found: Scope = {"base": args.bases[0], "round": round}
    for param in spec.params:
        value = args.values.get(param.name)
        if value is None and param.name in EMPTY:
            value = EMPTY[param.name](args)
        if isinstance(value, tuple) and param.kind == "float":
            value = value[0]  # one for each group
        found[param.name] = value
    extra = WORDS.get(spec.key)
    return {**found, **extra(args, t)} if extra else found


def _restarts(args: Args, t: int) -> Scope:
    cycle, start, length = 0, 0, args["T_0"]
    while t >= start + length:
        cycle, start, length = cycle + 1, start + length, length * args["T_mult"]
    return {"i": cycle, "T_cur": t - start}


def _fading(args: Args, t: int) -> Scope:
    cycle, start, length = 0, 0, args["first_cycle_steps"]
    while t >= start + length:
        cycle, start = cycle + 1, start + length
        grown = int((length - args["warmup_steps"]) * args["cycle_mult"])
        length = grown + args["warmup_steps"]
    return {"c": cycle, "s": t - start, "L_c": length}


def _growing(first: str, growth: str, before: str = "") -> Callable[[Args, int], Scope]:
    """Cycles of which each is longer than the one before, maybe after a warm-up."""

    def found(args: Args, t: int) -> Scope:
        cycle, start, length = 0, float(args[before] if before else 0), float(args[first])
        while t >= start + length - 1e-9 * max(1, t):
            cycle, start, length = cycle + 1, start + length, length * args[growth]
        return {"c": cycle, "s": t - start}

    return found


def _there_and_back(args: Args, t: int) -> Scope:
    cycle, start = 0, 0
    length, back = args["cycle_size"], args["warmup_duration"]
    while t >= start + length + back:
        cycle, start = cycle + 1, start + length + back
        length, back = int(length * args["cycle_mult"]), int(back * args["cycle_mult"])
    return {"c": cycle, "s": t - start, "L": length, "W": back}


def _row(args: Args, t: int, after: int = 0) -> tuple[int, int, float]:
    """The start, length and value of the table's row that a time is in, the last one at the end."""
    start, rows = 0, args["periods"]
    for length, value in rows[:-1]:
        if t < start + length + after:
            return start, length, value
        start += length
    return start, *rows[-1]


def _periods(args: Args, t: int) -> Scope:
    start, length, weight = _row(args, t)
    return {"P": length, "w": weight, "s": min(t - start, length - 1)}


def _peaks(args: Args, t: int) -> Scope:
    start, length, peak = _row(args, t, after=1)
    return {"L": length, "h": peak, "n": start + length}


def _chebyshev(args: Args, t: int) -> Scope:
    count = 1
    while count < args["total_steps"]:
        count *= 2
    order = [0]
    while len(order) < count:
        order = [place for old in order for place in (old, 2 * len(order) - 1 - old)]
    return {"n": count, "sigma": lambda i: order[round(i)]}


def _rectified(args: Args, t: int) -> Scope:
    beta, n = args["beta2"], 1
    top = 2 / (1 - beta) - 1
    while top - 2 * n * beta**n / (1 - beta**n) <= 4:
        n += 1
    return {"delta": n}


def _period(args: Args, t: int) -> Scope:
    ends = [0, *args["period_ends"]]
    place = min(max(1, bisect_left(ends, t)), len(ends) - 1)
    return {"s": ends[place - 1], "n": ends[place]}


def _function(formula: Formula, args: Args, factor: float = 1.0) -> Callable[[float], float]:
    def value(t: float) -> float:
        times = np.array([round(t)])
        return factor * float(formula.array(times, T=args.length, lr=args.bases[0])[0])

    return value


def _lambda(args: Args, t: int) -> Scope:
    return {"lr_lambda": _function(args.group("lr_lambda", 0), args)}


def _formula(args: Args, t: int) -> Scope:
    factor = args.group("formula", 0).relative().with_constants(args["constants"])
    return {"formula": _function(factor, args, args.bases[0])}


def _stairs(args: Args, t: int) -> Scope:
    times = [time for time, _ in args["table"]]
    if args["times"] == "length":
        times = [sum(times[:place]) for place in range(len(times))]
    row = max(0, bisect_right(times, t) - 1)
    return {"v_i": args["table"][row][1] * _scale(args)}


def _points(args: Args, t: int) -> Scope:
    points = args["points"]
    place = bisect_right([time for time, _ in points], t)
    first = points[max(0, place - 1)]
    last = points[min(place, len(points) - 1)]
    (start, a), (end, b) = first, last
    if first == last:  # before all of them, or after
        start, end = t, t + 1
    return {"t_a": start, "t_b": end, "a": a * _scale(args), "b": b * _scale(args)}


def _scale(args: Args) -> float:
    return args.bases[0] if args["values"] == "factor" else 1.0


WORDS: dict[str, Callable[[Args, int], Scope]] = {
    "CosineAnnealingWarmRestarts": _restarts,
    "cosine_restarts_decay": _fading,
    "wsd_s": _period,
    "wsd_s_peaks": _peaks,
    "cosine_periods": _periods,
    "fairseq_cosine": _growing("lr_period_updates", "t_mult", "warmup_updates"),
    "keras_cosine_restarts": _growing("first_decay_steps", "t_mul"),
    "ignite_cyclical": _there_and_back,
    "fractal_chebyshev": _chebyshev,
    "radam_warmup": _rectified,
    "LambdaLR": _lambda,
    "MultiplicativeLR": _lambda,
    "formula": _formula,
    "piecewise_constant": _stairs,
    "piecewise_linear": _points,
    "piecewise_cosine": _points,
}
