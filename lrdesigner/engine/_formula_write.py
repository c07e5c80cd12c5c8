"""Writing formulas: from a checked syntax tree to Python, and from there to a function.

What the engine runs and what is exported is the same text, so the two agree bit for bit. The one
difference is a guard on integers: the engine refuses to compute an integer of more than
`INTEGER_BITS` bits, where plain Python would try until the memory is full.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from lrdesigner.i18n import tr

CONSTANTS = {"pi": math.pi, "e": math.e}
MATH_FUNCTIONS = frozenset(("sqrt", "exp", "log", "log2", "sin", "cos", "tanh", "floor", "ceil"))
INTEGER_BITS = 4096
_NAME_BITS = 64  # local times and phase lengths are counted in machine integers
_FLOAT_BITS = 1024  # the largest float, as floor() and ceil() may return it

# How tightly Python binds, from `a if c else b` to a name.
_CHOICE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(10)

_BINARY: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", _SUM),
    ast.Sub: ("-", _SUM),
    ast.Mult: ("*", _PRODUCT),
    ast.Div: ("/", _PRODUCT),
    ast.FloorDiv: ("//", _PRODUCT),
    ast.Mod: ("%", _PRODUCT),
    ast.Pow: ("**", _POWER),
}
_UNARY: dict[type[ast.unaryop], tuple[str, int]] = {
    ast.UAdd: ("+", _SIGN),
    ast.USub: ("-", _SIGN),
    ast.Not: ("not ", _NOT),
}
_COMPARISON: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
OPERATORS = frozenset((*_BINARY, *_UNARY, *_COMPARISON, ast.And, ast.Or))
_GUARDS = {"**": "guarded_power", "*": "guarded_product"}
_SIMPLE_OPERAND = re.compile(r"[-+]*(?:[A-Za-z_][\w.]*|[\d.]+(?:e-?\d+)?)")


class WholeNumberLimitError(OverflowError):
    """A whole number has more bits than the engine computes; Python itself would go on."""

    def __str__(self) -> str:
        return tr(
            "a whole number would have more than {bits:,} bits, and this program does not compute "
            "such numbers",
            bits=INTEGER_BITS,
        )


class NoValueError(ValueError):
    """A formula has no real, finite value; the text says why."""


def real_value(function: Callable[[int], Any], t: int) -> float:
    """Return `function(t)` as a finite float, or raise `NoValueError` saying why there is none."""
    try:
        value = float(function(t))
    except ZeroDivisionError:
        raise NoValueError(tr("division by zero")) from None
    except WholeNumberLimitError as error:
        raise NoValueError(str(error)) from None
    except OverflowError:
        raise NoValueError(tr("the number is too large")) from None
    except ValueError:
        raise NoValueError(
            tr("a function is used outside its domain (as in the logarithm of a negative number)")
        ) from None
    except TypeError:  # complex numbers neither compare nor convert
        raise NoValueError(tr("the result is not a real number")) from None
    if not math.isfinite(value):
        raise NoValueError(
            tr("the result is not a number") if value != value else tr("the result is infinite")
        )
    return value


def compile_scalar(
    tree: ast.expr, source: str, values: Mapping[str, float]
) -> Callable[[int], float]:
    """Compile a checked tree to a function of `t`, guarded against exploding integers."""
    code = f"lambda t: {Writer(source, values, guarded=True).text(tree)}"
    # Every token of `code` comes from the tables above or is a number: nothing else is in reach.
    function: Callable[[int], float] = eval(code, dict(_GLOBALS))
    return function


class Writer:
    """Writes a checked tree as a Python expression in `t`, with no more parentheses than needed.

    Args:
        source: the text that the tree's positions refer to; numbers keep its spelling.
        values: what to write for the names other than `t`, `pi` and `e`: a number, or a variable.
        guarded: whether to guard the integer operations that might explode.
    """

    def __init__(
        self, source: str, values: Mapping[str, float | str], *, guarded: bool = False
    ) -> None:
        self._source = source
        self._values = values
        self._guarded = guarded

    def text(self, node: ast.expr, level: int = _CHOICE) -> str:
        """Return the expression, in parentheses if it binds less tightly than `level`."""
        text, own_level = self._write(node)
        return text if own_level >= level else f"({text})"

    def _write(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Constant():
                return _tidy_number(self._source[node.col_offset : node.end_col_offset]), _ATOM
            case ast.Name(id=name):
                return self._name(name)
            case ast.UnaryOp(op=op, operand=operand):
                sign, level = _UNARY[type(op)]
                text = self.text(operand, level)
                if level == _SIGN and _is_power(operand):
                    text = f"({text})"  # formatters add these: -t**2 is easily misread
                return sign + text, level
            case ast.BinOp():
                return self._binary(node)
            case ast.BoolOp(op=op, values=values):
                word, level = (" or ", _OR) if isinstance(op, ast.Or) else (" and ", _AND)
                return word.join(self.text(value, level + 1) for value in values), level
            case ast.Compare(left=left, ops=ops, comparators=others):
                text = self.text(left, _SUM)
                for op_, other in zip(ops, others, strict=True):
                    text += f" {_COMPARISON[type(op_)]} {self.text(other, _SUM)}"
                return text, _COMPARE
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._choice(test, body, orelse)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(name, args)
        raise AssertionError(f"unchecked node {node!r}")

    def _name(self, name: str) -> tuple[str, int]:
        if name == "t":
            return name, _ATOM
        if name in CONSTANTS:
            return f"math.{name}", _ATOM
        if name not in self._values:
            raise ValueError(
                tr("the formula uses {name}, and no value was given for it", name=name)
            )
        value = self._values[name]
        if isinstance(value, str):
            return value, _ATOM
        if not math.isfinite(value):
            raise ValueError(
                tr("{name} is {value}; a formula needs a finite number", name=name, value=value)
            )
        text = repr(value)
        return text, _SIGN if text.startswith("-") else _ATOM

    def _binary(self, node: ast.BinOp) -> tuple[str, int]:
        sign, level = _BINARY[type(node.op)]
        if self._guarded and sign in _GUARDS and _bits(node) > INTEGER_BITS:
            return f"{_GUARDS[sign]}({self.text(node.left)}, {self.text(node.right)})", _ATOM
        if sign == "**":
            left, right = self.text(node.left, _ATOM), self.text(node.right, _SIGN)
            # Formatters close up powers of plain names and numbers; exported code is formatted.
            neighbours = left, right.partition("**")[0].rstrip()
            if all(map(_SIMPLE_OPERAND.fullmatch, neighbours)):
                return f"{left}**{right}", level
        else:
            left, right = self.text(node.left, level), self.text(node.right, level + 1)
        return f"{left} {sign} {right}", level

    def _choice(self, test: ast.expr, body: ast.expr, orelse: ast.expr) -> tuple[str, int]:
        yes, condition = self.text(body, _OR), self.text(test, _OR)
        return f"{yes} if {condition} else {self.text(orelse)}", _CHOICE

    def _call(self, name: str, args: list[ast.expr]) -> tuple[str, int]:
        if name == "where":
            return self._choice(*args)
        texts = [self.text(arg) for arg in args]
        if name == "clip":
            return "min(max({}, {}), {})".format(*texts), _ATOM
        prefix = "math." if name in MATH_FUNCTIONS else ""
        return f"{prefix}{name}({', '.join(texts)})", _ATOM


def _is_power(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)


def _tidy_number(spelling: str) -> str:
    """Write a number as formatters do: 0.5 for .5, 1.0 for 1., 1e5 for 1E+5."""
    mantissa, e, exponent = spelling.lower().partition("e")
    if mantissa.startswith("."):
        mantissa = "0" + mantissa
    if mantissa.endswith("."):
        mantissa += "0"
    return mantissa + e + exponent.removeprefix("+")


def _bits(node: ast.expr) -> int:
    """Bound the size of an integer result; 0 where the result is never an integer.

    More than `INTEGER_BITS` only for a power or product that needs the guard: elsewhere the guards
    below have already done their work, and sums grow by one bit for each level of nesting.
    """
    match node:
        case ast.Constant(value=value):
            return max(value.bit_length(), 1) if isinstance(value, int) else 0
        case ast.Name(id=name):
            return 0 if name in CONSTANTS or name == "lr" else _NAME_BITS
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return 1
        case ast.UnaryOp(operand=operand):
            return _bounded(operand)
        case ast.BoolOp(values=values):
            return max(map(_bounded, values))
        case ast.IfExp(body=body, orelse=orelse):
            return max(_bounded(body), _bounded(orelse))
        case ast.Call(func=ast.Name(id="floor" | "ceil"), args=[arg]):
            return max(_bounded(arg), _FLOAT_BITS)
        case ast.Call(func=ast.Name(id="abs" | "min" | "max" | "clip" | "where"), args=args):
            return max(map(_bounded, args))
        case ast.BinOp(left=left, op=op, right=right):
            return _binary_bits(_bounded(left), op, _bounded(right), right)
    return 0


def _bounded(node: ast.expr) -> int:
    bits = _bits(node)
    guarded = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Pow)
    return min(bits, INTEGER_BITS) if guarded else bits


def _binary_bits(left: int, op: ast.operator, right: int, exponent: ast.expr) -> int:
    if left == 0 or right == 0:  # one float makes a float
        return 0
    match op, exponent:
        case ((ast.Add() | ast.Sub()), _):
            return max(left, right) + 1
        case ast.Mult(), _:
            return left + right
        case ast.Pow(), ast.Constant(value=int(power)):
            return left * max(power, 1)
        case ast.Pow(), _:
            return INTEGER_BITS + 1
        case ((ast.FloorDiv() | ast.Mod()), _):
            return max(left, right)
    return 0


def _guarded_power(base: Any, exponent: Any) -> Any:
    if isinstance(base, int) and isinstance(exponent, int):
        _refuse_beyond(base.bit_length() * exponent if abs(base) > 1 else 0)
    return base**exponent


def _guarded_product(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        _refuse_beyond(left.bit_length() + right.bit_length())
    return left * right


def _refuse_beyond(bits: int) -> None:
    if bits > INTEGER_BITS:
        raise WholeNumberLimitError


_GLOBALS: dict[str, Any] = {
    "__builtins__": {},
    "math": math,
    "abs": abs,
    "min": min,
    "max": max,
    "guarded_power": _guarded_power,
    "guarded_product": _guarded_product,
}
