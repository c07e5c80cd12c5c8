"""Learning-rate schedule: warm-up, cosine

Horizon: 1,000 optimizer steps (10 epochs of 100).
Optimizer: torch.optim.AdamW with these parameter groups, in this order:

    backbone: lr=0.0001
    head: lr=0.001

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(10):
        for batch in train_loader:  # 100 optimizer steps
            ...
            optimizer.step()
            scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from torch.optim import Optimizer
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    LinearLR,
    LRScheduler,
    SequentialLR,
)


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    warm_up = LinearLR(optimizer, start_factor=0.01, total_iters=200)
    cosine = CosineAnnealingLR(optimizer, T_max=800, eta_min=1e-06)
    return SequentialLR(optimizer, [warm_up, cosine], milestones=[200])
