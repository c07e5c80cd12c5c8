"""What exported code says of the batches: where step() belongs, and where it does not."""

from __future__ import annotations

import textwrap

from lrdesigner.schedule.batch import Batch

WIDTH = 88


def batch_lines(batch: Batch | None) -> list[str]:
    """What a step is made of, and what launchers get wrong about it; nothing while unknown."""
    if batch is None or batch.samples_per_step is None:
        return []
    parts = [f"{batch.batch_size:,} samples"]
    if batch.accumulation > 1:
        parts.append(f"{batch.accumulation:,} micro-batches")
    if batch.devices > 1:
        parts.append(f"{batch.devices:,} devices")
    made = f" = {batch.samples_per_step:,} samples" if len(parts) > 1 else ""
    tokens = "" if batch.tokens_per_step is None else f", {batch.tokens_per_step:,} tokens"
    lines = [f"Batch: {' × '.join(parts)}{made}{tokens} a step."]
    if batch.accumulation > 1:
        lines.append("The scheduler steps with the optimizer, not after every micro-batch.")
    if batch.devices > 1:
        lines.append(
            "With accelerate, leave the scheduler out of prepare(): a prepared one is stepped "
            f"once for each process, here {batch.devices:,} times as often as it should be."
        )
    return [part for line in lines for part in textwrap.wrap(line, WIDTH)]


def gathered(batch: Batch | None) -> str:
    """What the comment on the training loop says of a step, after how many there are."""
    if batch is None or batch.accumulation == 1:
        return ""
    return f", each of {batch.accumulation:,} micro-batches"
