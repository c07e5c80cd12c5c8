"""The optimizer: does torch have it, does it take what the document gives it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from lrdesigner.engine.resolve import optimizer_error
from lrdesigner.schedule.optimizers import OPTIMIZERS
from lrdesigner.schedule.problems import Facts, Problem, Rule


def refused(facts: Facts) -> Iterator[Problem]:
    """An optimizer torch does not have, or with groups it does not take."""
    found = optimizer_error(facts.schedule)
    if found:
        yield Problem("optimizer-refused", "error", None, found)


def arguments(facts: Facts) -> Iterator[Problem]:
    """Arguments the optimizer does not have."""
    spec = facts.schedule.optimizer
    info = OPTIMIZERS.get(spec.type)
    if info is None:
        return
    extra = {"maximize", "foreach", "capturable", "differentiable", "fused", "amsgrad"}
    extra |= {"decoupled_weight_decay", "adjust_lr_fn", "ns_coefficients", "line_search_fn"}
    extra |= {"max_eval", "tolerance_grad", "tolerance_change", "params"}
    known = set(info.defaults) | extra
    places = [("optimizer.args", spec.args)]
    places += [(f"group {group.name!r}", group.overrides) for group in spec.groups]
    for place, values in places:
        for name in values:
            if name in known:
                continue
            near = difflib.get_close_matches(name, info.defaults, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Problem(
                "optimizer-argument",
                "warning",
                None,
                f"{place}: {spec.type} has no argument {name!r}{hint}",
                "torch would refuse it; remove or rename it.",
            )


RULES = (
    Rule("optimizer-refused", "An optimizer that torch cannot build", refused),
    Rule("optimizer-argument", "An argument the optimizer does not have", arguments),
)
