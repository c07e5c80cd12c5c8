"""Learning-rate schedule: a head of its own, weight decay that rises

Horizon: 120 optimizer steps (12 epochs of 10).
Optimizer: torch.optim.AdamW with these parameter groups, in this order:

    backbone: lr=0.0005, weight_decay=0.04
    norms: lr=0.0005, weight_decay=0.0
    head: lr=0.002, weight_decay=0.04

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(12):
        for batch in train_loader:  # 10 optimizer steps
            ...
            optimizer.step()
            scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from typing import Any

import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import (
    ConstantLR,
    CosineAnnealingLR,
    LinearLR,
    LRScheduler,
    OneCycleLR,
    ReduceLROnPlateau,
    SequentialLR,
)


class PhasedLR(LRScheduler):
    """Runs one scheduler after another, each a fresh one from where the last ended.

    Call ``step()`` after every optimizer step, ``step_epoch(metric)`` after each epoch.

    Args:
        optimizer: The optimizer to schedule.
        phases: For each phase ``(first_step, make, every, start)``: the optimizer step
            it begins with (0 for the first), a function from the optimizer to a
            scheduler (None holds the LR), ``"step"`` or ``"epoch"``, and ``"continue"``
            (from the LR reached) or ``"base"`` (from the group's own LR).
        steps_per_epoch: Optimizer steps in an epoch.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        phases: list[Any],
        steps_per_epoch: int,
    ) -> None:
        self.optimizer = optimizer
        self.phases = phases
        self.steps_per_epoch = steps_per_epoch
        self.last_epoch = 0  # optimizer steps done
        self.pending = False  # a switch that waits for the epoch's end
        self.base_lrs: list[Any] = [float(g["lr"]) for g in optimizer.param_groups]
        self.momentum: list[dict[Any, Any]] = [
            {key: group[key] for key in ("momentum", "betas") if key in group}
            for group in optimizer.param_groups
        ]
        self._enter(0, self.base_lrs)

    def _enter(self, index: int, bases: list[float]) -> None:
        """Start a phase: its scheduler is new and finds `bases` as the groups' LRs."""
        self.index, self.bases = index, bases
        for group, base, momentum in zip(
            self.optimizer.param_groups, bases, self.momentum, strict=True
        ):
            if isinstance(group["lr"], torch.Tensor):
                group["lr"].fill_(base)
            else:
                group["lr"] = base
            # What an earlier phase left here would be the base LR of the next one.
            group.pop("initial_lr", None)
            group.update(momentum)
        make = self.phases[index][1]
        self.inner = make(self.optimizer) if make else None
        self._last_lr = self._lrs()

    def _switch(self) -> None:
        """Go on to the next phase."""
        self.pending = False
        _, make, _, start = self.phases[self.index + 1]
        bases = [float(group["lr"]) for group in self.optimizer.param_groups]
        if start == "base":
            bases = self.base_lrs
        elif make is not None:
            # Repeated products end a hair beside the group's LR; meet it exactly.
            bases = [
                own if abs(lr - own) <= 1e-12 * abs(own) else lr
                for lr, own in zip(bases, self.base_lrs, strict=True)
            ]
        self._enter(self.index + 1, bases)

    def step(self, epoch: int | None = None) -> None:
        """Call after every optimizer step."""
        if self.pending:
            self._switch()  # step_epoch was not called at the epoch's end
        self.last_epoch += 1
        every = self.phases[self.index][2]
        if every == "step" and self.inner is not None:
            self.inner.step()
        after = self.index + 1
        if after < len(self.phases) and self.last_epoch == self.phases[after][0]:
            if every == "epoch" and self.last_epoch % self.steps_per_epoch == 0:
                self.pending = True  # this epoch's end still belongs to the phase
            else:
                self._switch()
        self._last_lr = self._lrs()

    def step_epoch(self, metric: Any = None) -> None:
        """Call after every epoch, with the metric if a phase reacts to one."""
        first, _, every, _ = self.phases[self.index]
        if every == "epoch" and self.inner is not None and self.last_epoch > first:
            if not isinstance(self.inner, ReduceLROnPlateau):
                self.inner.step()
            elif metric is None:
                raise ValueError("ReduceLROnPlateau: step_epoch needs the metric")
            else:
                self.inner.step(metric)
        if self.pending:
            self._switch()
        self._last_lr = self._lrs()

    def _lrs(self) -> list[Any]:
        lrs = [group["lr"] for group in self.optimizer.param_groups]
        return [lr.clone() if isinstance(lr, torch.Tensor) else lr for lr in lrs]

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to go on here, together with the optimizer's state."""
        keys = ("last_epoch", "index", "pending", "bases", "base_lrs", "momentum")
        own = {key: getattr(self, key) for key in keys}
        inner = None if self.inner is None else dict(self.inner.state_dict())
        return {**own, "_last_lr": self._last_lr, "inner": inner}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on where `state_dict` was taken; load the optimizer's state as well."""
        groups = self.optimizer.param_groups
        kept = [
            {k: v.clone() if isinstance(v, torch.Tensor) else v for k, v in g.items()}
            for g in groups
        ]
        self.base_lrs, self.momentum = state_dict["base_lrs"], state_dict["momentum"]
        self._enter(state_dict["index"], state_dict["bases"])
        if self.inner is not None:
            self.inner.load_state_dict(dict(state_dict["inner"]))
        self.last_epoch, self.pending = state_dict["last_epoch"], state_dict["pending"]
        self._last_lr = state_dict["_last_lr"]
        # Making the scheduler changed the groups; the optimizer's state counts.
        for group, values in zip(groups, kept, strict=True):
            lr = group["lr"]
            group.clear()
            group.update(values)
            if isinstance(lr, torch.Tensor):
                group["lr"] = lr.copy_(values["lr"])


class SomeGroups(Optimizer):
    """Some groups of an optimizer: to a scheduler, an optimizer of their own."""

    def __init__(self, optimizer: Optimizer, indices: list[int]) -> None:
        self.optimizer, self.indices = optimizer, indices
        self.defaults = optimizer.defaults
        self._opt_called = True  # whether it was stepped is not for a part to know

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """The groups as they are now: loading an optimizer's state replaces them."""
        groups = self.optimizer.param_groups
        return [groups[index] for index in self.indices]

    def step(self, closure: Any = None) -> None:
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
    def param_groups(self) -> list[dict[str, Any]]:
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


def backbone_and_norms_lr(optimizer: Optimizer) -> LRScheduler:
    """LR of backbone, norms."""
    warm_up = LinearLR(optimizer, start_factor=0.01, total_iters=20)
    cosine = CosineAnnealingLR(optimizer, T_max=100, eta_min=1e-06)
    return SequentialLR(optimizer, [warm_up, cosine], milestones=[20])


def head_lr_constant(optimizer: Optimizer) -> LRScheduler:
    return ConstantLR(optimizer, factor=0.1, total_iters=10)


def head_lr_one_cycle(optimizer: Optimizer) -> LRScheduler:
    return OneCycleLR(optimizer, max_lr=0.01, total_steps=110)


def head_lr(optimizer: Optimizer) -> LRScheduler:
    """LR of head."""
    phases = [
        # first step, scheduler, stepped after every, starts from
        (0, head_lr_constant, "step", "continue"),
        (10, head_lr_one_cycle, "step", "continue"),
    ]
    return PhasedLR(optimizer, phases, steps_per_epoch=10)


def backbone_and_head_weight_decay(optimizer: Optimizer) -> LRScheduler:
    """Weight decay of backbone, head; here it stands as the optimizer's LR."""
    return CosineAnnealingLR(optimizer, T_max=120, eta_min=0.4)


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    tracks = [
        # drives, groups, scheduler, stepped after every
        ("lr", [0, 1], backbone_and_norms_lr, "step"),
        ("lr", [2], head_lr, "both"),
        ("weight_decay", [0, 2], backbone_and_head_weight_decay, "step"),
    ]
    return TrackedLR(optimizer, tracks)
