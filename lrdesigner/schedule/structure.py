"""Structure beyond the models: the types of parameters and the syntax of formulas.

Values of the right type that torch would refuse are problems (`lrdesigner.schedule.problems`),
because a document that holds one still loads and can be mended in the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lrdesigner.catalog import schedulers
from lrdesigner.engine.formula import FormulaError, parse_formula
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Phase, Schedule

METRIC_NAMES = ("t", "pi", "e")


def structural_errors(schedule: Schedule) -> Iterator[str]:
    """One line for each value of the wrong type, in the document's order."""
    yield from _phases("phases", schedule.phases)
    for index, track in enumerate(schedule.tracks):
        yield from _phases(f"tracks[{index}].phases", track.phases)
    if schedule.metric is not None and schedule.metric.formula is not None:
        try:
            parse_formula(schedule.metric.formula, names=METRIC_NAMES)
        except FormulaError as error:
            yield tr("metric.formula: not a formula: {why}", why=error.message)


def _phases(path: str, phases: Sequence[Phase]) -> Iterator[str]:
    for index, phase in enumerate(phases):
        yield from _params(f"{path}[{index}]", phase.scheduler, phase.params)
        for place, item in enumerate(phase.with_):
            yield from _params(f"{path}[{index}].with[{place}]", item.scheduler, item.params)


def _params(path: str, key: str, params: Mapping[str, Any]) -> Iterator[str]:
    spec = schedulers().get(key)
    if spec is None:
        return
    for name, value in params.items():
        declaration = spec.param(name)
        if declaration is None:
            continue
        error = declaration.type_error(value)
        if error is not None:
            yield f"{path}.params.{name}: {error}"
