"""Values torch accepts and that rarely mean what they do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lrdesigner.catalog import Args, Category, schedulers
from lrdesigner.engine.plan import Part, Stage
from lrdesigner.engine.rows import stage_rows
from lrdesigner.i18n import tr
from lrdesigner.params.base import shown
from lrdesigner.schedule.problems import Facts, Problem, Rule

VISIBLE = 0.05
_SAME = 1e-6  # what two ways to compute the same LR may differ by
# Parameters that are the lowest LR of a decay, the same for every group.
_FLOORS = ("eta_min", "min_lr", "lr_end", "end_lr", "end_learning_rate")

Finding = tuple[str, str, str]  # parameter, message, fix


def _unit(item: Stage) -> str:
    return tr("epochs") if item.segment.interval == "epoch" else tr("steps")


def _goes_on(item: Stage, following: Stage) -> bool:
    """Whether the next phase goes on with the same schedulers and LR, as after a split."""
    if [part.spec.key for part in item.parts] != [part.spec.key for part in following.parts]:
        return False
    groups = range(len(item.bases))
    end = stage_rows(item, np.array([item.segment.ticks]), groups)
    begin = stage_rows(following, np.array([0]), groups)
    return bool(np.allclose(end, begin, rtol=_SAME, atol=0.0))


def _never_reached(facts: Facts) -> Iterator[Problem]:
    """Events that lie behind the end of their phase."""
    items = facts.stages
    for item, following in zip(items, (*items[1:], None), strict=False):
        ticks, unit = item.segment.ticks, _unit(item)
        goes_on = following is not None and _goes_on(item, following)
        for part in item.parts:
            args = part.args
            key = part.spec.key
            late: list[Finding] = []
            if key == "StepLR" and args["step_size"] >= ticks > 0:
                late.append(
                    (
                        "step_size",
                        (
                            tr(
                                "step_size is {step_size:,} but the phase has {ticks:,} {unit}, so "
                                "the LR never falls.",
                                step_size=args["step_size"],
                                ticks=ticks,
                                unit=unit,
                            )
                        ),
                        tr("Make step_size smaller than the phase."),
                    )
                )
            if key == "MultiStepLR":
                beyond = [m for m in args["milestones"] if m >= ticks]
                if beyond:
                    late.append(
                        (
                            "milestones",
                            tr(
                                "Milestones {beyond} lie beyond the phase's {ticks:,} {unit}.",
                                beyond=shown(beyond),
                                ticks=ticks,
                                unit=unit,
                            ),
                            tr("Milestones count from the phase's start; move or remove them."),
                        )
                    )
            late.extend(
                (
                    name,
                    (
                        tr(
                            "{name} is {value:,} but the phase has {length:,} {unit}, so the end "
                            "value is not reached.",
                            name=name,
                            value=args[name],
                            length=item.segment.length,
                            unit=unit,
                        )
                    ),
                    tr("Leave {name} empty to follow the phase.", name=name),
                )
                for name in ("total_iters", "T_max")
                if name in args.values and args[name] > item.segment.length and not goes_on
            )
            for name, message, fix in late:
                yield Problem("never-reached", "warning", item.segment.index, message, fix, name)


def _climbs_back(facts: Facts) -> Iterator[Problem]:
    """A cosine that is longer than its half period."""
    for item in facts.stages:
        for part in item.parts:
            if part.spec.key != "CosineAnnealingLR":
                continue
            if part.args["T_max"] < item.segment.ticks:
                yield Problem(
                    "cosine-climbs-back",
                    "warning",
                    item.segment.index,
                    tr(
                        "After T_max ({T_max:,} {unit}) the cosine climbs back up; the phase has "
                        "{ticks:,}.",
                        T_max=part.args["T_max"],
                        unit=_unit(item),
                        ticks=item.segment.ticks,
                    ),
                    tr("Leave T_max empty to follow the phase, or use restarts."),
                    "T_max",
                )


def _rises_to_floor(facts: Facts) -> Iterator[Problem]:
    """An absolute floor above a group's LR."""
    groups = facts.schedule.optimizer.groups
    for item in facts.stages:
        for part in item.parts:
            name = _floor_of(part)
            low = part.args[name] if name else 0.0
            names = [g.name for g, base in zip(groups, item.bases, strict=True) if 0 < base < low]
            if names:
                yield Problem(
                    "floor-above-lr",
                    "warning",
                    item.segment.index,
                    tr(
                        "{name} is {low:g}, above the LR of {groups}, which therefore rises.",
                        name=name,
                        low=low,
                        groups=", ".join(names),
                    ),
                    tr("{name} is absolute and the same for every group; lower it.", name=name),
                    name,
                )


def _floor_of(part: Part) -> str:
    """The parameter that is an absolute floor, or ""."""
    # A plateau only ever reduces, and a range test begins at its lowest LR.
    if part.spec.epoch_only or part.spec.category is Category.WARM_UP:
        return ""
    return next((name for name in _FLOORS if part.spec.param(name)), "")


def _grows(facts: Facts) -> Iterator[Problem]:
    """A decay factor above 1."""
    for item in facts.stages:
        for part in item.parts:
            gamma = part.spec.param("gamma")
            # Elsewhere gamma is a rate: greater falls faster.
            if gamma is not None and gamma.unit == "×" and part.args["gamma"] > 1:
                yield Problem(
                    "gamma-grows",
                    "warning",
                    item.segment.index,
                    tr(
                        "gamma is {gamma:g}: the LR grows instead of falling.",
                        gamma=part.args["gamma"],
                    ),
                    tr("A decay has a gamma below 1."),
                    "gamma",
                )


def _jumps(part: Part, item: Stage) -> bool:
    """Whether the value after the cycle's last stands out; over long cycles nobody sees it."""
    times = np.array([item.segment.ticks - 1, item.segment.ticks])
    last, after = part.spec.curve(times, part.args, 0)
    return bool(abs(after - last) > VISIBLE * abs(last))


def _one_cycle_end(facts: Facts) -> Iterator[Problem]:
    """What follows a OneCycleLR starts from the value after its last, which rises again."""
    total = facts.schedule.steps
    for item in facts.stages:
        for part in item.parts:
            args: Args = part.args
            if part.spec.key != "OneCycleLR" or item.segment.end >= total:
                continue
            if args["total_steps"] == item.segment.ticks and _jumps(part, item):
                yield Problem(
                    "onecycle-overrun",
                    "warning",
                    item.segment.index,
                    tr(
                        "OneCycleLR ends at step {total_steps:,} of its cycle; one step on, "
                        "where the next phase takes over, torch lets it rise again.",
                        total_steps=args["total_steps"] - 1,
                    ),
                    tr(
                        "Set total_steps to {total_steps:,}, or let the next phase start from "
                        "the group's LR.",
                        total_steps=args["total_steps"] + 1,
                    ),
                    "total_steps",
                )


def _three_phase(facts: Facts) -> Iterator[Problem]:
    """A rise that leaves no room for the third phase."""
    for item in facts.stages:
        for part in item.parts:
            args = part.args
            if part.spec.key == "OneCycleLR" and args["three_phase"] and args["pct_start"] > 0.5:
                yield Problem(
                    "onecycle-three-phase",
                    "warning",
                    item.segment.index,
                    tr("With three_phase, a pct_start above 0.5 never reaches the end LR."),
                    tr("Use a pct_start of at most 0.5."),
                    "pct_start",
                )


def _ignores_group_lr(facts: Facts) -> Iterator[Problem]:
    """Cyclic schedulers with one absolute bound for groups that differ."""
    groups = facts.schedule.optimizer.groups
    if len({group.lr for group in groups}) < 2:
        return
    for index, phase in enumerate(facts.schedule.phases):
        spec = schedulers().get(phase.scheduler)
        declaration = spec.param("max_lr") if spec else None
        value = phase.params.get("max_lr")
        if declaration is None or not declaration.per_group:
            continue
        if value is None or isinstance(value, (list, tuple)):
            continue
        yield Problem(
            "same-peak",
            "info",
            index,
            tr(
                "{scheduler} takes every group to the same max_lr, whatever its own LR.",
                scheduler=phase.scheduler,
            ),
            tr("Give max_lr a list with one value per group to keep their ratio."),
            "max_lr",
        )


RULES = (
    Rule("never-reached", "An event behind the end of its phase", _never_reached),
    Rule("cosine-climbs-back", "A cosine longer than its half period", _climbs_back),
    Rule("floor-above-lr", "A floor above a group's LR", _rises_to_floor, lanes=False),
    Rule("gamma-grows", "A decay factor above 1", _grows, lanes=False),
    Rule("onecycle-overrun", "A phase that follows OneCycleLR's last step", _one_cycle_end),
    Rule("onecycle-three-phase", "A OneCycleLR without room for its third phase", _three_phase),
    Rule(
        "same-peak",
        "One absolute peak for groups that differ",
        _ignores_group_lr,
        lanes=False,
    ),
)
