"""What an optimizer step is made of: samples, and tokens where they come in sequences."""

from __future__ import annotations

from pydantic import Field

from lrdesigner.schedule.frozen import FrozenModel

MAX_SAMPLES = 10**15
MAX_PER_STEP = 10**9
FIELDS = (
    "dataset_size",
    "batch_size",
    "accumulation",
    "devices",
    "drop_last",
    "sequence_length",
)


class Batch(FrozenModel):
    """How samples become optimizer steps, as far as it is known.

    A step takes `batch_size` samples on each of `devices`, `accumulation` times.

    Attributes:
        dataset_size: Samples in an epoch.
        batch_size: Samples that one device takes at once.
        accumulation: How many such batches a device gathers before a step.
        devices: Processes that train side by side, each with batches of its own.
        drop_last: Whether the epoch's last step is left out where too few samples are left for it
            (otherwise it is a smaller one).
        sequence_length: Tokens of a sample.
    """

    dataset_size: int | None = Field(default=None, ge=1, le=MAX_SAMPLES)
    batch_size: int | None = Field(default=None, ge=1, le=MAX_PER_STEP)
    accumulation: int = Field(default=1, ge=1, le=MAX_PER_STEP)
    devices: int = Field(default=1, ge=1, le=MAX_PER_STEP)
    drop_last: bool = False
    sequence_length: int | None = Field(default=None, ge=1, le=MAX_PER_STEP)

    @property
    def samples_per_step(self) -> int | None:
        """Samples of a whole optimizer step, over all devices; None while unknown."""
        if self.batch_size is None:
            return None
        return self.batch_size * self.accumulation * self.devices

    @property
    def tokens_per_step(self) -> int | None:
        """Tokens of a whole optimizer step; None while unknown."""
        samples = self.samples_per_step
        if samples is None or self.sequence_length is None:
            return None
        return samples * self.sequence_length

    @property
    def steps_per_epoch(self) -> int | None:
        """Optimizer steps of an epoch; None while unknown, 0 if no whole step can be filled.

        Batches, then steps, are rounded down with `drop_last`, else up. Rounding once gives the
        same: ``floor(floor(n / b) / a) == floor(n / (b * a))``, and so for ceilings.
        """
        samples = self.samples_per_step
        if samples is None or self.dataset_size is None:
            return None
        if self.drop_last:
            return self.dataset_size // samples
        return -(-self.dataset_size // samples)

    @property
    def samples_per_epoch(self) -> int | None:
        """Samples that are trained on in an epoch; None while unknown."""
        samples, steps = self.samples_per_step, self.steps_per_epoch
        if samples is None or steps is None:
            return None
        return steps * samples if self.drop_last else self.dataset_size

    @property
    def left_over(self) -> int:
        """Samples of the epoch's last, incomplete step; 0 if there is none, or it is unknown."""
        samples = self.samples_per_step
        if samples is None or self.dataset_size is None:
            return 0
        return self.dataset_size % samples
