"""Silence for torch's warnings about habits of training loops that a preview does not have."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_torch() -> Iterator[None]:
    """Ignore `UserWarning`s of `torch.optim` meant for training loops."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module=r"torch\.optim.*")
        yield
