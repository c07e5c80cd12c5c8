"""Documents to try: raw JSON data, and parameter sets for every scheduler."""

from __future__ import annotations

from typing import Any

# For every class: parameters to try. The first set is the shortest that runs.
PARAMS: dict[str, list[dict[str, Any]]] = {
    "LambdaLR": [
        {"lr_lambda": "0.9 ** t"},
        {"lr_lambda": "(1 - t / T) ** 2 if t < T else 0.25"},
        {"lr_lambda": "0.5 * (1 + cos(pi * t / T)) + lr"},
    ],
    "MultiplicativeLR": [
        {"lr_lambda": "0.93"},
        {"lr_lambda": "1.5 if t < 4 else 0.7"},
        {"lr_lambda": "0.01 ** (1 / T)"},
    ],
    "StepLR": [{"step_size": 3}, {"step_size": 1, "gamma": 0.83}, {"step_size": 4, "gamma": 1.25}],
    "MultiStepLR": [
        {"milestones": [2, 5]},
        {"milestones": [0, 3, 3, 7], "gamma": 0.3},
        {"milestones": [], "gamma": 0.5},
    ],
    "ConstantLR": [{}, {"factor": 0.3, "total_iters": 4}, {"factor": 1.0}],
    "LinearLR": [
        {},
        {"start_factor": 0.01, "end_factor": 0.7, "total_iters": 5},
        {"start_factor": 1, "end_factor": 0, "total_iters": 6},
        {"start_factor": 0.1, "total_iters": 1000},
    ],
    "ExponentialLR": [{"gamma": 0.9}, {"gamma": 1.07}, {"gamma": 1}],
    "PolynomialLR": [{}, {"power": 2.5}, {"power": 0.5, "total_iters": 4}],
    "CosineAnnealingLR": [{}, {"eta_min": 0.013}, {"T_max": 4, "eta_min": 0.001}],
    "CosineAnnealingWarmRestarts": [{"T_0": 4}, {"T_0": 2, "T_mult": 2, "eta_min": 0.003}],
    "CyclicLR": [
        {"max_lr": 2.0, "step_size_up": 3},
        {
            "base_lr": 0.011,
            "max_lr": 0.7,
            "step_size_up": 2,
            "step_size_down": 3,
            "mode": "triangular2",
            "base_momentum": 0.7,
            "max_momentum": 0.93,
        },
        {
            "base_lr": None,
            "max_lr": 2.7,
            "step_size_up": 4,
            "mode": "exp_range",
            "gamma": 0.97,
            "cycle_momentum": False,
        },
        {"base_lr": 0.02, "max_lr": 0.5, "step_size_up": 2, "cycle_momentum": False},
    ],
    "OneCycleLR": [
        {"max_lr": 0.5},
        {"max_lr": 0.5, "cycle_momentum": False},
        {
            "max_lr": 0.6,
            "div_factor": None,
            "final_div_factor": 100,
            "pct_start": 0.45,
            "anneal_strategy": "linear",
            "base_momentum": 0.6,
        },
        {
            "max_lr": 0.6,
            "div_factor": None,
            "three_phase": True,
            "pct_start": 0.4,
            "cycle_momentum": False,
        },
        {"max_lr": 0.4, "total_steps": 50, "div_factor": 3},
        {"max_lr": 0.4, "epochs": 7, "steps_per_epoch": 6, "three_phase": True},
    ],
    "ReduceLROnPlateau": [
        {"patience": 0},
        {"factor": 0.5, "patience": 1, "cooldown": 1, "threshold": 0.05},
        {"mode": "max", "factor": 0.3, "patience": 0, "threshold_mode": "abs", "min_lr": 0.004},
    ],
    "SWALR": [
        {"swa_lr": 0.03},
        {"swa_lr": 0.2, "anneal_epochs": 4, "anneal_strategy": "linear"},
        {"swa_lr": 0.05, "anneal_epochs": 0},
    ],
}
NAMES = list(PARAMS)

# Per-group lists, for three groups, wherever torch accepts them.
PER_GROUP: dict[str, list[dict[str, Any]]] = {
    "LambdaLR": [{"lr_lambda": ["0.9 ** t", "1 / (1 + t)", "lr * 2 + t / T"]}],
    "formula": [
        {"formula": ["lr * 0.9 ** t", "k / (1 + t)", "lr * k + t / T"], "constants": {"k": 0.3}},
    ],
    "MultiplicativeLR": [{"lr_lambda": ["0.9", "1.1", "0.5 if t == 3 else 1"]}],
    "CyclicLR": [
        {
            "base_lr": [0.01, 0.002, 0.3],
            "max_lr": [0.5, 0.004, 0.9],
            "step_size_up": 3,
            "base_momentum": [0.5, 0.6, 0.7],
            "max_momentum": [0.8, 0.9, 0.95],
        },
        {"max_lr": [0.9, 1.4, 0.9], "step_size_up": 3, "cycle_momentum": False},
    ],
    "OneCycleLR": [
        {"max_lr": [0.5, 0.04, 0.9], "base_momentum": [0.5, 0.6, 0.7], "max_momentum": 0.9},
        {"max_lr": [0.5, 0.4, 0.9], "div_factor": None, "cycle_momentum": False},
        {"max_lr": [0.5, 0.4, 0.9], "div_factor": None, "three_phase": True, "pct_start": 0.37},
    ],
    "ReduceLROnPlateau": [{"patience": 0, "min_lr": [0.02, 0.0, 0.15], "factor": 0.4}],
    "SWALR": [{"swa_lr": [0.03, 0.2, 0.0]}],
}

# Rises, falls, stays: something for every mode of the plateau to react to.
METRIC = {"values": [1.0, 0.9, 0.9, 0.95, 0.5, 0.49, 0.6, 0.7, 0.2, 0.3, 0.3]}

ONE_GROUP = [{"name": "all", "lr": 0.1}]
THREE_GROUPS = [
    {"name": "backbone", "lr": 0.1},
    {"name": "neck", "lr": 0.0123, "momentum": 0.5},
    {"name": "head", "lr": 0.3},
]


def phase(name: str, params: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"scheduler": name, "params": PARAMS[name][0] if params is None else params, **more}


def document(
    *phases: dict[str, Any],
    epochs: int = 8,
    per_epoch: int = 3,
    groups: list[dict[str, Any]] | None = None,
    optimizer: str = "SGD",
    args: dict[str, Any] | None = None,
    metric: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A document; with a metric if a phase needs one."""
    if args is None:
        args = {"momentum": 0.85} if optimizer == "SGD" else {}
    data: dict[str, Any] = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": epochs, "steps_per_epoch": per_epoch},
        "optimizer": {"type": optimizer, "args": args, "groups": groups or ONE_GROUP},
        "phases": list(phases),
    }
    if metric or any(item["scheduler"] == "ReduceLROnPlateau" for item in phases):
        data["metric"] = metric or METRIC
    return data


# A document with everything in it.
FULL = {
    **document(
        phase("LinearLR", {"start_factor": 0.01, "total_iters": None}, length="2 epochs"),
        phase("CyclicLR", {"max_lr": [1, 2, 3]}, length="10%", interval="epoch", start="base"),
        phase("StepLR", **{"with": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9}}]}),
        groups=THREE_GROUPS,
        optimizer="AdamW",
        args={"weight_decay": 0.05, "betas": [0.9, 0.95]},
        metric={"formula": "exp(-t / 20)"},
    ),
    "name": "Größe – 學習率 🙂",
    "notes": 'two\nlines\ttab \\ " / \u2028',
}
FULL["phases"][2]["length"] = "rest"
