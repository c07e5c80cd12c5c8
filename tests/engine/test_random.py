"""Documents at random, up to four phases: plain torch, simulate, build and resume agree."""

from __future__ import annotations

import plain_torch
import pytest
from documents import NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document
from hypothesis import given, settings
from hypothesis import strategies as st
from training import check, check_resume, read

import lrdesigner as lrd

COMPOSABLE = ["MultiplicativeLR", "StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "PolynomialLR"]
LENGTHS = ["1 step", "3 steps", "7 steps", "2 epochs", "1.5 epochs", "20%", "12.5%", "0 steps"]
OPTIMIZERS = ["SGD", "AdamW", "Adam", "RMSprop", "NAdam", "Adamax", "Muon"]


@st.composite
def phases(draw, groups):
    name = draw(st.sampled_from(NAMES))
    params = PARAMS[name] + (PER_GROUP.get(name, []) if groups == 3 else [])
    data = {
        "scheduler": name,
        "params": draw(st.sampled_from(params)),
        "length": draw(st.sampled_from(LENGTHS)),
        "interval": draw(st.sampled_from(["step", "epoch"])),
        "start": draw(st.sampled_from(["continue", "base"])),
    }
    if name in COMPOSABLE and draw(st.booleans()):
        other = draw(st.sampled_from(COMPOSABLE))
        data["with"] = [{"scheduler": other, "params": draw(st.sampled_from(PARAMS[other]))}]
    return data


@st.composite
def documents(draw):
    groups = draw(st.sampled_from([1, 3]))
    found = draw(st.lists(phases(groups), min_size=1, max_size=4))
    if draw(st.booleans()):
        found[draw(st.integers(0, len(found) - 1))]["length"] = "rest"
    return document(
        *found,
        epochs=draw(st.sampled_from([5, 8, 13])),
        per_epoch=draw(st.sampled_from([1, 2, 3, 5])),
        groups=(
            [{key: group[key] for key in ("name", "lr")} for group in THREE_GROUPS]
            if groups == 3
            else None
        ),
        optimizer=draw(st.sampled_from(OPTIMIZERS)),
    )


def refused(data):
    """Whether the document has no meaning; simulate says the same, naming the parameter."""
    try:
        plain_torch.run(data)
    except plain_torch.RefusedError as error:
        reason = str(error)
    except ValueError as error:
        if "Tried to step" not in str(error):
            raise
        reason = "total_steps"
    else:
        return False
    with pytest.raises(lrd.ScheduleError, match=rf"^phases\[\d\] \(.*\): {reason}"):
        lrd.simulate(read(data))
    return True


@given(documents())
@settings(max_examples=5 * settings.default.max_examples)
def test_documents(data):
    if not refused(data):
        check(data)


@given(documents())
def test_resume(data):
    if not refused(data):
        check_resume(data, every=9)
