"""Sums of a function over millions of whole numbers, without asking it at each.

The range is cut into panels, narrow where the function is lively. On a wide panel it is asked at
a few nodes, and the polynomial through them is summed in closed form (Euler and Maclaurin's
formula, which is exact for polynomials); narrow panels are added up number by number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.arrays import FloatArray, distinct

Times = NDArray[np.int64]
Function = Callable[[FloatArray], FloatArray]

_NODES = 16
_NARROW = 32
_MOST = 120_000  # values asked for in all
_START = 400  # panels to begin with
# What the last coefficients may come to: rounding alone, or too little over the whole panel.
_ROUNDING, _TOTAL = 4e-16, 1e-13
# Where the function is rounded more than that, halving a panel does not make them much smaller.
_NOISE, _SHRINKS = 1e-13, 8.0
_WAVE = 2048  # values of a wave
_RESONANCE = 1e-4
# Euler and Maclaurin: of the first, third and fifth derivative.
_TERMS = ((1, 1 / 12), (3, -1 / 720), (5, 1 / 30240))


@dataclass(frozen=True)
class _Rules:
    """From values at a panel's nodes to the coefficients of its polynomial, and of its sum."""

    nodes: FloatArray
    fit: FloatArray
    integral: FloatArray
    itself: FloatArray
    derivatives: tuple[FloatArray, ...]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    from numpy.polynomial import chebyshev  # for the few who multiply

    nodes: Any = chebyshev.chebpts1(_NODES)

    def rule(of: Callable[[FloatArray], Any]) -> FloatArray:
        rows = [of(row) for row in np.eye(_NODES)]
        return np.stack([np.pad(row, (0, _NODES + 1 - len(row))) for row in rows], axis=1)

    return _Rules(
        nodes,
        np.linalg.inv(chebyshev.chebvander(nodes, _NODES - 1)),
        rule(chebyshev.chebint),
        rule(np.asarray),
        tuple(rule(partial(chebyshev.chebder, m=order)) for order, _ in _TERMS),
    )


def sums(function: Function, last: int, times: Times, knots: Sequence[int]) -> FloatArray | None:
    """The sums of f(1) … f(t) at some t; None if f is too lively to be summed like this.

    Args:
        function: Smooth between the knots; asked at whole numbers and between them.
        last: The greatest t.
        times: Those of interest, from 0 to `last`.
        knots: Whole numbers after which something new begins.
    """
    edges = _first_edges(last, knots)
    begin, end = edges[:-1], edges[1:]
    done: list[tuple[FloatArray, FloatArray, FloatArray]] = []
    narrow: list[tuple[FloatArray, FloatArray]] = []
    asked, before = 0, np.full(len(begin), np.inf)
    while len(begin):
        small = end - begin <= _NARROW
        narrow.append((begin[small], end[small]))
        begin, end, before = begin[~small], end[~small], before[~small]
        asked += _NODES * len(begin) + int((narrow[-1][1] - narrow[-1][0]).sum())
        if asked > _MOST:
            return None
        coefficients, tail = _fitted(function, begin, end)
        if not np.isfinite(tail).all():
            return None
        settled = (tail <= _TOTAL / (end - begin)) | (tail <= _ROUNDING)
        settled |= (tail <= _NOISE) & (tail * _SHRINKS >= before)
        done.append((begin[settled], end[settled], coefficients[settled]))
        before = np.tile(tail[~settled], 2)
        begin, end = _halves(begin[~settled], end[~settled])
    return _Panels(function, done, narrow).sums(times)


def _first_edges(last: int, knots: Sequence[int]) -> FloatArray:
    even = np.linspace(0, last, _START)
    early = np.geomspace(1, last + 1, _START // 4) - 1  # decays do most at the beginning
    inner = [knot for knot in knots if 0 < knot < last]
    edges = distinct(np.concatenate([even, early, [last], inner]).astype(np.int64))
    return edges.astype(np.float64)


def _halves(begin: FloatArray, end: FloatArray) -> tuple[FloatArray, FloatArray]:
    middle = np.floor((begin + end) / 2)
    return np.concatenate([begin, middle]), np.concatenate([middle, end])


def _fitted(
    function: Function, begin: FloatArray, end: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The sum's coefficients on each panel, and how far the polynomial is from the function."""
    rules = _rules()
    half = (end - begin)[:, None] / 2
    nodes = (begin + end)[:, None] / 2 + half * rules.nodes
    fit = function(nodes.ravel()).reshape(nodes.shape) @ rules.fit.T
    tail = np.abs(fit[:, -3:]).sum(axis=1) / (1 + np.abs(fit).max(axis=1))
    total = half * (fit @ rules.integral.T) + fit @ rules.itself.T / 2
    for (order, factor), rule in zip(_TERMS, rules.derivatives, strict=True):
        total += factor / half**order * (fit @ rule.T)
    # Counted from the panel's beginning, where all odd terms are -1.
    signs = np.where(np.arange(total.shape[1]) % 2, -1.0, 1.0)
    total[:, 0] -= total @ signs
    return total, tail


def _clenshaw(place: FloatArray, coefficients: FloatArray) -> FloatArray:
    """Chebyshev series at places from -1 to 1, each with its own coefficients."""
    twice = 2 * place
    later, last = np.zeros_like(place), np.zeros_like(place)
    for row in coefficients[:0:-1]:
        later, last = twice * later - last + row, later
    value: FloatArray = place * later - last + coefficients[0]
    return value


class _Panels:
    """All panels of a range, ready to be asked for sums."""

    def __init__(
        self,
        function: Function,
        wide: Sequence[tuple[FloatArray, FloatArray, FloatArray]],
        narrow: Sequence[tuple[FloatArray, FloatArray]],
    ) -> None:
        begins = [begin for begin, _, _ in wide] + [begin for begin, _ in narrow]
        ends = [end for _, end, _ in wide] + [end for _, end in narrow]
        self._coefficients = np.concatenate([rows for _, _, rows in wide])
        begin, end = np.concatenate(begins), np.concatenate(ends)
        order = np.argsort(begin)
        self._begin, self._end = begin[order], end[order]
        row = np.arange(len(begin))
        self._row = np.where(row < len(self._coefficients), row, -1)[order]
        self._list_narrow(function)
        totals = self._inside(np.arange(len(order)), self._end)
        self._before = np.concatenate([[0.0], np.cumsum(totals)])

    def _list_narrow(self, function: Function) -> None:
        """Running sums over all numbers in narrow panels, one panel after the other."""
        here = self._row < 0
        size = np.where(here, self._end - self._begin, 0).astype(np.int64)
        self._offset = np.cumsum(size) - size
        numbers = np.repeat(self._begin - self._offset, size) + np.arange(1, size.sum() + 1)
        values = function(numbers) if len(numbers) else numbers
        self._running = np.concatenate([[0.0], np.cumsum(values)])

    def _inside(self, panel: NDArray[np.int64], time: FloatArray) -> FloatArray:
        """The sums from panels' beginnings to times in them."""
        found = np.empty(len(panel))
        row, begin, end = self._row[panel], self._begin[panel], self._end[panel]
        wide = row >= 0
        place = (2 * time - begin - end)[wide] / (end - begin)[wide]
        found[wide] = _clenshaw(place, self._coefficients[row[wide]].T)
        first = self._offset[panel[~wide]]
        count = (time - begin)[~wide].astype(np.int64)
        found[~wide] = self._running[first + count] - self._running[first]
        return found

    def sums(self, times: Times) -> FloatArray:
        """The sums up to these times."""
        time = times.astype(np.float64)
        panel = np.maximum(np.searchsorted(self._end, time), 0)
        return self._before[panel] + self._inside(panel, time)


def wave_sums(function: Function, period: float, times: Times) -> FloatArray | None:
    """The sums of f(1) … f(t) of a smooth function that comes again; None if it has none.

    Its Fourier series is summed term by term, each one a geometric series.

    Args:
        function: Asked at whole numbers and between them.
        period: After which it comes again; need not be a whole number.
        times: The t of interest.
    """
    values = function(np.arange(_WAVE, dtype=np.float64) * (period / _WAVE))
    if not np.isfinite(values).all():
        return None
    terms = np.fft.rfft(values) / _WAVE
    size = np.abs(terms)
    if size[_WAVE // 4 :].max() > _ROUNDING * (1 + size.max()):
        return None  # too lively for so many values
    kept = int(np.flatnonzero(size > _ROUNDING / 8)[-1:].sum()) + 1
    step = np.exp(2j * np.pi / period * np.arange(1, kept))
    if (np.abs(step - 1) < _RESONANCE).any():
        return None  # a term that hardly turns from one whole number to the next
    factors = 2 * terms[1:kept] * step / (step - 1)
    turned = _turned(times.astype(np.float64) * (np.pi / period))
    waves = np.zeros(len(times), np.complex128)
    for factor in factors[::-1]:
        waves = (waves + factor) * turned
    found: FloatArray = terms[0].real * times + waves.real - factors.sum().real
    return found


def _turned(halves: FloatArray) -> NDArray[np.complex128]:
    """``cos 2x + i sin 2x``, from the tangent of x, which is the one that NumPy is quick at."""
    tangents = np.tan(halves)
    squares = tangents * tangents
    shares = 1 / (1 + squares)
    found = np.empty(len(halves), np.complex128)
    found.real, found.imag = (1 - squares) * shares, 2 * tangents * shares
    return found
