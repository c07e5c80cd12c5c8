"""Published definitions of schedules that few frameworks share, in plain Python.

Every function gives an LR from the local time, the phase's length, the base LR and the document's
parameters, written the way its framework or paper writes it. Nothing of `lrdesigner` is used.
"""
# ruff: noqa: N803 - T is the phase's length here, as in formulas

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

from published_cycles import COOLDOWN
from published_decays import PI, between, floor_of, half_cosine


def linear_warmup(peak, t, warmup, low=0.0):
    return low + (peak - low) * min(t, warmup) / warmup


def half_cosine_olmo(
    t, T, base, total_steps=None, warmup_steps=0, min_lr=0.0, min_lr_ratio=0.0, warmup_min_lr=0.0
):
    t_max, eta_min = total_steps or T, floor_of(base, min_lr, min_lr_ratio)
    if t < warmup_steps:
        return linear_warmup(eta_min + (base - eta_min) / 2, t, warmup_steps, warmup_min_lr)
    if t >= t_max:
        return eta_min
    rest = t_max - warmup_steps
    current = t - warmup_steps + rest
    return eta_min + (base - eta_min) * (1 + math.cos(PI * current / (2 * rest))) / 2


def fractal_chebyshev(t, T, base, total_steps=None, small_m=0.05, big_m=1.0, delay=0):
    permutation = [0]
    while len(permutation) < (total_steps or T):
        size = 2 * len(permutation)
        permutation = [place for old in permutation for place in (old, size - 1 - old)]
    n = len(permutation)
    theta = (permutation[min(max(t - delay, 0), n - 1)] + 0.5) * PI / n
    return base / ((big_m + small_m) / 2 - (big_m - small_m) / 2 * math.cos(theta))


def jagged_restarts(
    t,
    T,
    base,
    jagged_restart_steps,
    jagged_restart_warmup_steps=0,
    jagged_restart_anneal_steps=1,
    min_lr_scale=0.001,
    total_steps=None,
    warmup_steps=0,
    decay="cosine",
):
    total = total_steps or T
    if t < warmup_steps:
        original = base * t / warmup_steps
    else:
        p = (min(t, total) - warmup_steps) / (total - warmup_steps)
        original = base * {"cosine": half_cosine(p), "linear": 1 - p, "constant": 1}[decay]
    if t < jagged_restart_steps - jagged_restart_anneal_steps:
        return original
    passed = t % jagged_restart_steps
    if passed < jagged_restart_warmup_steps:
        scale = passed / jagged_restart_warmup_steps
    elif passed > jagged_restart_steps - jagged_restart_anneal_steps:
        scale = (jagged_restart_steps - passed) / jagged_restart_anneal_steps
    else:
        scale = 1
    return original * (scale * (1 - min_lr_scale) + min_lr_scale)


def relora_cosine(
    t,
    T,
    base,
    restart_every,
    first_warmup_steps=0,
    restart_warmup_steps=0,
    min_lr_ratio=0.1,
    total_steps=None,
):
    total = total_steps or T

    def cosine(step):
        p = (min(step, total) - first_warmup_steps) / max(1, total - first_warmup_steps)
        return min_lr_ratio + (1 - min_lr_ratio) * 0.5 * (1 + math.cos(PI * p))

    if t < first_warmup_steps:
        return base * t / max(1, first_warmup_steps)
    number, step = divmod(t, restart_every)
    if step < restart_warmup_steps and t >= restart_every:
        return (
            base
            * step
            / restart_warmup_steps
            * cosine(number * restart_every + restart_warmup_steps)
        )
    return base * cosine(t)


def power_law(
    t,
    T,
    base,
    total_steps=None,
    warmup_steps=1000,
    b=-0.51,
    decay_steps=0,
    warmup_min_lr=0.0,
    decay_min_lr=0.0,
):
    t_max = total_steps or T
    if t <= warmup_steps:
        return linear_warmup(base, t, warmup_steps, warmup_min_lr)
    if decay_steps and t >= t_max - decay_steps:
        top = base * ((t_max - decay_steps) / warmup_steps) ** b
        return linear_warmup(top, max(0, t_max - t), decay_steps, decay_min_lr)
    return base * (t / warmup_steps) ** b


def zaremba(t, T, base, hold_steps=6, decay_rate=0.5):
    return base * decay_rate ** max(t + 1 - hold_steps, 0.0)


def fairseq_triangular(t, T, base, max_lr, lr_period_updates=5000, lr_shrink=0.1, shrink_min=False):
    stepsize = lr_period_updates // 2
    cycle = math.floor(t / (2 * stepsize))
    shrink = lr_shrink**cycle
    low = base * shrink if shrink_min else base
    x = abs(t / stepsize - 2 * (cycle + 1) + 1)
    return low + (max_lr * shrink - low) * max(0, (1 - x))


def growing_cycle(t, first, growth):
    """The number of the cycle, the time in it and its length, without rounding."""
    start, length, cycle = Fraction(0), Fraction(first), 0
    while t >= start + length:
        start, length, cycle = start + length, length * Fraction(growth), cycle + 1
    return cycle, float(t - start), float(length)


def keras_cosine_restarts(t, T, base, first_decay_steps=1000, t_mul=2.0, m_mul=1.0, alpha=0.0):
    cycle, step, length = growing_cycle(t, first_decay_steps, t_mul)
    decayed = (1 - alpha) * (m_mul**cycle * half_cosine(step / length)) + alpha
    return base * decayed


def fairseq_cosine(
    t,
    T,
    base,
    warmup_updates=0,
    warmup_init_lr=None,
    min_lr=0.0,
    lr_period_updates=None,
    t_mult=1.0,
    lr_shrink=0.1,
):
    if t < warmup_updates:
        init = min_lr if warmup_init_lr is None else warmup_init_lr
        return init + t * (base - init) / warmup_updates
    cycle, step, length = growing_cycle(t - warmup_updates, lr_period_updates or T, t_mult)
    low, high = min_lr * lr_shrink**cycle, base * lr_shrink**cycle
    return low + 0.5 * (high - low) * (1 + math.cos(PI * step / length))


def cosine_periods(t, T, base, periods, min_lr=0.0, min_lr_ratio=0.0):
    low = floor_of(base, min_lr, min_lr_ratio)
    t, start = min(t, sum(period for period, _ in periods) - 1), 0
    for period, weight in periods:
        if t < start + period:
            return between(low, base * weight, half_cosine((t - start) / period))
        start += period
    raise AssertionError


def ignite_cyclical(
    t,
    T,
    base,
    start_value=None,
    end_value=0.0,
    cycle_size=1000,
    shape="triangle",
    cycle_mult=1.0,
    start_value_mult=1.0,
    end_value_mult=1.0,
    warmup_duration=0,
):
    """Called once a step, as the handler is."""
    begin, end = base if start_value is None else start_value, end_value
    index, size, back = 0, cycle_size, warmup_duration
    value = None
    for _ in range(t + 1):
        if index != 0 and index == size:
            begin *= start_value_mult
        if index != 0 and index == size + back:
            index, size, back = 0, int(size * cycle_mult), int(back * cycle_mult)
            end *= end_value_mult
        p = index / size
        if index > size:
            value = end + (begin - end) * (index - size) / back
        elif shape == "triangle":
            value = end + (begin - end) * abs(p - 0.5) * 2
        elif shape == "line":
            value = begin + (end - begin) * p
        else:
            value = begin + ((end - begin) / 2) * (1 - math.cos(PI * p))
        index += 1
    return value


def inverse_sqrt_olmo(
    t, T, base, warmup_steps=1000, min_lr=0.0, min_lr_ratio=0.0, warmup_min_lr=0.0
):
    if t < warmup_steps:
        return linear_warmup(base, t, warmup_steps, warmup_min_lr)
    eta_min = floor_of(base, min_lr, min_lr_ratio)
    return eta_min + (base - eta_min) * math.sqrt(warmup_steps / t)


def adafactor_relative(t, T, base, warmup_init=False):
    step = t + 1
    min_step = 1e-6 * step if warmup_init else 1e-2
    return min(min_step, 1.0 / math.sqrt(step))


def radam_warmup(t, T, base, beta2=0.999):
    """With more digits than a float has: rho is a small difference of great numbers."""
    with localcontext() as context:
        context.prec = 60
        beta = Decimal(beta2)
        rho_inf = 2 / (1 - beta) - 1

        def rho(n):
            return rho_inf - 2 * n * beta**n / (1 - beta**n)

        offset = 1
        while rho(offset) <= 4:
            offset += 1
        r = rho(t + offset)
        omega = ((r - 4) * (r - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * r)).sqrt()
        return base * float(omega)


def nemo_annealing(t, T, base, max_steps=None, power=2.0, min_lr=0.0, min_lr_ratio=0.0):
    steps, low = max_steps or T, floor_of(base, min_lr, min_lr_ratio)
    if t > steps:
        return low
    return max(base * ((steps - t) / steps) ** power, low)


def rsqrt_cooldown(
    t,
    T,
    base,
    total_steps=None,
    warmup_steps=0,
    decay_steps=0,
    timescale=None,
    power=0.5,
    decay_type="linear",
    min_lr=0.0,
    min_lr_ratio=0.0,
):
    low, t_initial = floor_of(base, min_lr, min_lr_ratio), (total_steps or T) - warmup_steps
    if t < warmup_steps:
        return t * base / warmup_steps
    t_s = t - warmup_steps
    stable = max(base * (1.0 + t_s / (timescale or warmup_steps or 1)) ** -power, low)
    t_decay = t_s - (t_initial - decay_steps)
    if t_decay <= 0:
        return stable
    decay = COOLDOWN[decay_type](min(t_decay / decay_steps, 1.0)) if decay_steps else 1.0
    return low + (stable - low) * decay


def wsd_s_peaks(
    t, T, base, periods, warmup_steps=0, decay_fraction=0.1, warmup_min_lr=0.0, decay_min_lr=0.0
):
    if t < warmup_steps:
        return linear_warmup(base * periods[0][1], t, warmup_steps, warmup_min_lr)
    start = 0
    for length, multiplier in periods:
        if t <= start + length:
            decay = max(1, round(decay_fraction * length))
            position = t - start - (length - decay)
            if position < 0:
                return base * multiplier
            return linear_warmup(base * multiplier, decay - position, decay, decay_min_lr)
        start += length
    return decay_min_lr
