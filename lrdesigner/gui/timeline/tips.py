"""What the timeline says about a phase: tool tips and the accessible description."""

from __future__ import annotations

from lrdesigner.catalog import schedulers
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.curve_values import values_at
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.phase_look import scheduler_title
from lrdesigner.gui.time_text import count_text, duration_text, length_text
from lrdesigner.gui.timeline.blocks import Edge, Hit, Link
from lrdesigner.schedule.units import spans

_MOST_GROUPS = 6


def tip(controller: Controller, hit: Hit | None) -> str:
    """What is under the mouse, and what can be done with it."""
    if isinstance(hit, Edge):
        return "Drag to change the length; hold Shift to leave the epochs' grid."
    if isinstance(hit, Link):
        phase = controller.schedule.phases[hit.index]
        if phase.start == "continue":
            return "Starts from the LR the previous phase reaches. Click to start from the base LR."
        return "Starts from the base LR of each group. Click to go on from the previous phase."
    return phase_tip(controller, hit.index) if hit else hold_tip(controller)


def phase_tip(controller: Controller, index: int) -> str:
    """What a phase does, when, and from which LR to which."""
    schedule = controller.schedule
    phase, span = schedule.phases[index], spans(schedule)[index]
    spec = schedulers().get(phase.scheduler)
    title = spec.title if spec else phase.scheduler
    lines = [title if title == phase.scheduler else f"{title} ({phase.scheduler})"]
    lines.append(spec.summary if spec else "This program does not know the scheduler.")
    lines += [f"× {scheduler_title(item.scheduler)}" for item in phase.with_]
    if span.steps <= 0:
        return "\n".join([*lines, "It has no steps: nothing of it runs."])
    lines.append(
        f"Steps {span.start:,} to {span.end - 1:,} · {duration_text(span.steps, schedule.horizon)}"
    )
    first, last = values_at(controller, span.start).lr, values_at(controller, span.end - 1).lr
    groups = schedule.optimizer.groups
    rows = list(zip(groups, first, last, strict=False))
    lines += [f"{g.name}: LR {lr_text(a)} → {lr_text(b)}" for g, a, b in rows[:_MOST_GROUPS]]
    if len(rows) > _MOST_GROUPS:
        lines.append(f"and {len(rows) - _MOST_GROUPS} more groups")
    return "\n".join(lines)


def hold_tip(controller: Controller) -> str:
    """The free stretch, if there is one."""
    schedule = controller.schedule
    found = spans(schedule)
    covered = found[-1].end if found else 0
    if covered >= schedule.steps:
        return ""
    return (
        f"Nothing is planned from step {covered:,} on: the LR stays as it is. "
        "Drop a scheduler here to fill the rest."
    )


def description(controller: Controller) -> str:
    """The row of phases in words."""
    schedule = controller.schedule
    parts = [count_text(len(schedule.phases), "phase") + "."]
    for phase, span in zip(schedule.phases, spans(schedule), strict=True):
        text = length_text(phase.length, span.steps, schedule.horizon)
        parts.append(f"{scheduler_title(phase.scheduler)}, {text}.")
    chosen = controller.selection.phase
    if chosen is not None:
        title = scheduler_title(schedule.phases[chosen].scheduler)
        parts.append(f"Selected: {chosen + 1}, {title}.")
    return " ".join(parts)
