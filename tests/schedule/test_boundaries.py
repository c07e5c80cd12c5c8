"""How far boundaries go: the edit never goes further, and what stops it is said."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lrdesigner.schedule.boundaries import move, reach
from lrdesigner.schedule.model import Horizon, Phase, Schedule
from lrdesigner.schedule.units import spans

LENGTHS = st.one_of(
    st.integers(0, 60).map(lambda n: f"{n} steps"),
    st.integers(0, 6).map(lambda n: f"{n} epochs"),
    st.integers(0, 60).map(lambda n: f"{n}%"),
)


@st.composite
def schedules(draw):
    texts = draw(st.lists(LENGTHS, min_size=1, max_size=5))
    rest = draw(st.integers(-1, len(texts) - 1))
    texts = ["rest" if place == rest else text for place, text in enumerate(texts)]
    phases = tuple(Phase(scheduler="ConstantLR", length=text) for text in texts)
    return Schedule(horizon=Horizon(epochs=10, steps_per_epoch=10), phases=phases)


@settings(max_examples=500, deadline=None)
@given(schedules(), st.data(), st.booleans())
def test_a_boundary_lands_where_its_reach_says(schedule, data, ripple):
    index = data.draw(st.integers(0, len(schedule.phases) - 1))
    wanted = data.draw(st.integers(-20, 130))
    span = spans(schedule)[index]
    step, reason = reach(schedule, index, ripple=ripple).kept(wanted)
    after = move(schedule, index, wanted, ripple=ripple)
    assert bool(reason) == (step != wanted)
    if span.start < schedule.steps:
        assert spans(after)[index].end == step
    # What comes before never moves, and what is moved to its limit stays there.
    assert spans(after)[:index] == spans(schedule)[:index]
    assert move(schedule, index, step, ripple=ripple) == after


def test_the_reasons():
    texts = ("20 steps", "30 steps", "40 steps")
    phases = tuple(Phase(scheduler="ConstantLR", length=text) for text in texts)
    schedule = Schedule(horizon=Horizon(epochs=10, steps_per_epoch=10), phases=phases)
    trade, ripple = reach(schedule, 0, ripple=False), reach(schedule, 0, ripple=True)
    assert trade.kept(-3) == (1, "a phase has one step at least")
    assert trade.kept(70) == (49, "the next phase keeps one step at least")
    assert ripple.kept(70) == (30, "the later phases need the rest of the run")
    assert reach(schedule, 2, ripple=False).kept(130) == (100, "the run ends here")
    assert trade.kept(33.4) == (33, "")
