"""Where the blocks of a row stand, and what they say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF

from lrdesigner import numerals
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import Preview
from lrdesigner.gui.axis import TimeAxis
from lrdesigner.gui.phase_look import phase_category, phase_title, scheduler_title
from lrdesigner.gui.state import XUnit
from lrdesigner.gui.time_text import length_texts, span_text
from lrdesigner.gui.timeline.blocks import Block, Blocks, Hold, Strip, badge_fits
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.phase_jumps import Jump, jump_at
from lrdesigner.schedule.units import Span, spans

INSET = 1.5
_LEAST = 3.0
_CLEAR = 2.0
_LARGE = 1e5


def lay_out(
    schedule: Schedule,
    axis: TimeAxis,
    strip: Strip | None = None,
    failing: Collection[int] = (),
    preview: Preview | None = None,
    unit: XUnit = "epochs",
) -> Blocks:
    """Put the phases of a document under the plot, pixel for pixel.

    Args:
        schedule: The document.
        axis: Where its steps are.
        strip: Where the row lies.
        failing: Indices of the phases that cannot run.
        preview: The fast curve, which knows where it jumps; None to leave that out.
        unit: In which lengths are told.
    """
    strip = strip or Strip()
    found = spans(schedule)
    alone = [
        _block(
            schedule,
            span,
            axis,
            strip,
            unit,
            runs=span.index not in failing,
            jump="" if preview is None else jump_text(jump_at(schedule, preview, span.index)),
        )
        for span in found
    ]
    blocks = tuple(_clear(alone, block) for block in alone)
    covered = found[-1].end if found else 0
    if covered >= schedule.steps:
        return Blocks(blocks, None, *axis.pixels, strip)
    left, right = axis.x_of(covered) + INSET, axis.x_of(schedule.steps) - INSET
    rect = QRectF(left, strip.top, max(_LEAST, right - left), strip.height)
    hold = Hold(rect, span_text(covered, schedule.steps, schedule.horizon, unit))
    return Blocks(blocks, hold, *axis.pixels, strip)


def jump_text(jump: Jump | None) -> str:
    """A jump in a few letters: ``×10``, ``÷2.5``, ``×1,370``, ``→ 0``."""
    if jump is None:
        return ""
    ratio = jump.ratio
    if ratio is None:
        return "→ 0" if jump.before > 0 else tr("from 0")
    sign, factor = ("×", ratio) if ratio > 1 else ("÷", 1 / ratio)
    short = f"{factor:.3g}"
    if 999.5 <= factor < _LARGE:
        short = f"{float(short):,.0f}"  # not 1.37e+03
    return sign + numerals.localised(short)


def _clear(blocks: Sequence[Block], block: Block) -> Block:
    """The block with its words clear of the links on both boundaries."""
    words = QRectF(block.sight)
    after = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
    if block.badge is not None and badge_fits(blocks, block):
        words.setLeft(max(words.left(), block.badge.right() + _CLEAR))
    if after is not None and after.badge is not None and badge_fits(blocks, after):
        words.setRight(min(words.right(), after.badge.left() - _CLEAR))
    return replace(block, words=words)


def _block(
    schedule: Schedule,
    span: Span,
    axis: TimeAxis,
    strip: Strip,
    unit: XUnit,
    *,
    runs: bool,
    jump: str,
) -> Block:
    phase = schedule.phases[span.index]
    start, end = axis.x_of(span.start), axis.x_of(span.end)
    inset = min(INSET, (end - start) / 4)
    rect = QRectF(start + inset, strip.top, max(_LEAST, end - start - 2 * inset), strip.height)
    left, right = axis.pixels
    sight = rect.intersected(QRectF(left, strip.top, right - left, strip.height))
    return Block(
        index=span.index,
        rect=rect,
        sight=sight,
        words=sight,
        start=start,
        end=end,
        title=phase_title(phase),
        subtitles=length_texts(phase.length, span, schedule.horizon, unit),
        chips=tuple(f"× {scheduler_title(item.scheduler)}" for item in phase.with_),
        category=phase_category(phase),
        runs=runs and phase.scheduler in schedulers(),
        linked=phase.start == "continue",
        jump=jump,
    )
