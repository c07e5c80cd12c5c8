"""One spelling for curves over NumPy arrays and torch tensors.

A scheduler's curve asks `namespace` for the functions that belong to the times it is given, so
that the same expression runs on a CPU for one document and on any device for a thousand variants
of it. Nothing here imports torch unless a tensor comes in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_ENDLESS = 1e30
_LESSON = 2**22 - 4096
EXACT_VALUES = 9_999  # so many are computed one by one where that is closer to torch


@lru_cache(maxsize=1)
def keep_memory() -> None:
    """Teach the C library to keep the memory of intermediate results for the next one.

    glibc gives blocks of more than a threshold back to the system at once, and taking them anew
    costs more than the arithmetic. The threshold grows to the greatest block below 32 MiB that was
    ever freed (mallopt(3), M_MMAP_THRESHOLD); this one is just below, and never touched. Elsewhere
    it does nothing.
    """
    np.empty(_LESSON)


def namespace(values: Any) -> Any:
    """The functions for arrays of that kind: NumPy itself, or torch's under NumPy's names."""
    if isinstance(values, (np.ndarray, np.generic)):
        return np
    return _torch_functions(str(values.device))


def as_float(values: Any) -> Any:
    """The same values as float64."""
    if isinstance(values, (np.ndarray, np.generic)):
        return values.astype(np.float64, copy=False)
    return values.double()


def cosines(angles: Any) -> Any:
    """Cosines; Python's own to the last bit where there are not too many, as torch computes them.

    NumPy's and a device's may differ from them in the last bit.
    """
    if _few(angles):
        return np.fromiter(map(math.cos, angles.tolist()), np.float64, len(angles))
    return waves(angles)


def waves(angles: Any) -> Any:
    """Cosines, as fast as can be; of rows of many angles within some 1e-16 of NumPy's.

    NumPy asks the C library for one cosine after the other, but has vector code for tangents where
    the processor allows it: cos x = 2 / (1 + tan² (x/2)) − 1 takes a fifth of the time.
    """
    if not isinstance(angles, np.ndarray):
        return namespace(angles).cos(angles)
    if angles.ndim < 2 or angles.dtype != np.float64 or not _tangents_are_swift():
        return np.cos(angles)
    found = np.tan(angles * 0.5)
    np.multiply(found, found, out=found)
    np.add(found, 1.0, out=found)
    np.divide(2.0, found, out=found)
    return np.subtract(found, 1.0, out=found)


def swings(times: Any, half: Any, height: Any, low: Any) -> Any:
    """``low + height · (1 + cos(π · times / half)) / 2``, for many variants side by side.

    None where there are too few angles for it to be worth while; the caller then computes as
    torch does. As height · cos² (x/2) = height / (1 + tan² (x/2)) it takes half the passes over
    memory.
    """
    if not isinstance(times, np.ndarray) or (times.ndim < 2 and not isinstance(half, np.ndarray)):
        return None
    if max(times.ndim, np.ndim(half)) < 2 or not _tangents_are_swift():
        return None
    found: FloatArray = as_float(times) * (np.pi / 2 / half)
    np.tan(found, out=found)
    np.multiply(found, found, out=found)
    np.add(found, 1.0, out=found)
    if found.max(initial=0.0) > _ENDLESS:  # the trough itself is `low`, and nothing next to it
        found[found > _ENDLESS] = np.inf
    if np.broadcast_shapes(np.shape(height), np.shape(low), found.shape) != found.shape:
        return low + height / found
    np.divide(height, found, out=found)
    return np.add(found, low, out=found)


@lru_cache(maxsize=1)
def _tangents_are_swift() -> bool:
    try:
        from numpy.lib.introspect import opt_func_info
    except ImportError:  # before NumPy 2.1 there was no way to ask
        return False
    found = opt_func_info(func_name="^tan$").get("tan", {}).get("dd", {})
    return not found.get("current", "baseline").startswith("baseline")


def powers(base: Any, exponents: Any) -> Any:
    """Powers of one number; likewise."""
    if _few(exponents) and isinstance(base, float):
        found = map(base.__pow__, exponents.tolist())
        return np.fromiter(found, np.float64, len(exponents))
    return base ** as_float(exponents)


def lifted(values: Any, factor: Any, offset: Any) -> Any:
    """``offset + factor * values``, over the values themselves where the result has their shape.

    For intermediate results only: whoever holds them sees them change. Memory for every step of
    an expression costs more than its arithmetic.
    """
    if not isinstance(values, np.ndarray) or not values.flags.owndata:
        return offset + factor * values
    for each in (factor, offset):
        if isinstance(each, float):  # as in every picture of one document
            continue
        if np.ndim(each) and np.broadcast_shapes(each.shape, values.shape) != values.shape:
            return offset + factor * values
    np.multiply(values, factor, out=values)
    return np.add(values, offset, out=values)


def _few(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.ndim == 1 and len(values) <= EXACT_VALUES


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values that occur, rising.

    `numpy.unique` would do, but it loads numpy.ma, which takes longer than the first curve.
    """
    rising = np.sort(values)
    new = np.ones(len(rising), dtype=bool)
    np.not_equal(rising[1:], rising[:-1], out=new[1:])
    return rising[new]


def branch(condition: Any, times: Any, yes: Callable[[Any], Any], no: Callable[[Any], Any]) -> Any:
    """``yes(times)`` where a condition holds and ``no(times)`` elsewhere.

    Each is computed only at those times at which some row takes it. Variants that stand side by
    side take a branch at much the same times, so that this is little more than once.

    Args:
        condition: Booleans that broadcast with the times.
        times: ``[points]`` or ``[rows, points]``.
        yes: Gives values of times; may look at columns of its own.
        no: Likewise.
    """
    if not isinstance(condition, (np.ndarray, np.generic)):
        return namespace(times).where(condition, yes(times), no(times))
    condition = np.atleast_1d(condition)
    points = times.shape[-1]
    if condition.shape[-1] != points:
        if condition.all():
            return yes(times)
        return np.where(condition, yes(times), no(times)) if condition.any() else no(times)
    rows = condition.reshape(-1, points)
    some, every = rows.any(axis=0), rows.all(axis=0)
    if every.all():
        return yes(times)
    if not some.any():
        return no(times)
    first, second = _places(some), _places(~every)
    found, other = yes(times[..., first]), no(times[..., second])
    result = np.empty(np.broadcast_shapes(_rows(found), _rows(other), condition.shape))
    if len(rows) == 1 or not (isinstance(first, slice) and isinstance(second, slice)):
        result[..., first] = found
        if len(rows) > 1:
            other = np.where(condition[..., second], result[..., second], other)
        result[..., second] = other
        return result
    # Only where both are taken has one to look which.
    other = np.broadcast_to(other, (*other.shape[:-1], second.stop - second.start))
    both = slice(max(first.start, second.start), min(first.stop, second.stop))
    result[..., second] = other
    result[..., first] = found
    if both.stop > both.start:
        theirs = other[..., both.start - second.start : both.stop - second.start]
        result[..., both] = np.where(condition[..., both], result[..., both], theirs)
    return result


def _places(taken: NDArray[np.bool_]) -> Any:
    """Where a branch is taken: as a slice where it can be, which copies nothing."""
    count, first = int(np.count_nonzero(taken)), int(taken.argmax())
    return slice(first, first + count) if taken[first : first + count].all() else taken


def _rows(values: Any) -> tuple[int, ...]:
    """The shape of values but for the points."""
    return (*np.shape(values)[:-1], 1)


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
