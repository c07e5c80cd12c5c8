"""lrdesigner: design a learning-rate schedule, see the exact curve, take it away as code.

Importable without Qt and without torch; torch is loaded by the functions that run it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# Imported here, the package of that name does not replace the function `exporters` later on.
from lrdesigner import exporters as _exporters  # noqa: F401
from lrdesigner.presets import preset
from lrdesigner.schedule.codec import dumps, load, loads
from lrdesigner.schedule.errors import DocumentError, ScheduleError
from lrdesigner.schedule.model import Schedule

if TYPE_CHECKING:
    from lrdesigner.engine.curve import Curve
    from lrdesigner.schedule.problems import Problem

__version__ = "0.1.0"

__all__ = [
    "DocumentError",
    "Schedule",
    "ScheduleError",
    "__version__",
    "check",
    "dumps",
    "export",
    "exporters",
    "load",
    "loads",
    "preset",
    "simulate",
]


def simulate(schedule: Schedule, *, device: str = "cpu") -> Curve:
    """Run the real torch schedulers of a document and record every value.

    See `lrdesigner.engine.simulate.simulate`.
    """
    from lrdesigner.engine.simulate import simulate as run

    return run(schedule, device=device)


def export(schedule: Schedule, target: str = "torch", **options: Any) -> str:
    """The document as code or configuration for `target` (one of `exporters()`).

    Raises:
        KeyError: If there is no such target; the message names the nearest.
        ScheduleError: If torch would refuse the document.
    """
    from lrdesigner.exporting import exporters as registry

    return registry()[target].export(schedule, **options)


def exporters() -> list[str]:
    """The names of the export targets."""
    from lrdesigner.exporting import exporters as registry

    return registry().keys()


def check(schedule: Schedule) -> list[Problem]:
    """What is questionable about a document, worst first; see `lrdesigner.schedule.problems`."""
    from lrdesigner.schedule.problems import check as find

    return find(schedule, thorough=True)
