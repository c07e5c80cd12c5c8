"""What the batch calculator says of its result. No Qt."""

from __future__ import annotations

from lrdesigner.amounts import amount_text
from lrdesigner.i18n import tr, trn
from lrdesigner.schedule.batch import Batch
from lrdesigner.schedule.counting import follows_batch
from lrdesigner.schedule.model import Horizon


def steps_suffix(horizon: Horizon) -> tuple[str, str]:
    """Where the steps of an epoch come from: ``= 1.28 M ÷ 1,024``, and shorter; "" if unknown."""
    batch = horizon.batch
    if batch is None or not follows_batch(horizon):
        return "", ""
    size = amount_text(batch.samples_per_step or 0)
    return f"= {amount_text(batch.dataset_size or 0)} ÷ {size}", f"÷ {size}"


def run_suffix(horizon: Horizon) -> str:
    """How long the run is in all."""
    return trn("{count:,} step", "{count:,} steps", horizon.steps)


def step_words(batch: Batch | None) -> str:
    """What a step is made of; "" while it is not known."""
    if batch is None or batch.samples_per_step is None:
        return ""
    samples = trn("{count} sample", "{count} samples", batch.samples_per_step,
                  count=amount_text(batch.samples_per_step))  # fmt: skip
    tokens = batch.tokens_per_step
    if tokens is None:
        return tr("{samples} a step.", samples=samples)
    return tr("{samples}, {tokens} tokens a step.", samples=samples, tokens=amount_text(tokens))


def epoch_words(batch: Batch | None) -> str:
    """How the steps of an epoch follow; "" while it is not known."""
    if batch is None or not batch.steps_per_epoch:
        return ""
    samples, size = batch.dataset_size or 0, batch.samples_per_step or 1
    numbers = {"samples": samples, "size": size, "steps": batch.steps_per_epoch}
    left = batch.left_over
    if not left:
        return tr("{samples:,} ÷ {size:,} = {steps:,} steps an epoch.", **numbers)
    numbers["left"] = left
    if batch.drop_last:
        return tr(
            "{samples:,} ÷ {size:,} = {ratio:,.2f}: {steps:,} steps an epoch, and {left:,} samples "
            "left out.",
            ratio=samples / size,
            **numbers,
        )
    return tr(
        "{samples:,} ÷ {size:,} = {ratio:,.2f}: {steps:,} steps an epoch, the last of {left:,} "
        "samples.",
        ratio=samples / size,
        **numbers,
    )
