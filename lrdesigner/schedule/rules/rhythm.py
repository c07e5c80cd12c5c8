"""Steps taken for epochs, events that fall together, cycles that the end cuts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lrdesigner.engine.plan import Part, Stage
from lrdesigner.i18n import tr
from lrdesigner.params.base import shown
from lrdesigner.schedule.problems import Facts, Problem, Rule

_MANY_EPOCHS = 5
_NOTHING = 1e-6
_EARLY = 0.2


def _epochs_meant(facts: Facts) -> Iterator[Problem]:
    """Parameters that are reasonable as epochs, in a phase that counts steps."""
    per_epoch = facts.schedule.horizon.steps_per_epoch
    for item in facts.stages:
        segment = item.segment
        epochs = (segment.end - segment.start) // per_epoch
        if segment.interval != "step" or per_epoch == 1 or epochs < _MANY_EPOCHS:
            continue
        for part in item.parts:
            name = _too_soon(part, item, epochs, per_epoch)
            if name:
                yield Problem(
                    "epochs-meant",
                    "warning",
                    segment.index,
                    tr(
                        "{name} counts optimizer steps here: the decay is over within the first "
                        "of {epochs:,} epochs.",
                        name=name,
                        epochs=epochs,
                    ),
                    tr(
                        "Let the phase step once per epoch, or multiply by {per_epoch:,}, the "
                        "steps of an epoch.",
                        per_epoch=per_epoch,
                    ),
                    name,
                )


def _too_soon(part: Part, item: Stage, epochs: int, per_epoch: int) -> str:
    """The parameter whose number is one of epochs, or ""."""
    args, key = part.args, part.spec.key
    if key == "MultiStepLR":
        times = args["milestones"]
        return "milestones" if times and times[-1] <= min(epochs, per_epoch) else ""
    if key not in ("StepLR", "ExponentialLR") or not 0 < args["gamma"] < 1:
        return ""
    size = args["step_size"] if key == "StepLR" else 1
    early = int(min(per_epoch, _EARLY * item.segment.ticks))
    fallen = args["gamma"] ** (early // size)
    # As epochs the same numbers leave something of the LR to the end.
    meant = args["gamma"] ** (epochs // size)
    if size > epochs or fallen > _NOTHING or meant < _NOTHING:
        return ""
    return "step_size" if key == "StepLR" else "gamma"


def _twice(facts: Facts) -> Iterator[Problem]:
    """Milestones that stand twice in the list."""
    for item in facts.stages:
        for part in item.parts:
            if part.spec.key != "MultiStepLR":
                continue
            times = part.args["milestones"]
            again = sorted({a for a, b in pairwise(times) if a == b})
            if again:
                yield Problem(
                    "milestone-twice",
                    "warning",
                    item.segment.index,
                    tr(
                        "Milestones {again} stand more than once: there the LR falls by gamma as "
                        "often.",
                        again=shown(again),
                    ),
                    tr("Keep each milestone once."),
                    "milestones",
                )


def _cut_cycle(facts: Facts) -> Iterator[Problem]:
    """Restarts whose last cycle the end of the phase cuts, so that it ends at a high LR."""
    for item in facts.stages:
        for part in item.parts:
            # Cycles that grow are cut in published recipes too: they rarely fit.
            if part.spec.key != "CosineAnnealingWarmRestarts" or part.args["T_mult"] > 1:
                continue
            size, ticks = part.args["T_0"], item.segment.ticks
            left = ticks % size
            if ticks > size and 0 < left < size // 2:
                unit = tr("epochs") if item.segment.interval == "epoch" else tr("steps")
                whole = _whole_cycle(size, ticks)
                yield Problem(
                    "ends-mid-cycle",
                    "info",
                    item.segment.index,
                    tr(
                        "The phase ends {left:,} {unit} after a restart, at a high LR.",
                        left=left,
                        unit=unit,
                    ),
                    tr("With T_0 = {whole:,} it ends with a whole cycle.", whole=whole)
                    if whole
                    else tr("Change T_0 or the phase's length."),
                    "T_0",
                )


def _whole_cycle(size: int, ticks: int) -> int:
    """The length nearest to the given one of which several fill the phase, or 0."""
    most = min(ticks // 2, 4 * (ticks // size))
    fitting = [ticks // count for count in range(2, most + 1) if ticks % count == 0]
    return min(fitting, key=lambda length: abs(length - size), default=0)


RULES = (
    Rule("epochs-meant", "A number of epochs in a phase that counts steps", _epochs_meant),
    Rule("milestone-twice", "A milestone that stands twice", _twice),
    Rule("ends-mid-cycle", "Restarts whose last cycle is cut", _cut_cycle),
)
