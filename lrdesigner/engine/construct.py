"""From a declared call to a real torch scheduler object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lrdesigner.catalog import Args, TorchCall
from lrdesigner.engine.formula import Formula
from lrdesigner.schedule.errors import ScheduleError

if TYPE_CHECKING:
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler


def construct(call: TorchCall, args: Args, optimizer: Optimizer) -> LRScheduler:
    """The torch object of `call` on `optimizer`.

    Raises:
        ScheduleError: If torch refuses the arguments after all.
    """
    from torch.optim import lr_scheduler, swa_utils

    cls = swa_utils.SWALR if call.name == "SWALR" else getattr(lr_scheduler, call.name)
    kwargs = {name: _python(value, args) for name, value in call.kwargs.items()}
    try:
        scheduler: LRScheduler = cls(optimizer, **kwargs)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise ScheduleError(f"torch refuses {call.name}: {error}") from error
    for key, values in call.group_values.items():
        for group, value in zip(optimizer.param_groups, values, strict=True):
            set_value(group, key, value)
    return scheduler


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
    return [
        formula.function(T=args.length, lr=base)
        for formula, base in zip(formulas, args.bases, strict=True)
    ]


def base_values(groups: Sequence[Mapping[str, Any]]) -> tuple[float, ...]:
    """The LR of each group as a float."""
    return tuple(float(group["lr"]) for group in groups)
