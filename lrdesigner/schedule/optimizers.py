"""The optimizers of `torch.optim`: which arguments they have and whether momentum can cycle.

A table, so that forms and checks need not import torch; a test compares it with torch's
signatures.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lrdesigner.params.base import shown
from lrdesigner.schedule.frozen import thaw
from lrdesigner.schedule.model import Group, OptimizerSpec


@dataclass(frozen=True)
class OptimizerInfo:
    """One class of `torch.optim`.

    Attributes:
        name: Class name.
        defaults: Its keyword arguments without ``lr``, with torch's defaults.
        one_group: Whether it takes a single parameter group only.
    """

    name: str
    defaults: Mapping[str, Any]
    one_group: bool = False

    @property
    def momentum_key(self) -> str | None:
        """The argument a cyclic scheduler changes: ``betas`` (its first), ``momentum``, none."""
        return next((key for key in ("betas", "momentum") if key in self.defaults), None)


_ADAM = {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0}

OPTIMIZERS: Mapping[str, OptimizerInfo] = {
    info.name: info
    for info in (
        OptimizerInfo(
            "SGD", {"momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False}
        ),
        OptimizerInfo("AdamW", {**_ADAM, "weight_decay": 0.01, "amsgrad": False}),
        OptimizerInfo("Adam", {**_ADAM, "amsgrad": False}),
        OptimizerInfo("NAdam", {**_ADAM, "momentum_decay": 4e-3}),
        OptimizerInfo("RAdam", dict(_ADAM)),
        OptimizerInfo("Adamax", dict(_ADAM)),
        OptimizerInfo(
            "RMSprop",
            {
                "alpha": 0.99,
                "eps": 1e-8,
                "weight_decay": 0.0,
                "momentum": 0.0,
                "centered": False,
            },
        ),
        OptimizerInfo(
            "Muon",
            {"weight_decay": 0.1, "momentum": 0.95, "nesterov": True, "eps": 1e-7, "ns_steps": 5},
        ),
        OptimizerInfo(
            "Adagrad",
            {
                "lr_decay": 0.0,
                "weight_decay": 0.0,
                "initial_accumulator_value": 0.0,
                "eps": 1e-10,
            },
        ),
        OptimizerInfo("Adadelta", {"rho": 0.9, "eps": 1e-6, "weight_decay": 0.0}),
        OptimizerInfo("Adafactor", {"beta2_decay": -0.8, "d": 1.0, "weight_decay": 0.0}),
        OptimizerInfo("ASGD", {"lambd": 1e-4, "alpha": 0.75, "t0": 1e6, "weight_decay": 0.0}),
        OptimizerInfo("Rprop", {"etas": (0.5, 1.2), "step_sizes": (1e-6, 50)}),
        OptimizerInfo("SparseAdam", {"betas": (0.9, 0.999), "eps": 1e-8}),
        OptimizerInfo("LBFGS", {"max_iter": 20, "history_size": 100}, one_group=True),
    )
}


def optimizer_defaults(spec: OptimizerSpec) -> dict[str, Any]:
    """The optimizer's arguments: torch's defaults overlaid with the document's."""
    info = OPTIMIZERS.get(spec.type)
    return {**(info.defaults if info else {}), **spec.args}


def argument_error(default: Any, value: Any) -> str:
    """Why a value cannot stand where torch has this default, as the end of a sentence, or ""."""
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else f"must be true or false, not {shown(value)}"
    if isinstance(default, tuple):
        whole = isinstance(value, (list, tuple)) and len(value) == len(default)
        if whole and all(_is_number(item) for item in value):
            return ""
        return f"must be a list of {len(default)} numbers, not {shown(thaw(value))}"
    return "" if _is_number(value) else f"must be a number, not {shown(thaw(value))}"


_NOT_NEGATIVE = frozenset(
    [
        "momentum",
        "dampening",
        "weight_decay",
        "eps",
        "lr_decay",
        "initial_accumulator_value",
        "lambd",
    ]
)


def range_error(name: str, value: Any, values: Mapping[str, Any]) -> str:
    """Why torch refuses a value of the right type, as the end of a sentence, or "".

    Args:
        name: The argument.
        value: Its value.
        values: All arguments of the optimizer, for those that depend on each other.
    """
    if name in _NOT_NEGATIVE and _is_number(value) and value < 0:
        return f"must be 0 or greater, not {shown(value)}"
    if name == "betas" and "betas" in values and not all(0 <= beta < 1 for beta in value):
        return f"must be two numbers from 0 to below 1, not {shown(thaw(value))}"
    if name == "rho" and not 0 <= value <= 1:
        return f"must be between 0 and 1, not {shown(value)}"
    sgd = "dampening" in values
    if name == "nesterov" and value and sgd and (values["momentum"] <= 0 or values["dampening"]):
        return "needs a momentum above 0 and a dampening of 0"
    if name == "fused" and value and values.get("foreach"):
        return "and foreach exclude each other; keep one"
    return ""


def _is_number(value: object) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return abs(value) <= sys.float_info.max


def own_momentum(spec: OptimizerSpec, group: Group) -> float | None:
    """Momentum (or beta1) of a group outside phases that cycle it; None if it has none."""
    values = {**optimizer_defaults(spec), **group.overrides}
    info = OPTIMIZERS.get(spec.type)
    key = info.momentum_key if info else None
    if key == "betas":
        return float(values["betas"][0])
    return float(values["momentum"]) if key == "momentum" else None
