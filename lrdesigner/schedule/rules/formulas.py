"""Formulas that have no value at some step, or lead below zero there."""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.schedule.formula_values import FAILS, NEGATIVE
from lrdesigner.schedule.problems import Facts, Problem, Rule


def _fails(facts: Facts) -> Iterator[Problem]:
    """Steps at which a formula cannot be computed."""
    return (problem for problem in facts.formula_problems if problem.rule == FAILS)


def _negative(facts: Facts) -> Iterator[Problem]:
    """Steps at which a formula makes the training go uphill."""
    return (problem for problem in facts.formula_problems if problem.rule == NEGATIVE)


RULES = (
    Rule(FAILS, "A formula that has no value at some step", _fails),
    Rule(NEGATIVE, "A formula that gives a negative LR", _negative, lanes=False),
)
