"""What the timeline says about a phase: tool tips and the accessible description."""

from __future__ import annotations

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.curve_values import part_values
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.lr_text import lr_text
from lrdesigner.gui.phase_look import phase_summary, phase_title, scheduler_title
from lrdesigner.gui.time_text import count_text, duration_text, length_text, span_text
from lrdesigner.gui.timeline.blocks import Edge, Hit, Link, Mend, Plus
from lrdesigner.gui.timeline.layout import jump_text
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_jumps import jump_at
from lrdesigner.schedule.units import Span, spans
from lrdesigner.sentences import ended, joined

_MOST_GROUPS = 6


def tip(controller: Controller, part: DocumentPart, hit: Hit | None) -> str:
    """What is under the mouse, and what can be done with it."""
    if isinstance(hit, Edge):
        return tr(
            "Drag to change the length: all later phases move with it. Hold Alt: the next one "
            "gives or takes the time; Ctrl: nothing attracts; Shift: ten times finer. Double-click "
            "to type it."
            if controller.view.ripple
            else "Drag to change the length: the next one gives or takes the time. Hold Alt: all "
            "later phases move with it; Ctrl: nothing attracts; Shift: ten times finer. "
            "Double-click to type it."
        )
    if isinstance(hit, Plus):
        return tr("Put a scheduler in here")
    if isinstance(hit, Mend):
        return joined(
            _jump(part, hit.index), tr("Click to let it begin where the phase before it ends.")
        )
    if isinstance(hit, Link):
        return "\n".join(filter(None, (_link(part, hit), _jump(part, hit.index))))
    return phase_tip(controller, part, hit.index) if hit else hold_tip(part)


def _link(part: DocumentPart, hit: Link) -> str:
    quantity = tr(part.word)
    if part.schedule.phases[hit.index].start == "continue":
        return tr(
            "Starts from the {quantity} the previous phase reaches. Click to start from each "
            "group's own {quantity}.",
            quantity=quantity,
        )
    return tr(
        "Starts from each group's own {quantity}. Click to go on from the previous phase.",
        quantity=quantity,
    )


def _jump(part: DocumentPart, index: int) -> str:
    """The jump at a phase's beginning in words, or ""."""
    found = jump_at(part.schedule, part.preview, index)
    if found is None:
        return ""
    groups = part.schedule.optimizer.groups
    values = f"{lr_text(found.before)} → {lr_text(found.after)}"
    if len(groups) > 1:
        return tr(
            "The {quantity} jumps here in {group}: {values} ({jump}).",
            quantity=tr(part.word),
            group=groups[found.group].name,
            values=values,
            jump=jump_text(found),
        )
    return tr(
        "The {quantity} jumps here: {values} ({jump}).",
        quantity=tr(part.word),
        values=values,
        jump=jump_text(found),
    )


def phase_tip(controller: Controller, part: DocumentPart, index: int) -> str:
    """What a phase does, when, and from which value to which."""
    schedule = part.schedule
    phase, span = schedule.phases[index], spans(schedule)[index]
    title = phase_title(phase)
    lines = [title if title == phase.scheduler else f"{title} ({phase.scheduler})"]
    lines.append(phase_summary(phase, part.word) or tr("This program does not know the scheduler."))
    lines += [f"× {scheduler_title(item.scheduler)}" for item in phase.with_]
    if span.steps <= 0:
        return "\n".join([*lines, tr("It has no steps: nothing of it runs.")])
    lines.append(
        tr(
            "Steps {first:,} to {last:,} · {duration}",
            first=span.start,
            last=span.end - 1,
            duration=_duration(controller, schedule, span),
        )
    )
    wrong = part.preview.errors.get(index)
    if wrong is not None:
        what = wrong.split(": ", 1)[-1]
        held = tr(
            "It cannot run, and holds the {quantity}: {why}", quantity=tr(part.word), why=what
        )
        return "\n".join([*lines, ended(held)])
    first = part_values(controller, part, span.start)
    last = part_values(controller, part, span.end - 1)
    rows = list(zip(schedule.optimizer.groups, first, last, strict=False))
    word = tr(part.word)
    lines += [f"{g.name}: {word} {lr_text(a)} → {lr_text(b)}" for g, a, b in rows[:_MOST_GROUPS]]
    if len(rows) > _MOST_GROUPS:
        lines.append(tr("and {count} more groups", count=len(rows) - _MOST_GROUPS))
    return "\n".join(lines)


def _duration(controller: Controller, schedule: Schedule, span: Span) -> str:
    """How long a phase is, in the axis's unit as well."""
    said = duration_text(span.steps, schedule.horizon)
    counted = span_text(span.start, span.end, schedule.horizon, controller.view.unit)
    return " · ".join(dict.fromkeys((said, counted)))


def hold_tip(part: DocumentPart) -> str:
    """The free stretch, if there is one."""
    schedule = part.schedule
    found = spans(schedule)
    covered = found[-1].end if found else 0
    if covered >= schedule.steps:
        return ""
    return tr(
        "Nothing is planned from step {step:,} on: the {quantity} stays as it is. Drop a scheduler "
        "here to fill the rest.",
        step=covered,
        quantity=tr(part.word),
    )


def description(controller: Controller) -> str:
    """The rows in words."""
    tracks = range(len(controller.schedule.tracks))
    rows = [controller.part_of(track) for track in (None, *tracks)]
    parts = []
    for row in rows:
        parts += [f"{row.title}:"] if len(rows) > 1 else []
        parts.append(_row_description(row))
    active = controller.part
    if active.phase is not None:
        title = phase_title(active.schedule.phases[active.phase])
        parts.append(tr("Selected: {number}, {title}.", number=active.phase + 1, title=title))
        others = [str(index + 1) for index in active.chosen if index != active.phase]
        parts += [tr("With it: {numbers}.", numbers=", ".join(others))] if others else []
    elif active.track is not None:
        parts.append(tr("Selected: {title}.", title=active.title))
    return joined(*parts)


def selection_words(controller: Controller) -> str:
    """What is selected, for people who go from phase to phase by ear."""
    part = controller.part
    schedule, index = part.schedule, part.phase
    if index is None:
        return tr("The run") if part.track is None else part.title
    if len(part.chosen) > 1:
        count = len(part.chosen)
        return trn("{count} phase selected", "{count} phases selected", count)
    span = spans(schedule)[index]
    values = ""
    if span.steps > 0 and part.groups:
        ends = (span.start, span.end - 1)
        first, last = (part_values(controller, part, step)[0] for step in ends)
        values = tr(
            "{quantity} {first} to {last}",
            quantity=tr(part.word),
            first=lr_text(first),
            last=lr_text(last),
        )
    said = tr(
        "Phase {number} of {count}: {title}, {length}",
        number=index + 1,
        count=len(schedule.phases),
        title=phase_title(schedule.phases[index]),
        length=duration_text(span.steps, schedule.horizon),
    )
    return ", ".join(filter(None, (said, values)))


def _row_description(part: DocumentPart) -> str:
    schedule = part.schedule
    said = [ended(count_text(len(schedule.phases), "phase"))]
    for phase, span in zip(schedule.phases, spans(schedule), strict=True):
        text = length_text(phase.length, span.steps, schedule.horizon)
        said.append(tr("{title}, {length}.", title=phase_title(phase), length=text))
    return joined(*said)
