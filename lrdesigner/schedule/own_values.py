"""What groups hold by themselves of a quantity: whose number it is, and how to change it."""

from __future__ import annotations

from lrdesigner.i18n import tr
from lrdesigner.schedule.group_edits import set_group, set_optimizer_arg, set_override
from lrdesigner.schedule.model import Quantity, Schedule
from lrdesigner.schedule.optimizers import optimizer_defaults, refusals
from lrdesigner.schedule.tracks import optimizer_key, own_value, quantity_title

_BELOW_ONE = 1 - 1e-6


def owners(schedule: Schedule, quantity: Quantity) -> tuple[tuple[int, ...], ...]:
    """The groups that share one number, each set of them rising; the LR is each group's own.

    An argument of the optimizer is the number of all groups that do not differ in it.
    """
    groups = range(len(schedule.optimizer.groups))
    if quantity == "lr":
        return tuple((group,) for group in groups)
    key = optimizer_key(schedule.optimizer, quantity)
    alone = [g for g in groups if key in schedule.optimizer.groups[g].overrides]
    shared = tuple(g for g in groups if g not in alone)
    return tuple(filter(None, (shared, *((group,) for group in alone))))


def set_own_value(schedule: Schedule, group: int, quantity: Quantity, value: float) -> Schedule:
    """Give a group, and all that share its number, another value of a quantity.

    Raises:
        DocumentError: If it cannot be written into a document.
    """
    if quantity == "lr":
        return set_group(schedule, group, lr=value)
    spec = schedule.optimizer
    key = optimizer_key(spec, quantity)
    if key is None:
        return schedule
    overrides = spec.groups[group].overrides
    written: object = value
    if key == "betas":
        pair = list({**optimizer_defaults(spec), **overrides}[key])
        pair[1 if quantity == "beta2" else 0] = value
        written = tuple(pair)
    if key in overrides:
        return set_override(schedule, group, key, written)
    return set_optimizer_arg(schedule, key, written)


def own_value_refusal(before: Schedule, after: Schedule) -> str:
    """What torch would refuse of the optimizer now that it took before, or ""."""
    known = {(found.name, found.group) for found in refusals(before.optimizer)}
    found = refusals(after.optimizer)
    return next((f.message for f in found if (f.name, f.group) not in known), "")


def ceiling(schedule: Schedule, quantity: Quantity) -> tuple[float, str]:
    """How high a quantity may be taken by hand, and why not higher; the LR has no such end."""
    if quantity not in ("momentum", "beta2"):
        return float("inf"), ""
    word = quantity_title(schedule.optimizer, quantity)
    return _BELOW_ONE, tr("{quantity} has to stay below 1", quantity=word)


__all__ = ["ceiling", "own_value", "own_value_refusal", "owners", "set_own_value"]
