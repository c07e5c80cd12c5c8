"""Places by which curves are aligned, in words. No Qt."""

from __future__ import annotations

from lrdesigner.compare.frames import Anchor, boundaries
from lrdesigner.gui.phase_look import phase_title
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.units import spans


def anchor_text(anchor: Anchor) -> str:
    """A place of a curve, in a sentence."""
    if anchor.kind == "boundary":
        if anchor.number == -1:
            return tr("last boundary")
        return tr("boundary {number}", number=anchor.number)
    return {"start": tr("start"), "peak": tr("peak"), "end": tr("end")}[anchor.kind]


def boundary_texts(schedule: Schedule) -> list[tuple[Anchor, str]]:
    """The boundaries of a document, each with the phases that it lies between."""
    before, after = {}, {}
    for span, phase in zip(spans(schedule), schedule.phases, strict=True):
        if span.steps > 0:
            before[span.end] = after[span.start] = phase_title(phase)
    return [
        (
            Anchor("boundary", number),
            tr(
                "Boundary {number}: {before} → {after}",
                number=number,
                before=before[step],
                after=after.get(step, tr("hold")),
            ),
        )
        for number, step in enumerate(boundaries(schedule), start=1)
    ]
