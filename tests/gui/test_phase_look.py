"""What phases are said to do, also where they drive something else than the LR."""

from __future__ import annotations

import re

import pytest
from chinese import speaking_chinese

from lrdesigner.catalog import schedulers
from lrdesigner.gui.phase_look import in_lane_words, phase_summary
from lrdesigner.schedule.model import Phase


@pytest.mark.parametrize("key", [spec.key for spec in schedulers()])
def test_summaries_of_lanes_speak_of_their_quantity_and_of_no_direction(key):
    said = phase_summary(Phase(scheduler=key, params={}), "weight decay")
    assert said
    assert not re.search(r"\bLRs?\b|\bdown to\b|\b[Ff]alls\b|\b[Rr]ises\b", said)


@pytest.mark.parametrize("key", [spec.key for spec in schedulers()])
def test_so_they_do_in_chinese(key):
    with speaking_chinese():
        said = phase_summary(Phase(scheduler=key, params={}), "weight decay")
    assert not re.search("学习率|[升降][到至]|(?<!时)(?:上升|下降)", said)


def test_an_lr_is_spoken_of_as_ever():
    cosine = Phase(scheduler="CosineAnnealingLR", params={})
    assert "base LR down to eta_min" in phase_summary(cosine)
    assert "base beta2 to eta_min" in phase_summary(cosine, "beta2")


def test_the_authors_own_words_stay():
    own = Phase(scheduler="formula", params={"formula": "1", "summary": "The LR falls."})
    assert phase_summary(own, "beta2") == "The LR falls."


def test_an_article_fits_the_word():
    assert in_lane_words("weight decay", "as an LR") == "as a weight decay"
