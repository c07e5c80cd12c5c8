"""From a declared call to a real torch scheduler object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from lrdesigner.catalog import Args, TorchCall
from lrdesigner.engine._formula_write import WholeNumberLimitError
from lrdesigner.engine.formula import Formula
from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import ScheduleError

if TYPE_CHECKING:
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler


# What torch, or a formula, raises for values that were not foreseen.
REFUSALS = (ArithmeticError, TypeError, ValueError)


def construct(call: TorchCall, args: Args, optimizer: Optimizer) -> LRScheduler:
    """The torch object of `call` on `optimizer`; what torch raises comes through."""
    from torch.optim import lr_scheduler, swa_utils

    cls = swa_utils.SWALR if call.name == "SWALR" else getattr(lr_scheduler, call.name)
    kwargs = {name: _python(value, args) for name, value in call.kwargs.items()}
    scheduler: LRScheduler = cls(optimizer, **kwargs)
    for key, values in call.group_values.items():
        for group, value in zip(optimizer.param_groups, values, strict=True):
            set_value(group, key, value)
    if call.group_values:
        # The first LR was computed from what stood there before; torch computes it again.
        scheduler.last_epoch = -1
        scheduler._initial_step()
    return scheduler


def failure(place: str, tick: int, error: Exception) -> ScheduleError:
    """What to raise instead of one of the `REFUSALS`.

    Args:
        place: Where in the document.
        tick: The phase's local time.
        error: What was raised.
    """
    if isinstance(error, ScheduleError):
        return error
    if isinstance(error, WholeNumberLimitError):  # torch would go on
        why = tr("fails at t = {t:,}: {why}", t=tick, why=str(error))
        return ScheduleError(f"{place}: {why}")
    if isinstance(error, ZeroDivisionError):
        reason = tr("division by zero")
    elif isinstance(error, OverflowError):
        reason = tr("a number is too large")
    elif isinstance(error, TypeError) and "complex" in str(error):
        reason = tr("the formula gives a complex number")
    elif isinstance(error, ValueError) and "domain" in str(error):
        reason = tr(
            "a function is used outside its domain (as in the logarithm of a negative number)"
        )
    else:
        reason = str(error)
    why = tr("fails at t = {t:,}: {why}; torch would stop there", t=tick, why=reason)
    return ScheduleError(f"{place}: {why}")


def set_value(group: dict[str, Any], key: str, value: Any) -> None:
    """Set a group's value; a tensor stays the same object, as torch's schedulers keep it."""
    old = group.get(key)
    if old is not None and hasattr(old, "fill_"):
        old.fill_(value)
    else:
        group[key] = value


def _python(value: Any, args: Args) -> Any:
    if isinstance(value, Formula):
        return _functions([value] * len(args.bases), args)
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], Formula):
        return _functions(value, args)
    return list(value) if isinstance(value, tuple) else value


def _functions(formulas: Sequence[Formula], args: Args) -> list[Callable[[int], float]]:
    """A function for each group; groups with the same formula share one, which is run once."""
    made: dict[tuple[str, float | None], Callable[[int], float]] = {}
    found = []
    for formula, base in zip(formulas, args.bases, strict=True):
        key = (formula.text, base if "lr" in formula.names else None)
        if key not in made:
            made[key] = formula.function(T=args.length, lr=base)
        found.append(made[key])
    return found


def like(lr: Any, value: float) -> Any:
    """A value of the type that an LR has: a tensor beside a tensor, else the number itself."""
    return lr.new_tensor(value) if hasattr(lr, "new_tensor") else value
