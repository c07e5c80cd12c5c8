"""The families that torch lacks: parameters to try, and where their published definition is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import published_cycles
import published_decays
import published_more
import published_warmups

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
        *({"decay_rate": 0.4, "decay_steps": 4, "staircase": True, **low} for low in FLOORS),
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
            for kind in published_cycles.COOLDOWN
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
        {
            "warmup_steps": 5,
            "warmup_type": "linear from 1/W",
            "decay_steps": 4,
            "min_lr_ratio": 0.2,
        },
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
    "half_cosine": [
        {},
        {"warmup_steps": 5, "warmup_min_lr": 0.001, "min_lr_ratio": 0.1},
        {"warmup_steps": 3, "total_steps": 14, "min_lr": 0.003},
    ],
    "fractal_chebyshev": [
        {},
        {"small_m": 0.2, "big_m": 2, "delay": 2},
        {"total_steps": 5},
        {"small_m": 0.5, "big_m": 0.5},
    ],
    "jagged_restarts": [
        {"jagged_restart_steps": 6},
        {
            "jagged_restart_steps": 7,
            "jagged_restart_warmup_steps": 3,
            "jagged_restart_anneal_steps": 2,
            "warmup_steps": 2,
            "decay": "linear",
        },
        {
            "jagged_restart_steps": 5,
            "jagged_restart_warmup_steps": 2,
            "jagged_restart_anneal_steps": 0,
            "min_lr_scale": 0,
            "decay": "constant",
            "total_steps": 17,
        },
        {"jagged_restart_steps": 4, "jagged_restart_anneal_steps": 0},
    ],
    "relora_cosine": [
        {"restart_every": 6},
        {"restart_every": 6, "first_warmup_steps": 4, "restart_warmup_steps": 2},
        {
            "restart_every": 7,
            "first_warmup_steps": 3,
            "restart_warmup_steps": 3,
            "min_lr_ratio": 0,
            "total_steps": 19,
        },
    ],
    "power_law": [
        {"warmup_steps": 4},
        {"warmup_steps": 3, "decay_steps": 6, "b": -0.7, "warmup_min_lr": 0.001},
        {"warmup_steps": 2, "decay_steps": 5, "decay_min_lr": 0.002, "total_steps": 18},
    ],
    "zaremba": [{}, {"hold_steps": 0, "decay_rate": 1 / 1.2}, {"hold_steps": 14, "decay_rate": 0}],
    "fairseq_triangular": [
        {"max_lr": 0.5, "lr_period_updates": 8},
        {"max_lr": 0.5, "lr_period_updates": 7, "lr_shrink": 0.6, "shrink_min": True},
        {"max_lr": 0.001, "lr_period_updates": 5, "lr_shrink": 1},
    ],
    "keras_cosine_restarts": [
        {"first_decay_steps": 3},
        {"first_decay_steps": 4, "t_mul": 1.5, "m_mul": 0.7, "alpha": 0.1},
        {"first_decay_steps": 5, "t_mul": 1, "m_mul": 0.5, "alpha": 0.02},
        {"first_decay_steps": 5, "t_mul": 1},
    ],
    "fairseq_cosine": [
        {"lr_period_updates": 6},
        {"lr_period_updates": 4, "t_mult": 2, "lr_shrink": 0.5, "warmup_updates": 3},
        {"lr_period_updates": 5, "t_mult": 1.5, "min_lr": 0.002, "warmup_updates": 2},
        {"warmup_updates": 4, "warmup_init_lr": 0.001, "min_lr": 0.003, "lr_shrink": 1},
    ],
    "cosine_periods": [
        {"periods": [[12, 1.0], [6, 0.5], [3, 0.25]]},
        *({"periods": [[5, 1.0], [9, 2.0]], **low} for low in FLOORS),
        {"periods": [[1, 0.5]]},
    ],
    "ignite_cyclical": [
        {"cycle_size": 8},
        {
            "cycle_size": 6,
            "shape": "line",
            "start_value": 0.3,
            "end_value": 0.02,
            "start_value_mult": 0.5,
            "end_value_mult": 0.8,
        },
        {"cycle_size": 5, "shape": "cosine", "cycle_mult": 1.5, "warmup_duration": 2},
        {
            "cycle_size": 4,
            "shape": "cosine",
            "cycle_mult": 2,
            "warmup_duration": 3,
            "start_value_mult": 0.5,
            "end_value": 0.01,
            "end_value_mult": 0.5,
        },
        {
            "cycle_size": 6,
            "shape": "line",
            "warmup_duration": 3,
            "start_value_mult": 0.9,
            "end_value": 0.01,
        },
    ],
    "inverse_sqrt_olmo": [
        {"warmup_steps": 4},
        {"warmup_steps": 5, "warmup_min_lr": 0.001, "min_lr_ratio": 0.1},
        {"warmup_steps": 1, "min_lr": 0.003},
    ],
    "adafactor_relative": [{}, {"warmup_init": True}],
    "radam_warmup": [{}, {"beta2": 0.9}, {"beta2": 0.61}],
    "nemo_annealing": [
        {},
        {"power": 0.5, "max_steps": 9, "min_lr": 0.003},
        {"min_lr_ratio": 0.1, "max_steps": 17},
    ],
    "rsqrt_cooldown": [
        {},
        {"warmup_steps": 4, "decay_steps": 6, "min_lr_ratio": 0.3},
        {
            "warmup_steps": 3,
            "decay_steps": 5,
            "timescale": 2,
            "power": 0.7,
            "decay_type": "1-sqrt",
            "total_steps": 15,
            "min_lr": 0.001,
        },
        {"timescale": 6, "decay_steps": 12, "decay_type": "cosine"},
    ],
    "wsd_s_peaks": [
        {"periods": [[9, 1.0], [7, 0.5], [8, 0.7]]},
        {
            "periods": [[8, 1.0], [5, 1.5]],
            "warmup_steps": 3,
            "decay_fraction": 0.5,
            "warmup_min_lr": 0.0005,
            "decay_min_lr": 0.001,
        },
    ],
    "frozen": [{}],
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
    "formula": [
        {"formula": "lr * exp(-k * t / T)", "constants": {"k": 4.0}},
        {
            "formula": "low + (lr - low) * (1 + cos(pi * min(t, 15) / 15)) / 2",
            "constants": {"low": 0.002, "unused": -7},
            "title": "Größe 學習率",
            "summary": "Falls to low.",
            "category": "decay",
        },
        {"formula": "0.01 * a ** (t // every)", "constants": {"every": 3, "a": 0.7}},
        {"formula": "lr"},
        {"formula": "lr / (1 + shift * t) ** -p", "constants": {"shift": 0.2, "p": -0.5}},
        {"formula": "0.02 if t < 5 and t != 2 else lr * lr"},
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


def reference(name: str) -> Callable[..., float]:
    """The published definition of a family: (t, T, base, **parameters) -> LR."""
    if name in published_warmups.NAMED_RAMPS:
        return published_warmups.NAMED_RAMPS[name]
    if name == "half_cosine":  # the name of a shape elsewhere
        return published_more.half_cosine_olmo
    modules = (published_decays, published_cycles, published_warmups, published_more)
    (found,) = {vars(m)[name] for m in modules if callable(vars(m).get(name))}
    return found
