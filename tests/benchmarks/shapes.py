"""The documents that benchmarks run: every class, chains, stacks and families."""

from __future__ import annotations

from documents import document, phase

CHAIN = [{"scheduler": "ExponentialLR", "params": {"gamma": 0.9999}}]


def shapes(steps):
    """The phases of each, for a horizon of so many steps."""
    return {
        "warm-up, cosine": [phase("LinearLR", length="10%"), phase("CosineAnnealingLR")],
        "warm-up, cosine above a floor": [
            phase("LinearLR", length="10%"),
            phase("CosineAnnealingLR", {"eta_min": 1e-6}),
        ],
        "five phases": [
            phase("LinearLR", {"start_factor": 0.01}, length="10%"),
            phase("CosineAnnealingLR", length="20%"),
            phase("ConstantLR", {"factor": 1.0}, length="20%"),
            phase("ExponentialLR", {"gamma": 0.9999}, length="20%"),
            phase("PolynomialLR"),
        ],
        "stack of two": [phase("LinearLR", **{"with": CHAIN})],
        "stack of three": [
            phase(
                "LinearLR",
                **{"with": [*CHAIN, {"scheduler": "CosineAnnealingLR", "params": {}}]},
            )
        ],
        "LambdaLR": [phase("LambdaLR", {"lr_lambda": "0.5 * (1 + cos(pi * t / T))"})],
        "MultiplicativeLR": [phase("MultiplicativeLR", {"lr_lambda": "0.01 ** (1 / T)"})],
        "StepLR": [phase("StepLR", {"step_size": steps // 30})],
        "MultiStepLR": [phase("MultiStepLR", {"milestones": [steps // 2, steps * 3 // 4]})],
        "ConstantLR": [phase("ConstantLR", {"total_iters": steps // 2})],
        "LinearLR": [phase("LinearLR")],
        "ExponentialLR": [phase("ExponentialLR", {"gamma": 0.9999})],
        "PolynomialLR": [phase("PolynomialLR", {"power": 0.9})],
        "CosineAnnealingLR": [phase("CosineAnnealingLR")],
        "CosineAnnealingLR above a floor": [phase("CosineAnnealingLR", {"eta_min": 1e-3})],
        "CosineAnnealingLR, many turns": [phase("CosineAnnealingLR", {"T_max": 1000})],
        "CosineAnnealingWarmRestarts": [phase("CosineAnnealingWarmRestarts", {"T_0": 1000})],
        "CyclicLR": [phase("CyclicLR", {"max_lr": 1.0})],
        "CyclicLR, exp_range": [
            phase("CyclicLR", {"max_lr": 1.0, "mode": "exp_range", "gamma": 0.9999})
        ],
        "OneCycleLR": [phase("OneCycleLR")],
        "OneCycleLR without momentum": [
            phase("OneCycleLR", {"max_lr": 0.5, "cycle_momentum": False})
        ],
        "SWALR": [phase("SWALR", {"swa_lr": 0.01})],
        "ReduceLROnPlateau": [phase("ReduceLROnPlateau", {"patience": 3})],
        "noam": [{"scheduler": "noam", "params": {"warmup_steps": 1000, "model_size": 512}}],
        "wsd": [
            {
                "scheduler": "wsd",
                "params": {"warmup_steps": steps // 20, "decay_steps": steps // 5},
            }
        ],
    }


def make(shape, steps, groups=None):
    """The document's data; an epoch is a step where a metric is reacted to."""
    plateau = shape == "ReduceLROnPlateau"
    return document(
        *shapes(steps)[shape],
        epochs=steps if plateau else 1,
        per_epoch=1 if plateau else steps,
        groups=groups,
        metric={"formula": "exp(-t / 1000) + 0.1 * sin(t)"} if plateau else None,
    )


def naive_loop(opt, scheduler, steps, metric):
    """What everybody writes: `optimizer.step()`, `scheduler.step()`, note the LR."""
    values = []
    group = opt.param_groups[0]
    if metric is None:
        for _ in range(steps):
            values.append(group["lr"])
            opt.step()
            scheduler.step()
        return values
    for value in metric[:steps]:
        values.append(group["lr"])
        opt.step()
        scheduler.step(value)
    return values
