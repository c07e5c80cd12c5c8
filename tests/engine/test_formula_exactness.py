"""The function the engine runs and the code people take away are the same numbers, bit for bit."""

from __future__ import annotations

import ast
import math
import struct

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lrdesigner.engine.formula import FUNCTIONS, FormulaError, parse_formula

numbers = st.one_of(
    st.integers(0, 12).map(str),
    st.floats(0, 10, allow_subnormal=False).map(repr),
    st.sampled_from(["0.95", "1e-3", ".5", "2.", "1E2", "1e18"]),
)
atoms = st.one_of(numbers, st.sampled_from(["t", "t", "T", "lr", "pi", "e"]))


def brackets(inner: str, *, around: bool) -> str:
    return f"({inner})" if around else inner


def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    part = st.builds(brackets, parts, around=st.booleans())
    binary = st.sampled_from(["+", "-", "*", "/", "//", "%", "**"])
    compare = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    calls = [
        st.tuples(*[parts] * (count or 2)).map(lambda args, n=name: f"{n}({', '.join(args)})")
        for name, count in FUNCTIONS.items()
    ]
    return st.one_of(
        st.tuples(part, binary, part).map(" ".join),
        st.tuples(part, binary, part).map(" ".join),
        st.tuples(part, compare, part, compare, part).map(" ".join),
        st.tuples(part, st.sampled_from(["and", "or"]), part).map(" ".join),
        st.tuples(st.sampled_from(["-", "+", "not "]), part).map("".join),
        st.tuples(part, st.just("if"), part, st.just("else"), part).map(" ".join),
        *calls,
    )


formulas = st.recursive(atoms, larger, max_leaves=12)
local_times = st.integers(0, 10_000)


def outcome(compute):
    """A value with its type and bits, or the exception's type."""
    try:
        value = compute()
    except (ArithmeticError, ValueError, TypeError) as error:
        return type(error)
    if isinstance(value, float):
        return float, struct.pack("d", value)
    return type(value), value


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(formulas, local_times, st.integers(1, 1000), st.floats(1e-6, 10))
@example("t ** t", 456, 1, 1.0)
def test_exported_code_equals_the_function_bit_for_bit(text, t, length, lr):
    try:
        formula = parse_formula(text)
    except FormulaError:
        return
    result = outcome(lambda: formula.function(T=length, lr=lr)(t))
    # The guard's own refusal is one of these, and plain Python might run for ever.
    if isinstance(result, type) and issubclass(result, OverflowError):
        return
    code = formula.python(T=length, lr=lr)
    plain = outcome(lambda: eval(code, {"math": math, "t": t}))
    assert plain == result or (result[0] is complex and repr(plain) == repr(result))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(formulas)
def test_python_code_keeps_the_structure(text):
    """Brackets are dropped only where Python's grammar restores the same tree."""
    try:
        formula = parse_formula(text)
    except FormulaError:
        return
    rewritten = ast.parse(formula.python(T=7, lr=0.3), mode="eval")
    assert ast.dump(rewritten) == ast.dump(ast.fix_missing_locations(Spelled().visit(tree(text))))


@settings(max_examples=400, deadline=None)
@given(st.text("tTlrpie0123456789.+-*/%()<>=! ,andorfxsqminclwh^_", max_size=30) | st.text())
def test_any_text_is_read_or_refused_with_a_position(text):
    try:
        formula = parse_formula(text)
    except FormulaError as caught:
        error = caught
    else:
        compile(formula.python(T=7, lr=0.3), "formula", "eval")
        return
    assert 0 <= error.position <= len(text)
    assert error.message


def tree(text: str) -> ast.Expression:
    return ast.parse(text.strip(), mode="eval")


class Spelled(ast.NodeTransformer):
    """What `python()` promises, said once more on Python's own tree."""

    def visit_Name(self, node):
        if node.id in ("pi", "e"):
            return ast.parse(f"math.{node.id}", mode="eval").body
        return ast.Constant({"T": 7, "lr": 0.3}[node.id]) if node.id in ("T", "lr") else node

    def visit_Call(self, node):
        name = node.func.id
        args = [self.visit(arg) for arg in node.args]
        if name == "where":
            return ast.IfExp(args[0], args[1], args[2])
        if name == "clip":
            inner = ast.Call(ast.Name("max", ast.Load()), args[:2], [])
            return ast.Call(ast.Name("min", ast.Load()), [inner, args[2]], [])
        prefix = "math." if hasattr(math, name) else ""
        return ast.Call(ast.parse(prefix + name, mode="eval").body, args, [])
