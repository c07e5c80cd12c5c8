"""Learning-rate schedule: head and backbone apart

Horizon: 100 optimizer steps (5 epochs of 20).
Optimizer: torch.optim.AdamW with these parameter groups, in this order:

    backbone: lr=0.0001
    head: lr=0.001

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(5):
        for batch in train_loader:  # 20 optimizer steps
            ...
            optimizer.step()
            scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

import math

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR, LRScheduler


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    return LambdaLR(
        optimizer,
        lr_lambda=[
            lambda t: 0 if t < 10 else 1,
            lambda t: 0.5 * (1 + math.cos(math.pi * t / 100)),
        ],
    )
