"""The optimizer: does torch have it, does it take what the document gives it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from lrdesigner.engine.resolve import optimizer_error
from lrdesigner.params.base import shown
from lrdesigner.schedule.optimizers import OPTIMIZERS, range_error
from lrdesigner.schedule.problems import Facts, Problem, Rule


def refused(facts: Facts) -> Iterator[Problem]:
    """An optimizer torch does not have, or with groups it does not take."""
    found = optimizer_error(facts.schedule)
    if found:
        yield Problem("optimizer-refused", "error", None, found)


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


def arguments(facts: Facts) -> Iterator[Problem]:
    """Arguments the optimizer does not have, or whose value torch refuses."""
    spec = facts.schedule.optimizer
    info = OPTIMIZERS.get(spec.type)
    if info is None or optimizer_error(facts.schedule):
        return
    places = [("optimizer.args", spec.args, dict(spec.args))]
    places += [
        (f"group {shown(group.name)}", group.overrides, {**spec.args, **group.overrides})
        for group in spec.groups
    ]
    for place, given, together in places:
        values = {**info.defaults, **together}
        for name, value in given.items():
            if name not in info.defaults and name not in _FURTHER:
                near = difflib.get_close_matches(name, info.defaults, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                yield Problem(
                    "optimizer-argument",
                    "error",
                    None,
                    f"{place}: {spec.type} has no argument {shown(name)}{hint}",
                    "torch would refuse it; remove or rename it.",
                )
                continue
            wrong = range_error(name, value, values)
            if wrong:
                message = f"{place}: {name} {wrong}"
                yield Problem("optimizer-argument", "error", None, message, "torch refuses it.")


RULES = (
    Rule("optimizer-refused", "An optimizer that torch cannot build", refused),
    Rule("optimizer-argument", "An argument the optimizer does not have", arguments),
)
