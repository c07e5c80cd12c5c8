"""What a parsed formula may hold, node by node."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable

from lrdesigner.engine._formula_error import MAX_DEPTH, FormulaError, quote, too_deep
from lrdesigner.engine._formula_write import (
    CONSTANTS,
    OPERATORS,
    NoValueError,
    compile_scalar,
    real_value,
)
from lrdesigner.i18n import tr, trn

# Number of arguments; None is two or more.
FUNCTIONS: dict[str, int | None] = {
    "sqrt": 1, "exp": 1, "log": 1, "log2": 1, "sin": 1, "cos": 1, "tanh": 1, "floor": 1, "ceil": 1,
    "abs": 1, "min": None, "max": None, "clip": 3, "where": 3,
}  # fmt: skip
_PLAIN: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_BRANCHES = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call)


def _plainly_finite(node: ast.expr) -> bool:
    """Whether it is a sum, difference or product of two numbers that is a number.

    A table makes thousands of these; to compile each of them takes longer than all the rest.
    """
    match node:
        case ast.BinOp(left=ast.Constant(value=left), op=op, right=ast.Constant(value=right)):
            compute = _PLAIN.get(type(op))
            assert isinstance(left, (int, float))
            assert isinstance(right, (int, float))
            return compute is not None and math.isfinite(compute(left, right))
    return False


class Checker:
    """Refuses every node that is no part of a formula, and constants that have no value."""

    def __init__(self, source: str, shift: int) -> None:
        self._source = source
        self._shift = shift

    def check(self, node: ast.expr, depth: int) -> bool:
        """Check a node with all below it; return whether its value is constant."""
        if depth > MAX_DEPTH:
            raise too_deep(node.col_offset + self._shift, self._length(node))
        if isinstance(node, ast.Name):
            return node.id in CONSTANTS
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return True
        if isinstance(node, ast.Tuple):
            nothing = tr("there is nothing between the brackets")
            comma = tr("a comma stands only between a function's arguments")
            raise self._error(node, comma if node.elts else nothing)
        if not isinstance(node, _BRANCHES):
            raise self._error(node, tr("this is no part of a formula"))
        if isinstance(node, ast.Call):
            self._check_call(node)
        constants = [self.check(part, depth + 1) for part in self._parts(node)]
        if not all(constants):
            return False
        self._check_constant(node)
        return True

    def _parts(self, node: ast.expr) -> list[ast.expr]:
        parts: list[ast.expr] = []
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                parts.append(child)
            elif type(child) not in OPERATORS:
                raise self._error(node, tr("this is no part of a formula"))
        return parts[1:] if isinstance(node, ast.Call) else parts

    def _check_call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name not in FUNCTIONS or node.keywords:
            raise self._error(node, tr("this is no part of a formula"))
        expected, given = FUNCTIONS[name], len(node.args)
        if expected is None and given < 2:
            raise self._error(
                node, tr("{name} takes two arguments or more, not {given}", name=name, given=given)
            )
        if expected is not None and given != expected:
            raise self._error(
                node,
                trn(
                    "{name} takes {count} argument, not {given}",
                    "{name} takes {count} arguments, not {given}",
                    expected,
                    name=name,
                    given=given,
                ),
            )

    def _check_constant(self, node: ast.expr) -> None:
        if _plainly_finite(node):
            return
        try:
            real_value(compile_scalar(node, self._source, {}), 0)
        except NoValueError as error:
            part = self._source[node.col_offset : node.end_col_offset]
            raise self._error(
                node, tr("{part} has no value: {error}", part=quote(part), error=error)
            ) from None

    def _error(self, node: ast.expr, message: str) -> FormulaError:
        return FormulaError(message, node.col_offset + self._shift, self._length(node))

    def _length(self, node: ast.expr) -> int:
        return (node.end_col_offset or node.col_offset) - node.col_offset
