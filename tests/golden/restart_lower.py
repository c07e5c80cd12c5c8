"""Learning-rate schedule: decay, hold, and on from there

Two groups with LRs of their own.
The last phase starts from the LR reached.

Horizon: 300 optimizer steps (12 epochs of 25).
Optimizer: torch.optim.SGD with these parameter groups, in this order:

    a: lr=0.5
    b: lr=0.25

Training loop:

    scheduler = build_scheduler(optimizer)
    for epoch in range(12):
        for batch in train_loader:  # 25 optimizer steps
            ...
            optimizer.step()
            scheduler.step()

To resume, build the optimizer and the scheduler as for a new training; then load the
optimizer's state, and the scheduler's last.
"""

from torch.optim import Optimizer
from torch.optim.lr_scheduler import (
    ConstantLR,
    ExponentialLR,
    LRScheduler,
    PolynomialLR,
    SequentialLR,
)


def build_scheduler(optimizer: Optimizer) -> LRScheduler:
    """Return the scheduler for an optimizer with the parameter groups listed above."""
    decay = ExponentialLR(optimizer, gamma=0.99)
    hold = ConstantLR(optimizer, factor=1.0, total_iters=50)
    polynomial = PolynomialLR(optimizer, total_iters=100, power=2.0)
    # Left alone, SequentialLR would start these from the groups' initial LRs.
    hold.base_lrs = [0.18301617063661463, 0.09150808531830731]
    polynomial.base_lrs = [0.18301617063661463, 0.09150808531830731]
    return SequentialLR(optimizer, [decay, hold, polynomial], milestones=[100, 150])
