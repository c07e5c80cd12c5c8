"""Sweeps: one or two numbers of a document varied, all curves evaluated together.

    sweep = Sweep(schedule, (SweepAxis(ParamTarget(1, "gamma"), 0.9, 0.99),), (1000,))
    fan = evaluate(sweep, points=10_000)   # fan.values: float64 [variants, groups, points]
    adopted = sweep.variant(17)            # a document like any other

What evaluates and saves is imported when it is first asked for: a window opens without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lrdesigner.sweep.errors import SweepError
from lrdesigner.sweep.listing import length_target, suggested, targets
from lrdesigner.sweep.model import Scale, Sweep, SweepAxis, fitted
from lrdesigner.sweep.param_target import ParamTarget
from lrdesigner.sweep.run_targets import EpochsTarget, GroupLrTarget, LengthTarget
from lrdesigner.sweep.target import Limits, Target, Traits

if TYPE_CHECKING:
    from lrdesigner.sweep.export import file_names, save_documents, save_table, table
    from lrdesigner.sweep.fan import Fan, evaluate

__all__ = [
    "EpochsTarget",
    "Fan",
    "GroupLrTarget",
    "LengthTarget",
    "Limits",
    "ParamTarget",
    "Scale",
    "Sweep",
    "SweepAxis",
    "SweepError",
    "Target",
    "Traits",
    "evaluate",
    "file_names",
    "fitted",
    "length_target",
    "save_documents",
    "save_table",
    "suggested",
    "table",
    "targets",
]

_LATER = {
    "Fan": "fan",
    "evaluate": "fan",
    "file_names": "export",
    "save_documents": "export",
    "save_table": "export",
    "table": "export",
}


def __getattr__(name: str) -> Any:
    """What is imported when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
