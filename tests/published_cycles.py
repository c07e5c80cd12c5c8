"""Published definitions of cycles, and of schedules that hold, in plain Python.

Every function gives an LR from the local time, the phase's length, the base LR and the document's
parameters, written the way its framework or paper writes it. Nothing of `lrdesigner` is used.
"""
# ruff: noqa: N803 - T is the phase's length here, as in formulas

from __future__ import annotations

import math

from published_decays import between, floor_of, half_cosine

PI = math.pi


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
        rise["linear from 1/W"] = (t + 1) / warmup_steps
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
