"""The formula language: `"0.95 ** t"` as data, a function, an array and Python code.

A formula knows the local time `t`, the phase's length `T`, the group's base LR `lr`, `pi` and `e`,
a dozen functions, arithmetic, comparison, `and or not` and `a if c else b`. It can reach nothing
else, so loading one runs nothing.

    >>> decay = parse_formula("exp(-t / (3 * T))")
    >>> decay.python(T=300)
    'math.exp(-t / (3 * 300))'
    >>> decay.evaluate(0, T=300, lr=0.1)
    1.0
"""
# ruff: noqa: N803 - T is the name people write in formulas

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lrdesigner.engine._formula_array import evaluate_array
from lrdesigner.engine._formula_parse import FUNCTIONS, FormulaError, parse_tree
from lrdesigner.engine._formula_write import (
    CONSTANTS,
    MATH_FUNCTIONS,
    NoValueError,
    Writer,
    compile_scalar,
    real_value,
)

__all__ = ["FUNCTIONS", "NAMES", "Formula", "FormulaError", "parse_formula"]

NAMES = ("t", "T", "lr", "pi", "e")

_JUMPING = ("floor", "ceil", "abs", "min", "max", "clip", "where")
_KINKS = (ast.IfExp, ast.BoolOp, ast.Compare, ast.Not, ast.FloorDiv, ast.Mod)


@dataclass(frozen=True)
class Formula:
    """A formula that has been read and found sound; `parse_formula` makes them.

    Attributes:
        text: what the user wrote.
        names: the variables used, such as `{"t", "T"}`.
        uses_math: whether `python()` needs `import math`.
        smooth: whether it is free of anything that jumps or has a kink, such as `floor` or `<`.
    """

    text: str
    names: frozenset[str]
    uses_math: bool
    smooth: bool
    _tree: ast.expr = field(repr=False, compare=False)
    _source: str = field(repr=False, compare=False)

    def function(self, *, T: int, lr: float, **more: float) -> Callable[[int], float]:
        """Return the formula as a function of `t`, bit for bit what `python()` computes.

        Python's own exceptions come through, and so does a complex result; `checked` refuses both.
        An integer beyond 4096 bits raises `OverflowError`.
        """
        return compile_scalar(self._tree, self._source, _values(T, lr, more))

    def checked(self, *, T: int, lr: float, **more: float) -> Callable[[int], float]:
        """Like `function`, but anything else than a finite real number raises `FormulaError`."""
        function = self.function(T=T, lr=lr, **more)

        def value(t: int) -> float:
            try:
                return real_value(function, t)
            except NoValueError as error:
                raise FormulaError(f"at t = {t}: {error}", 0, len(self.text)) from None

        return value

    def evaluate(self, t: int, *, T: int, lr: float, **more: float) -> float:
        """Return the value at one `t`; for many, take `checked` once."""
        return self.checked(T=T, lr=lr, **more)(t)

    def array(
        self, t: npt.NDArray[np.generic], *, T: int, lr: float, **more: float
    ) -> npt.NDArray[np.float64]:
        """Return the values at all `t`, NaN where there is none; fast, and exact to rounding."""
        return evaluate_array(self._tree, t, _values(T, lr, more) | CONSTANTS)

    def python(self, *, T: int, lr: float | str | None = None, **more: float) -> str:
        """Return a Python expression in `t`, the other names replaced by their values.

        An `lr` that is text is the name of a variable, for code that knows the LR only when it
        runs.
        """
        if not isinstance(lr, str):
            return Writer(self._source, _values(T, lr, more)).text(self._tree)
        return Writer(self._source, {**_values(T, None, more), "lr": lr}).text(self._tree)


def parse_formula(text: str, *, names: Collection[str] = NAMES) -> Formula:
    """Read a formula.

    Args:
        text: such as `"0.5 * (1 + cos(pi * t / T))"`.
        names: the variables it may use; what is not in `NAMES` is given by keyword later on.

    Raises:
        FormulaError: saying what is wrong, where, and what is known instead.
    """
    tree, source = parse_tree(text, names)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return Formula(
        text=text,
        names=frozenset(used - CONSTANTS.keys() - FUNCTIONS.keys()),
        uses_math=not used.isdisjoint(CONSTANTS.keys() | MATH_FUNCTIONS),
        smooth=used.isdisjoint(_JUMPING) and not any(isinstance(n, _KINKS) for n in ast.walk(tree)),
        _tree=tree,
        _source=source,
    )


def _values(T: int, lr: float | None, more: dict[str, float]) -> dict[str, float]:
    """Plain Python numbers, so that NumPy's never leak into code or results."""
    values: dict[str, float] = {name: _plain(value) for name, value in more.items()}
    values["T"] = operator.index(T)
    if lr is not None:
        values["lr"] = float(lr)
    return values


def _plain(value: float) -> float:
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return float(value)
