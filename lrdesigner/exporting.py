"""What an exporter *is*. Each module of `lrdesigner.exporters` defines ``EXPORTER``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from lrdesigner.i18n import english
from lrdesigner.registry import Registry

if TYPE_CHECKING:
    from lrdesigner.engine.plan import Plan
    from lrdesigner.schedule.model import Schedule


@dataclass(frozen=True, kw_only=True)
class ExporterSpec:
    """The declaration of one export target.

    Attributes:
        key: The name on the command line (``--to torch``).
        title: The name people read ("Python (torch)").
        language: What the text is, for highlighting.
        suffix: Usual file suffix, with the dot.
        summary: One line: what one gets.
        render: Makes the text from the document and, where `needs_plan`, its plan.
        needs_plan: Whether `render` wants the torch plan (which may run earlier phases).
        executable: Whether ``verify`` can run the text and compare every step.
        order: Place in listings.
    """

    key: str
    title: str
    language: Literal["python", "json", "text"]
    suffix: str
    summary: str
    render: Callable[[Schedule, Plan | None], str]
    needs_plan: bool = False
    executable: bool = False
    order: int = 100

    def export(self, schedule: Schedule, plan: Plan | None = None) -> str:
        """The text for a document.

        Args:
            schedule: The document.
            plan: Its plan where the caller has it already; else it is made.

        Raises:
            ScheduleError: If torch would refuse the document.
        """
        if self.needs_plan and plan is None:
            from lrdesigner.engine.simulate import make_plan

            plan = make_plan(schedule)
        with english():
            return self.render(schedule, plan)


@lru_cache(maxsize=1)
def exporters() -> Registry[ExporterSpec]:
    """All export targets."""
    return Registry(
        "export target",
        "lrdesigner.exporters",
        "EXPORTER",
        key=lambda spec: spec.key,
        order=lambda spec: (spec.order, spec.key),
    )
