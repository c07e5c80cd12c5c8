"""The window: the only part of the package that imports Qt."""

from __future__ import annotations

from importlib import import_module

from lrdesigner.catalog import schedulers
from lrdesigner.exporting import exporters
from lrdesigner.schedule.problems import rules

# Once Qt is loaded, it reads the source of every module that is imported after it. What the window
# needs of the rooms without Qt comes first, therefore: it shows a good deal earlier that way.
_AHEAD = (
    "amounts",
    "axes",
    "compare.pull",
    "compare.table",
    "examples",
    "params.words",
    "presets",
    "sources",
    "sweep",
    "typeset",
    "user_entries",
    "engine.drift",
    "engine.handles",
    "engine.plateau_reasons",
    "engine.simulate",
    "engine.worker",
    "schedule.boundaries",
    "schedule.formula_edits",
    "schedule.layer_decay",
    "schedule.phase_change",
    "schedule.phase_clip",
    "schedule.phase_group",
    "schedule.phase_jumps",
    "schedule.own_values",
    "schedule.phase_split",
    "schedule.track_edits",
)

for _module in _AHEAD:
    import_module(f"lrdesigner.{_module}")
for _registry in (schedulers(), exporters(), rules()):
    len(_registry)  # finds and imports its entries
