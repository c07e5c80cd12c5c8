"""Documents with tracks: raw JSON data, and what each of them means in plain torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import plain_torch
from documents import METRIC, document, phase

BACKBONE, HEAD = {"name": "backbone", "lr": 0.001}, {"name": "head", "lr": 0.01}
TWO = [BACKBONE, {**HEAD, "weight_decay": 0.3}]
FOUR = [*TWO, {"name": "neck", "lr": 0.02}, {"name": "no decay", "lr": 0.005, "weight_decay": 0}]
ADAMW = {"optimizer": "AdamW", "args": {"weight_decay": 0.04}}
WARM_UP, COSINE = phase("LinearLR", length="5 steps"), phase("CosineAnnealingLR", {"eta_min": 1e-5})


def track(*phases: dict[str, Any], on: str = "lr", groups: list[str] | None = None) -> dict:
    data: dict[str, Any] = {"phases": list(phases)}
    if on != "lr":
        data["quantity"] = on
    return {**data, "groups": groups} if groups else data


def tracked(*phases: dict[str, Any], tracks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    data = document(*phases, **{**ADAMW, "groups": TWO, **more})
    if "ReduceLROnPlateau" in str(tracks):
        data["metric"] = METRIC
    return {**data, "tracks": tracks}


PLATEAU = phase("ReduceLROnPlateau", {"patience": 0, "factor": 0.5})
STACK = phase("StepLR", {"step_size": 3}, **{"with": [phase("ExponentialLR", {"gamma": 0.9})]})
BY_EPOCH = phase("ExponentialLR", {"gamma": 0.8}, interval="epoch")
DROP = phase("MultiplicativeLR", {"lr_lambda": "0.93"}, length="7 steps")
RISE = phase("CosineAnnealingLR", {"eta_min": 0.4})
CYCLE = phase("CyclicLR", {"max_lr": 0.3, "step_size_up": 3, "base_momentum": 0.5})
STEADY = phase("OneCycleLR", {"max_lr": 0.3, "cycle_momentum": False})

DOCUMENTS: dict[str, dict[str, Any]] = {
    "head": tracked(WARM_UP, COSINE, tracks=[track(phase("StepLR"), groups=["head"])]),
    "head cycles momentum": tracked(
        WARM_UP, COSINE, tracks=[track(phase("OneCycleLR"), groups=["head"])]
    ),
    "head cycles, then rests": tracked(
        STACK, tracks=[track({**CYCLE, "length": "13 steps"}, BY_EPOCH, groups=["head"])]
    ),
    "both cycle": tracked(
        phase("OneCycleLR", {"max_lr": 0.1, "div_factor": None}),
        tracks=[track(CYCLE, groups=["head"])],
    ),
    "several groups on two tracks": tracked(
        WARM_UP,
        phase("CyclicLR", {"max_lr": [0.2, 0.4], "step_size_up": 3, "cycle_momentum": False}),
        tracks=[
            track(phase("SWALR"), groups=["head"]),
            track(DROP, PLATEAU, groups=["no decay"]),
        ],
        groups=FOUR,
    ),
    "per-group values inside a track": tracked(
        COSINE,
        tracks=[
            track(phase("OneCycleLR", {"max_lr": [0.3, 0.5]}), groups=["no decay", "head"]),
            track(phase("LambdaLR", {"lr_lambda": ["1 + t", "lr", "2"]}), on="weight_decay"),
        ],
        groups=FOUR[1:],
    ),
    "weight decay": tracked(WARM_UP, COSINE, tracks=[track(RISE, on="weight_decay")]),
    "weight decay in sequence": tracked(
        BY_EPOCH,
        tracks=[track(WARM_UP, RISE, on="weight_decay", groups=["backbone"])],
    ),
    "weight decay of each": tracked(
        COSINE,
        tracks=[
            track(STACK, on="weight_decay", groups=["head"]),
            track(BY_EPOCH, on="weight_decay"),
        ],
    ),
    "weight decay reacts": tracked(
        STACK,
        tracks=[track(WARM_UP, {**PLATEAU, "length": "4 epochs"}, STEADY, on="weight_decay")],
    ),
    "everything reacts": tracked(
        PLATEAU,
        tracks=[track(PLATEAU, on="weight_decay"), track(DROP, PLATEAU, groups=["head"])],
    ),
    "weight decay starts at base": tracked(
        COSINE,
        tracks=[
            track(
                phase("LinearLR", {"start_factor": 1, "end_factor": 0}, length="9 steps"),
                phase("LinearLR", start="base", length="6 steps"),
                on="weight_decay",
            )
        ],
    ),
    "an empty track holds": tracked(COSINE, tracks=[track(groups=["head"])]),
    "betas": tracked(
        COSINE,
        tracks=[
            track(phase("LinearLR", {"start_factor": 0.9}), on="momentum"),
            track(DROP, STEADY, on="beta2", groups=["head"]),
        ],
    ),
    "beta2 beside a cycle of beta1": tracked(
        {**CYCLE, "length": "11 steps"},
        phase("OneCycleLR"),
        tracks=[track(phase("LinearLR", {"start_factor": 0.99}), on="beta2")],
    ),
    "beta1 beside phases that restore it": tracked(
        STEADY | {"length": "9 steps"},
        STACK,
        tracks=[
            track(phase("LinearLR", {"start_factor": 0.9}), on="momentum"),
            track(BY_EPOCH, on="beta2"),
        ],
    ),
    "momentum of SGD": tracked(
        COSINE,
        tracks=[
            track(DROP, phase("ConstantLR", {"factor": 0.5}), on="momentum", groups=["backbone"]),
            track(CYCLE, groups=["head"]),
        ],
        optimizer="SGD",
        args={"momentum": 0.9},
    ),
    "momentum of Muon": tracked(
        BY_EPOCH,
        tracks=[track(WARM_UP, on="momentum"), track(RISE, on="weight_decay")],
        optimizer="Muon",
        args={"momentum": 0.9, "weight_decay": 0.02},
    ),
}

QUANTITIES = ("lr", "momentum", "beta2", "weight_decay")


def held(group: dict[str, Any]) -> dict[str, float]:
    """What a real parameter group holds of each quantity; NaN where it has none."""
    betas = group.get("betas", (group.get("momentum", np.nan), np.nan))
    decay = group.get("weight_decay", np.nan)
    return {
        "lr": float(group["lr"]),
        "momentum": betas[0],
        "beta2": betas[1],
        "weight_decay": decay,
    }


def reference(data: dict[str, Any]) -> dict[str, np.ndarray]:
    """Every quantity ``[groups, steps]``: each sequence of phases in a training of its own.

    For a lane that is a training with an optimizer of its own whose LRs are the lane's numbers.
    """
    groups = data["optimizer"]["groups"]
    names = [group["name"] for group in groups]
    total = data["horizon"]["epochs"] * data["horizon"]["steps_per_epoch"]
    own = [held(group) for group in plain_torch.optimizer(data).param_groups]
    found = {q: np.array([[group[q]] * total for group in own]) for q in QUANTITIES}
    for item in [{"phases": data["phases"]}, *data["tracks"]]:
        quantity = item.get("quantity", "lr")
        same = [other for other in data["tracks"] if other.get("quantity", "lr") == quantity]
        taken = {name for other in same for name in other.get("groups") or ()}
        mine = item.get("groups") or [name for name in names if name not in taken]
        rows = [row for row, name in enumerate(names) if name in mine]
        if quantity == "lr":
            spec = {**data["optimizer"], "groups": [groups[row] for row in rows]}
        else:
            numbers = [{"name": names[row], "lr": own[row][quantity]} for row in rows]
            spec = {"type": "SGD", "groups": numbers}
        run = plain_torch.run({**data, "optimizer": spec, "phases": item["phases"]})
        found[quantity][rows] = run.lr
        if run.momentum is not None and quantity == "lr":
            found["momentum"][rows] = run.momentum
    return found


# Rule, document, track and phase it is found at, part of the message.
PROBLEMS: list[tuple[str, dict[str, Any], int | None, int | None, str]] = [
    (
        "lane-impossible",
        tracked(COSINE, tracks=[track(on="beta2")], optimizer="SGD"),
        0,
        None,
        "SGD has no betas",
    ),
    (
        "lane-impossible",
        tracked(COSINE, tracks=[track(on="momentum")], optimizer="Adagrad"),
        0,
        None,
        "Adagrad has neither momentum nor betas",
    ),
    (
        "lane-impossible",
        tracked(COSINE, tracks=[track(on="weight_decay")], optimizer="Rprop", groups=[BACKBONE]),
        0,
        None,
        "Rprop has no weight decay",
    ),
    (
        "momentum-contested",
        tracked(WARM_UP, phase("OneCycleLR"), tracks=[track(on="momentum")]),
        None,
        1,
        "OneCycleLR cycles the beta1 that the lane 'beta1' drives",
    ),
    (
        "momentum-contested",
        tracked(
            COSINE,
            tracks=[track(CYCLE, groups=["head"]), track(on="momentum", groups=["head"])],
        ),
        0,
        0,
        "the lane 'beta1 of head' drives",
    ),
    (
        "track-idle",
        tracked(
            COSINE,
            tracks=[
                track(on="weight_decay"),
                track(on="weight_decay", groups=["head", "backbone"]),
            ],
        ),
        0,
        None,
        "drives no group",
    ),
    (
        "lane-out-of-range",
        tracked(
            COSINE,
            tracks=[track(WARM_UP, phase("LambdaLR", {"lr_lambda": "1 - t"}), on="weight_decay")],
        ),
        0,
        1,
        "The weight decay of 'head' is -0.3 at step 7; torch takes a weight decay of 0 or more",
    ),
    (
        "lane-out-of-range",
        tracked(COSINE, tracks=[track(phase("ExponentialLR", {"gamma": 1.1}), on="beta2")]),
        0,
        0,
        "The beta2 of 'backbone' is 1.099 at step 1; torch takes a beta2 from 0 to below 1",
    ),
    (
        "lane-out-of-range",
        tracked(
            COSINE,
            tracks=[track(phase("LambdaLR", {"lr_lambda": "1 + t"}), on="momentum")],
            optimizer="SGD",
            args={"momentum": 0.9},
        ),
        0,
        0,
        "torch takes a momentum below 1",
    ),
    (
        "lane-zero",
        tracked(COSINE, tracks=[track(DROP, on="weight_decay")], args={}, optimizer="SGD")
        | {"optimizer": {"type": "SGD", "groups": [BACKBONE, HEAD]}},
        0,
        None,
        "The weight decay is 0 at every step",
    ),
    (
        "momentum-too-late",
        tracked(
            COSINE,
            tracks=[
                track(phase("LambdaLR", {"lr_lambda": "t / T"}, length="5 steps"), on="momentum")
            ],
            optimizer="RMSprop",
            args={"momentum": 0.9},
        ),
        0,
        0,
        "RMSprop stops at step 1, where 'backbone' gets a momentum",
    ),
    (
        "unknown-track-entry",
        tracked(COSINE, tracks=[{**track(on="weight_decay"), "colour": 1}]),
        0,
        None,
        "'colour'",
    ),
]
