"""Learning-rate schedule: super-convergence

After Smith & Topin; the peak was found with a range test.

Horizon: 1,000 optimizer steps (20 epochs of 50).
Optimizer: torch.optim.SGD with these parameter groups, in this order:

    all: lr=0.1

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(20):
        for batch in train_loader:  # 50 optimizer steps
            ...
            optimizer.step()
            scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler, OneCycleLR


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    return OneCycleLR(optimizer, max_lr=0.5, total_steps=1000, three_phase=True)
