"""Formulas over whole arrays, for previews that follow the mouse and for many variants at once.

Everything is float64 here, NumPy's or torch's; a place where the exact function would raise
holds NaN.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from lrdesigner.engine._formula_whole import few_powers, whole_quotients, whole_remainders
from lrdesigner.engine.arrays import as_float, branch, namespace, waves

Array = npt.NDArray[np.float64]

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "remainder",
    ast.Pow: "power",
}
# Python's floats overflow to infinity in these; everywhere else it raises.
_MAY_BE_INFINITE = (ast.Add, ast.Sub, ast.Mult)
_COMPARISON: dict[type[ast.cmpop], str] = {
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
}
_QUICK: dict[str, Callable[..., Any]] = {
    "power": few_powers,
    "floor_divide": whole_quotients,
    "remainder": whole_remainders,
}
_REDUCTION = {"min": "minimum", "max": "maximum"}


def evaluate_array(
    tree: ast.expr, t: npt.NDArray[np.generic], values: Mapping[str, float]
) -> Array:
    """Return the formula's value at each `t`, NaN where it has none; never warns."""
    variables = {name: np.asarray(value, np.float64) for name, value in values.items()}
    result = evaluate_columns(tree, as_float(t), variables)
    return np.broadcast_to(result, t.shape).copy()


def evaluate_columns(tree: ast.expr, t: Any, variables: Mapping[str, Any]) -> Any:
    """Return the formula's values for variables that may be columns, one row a variant.

    Args:
        tree: The formula.
        t: float64, one row of times or one row for each variant.
        variables: Its other names: float64 arrays that broadcast with `t`.

    Returns:
        Values in the smallest shape that holds them; NaN where there are none.
    """
    with np.errstate(all="ignore"):
        evaluation = _Evaluation(t, variables)
        return evaluation.finite(evaluation.value(tree))


class _Evaluation:
    """One walk over a tree."""

    def __init__(self, t: Any, variables: Mapping[str, Any]) -> None:
        self._t = t
        self._variables = variables
        self._xp = namespace(t)

    def value(self, node: ast.expr) -> Any:
        """The value of a node."""
        xp = self._xp
        match node:
            case ast.Constant(value=number):
                return xp.asarray(number, np.float64)
            case ast.Name(id=name):
                return self._t if name == "t" else self._variables[name]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._choose(self.value(operand), xp.zeros(()), xp.ones(()))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._apply("negative", self.value(operand))
            case ast.UnaryOp(operand=operand):
                return self.value(operand)
            case ast.BinOp(left=left, op=op, right=right):
                result = self._apply(_BINARY[type(op)], self.value(left), self.value(right))
                return result if isinstance(op, _MAY_BE_INFINITE) else self.finite(result)
            case ast.BoolOp(op=op, values=parts):
                join = self._and if isinstance(op, ast.And) else self._or
                return reduce(join, map(self.value, parts))
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [self.value(left), *map(self.value, others)]
                return reduce(self._and, map(self._compare, ops, sides, sides[1:]))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._branch(test, body, orelse)
            case ast.Call(func=ast.Name(id="where"), args=[test, body, orelse]):
                return self._branch(test, body, orelse)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(name, [self.value(arg) for arg in args])
        raise AssertionError(f"unchecked node {node!r}")

    def finite(self, values: Any) -> Any:
        """The values, with NaN in place of infinities."""
        xp = self._xp
        # One fast pass tells that there is nothing to do; a device would have to be waited for.
        if xp is np and np.isfinite(values.sum()):
            return values
        return xp.where(xp.isfinite(values), values, np.nan)

    def _call(self, name: str, args: list[Any]) -> Any:
        xp = self._xp
        if name == "clip":
            x, low, high = args
            return xp.minimum(xp.maximum(x, low), high)
        if name in _REDUCTION:
            return reduce(partial(self._apply, _REDUCTION[name]), args)
        if name == "cos" and np.ndim(args[0]) > 1:
            return self.finite(waves(args[0]))
        return self.finite(self._apply(name, args[0]))

    def _apply(self, name: str, *values: Any) -> Any:
        """A function of the library, written over an array that nobody needs any more.

        New memory for every intermediate result costs more than the arithmetic.
        """
        function = getattr(self._xp, name)
        if self._xp is np:
            quick = _QUICK.get(name)
            if quick is not None and (found := quick(*values)) is not None:
                return found
            shape = np.broadcast_shapes(*(value.shape for value in values))
            for value in values:
                if self._spare(value, shape):
                    return function(*values, out=value)
        return function(*values)

    def _spare(self, values: Any, shape: tuple[int, ...]) -> bool:
        """Whether these are an intermediate result, in the shape that the next one has."""
        return (
            isinstance(values, np.ndarray)
            and values.shape == shape != ()
            and values.dtype == np.float64
            and values.flags.owndata
            and values is not self._t
            and not any(values is each for each in self._variables.values())
        )

    def _branch(self, test: ast.expr, body: ast.expr, orelse: ast.expr) -> Any:
        """Each branch at the times that take it."""
        plain = self._plain_comparison(test)
        if plain is not None:
            return branch(plain, self._t, self._at(body), self._at(orelse))
        condition = self.value(test)
        if self._xp is not np or np.isnan(condition.sum()):
            return self._choose(condition, self.value(body), self.value(orelse))
        return branch(np.not_equal(condition, 0), self._t, self._at(body), self._at(orelse))

    def _plain_comparison(self, test: ast.expr) -> Any:
        """Truth values of a comparison of two numbers that are numbers everywhere, else None."""
        if self._xp is not np or not isinstance(test, ast.Compare) or len(test.ops) > 1:
            return None
        left, right = self.value(test.left), self.value(test.comparators[0])
        if np.isnan(left.sum()) or np.isnan(right.sum()):
            return None
        return getattr(np, _COMPARISON[type(test.ops[0])])(left, right)

    def _at(self, node: ast.expr) -> Callable[[Any], Any]:
        """A node's values as a function of times."""

        def values(times: Any) -> Any:
            if times is self._t:
                return self.value(node)
            return _Evaluation(times, self._variables).value(node)

        return values

    def _choose(self, condition: Any, yes: Any, no: Any) -> Any:
        xp = self._xp
        chosen = xp.where(condition != 0, yes, no)
        if xp is np and not np.isnan(condition.sum()):
            return chosen
        return xp.where(xp.isnan(condition), np.nan, chosen)

    def _and(self, left: Any, right: Any) -> Any:
        return self._choose(left, right, left)

    def _or(self, left: Any, right: Any) -> Any:
        return self._choose(left, left, right)

    def _compare(self, op: ast.cmpop, left: Any, right: Any) -> Any:
        xp = self._xp
        found = as_float(getattr(xp, _COMPARISON[type(op)])(left, right))
        if xp is np and not (np.isnan(left.sum()) or np.isnan(right.sum())):
            return found
        return xp.where(xp.isnan(left) | xp.isnan(right), np.nan, found)
