"""Learning-rate schedule: warm-up times decay

Horizon: 200 optimizer steps (4 epochs of 50).
Optimizer: torch.optim.RMSprop with these parameter groups, in this order:

    all: lr=0.01

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(4):
        for batch in train_loader:  # 50 optimizer steps
            ...
            optimizer.step()
            scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from torch.optim import Optimizer
from torch.optim.lr_scheduler import ChainedScheduler, LinearLR, LRScheduler, StepLR


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    warm_up = LinearLR(optimizer, start_factor=0.1, total_iters=40)
    stairs = StepLR(optimizer, step_size=60, gamma=0.5)
    return ChainedScheduler([warm_up, stairs], optimizer=optimizer)
