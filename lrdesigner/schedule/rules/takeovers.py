"""Phases that begin elsewhere than the one before them ended, and what they take over."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lrdesigner.engine.plan import Part, Stage
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.optimizers import OPTIMIZERS, refusals
from lrdesigner.schedule.problems import Facts, Problem, Rule

_FAR = 2.0
_FIXES = {
    "OneCycleLR": ("div_factor", mark("Let div_factor follow the LR reached (null).")),
    "CyclicLR": ("base_lr", mark("Leave base_lr out: the cycle then starts from the LR reached.")),
}


def _jumps(facts: Facts) -> Iterator[Problem]:
    """Cycles with absolute bounds that begin far from the LR reached."""
    for item in facts.stages:
        phase = item.segment.phase
        if phase is None or item.segment.start == 0 or phase.start == "base":
            continue
        for part in item.parts[:1]:
            name, fix = _FIXES.get(part.spec.key, ("", ""))
            ends = _ends(part, item) if name else None
            if ends:
                before, after = ends
                yield Problem(
                    "jump-at-start",
                    "warning",
                    item.segment.index,
                    tr(
                        "The LR jumps from {before:.3g} to {after:.3g} where the phase begins.",
                        before=before,
                        after=after,
                    ),
                    tr(fix),
                    name,
                )


def _ends(part: Part, item: Stage) -> tuple[float, float] | None:
    """The LR reached and the one it goes on with, of the first group where they are far apart."""
    for index, before in enumerate(item.bases):
        after = float(part.spec.curve(np.array([0]), part.args, index)[0])
        if before > 0 and not before / _FAR <= after <= before * _FAR:
            return before, after
    return None


def _momentum_replaced(facts: Facts) -> Iterator[Problem]:
    """A momentum that the document gives, and a cycle that never takes that value."""
    spec = facts.schedule.optimizer
    info = OPTIMIZERS.get(spec.type)
    key = info.momentum_key if info else None
    if key is None or key not in spec.args or any(refusals(spec)):
        return
    given = spec.args[key][0] if key == "betas" else spec.args[key]
    word = "beta1" if key == "betas" else tr("momentum")
    for item in facts.stages:
        for part in item.parts:
            if not item.cycles_momentum or part.spec.param("base_momentum") is None:
                continue
            low, high = part.args.group("base_momentum", 0), part.args.group("max_momentum", 0)
            if not low <= given <= high:
                yield Problem(
                    "momentum-replaced",
                    "info",
                    item.segment.index,
                    tr(
                        "The phase cycles {word} between {low:g} and {high:g}, in place of the "
                        "optimizer's {given:g}.",
                        word=word,
                        low=low,
                        high=high,
                        given=given,
                    ),
                    tr(
                        "Turn cycle_momentum off to keep it, or give base_momentum and "
                        "max_momentum."
                    ),
                    "cycle_momentum",
                )


RULES = (
    Rule("jump-at-start", "A cycle that begins far from the LR reached", _jumps),
    Rule(
        "momentum-replaced",
        "A cycle in place of the optimizer's momentum",
        _momentum_replaced,
    ),
)
