"""The document itself."""

from __future__ import annotations

from lrdesigner.engine.plan import Plan
from lrdesigner.exporting import ExporterSpec
from lrdesigner.schedule.codec import dumps
from lrdesigner.schedule.model import Schedule


def render(schedule: Schedule, plan: Plan | None) -> str:
    """The document as JSON text."""
    return dumps(schedule)


EXPORTER = ExporterSpec(
    key="json",
    title="JSON (document)",
    language="json",
    suffix=".json",
    summary="The document itself: lrdesigner opens it, lrdesigner.load() reads it.",
    render=render,
    executable=True,
    order=20,
)
