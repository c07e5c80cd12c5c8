"""The optimizer: does torch have it, does it take what the document gives it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from lrdesigner.engine.resolve import optimizer_class_error
from lrdesigner.i18n import tr
from lrdesigner.params.base import shown
from lrdesigner.schedule.optimizers import OPTIMIZERS, refusals
from lrdesigner.schedule.problems import Facts, Problem, Rule


def refused(facts: Facts) -> Iterator[Problem]:
    """An optimizer torch does not have, or with groups it does not take."""
    found = optimizer_class_error(facts.schedule)
    if found:
        message = found.partition(": ")[2]
        fix = tr("Choose one of torch.optim's classes, or as many groups as it takes.")
        yield Problem("optimizer-refused", "error", None, message, fix)


# Arguments every class of torch.optim shares, or that only some have and no form offers.
_FURTHER = frozenset(
    [
        "maximize",
        "foreach",
        "capturable",
        "differentiable",
        "fused",
        "amsgrad",
        "decoupled_weight_decay",
        "adjust_lr_fn",
        "ns_coefficients",
        "line_search_fn",
        "max_eval",
        "tolerance_grad",
        "eps",  # of Adafactor a pair, of all others in their table
        "tolerance_change",
    ]
)


def unknown_arguments(facts: Facts) -> Iterator[Problem]:
    """Arguments the optimizer does not have."""
    spec = facts.schedule.optimizer
    info = OPTIMIZERS.get(spec.type)
    if info is None:
        return
    for group, given in [(None, spec.args), *((g.name, g.overrides) for g in spec.groups)]:
        for name in given:
            if name in info.defaults or name in _FURTHER:
                continue
            near = difflib.get_close_matches(name, info.defaults, n=1)
            message = _whose(group) + (
                tr(
                    "{optimizer} has no argument {name}; did you mean {near}?",
                    optimizer=spec.type,
                    name=shown(name),
                    near=near[0],
                )
                if near
                else tr("{optimizer} has no argument {name}", optimizer=spec.type, name=shown(name))
            )
            if group is None:
                fix = tr("torch would refuse it; remove or rename it.")
                yield Problem("optimizer-argument", "error", None, message, fix, name)
            else:
                fix = tr("It has no effect; remove or rename it.")
                yield Problem("optimizer-argument", "warning", None, message, fix, name)


def arguments(facts: Facts) -> Iterator[Problem]:
    """Arguments with a value that torch refuses, and those it does not have."""
    if optimizer_class_error(facts.schedule):
        return
    spec = facts.schedule.optimizer
    for found in refusals(spec):
        group = None if found.group is None else spec.groups[found.group].name
        message = _whose(group) + found.message
        yield Problem("optimizer-argument", "error", None, message, found.fix, found.name)
    yield from unknown_arguments(facts)


def _whose(group: str | None) -> str:
    return tr("optimizer: ") if group is None else tr("group {group}: ", group=shown(group))


RULES = (
    Rule("optimizer-refused", "An optimizer that torch cannot build", refused, whole=True),
    Rule(
        "optimizer-argument",
        "An argument the optimizer does not have or take",
        arguments,
        whole=True,
    ),
)
