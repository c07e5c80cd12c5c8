"""Documents whose batches and steps do not agree, for the rules and for the window."""

from __future__ import annotations

import json
from typing import Any

import lrdesigner as lrd
from lrdesigner.schedule.model import Schedule

IMAGENET = 1_281_167


def batched(*phases: dict[str, Any], epochs: int = 90, steps: int = 1251, **batch: Any) -> Schedule:
    """A document with a batch; without phases a cosine over the run."""
    data = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": epochs, "steps_per_epoch": steps, "batch": batch},
        "phases": list(phases) or [{"scheduler": "CosineAnnealingLR"}],
    }
    return lrd.loads(json.dumps(data))


def imagenet(*phases: dict[str, Any], steps: int = 1251, **batch: Any) -> Schedule:
    """ImageNet in batches of 1,024 unless told otherwise: 1,251 whole steps."""
    told = {"dataset_size": IMAGENET, "batch_size": 256, "devices": 4, "drop_last": True}
    return batched(*phases, steps=steps, **{**told, **batch})


def _phase(scheduler: str, length: str = "rest", **params: Any) -> dict[str, Any]:
    return {"scheduler": scheduler, "length": length, "params": params}


# rule, document, phase, part of the message
BATCH_PROBLEMS = [
    (
        "batch-steps",
        imagenet(steps=1300),
        None,
        "an epoch has 1,300 steps, but 1,281,167 samples in steps of 1,024 make 1,251",
    ),
    ("batch-steps", imagenet(steps=1252), None, "with the last, incomplete one left out"),
    ("batch-steps", imagenet(drop_last=False), None, "with the last, incomplete one 1,281,167"),
    (
        "batch-steps",
        imagenet(devices=1, accumulation=4, steps=5004),
        None,
        "5,004 steps, the number of micro-batches: the gradient of 4 is accumulated",
    ),
    ("batch-steps", imagenet(steps=5004), None, "as many as one device alone would take: 4 share"),
    ("batch-steps", imagenet(accumulation=2, steps=5004), None, "as many as one device alone"),
    (
        "batch-steps",
        batched(dataset_size=1000, batch_size=1024, drop_last=True, steps=1),
        None,
        "1,000 samples do not fill one step of 1,024",
    ),
    (
        "micro-lengths",
        batched(
            _phase("LinearLR", "40000 steps"),
            _phase("CosineAnnealingLR", "360000 steps"),
            epochs=1,
            steps=100_000,
            batch_size=8,
            accumulation=4,
        ),
        1,
        "4 × what the run has room for: that is as many micro-batches; 4 of them make",
    ),
    (
        "micro-lengths",
        batched(
            _phase("CosineAnnealingLR", "8000 steps"),
            epochs=1,
            steps=1000,
            batch_size=8,
            devices=8,
        ),
        0,
        "how often 8 devices would step a scheduler together, as accelerate",
    ),
    (
        "micro-durations",
        batched(
            _phase("LinearLR", "1000 steps", total_iters=4000),
            _phase("CosineAnnealingLR"),
            epochs=1,
            steps=10_000,
            batch_size=8,
            accumulation=4,
        ),
        0,
        "total_iters is 4,000, 4 × the phase's 1,000 steps",
    ),
    (
        "other-batch",
        batched(
            _phase("power", batch_size=128, seq_length=4096, a=0.1),
            epochs=1,
            steps=1000,
            batch_size=64,
            devices=4,
            sequence_length=4096,
        ),
        0,
        "batch_size is 128, but the run's is 256",
    ),
    (
        "part-of-a-step",
        batched(_phase("LinearLR", "0.1 steps"), _phase("CosineAnnealingLR"), epochs=1, steps=5000),
        0,
        "0.1 steps, rounded 0 steps; as a share of the run the same number would be 500 steps",
    ),
]
