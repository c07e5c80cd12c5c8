"""Long documents at random: more steps than a picture has points, rhythms of every length."""

from __future__ import annotations

from typing import Any

from documents import document
from families import FAMILIES
from hypothesis import strategies as st

TICKS = st.integers(1, 3000)
LRS = st.sampled_from([0.1, 0.0123, 0.7])
_GROUPS = [{"name": "body", "lr": 0.1}, {"name": "head", "lr": 0.3}]
WAVES = {"formula": "exp(-t / 300) + 0.05 * sin(t / 9)"}
FORMULAS = [
    "0.9 ** (t // 40)",
    "1 if t % 97 < 13 else 0.5",
    "2 if t == 777 else 1 - t / T",
    "0.5 * (1 + cos(2 * pi * t / 150))",
    "max(0.1, exp(-t / 500))",
    "min(1, (t + 1) / 400) * (1 + 0.5 * (t % 250 == 3))",
    "floor(8 * (1 - t / T)) / 8 + 0.01",
    "0 if 1000 <= t <= 1001 else 1",
    "abs(t - 1234.5) / T + 0.01",
]


@st.composite
def phases(draw: st.DrawFn) -> dict[str, Any]:
    """One phase whose LR stays within reason."""
    gamma = draw(st.sampled_from([0.999, 0.9, 0.5]))
    params: dict[str, dict[str, Any]] = {
        "LambdaLR": {"lr_lambda": draw(st.sampled_from(FORMULAS))},
        "MultiplicativeLR": {
            "lr_lambda": draw(st.sampled_from(["0.9995", "0.5 if t == 99 else 1"]))
        },
        "StepLR": {"step_size": draw(TICKS), "gamma": gamma},
        "MultiStepLR": {
            "milestones": sorted(draw(st.lists(TICKS, max_size=8))),
            "gamma": gamma,
        },
        "ConstantLR": {"factor": 0.3, "total_iters": draw(TICKS)},
        "LinearLR": {"start_factor": 0.01, "total_iters": draw(TICKS)},
        "ExponentialLR": {"gamma": 0.9995},
        "PolynomialLR": {"power": 2.5, "total_iters": draw(TICKS)},
        "CosineAnnealingLR": {"T_max": draw(TICKS), "eta_min": draw(st.sampled_from([0, 0.01]))},
        "CosineAnnealingWarmRestarts": {
            "T_0": draw(TICKS),
            "T_mult": draw(st.integers(1, 3)),
            "eta_min": 0.001,
        },
        "CyclicLR": {
            "base_lr": 0.01,
            "max_lr": 2.0,
            "step_size_up": draw(st.integers(30, 3000)),
            "step_size_down": draw(st.one_of(st.none(), TICKS)),
            "mode": draw(st.sampled_from(["triangular", "triangular2", "exp_range"])),
            "gamma": 0.9999,
            "cycle_momentum": False,
        },
        "OneCycleLR": {
            "max_lr": 1.0,
            "pct_start": draw(st.sampled_from([0.1, 0.3, 0.37])),
            "anneal_strategy": draw(st.sampled_from(["cos", "linear"])),
            "three_phase": draw(st.booleans()),
            "cycle_momentum": False,
        },
        "ReduceLROnPlateau": {"patience": draw(st.integers(0, 5)), "factor": 0.7},
        "SWALR": {"swa_lr": 0.05, "anneal_epochs": draw(TICKS)},
        "cosine_hard_restarts": {"num_cycles": draw(st.integers(1, 60))},
    }
    name = draw(st.one_of(st.sampled_from(list(params)), st.sampled_from(list(FAMILIES))))
    return {
        "scheduler": name,
        "params": params[name] if name in params else draw(st.sampled_from(FAMILIES[name])),
        "length": draw(st.sampled_from(["400 steps", "3000 steps", "20%", "7 epochs"])),
        "interval": draw(st.sampled_from(["step", "step", "epoch"])),
        "start": draw(st.sampled_from(["continue", "base"])),
    }


@st.composite
def long_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Thousands of steps, up to three phases, perhaps a track."""
    found = draw(st.lists(phases(), min_size=1, max_size=3))
    found[-1]["length"] = draw(st.sampled_from(["rest", "3000 steps"]))
    groups = draw(st.sampled_from([None, _GROUPS]))
    data = document(
        *found,
        epochs=draw(st.sampled_from([7, 100, 1500])),
        per_epoch=draw(st.sampled_from([1, 13])),
        groups=groups,
        optimizer="AdamW",
        metric=WAVES,
    )
    if groups and draw(st.booleans()):
        data["tracks"] = [{"groups": ["head"], "phases": draw(st.lists(phases(), max_size=2))}]
    return data
