"""Whether a formula comes again and again: it has time in rhythms only, as in ``t % 100 == 0``."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping

from lrdesigner.engine._formula_lines import Line, computed

_EXACT = 1e-12


def tree_period(tree: ast.expr, values: Mapping[str, float], longest: int) -> int | None:
    """Ticks after which a formula has the same values again; None if it has not.

    Args:
        tree: The formula.
        values: Its names but for t, with their values.
        longest: What counts as never.
    """
    if isinstance(tree, ast.Name):
        return None if tree.id == "t" else 1
    found = 1
    for part in ast.iter_child_nodes(tree):
        if not isinstance(part, ast.expr):
            continue
        each = tree_period(part, values, longest)
        if each is None or math.lcm(found, each) > longest:
            return _rhythm(tree, values, longest)
        found = math.lcm(found, each)
    return found


def tree_wave(tree: ast.expr, values: Mapping[str, float]) -> float | None:
    """The period of a formula that has time only in sines and cosines of straight lines.

    It need not be a whole number; where several such waves are, all of them fit into it.
    """
    found = list(_frequencies(tree, values))
    slowest = min((each for each in found if each), default=None)
    if slowest is None or None in found:
        return None
    ratios = [each / slowest for each in found if each is not None]
    if any(abs(ratio - round(ratio)) > _EXACT * ratio for ratio in ratios):
        return None
    return 2 * math.pi / slowest


def _frequencies(node: ast.expr, values: Mapping[str, float]) -> Iterator[float | None]:
    """Radians a tick of every wave; None for time that stands elsewhere."""
    match node:
        case ast.Name(id="t"):
            yield None
        case ast.Call(func=ast.Name(id="sin" | "cos"), args=[arg]) if line := _line(arg, values):
            yield abs(line.slope)
        case _:
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    yield from _frequencies(part, values)


def _rhythm(node: ast.expr, values: Mapping[str, float], longest: int) -> int | None:
    """The period of a part that makes a rhythm of a straight line in time."""
    match node:
        case ast.BinOp(left=left, op=ast.Mod(), right=right):
            line, length = _line(left, values), _line(right, values)
            if line and length and not length.slope:
                return _whole(line.slope, length.offset, longest)
        case ast.Call(func=ast.Name(id="sin" | "cos"), args=[arg]):
            line = _line(arg, values)
            if line:
                return _whole(line.slope, 2 * math.pi, longest)
    return None


def _whole(slope: float, length: float, longest: int) -> int | None:
    ticks = abs(length / slope) if slope else math.inf
    near = round(ticks) if ticks <= longest else 0
    return near if near and abs(ticks - near) <= _EXACT * near else None


def _line(node: ast.expr, values: Mapping[str, float]) -> Line | None:
    """A part as a straight line in time; None if it is none."""
    found: object = None
    match node:
        case ast.Constant(value=number):
            found = Line(0.0, float(number))  # type: ignore[arg-type]
        case ast.Name(id=name):
            found = Line(1.0, 0.0) if name == "t" else Line(0.0, values[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            line = _line(operand, values)
            found = line and line.scaled(-1.0)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _line(left, values), _line(right, values)
            found = computed(a, op, b) if a and b else None
    return found if isinstance(found, Line) else None
