"""The formula language: `"0.95 ** t"` as data, a function, an array and Python code.

A formula knows the local time `t`, the phase's length `T`, the group's base LR `lr`, `pi` and `e`,
a dozen functions, arithmetic, comparison, `and or not` and `a if c else b`. It can reach nothing
else, so loading one runs nothing.

    >>> decay = parse_formula("exp(-t / (3 * T))")
    >>> decay.python(T=300)
    'math.exp(-t / (3 * 300))'
    >>> decay.evaluate(0, T=300, lr=0.1)
    1.0

It may use constants of its own, which code shows by their names:

    >>> mine = parse_formula("lr * exp(-k * t / T)", names=(*NAMES, "k")).with_constants({"k": 3})
    >>> mine.relative().lambda_text(T=300, lr=0.1)
    'lambda t, k=3.0: math.exp(-k * t / 300)'
"""
# ruff: noqa: N803 - T is the name people write in formulas

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from lrdesigner.engine._formula_array import evaluate_array, evaluate_columns
from lrdesigner.engine._formula_landmarks import below, large_tree_landmarks, tree_landmarks
from lrdesigner.engine._formula_parse import (
    FUNCTIONS,
    MAX_GENERATED,
    MAX_LENGTH,
    FormulaError,
    parse_tree,
)
from lrdesigner.engine._formula_period import tree_period, tree_wave
from lrdesigner.engine._formula_relative import relative_tree
from lrdesigner.engine._formula_write import (
    CONSTANTS,
    MATH_FUNCTIONS,
    NoValueError,
    Writer,
    compile_scalar,
    real_value,
)
from lrdesigner.engine.arrays import as_float
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.i18n import tr

__all__ = [
    "FUNCTIONS",
    "MAX_GENERATED",
    "MAX_LENGTH",
    "NAMES",
    "Formula",
    "FormulaError",
    "generated_formula",
    "parse_formula",
]

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
        constants: names with their values that it brings along, in their order.
    """

    text: str
    names: frozenset[str]
    uses_math: bool
    smooth: bool
    _tree: ast.expr = field(repr=False, compare=False)
    _source: str = field(repr=False, compare=False)
    constants: tuple[tuple[str, float], ...] = ()

    @property
    def tree(self) -> ast.expr:
        """The checked syntax tree."""
        return self._tree

    def with_constants(self, values: Mapping[str, float]) -> Formula:
        """The formula with those of these values that it uses."""
        used = tuple((name, float(value)) for name, value in values.items() if name in self.names)
        return replace(self, constants=used)

    def relative(self) -> Formula:
        """The formula as a factor on `lr`: divided by it, or without it where it is a factor."""
        tree, source = relative_tree(self._tree, self._source)
        formula = _formula(f"({self.text}) / lr", tree, source)
        return replace(formula, constants=self.constants)

    def function(self, *, T: int, lr: float, **more: float) -> Callable[[int], float]:
        """Return the formula as a function of `t`, bit for bit what `python()` computes.

        Python's own exceptions come through, and so does a complex result; `checked` refuses both.
        An integer beyond 4096 bits raises `OverflowError`.
        """
        return compile_scalar(self._tree, self._source, self._values(T, lr, more))

    def checked(self, *, T: int, lr: float, **more: float) -> Callable[[int], float]:
        """Like `function`, but anything else than a finite real number raises `FormulaError`."""
        function = self.function(T=T, lr=lr, **more)

        def value(t: int) -> float:
            try:
                return real_value(function, t)
            except NoValueError as error:
                raise FormulaError(f"{tr('at t = {t}', t=t)}: {error}", 0, len(self.text)) from None

        return value

    def evaluate(self, t: int, *, T: int, lr: float, **more: float) -> float:
        """Return the value at one `t`; for many, take `checked` once."""
        return self.checked(T=T, lr=lr, **more)(t)

    def array(
        self, t: npt.NDArray[np.generic], *, T: int, lr: float, **more: float
    ) -> npt.NDArray[np.float64]:
        """Return the values at all `t`, NaN where there is none; fast, and exact to rounding."""
        return evaluate_array(self._tree, t, self._values(T, lr, more) | CONSTANTS)

    def wave(self, *, T: int, lr: float) -> float | None:
        """Return the period of a formula of sines and cosines, at any times; None of others."""
        values = self._values(T, lr, {}) | CONSTANTS
        return tree_wave(self._tree, values) if self.smooth else None

    def columns(
        self, t: npt.NDArray[np.generic], *, T: int, lr: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Like `array`, for a column of base LRs; a single row where it knows no `lr`."""
        values = {name: np.asarray(v, np.float64) for name, v in self._values(T, None, {}).items()}
        found: npt.NDArray[np.float64] = evaluate_columns(
            self._tree,
            as_float(t),
            {**values, **{n: np.asarray(v) for n, v in CONSTANTS.items()}, "lr": lr},
        )
        return found

    def landmarks(self, *, T: int, lr: float, ticks: int) -> Landmarks:
        """Return where it jumps, bends and turns between `t` = 0 and `ticks`."""
        values = self._values(T, lr, {}) | CONSTANTS
        used = sorted((self.names | CONSTANTS.keys()) - {"t"})
        find = tree_landmarks if len(self.text) <= MAX_LENGTH else large_tree_landmarks
        return find(self._tree, tuple((name, values[name]) for name in used), ticks)

    def passing(self, level: float, *, T: int, lr: float, ticks: int) -> Landmarks:
        """Return the landmarks of its being below a number: where it passes that, and jumps."""
        values = self._values(T, lr, {}) | CONSTANTS
        used = sorted((self.names | CONSTANTS.keys()) - {"t"})
        tree = below(self._tree, level)
        return tree_landmarks(tree, tuple((name, values[name]) for name in used), ticks)

    def period(self, *, T: int, lr: float, longest: int) -> int | None:
        """Return after how many ticks its values come again; None if they never do, or later."""
        return tree_period(self._tree, self._values(T, lr, {}) | CONSTANTS, longest)

    def python(self, *, T: int, lr: float | str | None = None, **more: float) -> str:
        """Return a Python expression in `t`, the other names replaced by their values.

        The formula's own constants keep their names. An `lr` that is text is the name of a
        variable, for code that knows the LR only when it runs.
        """
        values: dict[str, float | str] = {**_values(T, None if isinstance(lr, str) else lr, more)}
        if isinstance(lr, str):
            values["lr"] = lr
        values.update((name, name) for name, _ in self.constants)
        return Writer(self._source, values).text(self._tree)

    def lambda_text(
        self, *, T: int, lr: float | str | None = None, given: tuple[str, ...] = ()
    ) -> str:
        """Return `python()` as a lambda, whose defaults are its constants.

        Args:
            T: the phase's length.
            lr: the LR, or the name of a variable for it.
            given: further parameters, such as `"lr=lrs[0]"`.
        """
        own = (f"{name}={value!r}" for name, value in self.constants)
        return f"lambda {', '.join(('t', *given, *own))}: {self.python(T=T, lr=lr)}"

    def _values(self, T: int, lr: float | None, more: dict[str, float]) -> dict[str, float]:
        return {**_values(T, lr, more), **dict(self.constants)}


def parse_formula(
    text: str,
    *,
    names: Collection[str] = NAMES,
    also: Collection[str] | None = None,
    most: int = MAX_LENGTH,
) -> Formula:
    """Read a formula.

    Args:
        text: such as `"0.5 * (1 + cos(pi * t / T))"`.
        names: the variables it may use; what is not in `NAMES` is given by keyword later on.
        also: further ones that messages do not list; None where it cannot have constants of its
            own, so that none are offered.
        most: how many characters it may have; people's own are short.

    Raises:
        FormulaError: saying what is wrong, where, and what is known instead.
    """
    return _formula(text, *parse_tree(text, names, also, most))


def generated_formula(text: str, most: int = MAX_GENERATED) -> Formula:
    """Read a formula that the program has written itself, which may be long.

    A table of a thousand points makes a hundred thousand characters. The last ones are kept: a
    window asks for the same ones again and again. A long one takes megabytes, so few of them are.

    Args:
        text: The formula.
        most: How many characters it may have.

    Raises:
        FormulaError: Like `parse_formula`.
    """
    return (_short if len(text) <= MAX_LENGTH else _long)(text, most)


def _read(text: str, most: int) -> Formula:
    return _formula(text, *parse_tree(text, NAMES, most=most))


_short, _long = lru_cache(maxsize=512)(_read), lru_cache(maxsize=8)(_read)


def _formula(text: str, tree: ast.expr, source: str) -> Formula:
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
