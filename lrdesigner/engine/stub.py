"""An optimizer that only carries parameter groups.

`torch.optim.Optimizer.__init__` pulls in torch._dynamo, which costs about a second; a scheduler
needs no more than an instance with groups, defaults and a `step` method.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lrdesigner.schedule.optimizers import OPTIMIZERS, optimizer_defaults

if TYPE_CHECKING:
    import torch

    from lrdesigner.schedule.model import OptimizerSpec


@lru_cache(maxsize=1)
def _stub_class() -> type[torch.optim.Optimizer]:
    from torch.optim.optimizer import Optimizer

    class StubOptimizer(Optimizer):
        """Groups, defaults and a step that does nothing; the parent's __init__ is not called."""

        def __init__(self, defaults: dict[str, Any], groups: list[dict[str, Any]]) -> None:
            self.defaults = defaults
            self.param_groups = groups
            self.state = {}  # type: ignore[assignment]
            # Schedulers warn when they step before the optimizer did; here nothing trains.
            self._opt_called = True

        def step(self, closure: Any = None) -> None:  # type: ignore[override]
            """Do nothing."""

    return StubOptimizer


def stub_optimizer(spec: OptimizerSpec, device: str = "cpu") -> torch.optim.Optimizer:
    """A stand-in with the document's groups.

    Args:
        spec: The document's optimizer.
        device: ``"cpu"`` keeps each LR a Python float; on another device the LR is a float32
            tensor there, as a capturable optimizer has it.
    """
    import torch

    # What the optimizer does not know is of no concern to a scheduler either.
    info = OPTIMIZERS[spec.type]
    known = info.defaults.keys()
    defaults = {key: value for key, value in optimizer_defaults(spec).items() if key in known}
    groups = []
    for group in spec.groups:
        lr: Any = group.lr
        if device != "cpu":
            lr = torch.tensor(group.lr, dtype=torch.float32, device=device)
        own = {key: value for key, value in group.overrides.items() if key in known}
        groups.append({**defaults, **own, "lr": lr, "params": []})
    return _stub_class()({**defaults, "lr": spec.groups[0].lr}, groups)  # type: ignore[arg-type]
