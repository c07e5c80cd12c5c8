"""How far a run on a device is from the one with Python's floats.

A capturable optimizer holds its LRs as float32 tensors. What a scheduler computes from the step
number alone is then off by a rounding; what it computes from the LR before drifts away, step
after step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lrdesigner.engine.curve import Curve, FloatArray


@dataclass(frozen=True, eq=False)
class Drift:
    """The difference of two runs of one document.

    Attributes:
        absolute: float64 ``[groups, N]``: LR on the device, less the LR on the CPU.
        relative: Same shape: in parts of the LR on the CPU; 0 where both are 0, infinite where
            only that one is.
    """

    absolute: FloatArray
    relative: FloatArray

    @property
    def worst(self) -> tuple[int, int]:
        """Group and step of the greatest relative difference; the first one if there are several.

        Steps at which the LR on the CPU is 0 have no say, unless there are no others.
        """
        size = np.abs(self.relative)
        size[np.isinf(size)] = -1.0
        group, step = np.unravel_index(int(size.argmax()), size.shape)
        return int(group), int(step)


def drift(found: Curve, reference: Curve) -> Drift:
    """How far the LRs of a run are from those of another.

    Args:
        found: The run on the device.
        reference: The run on the CPU.

    Raises:
        ValueError: If they are not of one document.
    """
    if found.groups != reference.groups or found.lr.shape != reference.lr.shape:
        raise ValueError(
            "these curves are of different documents; run one document on both devices"
        )
    absolute = found.lr - reference.lr
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = absolute / np.abs(reference.lr)
    relative[absolute == 0] = 0.0
    return Drift(absolute, relative)
