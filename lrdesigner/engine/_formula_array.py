"""Formulas over whole arrays, for previews that follow the mouse.

Everything is a float64 array here; a place where the exact function would raise holds NaN.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_BINARY: dict[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.remainder,
    ast.Pow: np.power,
}
# Python's floats overflow to infinity in these; everywhere else it raises.
_MAY_BE_INFINITE = (ast.Add, ast.Sub, ast.Mult)
_COMPARISON: dict[type[ast.cmpop], Callable[[Array, Array], npt.NDArray[np.bool_]]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}
_UNARY_FUNCTION: dict[str, Callable[[Array], Array]] = {
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "log2": np.log2,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "floor": np.floor,
    "ceil": np.ceil,
    "abs": np.abs,
}
_REDUCTION: dict[str, Callable[[Array, Array], Array]] = {"min": np.minimum, "max": np.maximum}


def evaluate_array(
    tree: ast.expr, t: npt.NDArray[np.generic], values: Mapping[str, float]
) -> Array:
    """Return the formula's value at each `t`, NaN where it has none; never warns."""
    variables = {name: np.asarray(value, np.float64) for name, value in values.items()}
    variables["t"] = t.astype(np.float64)
    with np.errstate(all="ignore"):
        result = _finite(_evaluate(tree, variables))
    return np.broadcast_to(result, t.shape).copy()


def _evaluate(node: ast.expr, variables: Mapping[str, Array]) -> Array:
    def value(part: ast.expr) -> Array:
        return _evaluate(part, variables)

    match node:
        case ast.Constant(value=number):
            return np.asarray(number, np.float64)
        case ast.Name(id=name):
            return variables[name]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _choose(value(operand), np.zeros(()), np.ones(()))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return np.negative(value(operand))
        case ast.UnaryOp(operand=operand):
            return value(operand)
        case ast.BinOp(left=left, op=op, right=right):
            result = _BINARY[type(op)](value(left), value(right))
            return result if isinstance(op, _MAY_BE_INFINITE) else _finite(result)
        case ast.BoolOp(op=op, values=parts):
            return reduce(_and if isinstance(op, ast.And) else _or, map(value, parts))
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [value(left), *map(value, others)]
            return reduce(_and, map(_compare, ops, sides, sides[1:]))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _choose(value(test), value(body), value(orelse))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _call(name, [value(arg) for arg in args])
    raise AssertionError(f"unchecked node {node!r}")


def _call(name: str, args: list[Array]) -> Array:
    if name == "where":
        return _choose(*args)
    if name == "clip":
        x, low, high = args
        return np.minimum(np.maximum(x, low), high)
    if name in _REDUCTION:
        return reduce(_REDUCTION[name], args)
    return _finite(_UNARY_FUNCTION[name](args[0]))


def _finite(values: Array) -> Array:
    return np.where(np.isfinite(values), values, np.nan)


def _choose(condition: Array, yes: Array, no: Array) -> Array:
    return np.where(np.isnan(condition), np.nan, np.where(condition != 0, yes, no))


def _and(left: Array, right: Array) -> Array:
    return _choose(left, right, left)


def _or(left: Array, right: Array) -> Array:
    return _choose(left, left, right)


def _compare(op: ast.cmpop, left: Array, right: Array) -> Array:
    undefined = np.isnan(left) | np.isnan(right)
    return np.where(undefined, np.nan, _COMPARISON[type(op)](left, right))
