"""`TrackedLR`: several schedulers side by side, each on groups or on a quantity of its own.

Self-contained like `lrdesigner.engine.phased`, and for the same reason: the torch exporter writes
its source into the snippets that need it.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler, ReduceLROnPlateau


class SomeGroups(Optimizer):
    """Some groups of an optimizer: to a scheduler, an optimizer of their own."""

    def __init__(self, optimizer: Optimizer, indices: list[int]) -> None:
        self.optimizer, self.indices = optimizer, indices
        self.defaults = optimizer.defaults
        self._opt_called = True  # whether it was stepped is not for a part to know

    @property
    def param_groups(self) -> list[dict[str, Any]]:  # type: ignore[override]
        """The groups as they are now: loading an optimizer's state replaces them."""
        groups = self.optimizer.param_groups
        return [groups[index] for index in self.indices]

    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """Do nothing: the whole optimizer steps."""

    def publish(self) -> None:
        """Do nothing: what schedulers change here are the optimizer's own groups."""

    def __getstate__(self) -> dict[str, Any]:
        """For copies: all but the wrapper that schedulers put around `step`."""
        return {key: value for key, value in vars(self).items() if key != "step"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Nothing of what an optimizer sets up besides."""
        vars(self).update(state)


class Lane(SomeGroups):
    """One number of some groups: to a scheduler, an optimizer that has it as its LR."""

    def __init__(self, optimizer: Optimizer, indices: list[int], key: str) -> None:
        super().__init__(optimizer, indices)
        self.defaults = {}
        # Betas are a pair, of which one is driven.
        self.place = {"beta1": 0, "beta2": 1}.get(key)
        self.key = key if self.place is None else "betas"
        self.numbers: list[dict[str, Any]] = []
        for index in indices:
            value = optimizer.param_groups[index][self.key]
            value = value if self.place is None else value[self.place]
            self.numbers.append({"params": [], "lr": float(value)})

    @property
    def param_groups(self) -> list[dict[str, Any]]:  # type: ignore[override]
        """Groups that hold the number, and nothing else."""
        return self.numbers

    def publish(self) -> None:
        """Write the numbers into the optimizer's groups."""
        for index, own in zip(self.indices, self.numbers, strict=True):
            group, value = self.optimizer.param_groups[index], float(own["lr"])
            if self.place is not None:
                betas = list(group["betas"])
                betas[self.place] = value
                group["betas"] = tuple(betas)
            else:
                group[self.key] = value


class TrackedLR(LRScheduler):
    """Runs several schedulers side by side, on different groups or different numbers.

    Call ``step()`` after every optimizer step, ``step_epoch(metric)`` after each epoch.

    Args:
        optimizer: The optimizer to schedule.
        tracks: For each scheduler ``(drives, groups, make, every)``: ``"lr"``,
            ``"momentum"``, ``"beta1"``, ``"beta2"`` or ``"weight_decay"``; the indices
            of the groups; a function from an optimizer, whose LR is what it drives, to
            the scheduler; and what that is stepped after: ``"step"``, ``"epoch"``, or
            ``"both"`` if it has a ``step_epoch`` of its own.
    """

    def __init__(self, optimizer: Optimizer, tracks: list[Any]) -> None:
        self.optimizer = optimizer
        self.last_epoch = 0  # optimizer steps done
        self.base_lrs: list[Any] = [float(g["lr"]) for g in optimizer.param_groups]
        self.parts: list[Any] = []
        self.schedulers: list[Any] = []
        self.every: list[str] = []
        for drives, groups, make, every in tracks:
            part: Any = SomeGroups(optimizer, groups)
            if drives != "lr":
                part = Lane(optimizer, groups, drives)
            self.parts.append(part)
            self.schedulers.append(make(part))
            self.every.append(every)
        self._publish()

    def _publish(self) -> None:
        """Write what the lanes drive: after all schedulers, so that it stays."""
        for part in self.parts:
            part.publish()
        lrs = [group["lr"] for group in self.optimizer.param_groups]
        self._last_lr = [x.clone() if isinstance(x, torch.Tensor) else x for x in lrs]

    def step(self, epoch: int | None = None) -> None:
        """Call after every optimizer step."""
        self.last_epoch += 1
        for scheduler, every in zip(self.schedulers, self.every, strict=True):
            if every != "epoch":
                scheduler.step()
        self._publish()

    def step_epoch(self, metric: Any = None) -> None:
        """Call after every epoch, with the metric if a scheduler reacts to one."""
        for scheduler, every in zip(self.schedulers, self.every, strict=True):
            if every == "both":
                scheduler.step_epoch(metric)
            elif every == "epoch" and not isinstance(scheduler, ReduceLROnPlateau):
                scheduler.step()
            elif every == "epoch" and metric is None:
                raise ValueError("ReduceLROnPlateau: step_epoch needs the metric")
            elif every == "epoch":
                scheduler.step(metric)
        self._publish()

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to go on here, together with the optimizer's state."""
        lanes = [part for part in self.parts if isinstance(part, Lane)]
        return {
            "last_epoch": self.last_epoch,
            "base_lrs": self.base_lrs,
            "schedulers": [dict(item.state_dict()) for item in self.schedulers],
            "lanes": [[dict(group) for group in lane.numbers] for lane in lanes],
            "_last_lr": self._last_lr,
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on where `state_dict` was taken; load the optimizer's state as well."""
        self.last_epoch = state_dict["last_epoch"]
        self.base_lrs = state_dict["base_lrs"]
        states = state_dict["schedulers"]
        for scheduler, state in zip(self.schedulers, states, strict=True):
            scheduler.load_state_dict(dict(state))
        lanes = [part for part in self.parts if isinstance(part, Lane)]
        for lane, groups in zip(lanes, state_dict["lanes"], strict=True):
            lane.numbers = [dict(group) for group in groups]
        self._last_lr = state_dict["_last_lr"]
