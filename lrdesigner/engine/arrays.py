"""One spelling for curves over NumPy arrays and torch tensors.

A scheduler's curve asks `namespace` for the functions that belong to the times it is given, so
that the same expression runs on a CPU for one document and on any device for a thousand variants
of it. Nothing here imports torch unless a tensor comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np


def namespace(values: Any) -> Any:
    """The functions for arrays of that kind: NumPy itself, or torch's under NumPy's names."""
    if isinstance(values, (np.ndarray, np.generic)):
        return np
    return _torch_functions(str(values.device))


def as_float(values: Any) -> Any:
    """The same values as float64."""
    if isinstance(values, (np.ndarray, np.generic)):
        return values.astype(np.float64)
    return values.double()


@lru_cache(maxsize=8)
def _torch_functions(device: str) -> TorchFunctions:
    return TorchFunctions(device)


class TorchFunctions:
    """What curves and formulas need of NumPy, for float64 tensors on one device.

    Plain numbers are taken wherever a tensor is; torch alone would make float32 of them.
    """

    def __init__(self, device: str) -> None:
        import torch

        self._torch: Any = torch
        self._device = torch.device(device)

    def asarray(self, value: Any, dtype: Any = None) -> Any:
        """A number as a tensor; tensors stay."""
        del dtype  # always float64
        if isinstance(value, self._torch.Tensor):
            return value
        return self._torch.as_tensor(value, dtype=self._torch.float64, device=self._device)

    def zeros(self, shape: Sequence[int]) -> Any:
        """Zeros."""
        return self._torch.zeros(tuple(shape), dtype=self._torch.float64, device=self._device)

    def ones(self, shape: Sequence[int]) -> Any:
        """Ones."""
        return self._torch.ones(tuple(shape), dtype=self._torch.float64, device=self._device)

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """Elementwise choice."""
        return self._torch.where(condition, self.asarray(yes), self.asarray(no))

    def searchsorted(self, rising: Any, values: Any, side: str) -> Any:
        """How many of a few rising numbers come before each value."""
        return self._torch.searchsorted(
            self.asarray(rising), self.asarray(values), right=side == "right"
        )

    def clip(self, values: Any, low: Any, high: Any) -> Any:
        """Values within bounds."""
        return self.minimum(self.maximum(values, low), high)

    def broadcast_to(self, values: Any, shape: Sequence[int]) -> Any:
        """The same values in a greater shape."""
        return self.asarray(values).broadcast_to(tuple(shape))

    def __getattr__(self, name: str) -> Any:
        """Any other function of NumPy that torch has under a name of its own or the same."""
        function = getattr(self._torch, _TORCH_NAMES.get(name, name))

        def call(*values: Any) -> Any:
            return function(*(self.asarray(value) for value in values))

        setattr(self, name, call)
        return call


_TORCH_NAMES = {
    "equal": "eq",
    "not_equal": "ne",
    "power": "pow",
    "negative": "neg",
    "greater": "gt",
    "greater_equal": "ge",
    "less": "lt",
    "less_equal": "le",
}
