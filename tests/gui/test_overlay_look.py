"""How overlays look: groups told apart, ghosts faint and still to be seen, places in words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lrdesigner.compare.frames import Anchor, Frame, placed
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.overlay_look import (
    cut_text,
    missing_text,
    overlay_dashes,
    overlay_group_color,
    shift_text,
)
from lrdesigner.gui.placements import Placement, placements
from lrdesigner.gui.state import Comparison, Overlay
from lrdesigner.gui.theme import DARK, LIGHT, contrast
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.model import Horizon, Schedule

CURVE = Curve(("a", "b"), np.ones((2, 1000)), None, 100)
DESIGN = Schedule(horizon=Horizon(epochs=10, steps_per_epoch=100))


def overlay(number: int = 0, **values) -> Overlay:
    return Overlay(number, Path("a.json"), "a", curve=CURVE, **values)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("style", ["dashed", "ghost"])
def test_every_line_can_be_seen_and_groups_are_told_apart(tokens, style):
    for number in range(5):
        looks = set()
        for group in range(4):
            each = overlay(number, style=style)
            color = overlay_group_color(each, tokens, group, 4)
            assert contrast(color, tokens.window) >= 3
            looks.add((color, overlay_dashes(each, group)))
        assert len(looks) == 4
        assert len({dashes for _, dashes in looks}) == 4  # by more than colour


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_ghosts_are_fainter_than_overlays_and_solid(tokens):
    plain, ghost = overlay(), overlay(style="ghost")
    faint = overlay_group_color(ghost, tokens, 0, 1)
    assert contrast(faint, tokens.window) < contrast(
        overlay_group_color(plain, tokens, 0, 1), tokens.window
    )
    assert overlay_dashes(ghost, 0) == ()


def test_what_lies_within_the_run_is_said_in_its_unit():
    def text(frame: Frame, unit: str) -> str:
        return cut_text(Placement(frame, 1000), overlay(), DESIGN, unit)

    assert text(Frame(), "epochs") == ""
    assert text(placed(Fraction(1), 300, 0), "epochs") == "last 7 of 10 epochs"
    assert text(placed(Fraction(1), 0, 300), "steps") == "first 700 of 1,000 steps"
    assert text(placed(Fraction(2), 250, 0), "epochs") == "5 of 10 epochs"
    assert text(placed(Fraction(1), 0, 5000), "steps") == "nothing, it lies outside this run"
    assert text(placed(Fraction(1), 100, 0), "percent") == "last 90 %"


def test_shifts_are_said_in_the_units_of_the_axis():
    found = Placement(placed(Fraction(1), 0, 150), 1000)
    assert shift_text(found, DESIGN, "epochs") == "shifted by +1.5 epochs"
    assert shift_text(found, DESIGN, "percent") == "shifted by +15 %"
    assert shift_text(found, DESIGN, "steps") == "shifted by +150 steps"
    assert shift_text(Placement(Frame(), 1000), DESIGN, "steps") == ""


def test_runs_that_cannot_be_counted_in_tokens_are_compared_step_by_step():
    counted = DESIGN.replace(
        horizon=DESIGN.horizon.replace(batch=Batch(batch_size=8, sequence_length=16))
    )
    plain = overlay(schedule=DESIGN)
    both = overlay(
        1,
        schedule=counted.replace(
            horizon=counted.horizon.replace(batch=Batch(batch_size=4, sequence_length=16))
        ),
    )
    found = placements(counted, CURVE, (plain, both), "tokens", Comparison())
    assert found[0].uncounted == "tokens"
    assert found[0].frame.stretch == 1
    assert "compared step by step" in missing_text(found[0])
    assert found[1].uncounted is None
    assert found[1].frame.stretch == Fraction(1, 2)  # a step of it makes half as many tokens


def test_a_document_without_the_boundary_aligns_by_the_start():
    (found,) = placements(
        DESIGN, CURVE, (overlay(),), "steps", Comparison(align=Anchor("boundary", 1))
    ).values()
    assert found.frame == Frame()
    assert missing_text(found) == "no boundary 1 here: aligned by the start"
    shifted = replace(overlay(), anchor=Anchor("end"))
    (found,) = placements(DESIGN, CURVE, (shifted,), "steps", Comparison()).values()
    assert found.end == 0
