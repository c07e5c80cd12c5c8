"""Published definitions of warm-ups and tables, in plain Python.

Every function gives an LR from the local time, the phase's length, the base LR and the document's
parameters, written the way its framework or paper writes it. Nothing of `lrdesigner` is used.
"""
# ruff: noqa: N803 - T is the phase's length here, as in formulas

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from published_decays import between, half_cosine

Family = Callable[..., float]
PI = math.pi


def ramp(shape: Callable[[float], float]) -> Family:
    def warmup(t, T, base, warmup_steps=None):
        steps = warmup_steps or T
        return base * shape(t / steps) if t < steps else base

    return warmup


def frozen(t, T, base):
    return 0.0


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
