"""The formula language: what it reads, what it refuses, and that one text means one thing."""

from __future__ import annotations

import ast
import copy
import math
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest

from lrdesigner.engine._formula_check import Checker
from lrdesigner.engine.formula import FUNCTIONS, NAMES, Formula, FormulaError, parse_formula
from lrdesigner.engine.formula_names import possible_constants


def scalar(text: str):
    return parse_formula(text).function(T=10, lr=0.1)(3)


def refusal(text: str, **options) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, **options)
    assert str(caught.value) == caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.95 ** t", 0.95**3),
        (" exp(-t / 900)\t", math.exp(-3 / 900)),
        ("0.5 * (1 + cos(pi * t / T))", 0.5 * (1 + math.cos(math.pi * 3 / 10))),
        ("1 - 0.1 * t if t <= 20 else 10", 1 - 0.1 * 3),
        ("lr / (1 + t)", 0.1 / 4),
        ("t // 2 + t % 2", 2),
        ("-t ** 2", -9),
        ("(-t) ** 2", 9),
        ("2 ** -1", 0.5),
        ("2 ** 3 ** 2", 512),
        ("t - (T - 1)", -6),
        ("t - T - 1", -8),
        ("1 < t < T", True),
        ("1 < t > 5", False),
        ("not t == 3 or t > 2 and T", 10),
        ("clip(t, 5, 8)", 5),
        ("clip(20, 5, 8)", 8),
        ("where(t >= 3, 1, 2)", 1),
        ("min(t, T, 2)", 2),
        ("max(t, T)", 10),
        ("abs(2 - t)", 1),
        ("floor(t / 2) + ceil(t / 2)", 3),
        ("log2(8) + log(e) + sqrt(4) + tanh(0) + sin(0)", 6.0),
        (".5 + 1. + 1E+3", 1001.5),
        ("min(t, T,)", 3),
        ("+t", 3),
    ],
)
def test_value(text, expected):
    value = scalar(text)
    assert value == expected
    assert type(value) is type(expected)
    array = parse_formula(text).array(np.array([3]), T=10, lr=0.1)
    assert array[0] == pytest.approx(float(expected), rel=1e-12)


def test_every_function_works_in_all_three_forms():
    for name, count in FUNCTIONS.items():
        formula = parse_formula(f"{name}({', '.join(['t / 7'] * (count or 3))})")
        expected = formula.function(T=10, lr=0.1)(5)
        assert eval(formula.python(T=10), {"math": math, "t": 5}) == expected
        assert formula.array(np.array([5]), T=10, lr=0.1)[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0.95 ** t", "0.95**t"),
        ("exp(-t/900)", "math.exp(-t / 900)"),
        ("exp(t) ** (t + 1)", "math.exp(t) ** (t + 1)"),
        ("1e-3 * t", "1e-3 * t"),
        ("0.10 + T", "0.10 + 20"),
        ("((t)) + (2 * T)", "t + 2 * 20"),
        ("(t-1)*2", "(t - 1) * 2"),
        ("t - (1 - t)", "t - (1 - t)"),
        ("(t - 1) - t", "t - 1 - t"),
        ("(t ** 2) ** 3", "(t**2) ** 3"),
        ("t ** (2 ** 3)", "t**2**3"),
        ("(-t) ** 2", "(-t) ** 2"),
        ("-t ** 2", "-(t**2)"),
        ("--(1 + t) ** 2", "--((1 + t) ** 2)"),
        ("lr ** 2", "0.1**2"),
        ("clip(t, 0, T)", "min(max(t, 0), 20)"),
        ("1 + where(t < 5, 1, 2)", "1 + (1 if t < 5 else 2)"),
        ("(1 if t else 2) if T else 3", "(1 if t else 2) if 20 else 3"),
        ("1 if t else (2 if T else 3)", "1 if t else 2 if 20 else 3"),
        ("(1 < t) < 2", "(1 < t) < 2"),
        ("not (t and T)", "not (t and 20)"),
        ("(not t) + 1", "(not t) + 1"),
        ("t and (T or 1)", "t and (20 or 1)"),
        ("abs(pi - e)", "abs(math.pi - math.e)"),
    ],
)
def test_python_code(text, code):
    formula = parse_formula(text)
    assert formula.python(T=20, lr=0.1) == code
    again = parse_formula(code.replace("math.", ""))
    assert again.python(T=20, lr=0.1) == code


def test_negative_values_are_bracketed_where_needed():
    formula = parse_formula("lr ** 2 - lr")
    code = formula.python(T=1, lr=-0.5)
    assert code == "(-0.5) ** 2 - -0.5"
    assert formula.function(T=1, lr=-0.5)(0) == 0.75


def test_exported_code_is_formatted():
    pytest.importorskip("ruff")
    texts = [
        "0.95**t", "t**-2", "-t**2", "(t+1)**2", "exp(t)**2", "2**-pi", "pi**t", "2**3**t",
        "t**(1/2)", "where(t<1,2,3)*4", ".5+1.+1E+5+2.E-3", "--t", "-exp(t)**2", "+(2**t)*3",
        "-t**2**t", "2**3**exp(t)", "not(t<1 and t>2)", "t**lr",
    ]  # fmt: skip
    codes = [parse_formula(text).python(T=10, lr=1e-05) for text in texts]
    source = "\n".join(f"x = {code}" for code in codes) + "\n"
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "-"],
        input=source,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == source


def test_names_and_math_are_reported():
    assert parse_formula("t / T").names == {"t", "T"}
    assert not parse_formula("abs(t / T)").uses_math
    assert parse_formula("exp(t) * pi").names == {"t"}
    assert parse_formula("exp(t)").uses_math
    assert parse_formula("lr * e").uses_math


def test_other_names():
    formula = parse_formula("loss * 2", names=("t", "loss"))
    assert formula.function(T=1, lr=1.0, loss=np.float64(0.25))(0) == 0.5
    assert formula.python(T=1, loss=np.int64(3)) == "3 * 2"
    assert formula.array(np.arange(2), T=1, lr=1.0, loss=4).tolist() == [8.0, 8.0]
    error = refusal("lr + 1", names=("t", "pi"))
    assert "known are t, pi and the functions" in error.message


def test_numpy_values_do_not_leak():
    formula = parse_formula("t * lr + T")
    assert formula.python(T=np.int64(5), lr=np.float64(0.1)) == "t * 0.1 + 5"
    assert type(formula.function(T=np.int64(5), lr=np.float64(0.1))(1)) is float


def test_a_missing_or_infinite_value_is_an_error():
    with pytest.raises(ValueError, match="uses lr"):
        parse_formula("lr * t").python(T=1)
    with pytest.raises(ValueError, match="finite"):
        parse_formula("lr * t").function(T=1, lr=math.inf)


def test_formulas_are_values():
    one, two = parse_formula("t / T"), parse_formula("t / T")
    assert one == two
    assert hash(one) == hash(two)
    assert one != parse_formula("t/T + 1")
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert isinstance(other, Formula)
        assert other.function(T=4, lr=1.0)(1) == 0.25


def test_errors_keep_their_position_when_pickled():
    error = pickle.loads(pickle.dumps(refusal("1 + os")))
    assert (error.position, error.length) == (4, 2)
    assert error.message.startswith("'os' is not known here")


CONSTANTS_OF_ITS_OWN = [
    # Words that would do as constants are not listed among what is known.
    (
        "__import__('os')",
        "'__import__' is not known here; known are t, T, lr, pi, e, constants of ",
    ),
    (
        "exec(code)",
        "'exec' is not known here; known are t, T, lr, pi, e, constants of your own and",
    ),
    ("ln(t) * k", "did you mean log? Known are t, T, lr, pi, e, constants of your own and"),
    ("lambda: k", "'lambda' is not known here; known are t, T, lr, pi, e, constants of your own"),
    ("k * np.exp(t)", "names have no parts in a formula; write exp alone"),
]


@pytest.mark.parametrize(("text", "words"), CONSTANTS_OF_ITS_OWN)
def test_messages_do_not_offer_what_only_might_be(text, words):
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, also=possible_constants(text))
    assert words in caught.value.message
    for word in ("os", "code", "k", "np"):
        assert f" {word}," not in caught.value.message


def test_a_word_that_would_do_as_a_constant_may_become_one():
    with pytest.raises(FormulaError) as caught:
        parse_formula("lr * gamm ** k", names=(*NAMES, "gamma"), also=())
    assert caught.value.message == (
        "'gamm' is not known here; did you mean gamma? Or add it as a constant, or use one of "
        "t, T, lr, pi, e, gamma"
    )


# What is refused, where, and in which words ------------------------------------------------------

REFUSED = [
    ("", 0, 0, "empty"),
    ("  ", 0, 2, "empty"),
    ("1 +", 3, 1, "ends too early"),
    ("t if ", 4, 1, "ends too early"),
    ("* 2", 0, 1, "'*' does not fit here"),
    ("1 + * 2", 4, 1, "'*' does not fit here"),
    ("  1 + / 2", 6, 1, "'/' does not fit here"),
    ("t if T", 2, 2, "needs an 'else'"),
    ("t else 3", 2, 4, "'else' does not fit"),
    ("t < < 3", 4, 1, "'<' does not fit"),
    ("min(,t)", 4, 1, "',' does not fit"),
    ("(t", 0, 1, "never closed"),
    ("t)", 1, 1, "never opened"),
    ("t 2", 2, 1, "operator is missing before '2'"),
    ("2t", 0, 2, "write 2 * t"),
    ("2 (t + 1)", 2, 1, "operator is missing"),
    ("(t)(2)", 3, 1, "operator is missing"),
    ("t(2)", 0, 1, "t is not a function"),
    ("1 + exp", 4, 3, "exp is a function"),
    ("1 + os", 4, 2, "'os' is not known here; known are t, T, lr, pi, e and the functions sqrt"),
    ("ln(t)", 0, 2, "did you mean log?"),
    ("cosh(t)", 0, 4, "did you mean cos? Known are t, T, lr, pi, e and the functions sqrt"),
    ("t + learning_rate", 4, 13, "did you mean lr?"),
    ("np.exp(t)", 0, 2, "did you mean the bare name"),
    ("PI", 0, 2, "did you mean pi?"),
    ("1 + math.exp(t)", 4, 4, "bare name"),
    ("t ^ 2", 2, 1, "a power is written **"),
    ("t = 2", 2, 1, "equality is written =="),
    ("t − 1", 2, 1, "write a plain -"),
    ("t × 2", 2, 1, "write *"),
    ("t & 1", 2, 1, "write and"),
    ("~t", 0, 1, "no meaning"),
    ("t << 2", 2, 2, "'<<' has no meaning"),
    ("t @ T", 2, 1, "no meaning"),
    ("t.real", 1, 1, "'.' has no meaning"),
    ("t[0]", 1, 1, "round brackets"),
    ("{t}", 0, 1, "round brackets"),
    ("t\n+ 1", 1, 1, "single line"),
    ("t # why", 2, 1, "no comments"),
    ("t; t", 1, 1, "no meaning"),
    ("t\\", 1, 1, "no meaning"),
    ("t\0", 1, 1, "no meaning"),
    ("t\f", 1, 1, "no meaning"),
    ("\N{MATHEMATICAL BOLD SCRIPT SMALL T}", 0, 1, "no meaning"),
    ("e\N{COMBINING ACUTE ACCENT}", 1, 1, "no meaning"),
    ("\N{MATHEMATICAL BOLD DIGIT NINE}", 0, 1, "no meaning"),
    ("t := 2", 2, 1, "':' has no meaning"),
    ("'t'", 0, 1, "no meaning"),
    ("f't'", 0, 1, "not known here"),
    ("True", 0, 4, "did you mean 1?"),
    ("None", 0, 4, "not known here"),
    ("t is 1", 2, 2, "not known here"),
    ("t in T", 2, 2, "not known here"),
    ("lambda: t", 0, 6, "not known here"),
    ("await t", 0, 5, "not known here"),
    ("(yield)", 1, 5, "not known here"),
    ("max(t for t in T)", 6, 3, "not known here"),
    ("__import__('os')", 0, 10, "not known here"),
    ("1 + __builtins__", 4, 12, "not known here"),
    ("min(t, key=T)", 7, 3, "not known here"),
    ("min(t, T=T)", 8, 1, "equality"),
    ("min(*t, 1)", 4, 2, "no part of a formula"),
    ("min(**t)", 0, 8, "no part of a formula"),
    ("t, 2", 0, 4, "comma"),
    ("1 + ()", 4, 2, "nothing between the brackets"),
    ("1 + exp()", 4, 5, "exp takes 1 argument, not 0"),
    ("log(t, 2)", 0, 9, "log takes 1 argument, not 2"),
    ("min(t)", 0, 6, "min takes two arguments or more, not 1"),
    ("clip(t, 1)", 0, 10, "clip takes 3 arguments, not 2"),
    ("1 + 1j", 4, 2, "complex"),
    ("1e999", 0, 5, "too large"),
    ("1000000000000000001", 0, 19, "1e18 at most"),
    ("0x10", 0, 4, "not a number"),
    ("1_000", 0, 5, "not a number"),
    ("007", 0, 3, "not a number"),
    ("1 + 9**9**9", 4, 7, "'9**9**9' has no value: a whole number would have more"),
    ("10**10**10", 0, 10, "more than 4,096 bits"),
    ("t + 1e308 * 10", 4, 10, "infinite"),
    ("t * (1 / 0)", 5, 5, "division by zero"),
    ("t * (-1) ** 0.5", 4, 11, "not a real number"),
    ("1 + log(0)", 4, 6, "outside its domain"),
]


@pytest.mark.parametrize(("text", "position", "length", "words"), REFUSED)
def test_refused(text, position, length, words):
    error = refusal(text)
    assert (error.position, error.length) == (position, length)
    assert words in error.message
    assert "\n" not in error.message
    assert len(error.message) < 250


@pytest.mark.parametrize(
    "text",
    [
        "t" * 2001,
        "t" * 10_000_000,
        "(" * 60 + "t" + ")" * 60,
        "(" * 51 + "t" + ")" * 51,
        "-" * 1999 + "t",
        "not " * 499 + "t",
        "t" + " ** t" * 390,
        "t" + " if t else t" * 150,
        "abs(" * 51 + "t" + ")" * 51,
        "t" + " + t" * 50,
        "9" * 2000,
        "0." + "9" * 1000 + "e" + "9" * 900,
        "(" * 1999,
    ],
    ids=lambda text: f"{text[:8]}…{len(text)}",
)
def test_hostile_sizes_are_refused(text):
    error = refusal(text)
    assert 0 <= error.position <= len(text)
    assert len(error.message) < 250


@pytest.mark.parametrize(
    "text",
    [
        "t << 2", "t @ T", "t is 1", "t in (1, 2)", "[t]", "{t}", "'t'", "b't'", "f'{t}'", "True",
        "None", "...", "1j", "t.real", "t[0]", "t(1)", "os(t)", "(exp)(t)(t)", "min(t, key=T)",
        "min(t, *T)", "lambda: t", "(t := 1)", "[t for t in T]", "~t", "(yield)", "1 + (t | 1)",
    ],
)  # fmt: skip
def test_the_second_sieve_holds_alone(text):
    """Python's tree is checked without trusting that the lexer has seen the text."""
    with pytest.raises(FormulaError):
        Checker(text, 0).check(ast.parse(text, mode="eval").body, 1)


def test_depth_up_to_the_limit_is_fine():
    assert scalar("(" * 50 + "t" + ")" * 50) == 3
    assert scalar("t" + " + t" * 49) == 150
    assert scalar("-" * 48 + "t") == 3
    deep = parse_formula("abs(" * 49 + "t" + ")" * 49)
    assert copy.deepcopy(deep).evaluate(-4, T=1, lr=1.0) == 4.0


@pytest.mark.parametrize(
    "text",
    [
        "(t ** 60) ** 60 ** 60",
        "(t + 9) ** (t + 9) ** (t + 9)",
        "t ** t ** t ** t",
        "floor(1e300 + t) ** T ** T",
        "(t * 9 ** 300) ** 9 * (t * 9 ** 300) ** 9",
        "*".join(["t ** 60"] * 40),
        "*".join(["t ** 60"] * 10) + " ** T",
        "(t ** 64 if t else 1) ** ((t > 1) * 999)",
        "(t ** T ** 4) // 7",
        "clip(t, 9, 99) ** max(t, 5000)",
        "(2 ** t + 5 ** t ** 2) * 2 ** T ** 2 % 7",
        "(t or 1) ** (T and 5000)",
        "-(-t) ** (5 * abs(-T) ** 2)",
    ],
)
def test_integers_do_not_explode(text):
    function = parse_formula(text).function(T=50, lr=0.1)
    with pytest.raises(OverflowError):
        function(7)


def test_sums_of_large_integers_are_still_sums():
    """The guard belongs to powers and products; a sum just beyond the limit is no product."""
    formula = parse_formula("(t + 1) ** 60 * (t + 1) + t ** 63 - t ** 64")
    plain = eval(formula.python(T=1), {"t": 2**40})
    assert formula.function(T=1, lr=1.0)(2**40) == plain


def test_functions_see_nothing_of_the_builtins():
    function = parse_formula("exp(t) ** t").function(T=1, lr=1.0)
    assert function.__globals__["__builtins__"] == {}


def test_a_plain_power_costs_nothing_extra():
    bare = lambda t: 0.95**t  # noqa: E731 - the very thing to compare with
    function = parse_formula("0.95 ** t").function(T=100, lr=0.1)
    assert function.__code__.co_code == bare.__code__.co_code
    assert function.__code__.co_consts == bare.__code__.co_consts


def test_small_integer_powers_are_not_guarded():
    function = parse_formula("(t ** 2 + 3 * t * T) * lr").function(T=100, lr=0.1)
    assert function.__code__.co_names == ()
    assert "guarded_power" in parse_formula("2 ** t").function(T=1, lr=1.0).__code__.co_names


# Run time -----------------------------------------------------------------------------------------


def test_branches_are_lazy():
    for text in ("where(t == 0, 0, 1 / t)", "0 if t == 0 else 1 / t", "t and 1 / t"):
        formula = parse_formula(text)
        assert formula.function(T=1, lr=1.0)(0) == 0
        assert formula.evaluate(4, T=1, lr=1.0) == 0.25
        assert formula.array(np.array([0, 4]), T=1, lr=1.0).tolist() == [0.0, 0.25]
    assert scalar("t < 2 < 1 / (t - 3)") is False


@pytest.mark.parametrize(
    ("text", "exception", "words"),
    [
        ("1 / (t - 3)", ZeroDivisionError, "division by zero"),
        ("t % (t - 3)", ZeroDivisionError, "division by zero"),
        ("(t - 3) ** -1", ZeroDivisionError, "division by zero"),
        ("exp(t * 1000)", OverflowError, "too large"),
        ("10.0 ** (t * 1000)", OverflowError, "too large"),
        ("log(t - 3)", ValueError, "outside its domain"),
        ("sqrt(2 - t)", ValueError, "outside its domain"),
        ("(2 - t) ** 0.5 < 3", TypeError, "not a real number"),
        ("(2 - t) ** 0.5", None, "not a real number"),
        ("1e308 * t", None, "infinite"),
        ("1e308 * t - 1e308 * t", None, "not a number"),
        ("10 ** (100 * t + 9)", None, "too large"),
    ],
)
def test_run_time_failures(text, exception, words):
    formula = parse_formula(text)
    if exception:
        with pytest.raises(exception):
            formula.function(T=1, lr=1.0)(3)
    else:
        formula.function(T=1, lr=1.0)(3)
    with pytest.raises(FormulaError, match=re.escape(words)) as caught:
        formula.evaluate(3, T=1, lr=1.0)
    assert caught.value.message.startswith("at t = 3: ")
    assert np.isnan(formula.array(np.array([3]), T=1, lr=1.0)[0])


def test_evaluate_returns_floats():
    assert type(parse_formula("t > 2").evaluate(3, T=1, lr=1.0)) is float
    checked = parse_formula("t ** 2").checked(T=1, lr=1.0)
    assert [checked(t) for t in range(3)] == [0.0, 1.0, 4.0]


# Arrays -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "0.95 ** t",
        "exp(-t / 900) * lr",
        "0.5 * (1 + cos(pi * t / T))",
        "1 - 0.1 * t if t <= 20 else 10",
        "min((t + 1) ** -0.5, (t + 1) * T ** -1.5)",
        "clip(1 - t / T, 0.1, 1)",
        "0.5 ** (t // 30) * (1 + t % 7)",
        "where(10 <= t < 50 or t == 70, 1, 0.1) * tanh(t / 9)",
        "not (t > 3 and t < 9)",
        "floor(-t / 7) + ceil(t / 3) * abs(2 - log2(t + 1))",
        "t or T",
        "1 < t != 5 <= T",
    ],
)
def test_arrays_agree_with_the_function(text):
    formula = parse_formula(text)
    t = np.arange(300)
    array = formula.array(t, T=100, lr=0.05)
    function = formula.function(T=100, lr=0.05)
    assert array.dtype == np.float64
    np.testing.assert_allclose(array, [float(function(int(k))) for k in t], rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "undefined"),
    [
        ("where(t > 4, log(t - 7), 2)", [5, 6, 7]),
        ("where(1 / (t - 5) > 0, 3, 2)", [5]),
        ("exp(-1 / t)", [0]),
        ("not sqrt(t - 2)", [0, 1]),
        ("1 < log(t - 3) or 2", [0, 1, 2, 3]),
        ("min(1, exp(300 * t))", [3, 4, 5, 6, 7, 8, 9]),
        ("min(1, 1e308 * (t + 1))", []),
        ("0 * (t % (t - 4))", [4]),
    ],
)
def test_arrays_are_nan_exactly_where_the_formula_has_no_value(text, undefined):
    formula = parse_formula(text)
    array = formula.array(np.arange(10), T=10, lr=1.0)
    assert np.flatnonzero(np.isnan(array)).tolist() == undefined
    for t in range(10):
        if t in undefined:
            with pytest.raises(FormulaError):
                formula.evaluate(t, T=10, lr=1.0)
        else:
            assert formula.evaluate(t, T=10, lr=1.0) == pytest.approx(array[t], rel=1e-12)


def test_arrays_of_a_constant_and_of_nothing():
    formula = parse_formula("0.5")
    array = formula.array(np.arange(6).reshape(2, 3), T=1, lr=1.0)
    assert array.tolist() == [[0.5] * 3] * 2
    array[0, 0] = 1.0  # the caller's own, not a broadcast view
    assert array[1, 1] == 0.5
    assert formula.array(np.arange(0), T=1, lr=1.0).shape == (0,)
