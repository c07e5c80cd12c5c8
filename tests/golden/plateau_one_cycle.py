"""Learning-rate schedule: a last cycle from wherever the plateau ended

Horizon: 120 optimizer steps (12 epochs of 10).
Optimizer: torch.optim.SGD with these parameter groups, in this order:

    a: lr=0.1
    b: lr=0.02

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(12):
        for batch in train_loader:  # 10 optimizer steps
            ...
            optimizer.step()
            scheduler.step()
        metric = ...  # what the plateau phase watches, such as the validation loss
        scheduler.step_epoch(metric)

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from typing import Any

import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler, OneCycleLR, ReduceLROnPlateau


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


def with_group_values(scheduler: LRScheduler, **values: list[float]) -> LRScheduler:
    """Give every group a value of its own where torch has one argument for all."""
    groups = scheduler.optimizer.param_groups
    for key, per_group in values.items():
        for group, value in zip(groups, per_group, strict=True):
            group[key] = value
    scheduler.last_epoch = -1
    scheduler._initial_step()  # the first LR again, now from these values
    return scheduler


def plateau(optimizer: Optimizer) -> LRScheduler:
    return ReduceLROnPlateau(optimizer, factor=0.3, patience=0)


def one_cycle(optimizer: Optimizer) -> LRScheduler:
    # The LRs reached: they depend on the training.
    lrs = [float(group["lr"]) for group in optimizer.param_groups]
    # As torch computes them: max_lr / div_factor.
    starts = [peak / (peak / lr) for peak, lr in zip([0.2, 0.1], lrs, strict=True)]
    return with_group_values(
        OneCycleLR(optimizer, max_lr=[0.2, 0.1], total_steps=60),
        initial_lr=starts,
        min_lr=[start / 10000.0 for start in starts],
    )


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    phases = [
        # first step, scheduler, stepped after every, starts from
        (0, plateau, "epoch", "continue"),
        (60, one_cycle, "step", "continue"),
    ]
    return PhasedLR(optimizer, phases, steps_per_epoch=10)
