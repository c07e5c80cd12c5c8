"""Sweeps: one or two numbers of a document varied, all curves evaluated together.

sweep = Sweep(schedule, (SweepAxis(ParamTarget(1, "gamma"), 0.9, 0.99),), (1000,))
fan = evaluate(sweep, points=10_000)   # fan.values: float64 [variants, groups, points]
adopted = sweep.variant(17)            # a document like any other
"""

from __future__ import annotations

from lrdesigner.sweep.errors import SweepError
from lrdesigner.sweep.evaluate import Fan, evaluate
from lrdesigner.sweep.export import file_names, save_documents, save_table, table
from lrdesigner.sweep.listing import length_target, suggested, targets
from lrdesigner.sweep.model import Scale, Sweep, SweepAxis, fitted
from lrdesigner.sweep.targets import (
    EpochsTarget,
    GroupLrTarget,
    LengthTarget,
    Limits,
    ParamTarget,
    Target,
    Traits,
)

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
