"""Learning-rate schedule: the classic drops

Horizon: 45,000 optimizer steps (90 epochs of 500).
Optimizer: torch.optim.SGD with these parameter groups, in this order:

    all: lr=0.1

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(90):
        for batch in train_loader:  # 500 optimizer steps
            ...
            optimizer.step()
        scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler, MultiStepLR


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    return MultiStepLR(optimizer, milestones=[30, 60, 80], gamma=0.1)
