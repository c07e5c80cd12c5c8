"""The families that torch lacks, a second time: plain Python from the published definitions.

Every function gives an LR from the local time, the phase's length, the base LR and the document's
parameters, written the way its framework or paper writes it. Nothing of `lrdesigner` is used.
"""

# ruff: noqa: N803 - T is the phase's length here, as in formulas

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

Family = Callable[..., float]

PI = math.pi


def floor_of(base: float, min_lr: float, min_lr_ratio: float) -> float:
    return min_lr if min_lr else base * min_lr_ratio


def half_cosine(p: float) -> float:
    return (1 + math.cos(PI * p)) / 2


def between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share


# -- decays ----------------------------------------------------------------------------------------


def natural_exponential(t, T, base, gamma=0.1):
    return base * math.exp(-1 * gamma * t)


def exponential_steps(t, T, base, decay_rate=0.96, decay_steps=None, staircase=False):
    exponent = t / (decay_steps or T)
    return base * math.pow(decay_rate, math.floor(exponent) if staircase else exponent)


def inverse_time(t, T, base, decay_rate=1.0, decay_steps=None, staircase=False, power=1.0):
    passed = t / (decay_steps or T)
    return base / (1 + decay_rate * (math.floor(passed) if staircase else passed)) ** power


def keras_inverse_time(t, T, base, decay_steps, decay_rate, staircase=False):
    passed = t / decay_steps
    return base / (1 + decay_rate * (math.floor(passed) if staircase else passed))


def paddle_inverse_time(t, T, base, gamma):
    return base / (1 + gamma * t)


def polynomial(t, base, end, steps, power, cycle):
    if cycle:
        times = math.ceil(t / steps)
        steps = steps * (1 if t == 0 else times)
    else:
        t = min(t, steps)
    return (base - end) * (1 - t / steps) ** power + end


def polynomial_end(
    t, T, base, decay_steps=None, lr_end=0.0, lr_end_ratio=0.0, power=1.0, cycle=False
):
    end = floor_of(base, lr_end, lr_end_ratio)
    return polynomial(t, base, end, decay_steps or T, power, cycle)


def keras_polynomial(t, T, base, decay_steps=None, end_learning_rate=1e-4, power=1.0, cycle=False):
    return polynomial(t, base, end_learning_rate, decay_steps or T, power, cycle)


def paddle_polynomial(t, T, base, decay_steps=None, end_lr=1e-4, power=1.0, cycle=False):
    return polynomial(t, base, end_lr, decay_steps or T, power, cycle)


def k_decay_poly(
    t, T, base, total_steps=None, k_decay=1.0, power=1.0, min_lr=0.0, min_lr_ratio=0.0
):
    total, low = total_steps or T, floor_of(base, min_lr, min_lr_ratio)
    t = min(t, total)
    return low + (base - low) * (1 - t**k_decay / total**k_decay) ** power


def k_decay_cosine(t, T, base, total_steps=None, k_decay=1.0, min_lr=0.0, min_lr_ratio=0.0):
    total, low = total_steps or T, floor_of(base, min_lr, min_lr_ratio)
    t = min(t, total)
    return low + 0.5 * (base - low) * (1 + math.cos(PI * t**k_decay / total**k_decay))


def cosine_floor(t, T, base, total_steps=None, min_lr=0.0, min_lr_ratio=0.0, exponent=1.0):
    total = total_steps or T
    low = floor_of(base, min_lr, min_lr_ratio)
    return between(low, base, half_cosine(min(t, total) / total) ** exponent)


def cosine_constant_tail(
    t, T, base, total_steps=None, constant_lr_ratio=0.8, min_lr=0.0, min_lr_ratio=0.0
):
    decays = max(1, int((total_steps or T) * constant_lr_ratio))
    low = floor_of(base, min_lr, min_lr_ratio)
    return low if t >= decays else between(low, base, half_cosine(t / decays))


def rex(t, T, base, total_steps=None, beta=0.5, min_lr=0.0, min_lr_ratio=0.0):
    total = total_steps or T
    low = floor_of(base, min_lr, min_lr_ratio)
    if t >= total:
        return low
    z = (total - t) / total
    return between(low, base, z / ((1 - beta) + beta * z))


def tanh(t, T, base, total_steps=None, lb=-7.0, ub=3.0, min_lr=0.0, min_lr_ratio=0.0):
    ratio = min(1, t / (total_steps or T))
    low = floor_of(base, min_lr, min_lr_ratio)
    return low + 0.5 * (base - low) * (1 - math.tanh(lb * (1.0 - ratio) + ub * ratio))


def budgeted_linear(t, T, base, total_steps=None):
    total = total_steps or T
    return base * max(0.0, (total - t) / total)


def caffe_sigmoid(t, T, base, gamma, stepsize=None):
    return base / (1 + math.exp(-gamma * (t - (T if stepsize is None else stepsize))))


# -- inverse square roots and powers ---------------------------------------------------------------


def noam(t, T, base, d_model=512, warmup_steps=4000, factor=1.0, first_step=1):
    n = t + first_step
    if n == 0:
        return 0.0
    return base * factor / math.sqrt(d_model) * min(1 / math.sqrt(n), n / warmup_steps**1.5)


def inverse_sqrt(t, T, base, num_warmup_steps=0, timescale=None):
    if timescale is None:
        timescale = num_warmup_steps or 10_000
    if t < num_warmup_steps:
        return base * t / max(1, num_warmup_steps)
    shift = timescale - num_warmup_steps
    return base * 1.0 / math.sqrt((t + shift) / timescale)


def inverse_sqrt_fairseq(t, T, base, warmup_updates=4000, warmup_init_lr=0.0):
    if t < warmup_updates:
        return warmup_init_lr + t * (base - warmup_init_lr) / warmup_updates
    return base * warmup_updates**0.5 * t**-0.5


def inverse_sqrt_megatron(
    t, T, base, lr_warmup_steps=0, lr_decay_steps=None, init_lr=0.0, min_lr=0.0
):
    if lr_warmup_steps > 0 and t <= lr_warmup_steps:
        return init_lr + (base - init_lr) * t / lr_warmup_steps
    if t > (lr_decay_steps or T):
        return min_lr
    return max(min_lr, base * max(lr_warmup_steps, 1) ** 0.5 / max(t, 1) ** 0.5)


def t5_rsqrt(t, T, base, constant_steps=10_000, scale="absolute"):
    rate = 1 / math.sqrt(constant_steps) if t <= constant_steps else 1 / math.sqrt(t)
    return rate if scale == "absolute" else base * rate


def power(t, T, base, batch_size, seq_length, a=4.6, b=-0.51, start_tokens=0):
    tokens = start_tokens + t * batch_size * seq_length
    return min(base, batch_size * a * max(1, tokens) ** b)


def noam_hold(t, T, base, warmup_steps=1000, hold_steps=0, decay_rate=0.5, min_lr=0.0):
    if t <= warmup_steps:
        return base * (t + 1) / (warmup_steps + 1)
    if t < warmup_steps + hold_steps:
        return base
    return max(base * warmup_steps**decay_rate / (t - hold_steps) ** decay_rate, min_lr)


def inverse_sqrt_nemo(t, T, base, warmup_steps=0):
    if warmup_steps > 0 and t <= warmup_steps:
        return base * (t + 1) / (warmup_steps + 1)
    return base / ((t + 1) / (warmup_steps + 1)) ** 0.5


def inverse_floor(t, T, base, decay_steps=None, min_lr=0.0, min_lr_ratio=0.0):
    low, steps = floor_of(base, min_lr, min_lr_ratio), decay_steps or T
    return max(low, base * min(1.0, 1.0 / ((base / low - 1) * max(t, 1) / steps + 1)))


def cosine_envelope(t, T, base, total_steps=None, min_lr=0.0, min_lr_ratio=0.0):
    total, low = total_steps or T, floor_of(base, min_lr, min_lr_ratio)
    if t >= total:
        return low
    return low + (1 - t / total) * ((base - low) * (1 + math.cos(PI * t / total)) / 2)


def cosine_linear_tail(t, T, base, total_steps=None, decay_steps=0, min_lr=0.0, min_lr_ratio=0.0):
    total, low = total_steps or T, floor_of(base, min_lr, min_lr_ratio)
    cut = total - decay_steps
    if decay_steps and t >= cut:
        top = low + (base - low) * (1 + math.cos(PI * cut / total)) / 2
        return top * max(0, total - t) / decay_steps
    return between(low, base, half_cosine(min(t, total) / total))


# -- cycles ----------------------------------------------------------------------------------------


def cosine_cycles(t, T, base, total_steps=None, num_cycles=0.5, min_lr=0.0, min_lr_ratio=0.0):
    progress = t / (total_steps or T)
    factor = 0.5 * (1.0 + math.cos(PI * num_cycles * 2.0 * progress))
    low = floor_of(base, min_lr, min_lr_ratio)
    return factor * (base - low) + low


def cosine_hard_restarts(t, T, base, total_steps=None, num_cycles=1):
    total = total_steps or T
    if t >= total:
        return 0.0
    cycles, rest = divmod(num_cycles * t, total)
    assert cycles < num_cycles
    return base * half_cosine(rest / total)


def cosine_restarts_decay(
    t,
    T,
    base,
    first_cycle_steps=None,
    cycle_mult=1.0,
    min_lr=0.0,
    min_lr_ratio=0.0,
    warmup_steps=0,
    gamma=1.0,
):
    """Stepped from the start, cycle after cycle."""
    length, cycle, step = first_cycle_steps or T, 0, 0
    for _ in range(t):
        step += 1
        if step >= length:
            cycle, step = cycle + 1, step - length
            length = int((length - warmup_steps) * cycle_mult) + warmup_steps
    peak, low = base * gamma**cycle, floor_of(base, min_lr, min_lr_ratio)
    if step < warmup_steps:
        return (peak - low) * step / warmup_steps + low
    return between(low, peak, half_cosine((step - warmup_steps) / (length - warmup_steps)))


def slanted_triangular(t, T, base, total_steps=None, cut_frac=0.1, ratio=32.0):
    total = total_steps or T
    cut = max(1, math.floor(total * cut_frac))
    if t < cut:
        p = t / cut
    elif total * cut_frac == cut:  # as in the paper
        p = max(0.0, 1 - (t - cut) / (cut * (1 / cut_frac - 1)))
    else:  # as AllenNLP corrects it
        p = max(0.0, 1 - (t - cut) / max(1, total - cut))
    return base * (1 + p * (ratio - 1)) / ratio


def wsd_s(
    t,
    T,
    base,
    period_ends,
    warmup_steps=0,
    decay_fraction=0.1,
    decay_type="linear",
    min_lr=0.0,
    min_lr_ratio=0.0,
):
    low = floor_of(base, min_lr, min_lr_ratio)
    if t < warmup_steps:
        return base * t / warmup_steps
    start = 0
    for end in period_ends:
        if t <= end:
            break
        start = end
    else:
        return low
    decay = max(1, round(decay_fraction * (end - start)))
    position = t - (end - decay)
    if position <= 0:
        return base
    if decay_type == "linear":
        return low + (base - low) * (decay - position) / decay
    q = position / decay
    return 1 / (q / low + (1 - q) / base)


def deepspeed_one_cycle(
    t,
    T,
    base,
    cycle_min_lr,
    cycle_max_lr,
    decay_lr_rate=0.0,
    cycle_first_step_size=2000,
    cycle_second_step_size=None,
    decay_step_size=0,
):
    second = cycle_first_step_size if cycle_second_step_size is None else cycle_second_step_size
    total = cycle_first_step_size + second
    if t < total:
        share = cycle_first_step_size / total
        cycle = math.floor(1 + (t + 1) / total)
        x = 1.0 + (t + 1) / total - cycle
        factor = x / share if x <= share else (x - 1) / (share - 1)
        return between(cycle_min_lr, cycle_max_lr, factor)
    if not decay_lr_rate or not decay_step_size:
        return cycle_min_lr
    return cycle_min_lr / (1 + decay_lr_rate * ((t - total + 1) / decay_step_size))


# -- hold and fall ---------------------------------------------------------------------------------


def flat_cosine(t, T, base, total_steps=None, pct_start=0.75, div_final=1e5):
    position, end = min(1, t / (total_steps or T)), base / div_final
    if position < pct_start:
        return base
    inside = (position - pct_start) / (1 - pct_start)
    return base + (1 + math.cos(PI * (1 - inside))) * (end - base) / 2


def trapezoidal(t, T, base, total_steps=None, warmup_steps=0, decay_steps=0):
    total = total_steps or T
    if t < warmup_steps:
        return base * (t + 1) / warmup_steps
    if decay_steps and t >= total - decay_steps:
        return base * max(0, total - t) / decay_steps
    return base


COOLDOWN = {
    "linear": lambda p: 1 - p,
    "cosine": half_cosine,
    "1-sqrt": lambda p: 1 - p**0.5,
    "1-square": lambda p: 1 - p * p,
    "exponential": lambda p: 2.0 * math.pow(0.5, p) - 1.0,
}


def wsd(
    t,
    T,
    base,
    total_steps=None,
    warmup_steps=0,
    decay_steps=0,
    warmup_type="linear",
    decay_type="cosine",
    min_lr=0.0,
    min_lr_ratio=0.0,
    floor_applies_to="decay",
):
    total, m = total_steps or T, floor_of(base, min_lr, min_lr_ratio) / base
    if t < warmup_steps:
        p = t / warmup_steps
        rise = {"linear": p, "cosine": (1 - math.cos(PI * p)) / 2, "1-sqrt": 1 - (1 - p) ** 0.5}
        f = rise[warmup_type]
        return base * (f * (1 - m) + m if floor_applies_to == "warm-up and decay" else f)
    if t < total - decay_steps or decay_steps == 0:
        return base
    if t >= total:
        return base * m
    f = COOLDOWN[decay_type]((t - (total - decay_steps)) / decay_steps)
    if floor_applies_to == "clamp":
        return base * max(m, f)
    return base * f if floor_applies_to == "end" else base * (f * (1 - m) + m)


def knee(t, T, base, total_steps=None, warmup_steps=0, explore_steps=0):
    step, total = t + 1, total_steps or T
    if step <= warmup_steps:
        return base * step / warmup_steps
    if step <= explore_steps + warmup_steps:
        return base
    slope = -1 * base / (total - explore_steps - warmup_steps)
    return max(0.0, base + slope * (step - explore_steps - warmup_steps))


def tri_stage(
    t,
    T,
    base,
    warmup_steps=0,
    hold_steps=0,
    decay_steps=None,
    init_lr_scale=0.01,
    final_lr_scale=0.01,
):
    decay = T - warmup_steps - hold_steps if decay_steps is None else decay_steps
    if t < warmup_steps:
        return init_lr_scale * base + t * (base - init_lr_scale * base) / warmup_steps
    if t < warmup_steps + hold_steps:
        return base
    into = t - warmup_steps - hold_steps
    if into > decay:
        return base * final_lr_scale
    return base * math.exp(math.log(final_lr_scale) / decay * into)


# -- warm-ups --------------------------------------------------------------------------------------


def ramp(shape: Callable[[float], float]) -> Family:
    def warmup(t, T, base, warmup_steps=None):
        steps = warmup_steps or T
        return base * shape(t / steps) if t < steps else base

    return warmup


def warmup_constant(t, T, base, warmup_steps=None, factor=0.1):
    return base * factor if t < (warmup_steps or T) else base


def warmup_linear_plus_one(t, T, base, warmup_steps=None):
    return base * min(1.0, (t + 1) / (warmup_steps or T))


def warmup_exponential(t, T, base, warmup_period=1000):
    return base * -math.expm1(-(t + 1) / warmup_period)


def warmup_log(t, T, base, warmup_steps=None):
    steps = max(2, warmup_steps or T)
    return base * math.log(t + 1) / math.log(steps) if t < steps else base


def untuned_linear_warmup(t, T, base, beta2=0.999):
    return base * min(1.0, (1 - beta2) / 2 * (t + 1))


def untuned_exponential_warmup(t, T, base, beta2=0.999):
    return base * (1 - math.exp(-(1 - beta2) * (t + 1)))


def deepspeed_gamma(t, steps, kind):
    return math.log(t + 1) * (1 / math.log(steps)) if kind == "log" else t / steps


def deepspeed_warmup(
    t, T, base, warmup_min_lr=0.0, warmup_max_lr=None, warmup_num_steps=None, warmup_type="log"
):
    steps = max(2, warmup_num_steps or T)
    high = base if warmup_max_lr is None else warmup_max_lr
    gamma = deepspeed_gamma(t, steps, warmup_type) if t < steps else 1.0
    return warmup_min_lr + (high - warmup_min_lr) * gamma


def deepspeed_warmup_decay(
    t,
    T,
    base,
    total_num_steps=None,
    warmup_min_lr=0.0,
    warmup_max_lr=None,
    warmup_num_steps=1000,
    warmup_type="log",
):
    steps, total = max(2, warmup_num_steps), total_num_steps or T
    high = base if warmup_max_lr is None else warmup_max_lr
    if t < steps:
        gamma = deepspeed_gamma(t, steps, warmup_type)
    else:
        gamma = max(0.0, (total - t) / max(1.0, total - steps))
    return warmup_min_lr + (high - warmup_min_lr) * gamma


def deepspeed_warmup_cosine(
    t,
    T,
    base,
    total_num_steps=None,
    warmup_min_ratio=0.0,
    warmup_num_steps=1000,
    cos_min_ratio=1e-4,
    warmup_type="log",
):
    steps, total = max(2, warmup_num_steps), total_num_steps or T
    if t < steps:
        gamma = deepspeed_gamma(t, steps, warmup_type)
        return base * (warmup_min_ratio + gamma * (1 - warmup_min_ratio))
    progress = min(1.0, (t - steps + 1) / max(1, total - steps))
    return base * max(0.0, cos_min_ratio + (1 - cos_min_ratio) * half_cosine(progress))


def deepspeed_lr_range_test(
    t,
    T,
    base,
    lr_range_test_min_lr=1e-3,
    lr_range_test_step_size=2000,
    lr_range_test_step_rate=1.0,
    lr_range_test_staircase=False,
):
    interval = t / lr_range_test_step_size
    interval = math.floor(interval) if lr_range_test_staircase else interval
    return lr_range_test_min_lr * (1 + lr_range_test_step_rate * interval)


def log_interpolation(t, T, base, min_lr, max_lr, num_steps=None):
    steps = num_steps or T
    if steps == 1:
        return min_lr
    return math.exp(between(math.log(min_lr), math.log(max_lr), min(1, t / (steps - 1))))


# -- tables ----------------------------------------------------------------------------------------


def piecewise_constant(t, T, base, table, times="start", values="factor"):
    if times == "length":
        place = 0
        while place < len(table) - 1 and t >= sum(row[0] for row in table[: place + 1]):
            place += 1
    else:
        place = max(sum(row[0] <= t for row in table) - 1, 0)
    return table[place][1] * (base if values == "factor" else 1)


def piecewise(t, base, points, values, share):
    scale = base if values == "factor" else 1
    if t <= points[0][0]:
        return points[0][1] * scale
    for (start, a), (end, b) in pairwise(points):
        if t <= end:
            return scale * between(a, b, share((t - start) / (end - start)))
    return points[-1][1] * scale


def piecewise_linear(t, T, base, points, values="factor"):
    return piecewise(t, base, points, values, lambda p: p)


def piecewise_cosine(t, T, base, points, values="factor"):
    return piecewise(t, base, points, values, lambda p: (1 - math.cos(PI * p)) / 2)


NAMED_RAMPS = {
    "warmup_linear": ramp(lambda p: p),
    "warmup_quadratic": ramp(lambda p: p * p),
    "warmup_cosine": ramp(lambda p: (1 - math.cos(PI * p)) / 2),
    "warmup_one_minus_sqrt": ramp(lambda p: 1 - math.sqrt(1 - p)),
}
FLOORS = [{"min_lr": 0.003}, {"min_lr_ratio": 0.1}]
POINTS = [[0, 0.1], [3, 1.0], [7, 0.25], [8, 0.25], [19, 0.0]]
MANY = [[3 * place + 2, 1 / (place + 1)] for place in range(20)]

# For every family: parameters to try, for phases of any length. The first set is the plainest.
FAMILIES: dict[str, list[dict[str, Any]]] = {
    "natural_exponential": [{}, {"gamma": 0.013}, {"gamma": 0}],
    "exponential_steps": [
        {},
        {"decay_rate": 0.5, "decay_steps": 4},
        {"decay_rate": 0.31, "decay_steps": 3, "staircase": True},
        {"decay_rate": 1.2, "decay_steps": 7},
    ],
    "inverse_time": [
        {},
        {"decay_rate": 0.7, "decay_steps": 3},
        {"decay_rate": 2, "decay_steps": 4, "staircase": True, "power": 0.75},
        {"decay_rate": 0.4, "power": 2},
    ],
    "keras_inverse_time": [
        {"decay_steps": 1, "decay_rate": 0.5},
        {"decay_steps": 5, "decay_rate": 1.5, "staircase": True},
    ],
    "paddle_inverse_time": [{"gamma": 0.1}, {"gamma": 3}],
    "polynomial_end": [
        {},
        {"lr_end": 1e-7, "power": 2.0},
        {"lr_end_ratio": 0.2, "power": 0.5, "decay_steps": 5},
        {"lr_end_ratio": 0.1, "decay_steps": 4, "cycle": True, "power": 3},
    ],
    "keras_polynomial": [
        {},
        {"decay_steps": 5, "end_learning_rate": 0.004, "power": 0.5},
        {"decay_steps": 3, "cycle": True},
    ],
    "paddle_polynomial": [
        {},
        {"decay_steps": 5, "end_lr": 0, "power": 2},
        {"decay_steps": 3, "cycle": True, "power": 1.5},
    ],
    "k_decay_poly": [{}, *({"k_decay": 1.5, "power": 2, **low} for low in FLOORS)],
    "k_decay_cosine": [{}, *({"k_decay": 2.5, "total_steps": 9, **low} for low in FLOORS)],
    "cosine_floor": [
        {},
        *FLOORS,
        {"min_lr_ratio": 0.05, "exponent": 2.5},
        {"min_lr_ratio": 1, "total_steps": 6},
    ],
    "cosine_constant_tail": [{}, *({"constant_lr_ratio": 0.6, **low} for low in FLOORS)],
    "rex": [{}, {"beta": 0.9}, {"beta": 0}, *({"beta": 0.7, **low} for low in FLOORS)],
    "tanh": [{}, {"lb": -6, "ub": 4}, *FLOORS],
    "budgeted_linear": [{}, {"total_steps": 7}],
    "caffe_sigmoid": [{"gamma": -0.4, "stepsize": 8}, {"gamma": 0.9}, {"gamma": 0, "stepsize": 3}],
    "noam": [
        {},
        {"d_model": 64, "warmup_steps": 4, "factor": 3},
        {"d_model": 256, "warmup_steps": 5, "first_step": 0},
    ],
    "inverse_sqrt": [
        {},
        {"num_warmup_steps": 5},
        {"num_warmup_steps": 3, "timescale": 2},
        {"num_warmup_steps": 4, "timescale": 30},
        {"timescale": 1},
    ],
    "inverse_sqrt_fairseq": [
        {},
        {"warmup_updates": 4},
        {"warmup_updates": 6, "warmup_init_lr": 1e-7},
        {"warmup_updates": 1},
    ],
    "inverse_sqrt_megatron": [
        {"lr_decay_steps": 1000},
        {"lr_warmup_steps": 4, "init_lr": 0.001, "min_lr": 0.006, "lr_decay_steps": 1000},
        {"lr_warmup_steps": 3, "lr_decay_steps": 10, "min_lr": 0.002},
        {},
    ],
    "noam_hold": [
        {"warmup_steps": 4},
        {"warmup_steps": 3, "hold_steps": 5, "decay_rate": 1, "min_lr": 0.002},
    ],
    "inverse_sqrt_nemo": [{}, {"warmup_steps": 5}],
    "inverse_floor": [{"min_lr_ratio": 0.1}, {"min_lr": 0.001, "decay_steps": 9}],
    "cosine_envelope": [{}, *({"total_steps": 9, **low} for low in FLOORS)],
    "cosine_linear_tail": [
        {},
        *({"decay_steps": 6, "total_steps": 17, **low} for low in FLOORS),
        {"decay_steps": 5, "total_steps": 5},
    ],
    "t5_rsqrt": [{}, {"constant_steps": 5}, {"constant_steps": 4, "scale": "base"}],
    "power": [
        {"batch_size": 8, "seq_length": 16},
        {"batch_size": 2, "seq_length": 64, "a": 1.3, "b": -0.9, "start_tokens": 77},
    ],
    "cosine_cycles": [{}, {"num_cycles": 2}, *({"num_cycles": 1.3, **low} for low in FLOORS)],
    "cosine_hard_restarts": [{}, {"num_cycles": 3}, {"num_cycles": 7, "total_steps": 14}],
    "cosine_restarts_decay": [
        {"first_cycle_steps": 5},
        {"first_cycle_steps": 6, "warmup_steps": 2, "gamma": 0.5, "min_lr_ratio": 0.02},
        {"first_cycle_steps": 4, "cycle_mult": 2, "gamma": 0.7, "warmup_steps": 1},
        {"first_cycle_steps": 5, "cycle_mult": 1.5, "min_lr": 0.001, "warmup_steps": 2},
    ],
    "slanted_triangular": [{}, {"cut_frac": 0.5, "ratio": 10}, {"cut_frac": 0.34, "ratio": 1}],
    "wsd_s": [
        {"period_ends": [4, 9, 20]},
        {"period_ends": [8, 13], "warmup_steps": 3, "decay_fraction": 0.5, "min_lr_ratio": 0.1},
        {
            "period_ends": [7, 18],
            "decay_fraction": 0.4,
            "decay_type": "inverse",
            "min_lr_ratio": 0.1,
        },
    ],
    "deepspeed_one_cycle": [
        {"cycle_min_lr": 0.01, "cycle_max_lr": 0.2, "cycle_first_step_size": 5},
        {
            "cycle_min_lr": 0.02,
            "cycle_max_lr": 0.3,
            "cycle_first_step_size": 4,
            "cycle_second_step_size": 7,
            "decay_lr_rate": 0.7,
            "decay_step_size": 3,
        },
        {"cycle_min_lr": 0, "cycle_max_lr": 0.2, "decay_lr_rate": 1, "decay_step_size": 2},
    ],
    "flat_cosine": [{}, {"pct_start": 0, "div_final": 10}, {"pct_start": 0.3, "total_steps": 11}],
    "trapezoidal": [
        {},
        {"warmup_steps": 3, "decay_steps": 5, "total_steps": 14},
        {"decay_steps": 1},
        {"warmup_steps": 1},
    ],
    "wsd": [
        {},
        {"warmup_steps": 4, "decay_steps": 6, "total_steps": 15},
        *(
            {"warmup_steps": 3, "decay_steps": 7, "total_steps": 14, "decay_type": kind, **low}
            for kind in COOLDOWN
            for low in FLOORS
        ),
        *(
            {
                "warmup_steps": 4,
                "decay_steps": 6,
                "total_steps": 12,
                "decay_type": "1-sqrt",
                "min_lr_ratio": 0.2,
                "floor_applies_to": where,
            }
            for where in ("decay", "warm-up and decay", "clamp", "end")
        ),
        {"warmup_steps": 5, "warmup_type": "cosine", "total_steps": 9},
        {"warmup_steps": 5, "warmup_type": "1-sqrt", "decay_steps": 4, "total_steps": 9},
    ],
    "knee": [
        {},
        {"explore_steps": 6, "total_steps": 13},
        {"warmup_steps": 4, "explore_steps": 5, "total_steps": 16},
    ],
    "tri_stage": [
        {},
        {"warmup_steps": 3, "hold_steps": 4, "decay_steps": 6},
        {"hold_steps": 2, "decay_steps": 9, "final_lr_scale": 0.05},
        {"warmup_steps": 4, "decay_steps": 5, "init_lr_scale": 0},
    ],
    "warmup_constant": [{}, {"warmup_steps": 5, "factor": 0.3}],
    "warmup_linear": [{}, {"warmup_steps": 5}],
    "warmup_linear_plus_one": [{}, {"warmup_steps": 5}],
    "warmup_quadratic": [{}, {"warmup_steps": 5}],
    "warmup_cosine": [{}, {"warmup_steps": 5}],
    "warmup_one_minus_sqrt": [{}, {"warmup_steps": 5}],
    "warmup_log": [{}, {"warmup_steps": 5}, {"warmup_steps": 1}],
    "warmup_exponential": [{}, {"warmup_period": 3}],
    "untuned_linear_warmup": [{}, {"beta2": 0.8}],
    "untuned_exponential_warmup": [{}, {"beta2": 0.8}, {"beta2": 0}],
    "deepspeed_warmup": [
        {},
        {"warmup_type": "linear"},
        {"warmup_min_lr": 0.002, "warmup_max_lr": 0.3, "warmup_num_steps": 6},
    ],
    "deepspeed_warmup_decay": [
        {"warmup_num_steps": 5},
        {"warmup_min_lr": 0.002, "warmup_max_lr": 0.3, "warmup_num_steps": 4, "total_num_steps": 9},
        {"warmup_num_steps": 6, "warmup_type": "linear"},
    ],
    "deepspeed_warmup_cosine": [
        {"warmup_num_steps": 5},
        {"warmup_min_ratio": 0.1, "warmup_num_steps": 4, "cos_min_ratio": 0.03},
        {"warmup_num_steps": 6, "warmup_type": "linear", "total_num_steps": 11},
    ],
    "deepspeed_lr_range_test": [
        {},
        {"lr_range_test_min_lr": 0.02, "lr_range_test_step_size": 3},
        {
            "lr_range_test_step_size": 4,
            "lr_range_test_step_rate": 0.5,
            "lr_range_test_staircase": True,
        },
    ],
    "log_interpolation": [
        {"min_lr": 1e-7, "max_lr": 10},
        {"min_lr": 0.5, "max_lr": 0.02, "num_steps": 9},
        {"min_lr": 0.5, "max_lr": 0.02, "num_steps": 1},
    ],
    "piecewise_constant": [
        {"table": [[0, 1.0], [4, 0.5], [9, 0.1]]},
        {"table": [[3, 0.3], [4, 0.1], [5, 0.03]], "times": "length", "values": "lr"},
        {"table": [[5, 0.7]], "values": "lr"},
        {"table": MANY},
        {"table": MANY, "times": "length"},
    ],
    "piecewise_linear": [
        {"points": POINTS},
        {"points": POINTS, "values": "lr"},
        {"points": [[5, 0.3]]},
        {"points": MANY},
    ],
    "piecewise_cosine": [
        {"points": POINTS},
        {"points": POINTS, "values": "lr"},
        {"points": MANY[:12]},
    ],
}

NAMES = list(FAMILIES)


def reference(name: str) -> Family:
    """The published definition of a family."""
    found: Family = NAMED_RAMPS[name] if name in NAMED_RAMPS else globals()[name]
    return found
