"""LRs of 0 that nothing leads away from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lrdesigner.engine.plan import Stage
from lrdesigner.i18n import tr
from lrdesigner.schedule.problems import Facts, Problem, Rule

_NOTHING = 1e-12  # of a group's own LR
_DECAYS = ("StepLR", "MultiStepLR", "ExponentialLR")


def _stuck(facts: Facts) -> Iterator[Problem]:
    """Phases whose scheduler multiplies an LR that is 0 already."""
    for item in facts.stages:
        if item.segment.start == 0 or any(part.spec.key == "frozen" for part in item.parts):
            continue
        names = _stuck_groups(facts, item)
        if names:
            every = len(names) == len(item.bases)
            yield Problem(
                "stuck-at-zero",
                "warning",
                item.segment.index,
                tr(
                    "The phase starts from an LR of 0, and stays at 0 to its end: the LR is only "
                    "ever multiplied.",
                )
                if every
                else tr(
                    "The phase starts from an LR of 0, and stays at 0 to its end: the LR of "
                    "{groups} is only ever multiplied.",
                    groups=", ".join(names),
                ),
                tr('Set "starts from" to the group\'s own LR (in the file: "start": "base").'),
            )


def _stuck_groups(facts: Facts, item: Stage) -> list[str]:
    """The groups that could train, start from 0 and get no further."""
    steps = facts.preview.steps
    here = (steps >= item.segment.start) & (steps < item.segment.end)
    found = []
    for index, group in enumerate(facts.schedule.optimizer.groups):
        least = _NOTHING * group.lr
        values = facts.preview.lr[index, here]
        if group.lr > 0 and item.bases[index] <= least and bool(np.all(values <= least)):
            found.append(group.name)
    return found


def _gamma_zero(facts: Facts) -> Iterator[Problem]:
    """A decay that ends the training at its first event."""
    for item in facts.stages:
        for part in item.parts:
            if part.spec.key in _DECAYS and part.args["gamma"] == 0:
                yield Problem(
                    "gamma-zero",
                    "warning",
                    item.segment.index,
                    tr(
                        "gamma is 0: the first decay takes the LR to 0, and nothing raises it "
                        "again."
                    ),
                    tr("A decay has a gamma above 0, such as 0.1."),
                    "gamma",
                )


RULES = (
    Rule("stuck-at-zero", "A phase that multiplies an LR of 0", _stuck),
    Rule("gamma-zero", "A decay by the factor 0", _gamma_zero),
)
