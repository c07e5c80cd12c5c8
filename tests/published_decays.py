"""Published definitions of decays, in plain Python.

Every function gives an LR from the local time, the phase's length, the base LR and the document's
parameters, written the way its framework or paper writes it. Nothing of `lrdesigner` is used.
"""
# ruff: noqa: N803 - T is the phase's length here, as in formulas

from __future__ import annotations

import math

PI = math.pi


def floor_of(base: float, min_lr: float, min_lr_ratio: float) -> float:
    return min_lr if min_lr else base * min_lr_ratio


def half_cosine(p: float) -> float:
    return (1 + math.cos(PI * p)) / 2


def between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share


def natural_exponential(t, T, base, gamma=0.1):
    return base * math.exp(-1 * gamma * t)


def exponential_steps(
    t,
    T,
    base,
    decay_rate=0.96,
    decay_steps=None,
    staircase=False,
    min_lr=0.0,
    min_lr_ratio=0.0,
):
    exponent = t / (decay_steps or T)
    decayed = base * math.pow(decay_rate, math.floor(exponent) if staircase else exponent)
    return max(decayed, floor_of(base, min_lr, min_lr_ratio))


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


def formula(t, T, lr, *, formula, constants=(), **told):
    """What Python makes of the text, which these are chosen to be."""
    functions = {"exp": math.exp, "cos": math.cos, "min": min, "pi": math.pi}
    return eval(formula, {"t": t, "T": T, "lr": lr, **functions, **dict(constants)})
