"""Reading formulas: from text to a checked syntax tree.

Two sieves: the words and signs are checked one by one before Python's parser sees them, and the
tree it returns may hold nothing but the nodes a formula is made of.
"""

from __future__ import annotations

import ast
import difflib
import keyword
import math
import operator
import re
from collections.abc import Callable, Collection

from lrdesigner.engine._formula_write import (
    CONSTANTS,
    OPERATORS,
    NoValueError,
    compile_scalar,
    real_value,
)
from lrdesigner.i18n import mark, tr, trn

MAX_LENGTH = 2000
# Of a formula that the program writes itself, from a table of as many rows as one may have.
MAX_GENERATED = 400_000
MAX_DEPTH = 50
MAX_INTEGER = 10**18

# Number of arguments; None is two or more.
FUNCTIONS: dict[str, int | None] = {
    "sqrt": 1, "exp": 1, "log": 1, "log2": 1, "sin": 1, "cos": 1, "tanh": 1, "floor": 1, "ceil": 1,
    "abs": 1, "min": None, "max": None, "clip": 3, "where": 3,
}  # fmt: skip
_KEYWORDS = frozenset(("and", "or", "not", "if", "else"))
_TOKEN = re.compile(
    r"(?P<space>[ \t]+)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?P<tail>[A-Za-z_]\w*)?"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<other><<|>>|<>|->)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%<>(),])"
    r"|(?P<unknown>.)",
    re.ASCII | re.DOTALL,
)
_SIGN_HINTS = {
    "^": mark("a power is written **"),
    "=": mark("equality is written =="),
    "!": mark("negation is written not"),
    "&": mark("write and"),
    "|": mark("write or"),
    "[": mark("use round brackets"),
    "{": mark("use round brackets"),
    "−": mark("write a plain -"),
    "–": mark("write a plain -"),
    "—": mark("write a plain -"),
    "×": mark("write *"),
    "·": mark("write *"),
    "⋅": mark("write *"),
    "∙": mark("write *"),
    "÷": mark("write /"),
    "∕": mark("write /"),
    "π": mark("write pi"),
    "√": mark("write sqrt(...)"),
    "²": mark("write ** 2"),
    "³": mark("write ** 3"),
    "≤": mark("write <="),
    "≥": mark("write >="),
    "≠": mark("write !="),
    "\n": mark("a formula is a single line"),
    "\r": mark("a formula is a single line"),
    "#": mark("a formula has no comments"),
    ".": mark("it belongs inside a number only"),
}
_WORD_HINTS = {
    "ln": "log", "pow": "**", "power": "**", "True": "1", "False": "0", "fabs": "abs",
    "minimum": "min", "maximum": "max", **dict.fromkeys(("step", "steps", "epoch"), "t"),
    **dict.fromkeys(("total_steps", "max_steps", "num_steps", "length"), "T"),
    **dict.fromkeys(("learning_rate", "base_lr", "lr0"), "lr"),
    **dict.fromkeys(("math", "np", "numpy", "torch"), mark("the bare name, as in exp(t)")),
}  # fmt: skip
# Where there can be no constants; where there can, but not of this name; and of this name. Each
# without and with something near.
_NOT_KNOWN = (
    (
        mark("{word} is not known here; known are {names} and the functions {functions}"),
        mark(
            "{word} is not known here; did you mean {hint}? Known are {names} and the functions "
            "{functions}"
        ),
    ),
    (
        mark(
            "{word} is not known here; known are {names}, constants of your own and the functions "
            "{functions}"
        ),
        mark(
            "{word} is not known here; did you mean {hint}? Known are {names}, constants of your "
            "own and the functions {functions}"
        ),
    ),
    (
        mark("{word} is not known here; add it as a constant, or use one of {names}"),
        mark(
            "{word} is not known here; did you mean {hint}? Or add it as a constant, or use one of "
            "{names}"
        ),
    ),
)
_PLAIN: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_BRANCHES = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call)


class FormulaError(ValueError):
    """A formula that cannot be read or has no value.

    Attributes:
        message: one sentence saying what is wrong.
        position: the 0-based column of the offending part.
        length: how many characters it spans.
    """

    def __init__(self, message: str, position: int = 0, length: int = 0) -> None:
        super().__init__(message, position, length)
        self.message = message
        self.position = position
        self.length = length

    def __str__(self) -> str:
        return self.message


def parse_tree(
    text: str,
    names: Collection[str],
    also: Collection[str] | None = None,
    most: int = MAX_LENGTH,
) -> tuple[ast.expr, str]:
    """Return the checked tree and the source its positions refer to, or raise `FormulaError`.

    Args:
        text: The formula.
        names: What it may use.
        also: What it may use as well, as constants of its own that messages do not list; None
            where it can have none.
        most: How many characters it may have.
    """
    if len(text) > most:
        message = tr(
            "the formula has {count} characters; {most} is the most", count=len(text), most=most
        )
        raise FormulaError(message, most, len(text) - most)
    tokens = _Lexer(text, names, also).tokens()
    source = text.lstrip(" \t")
    shift = len(text) - len(source)
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        raise _syntax_error((error.offset or 1) - 1 + shift, error.msg, tokens) from None
    except (RecursionError, MemoryError):
        raise _too_deep(0, len(text)) from None
    _Checker(source, shift).check(tree, 1)
    return tree, source


def _syntax_error(position: int, reason: str, tokens: list[re.Match[str]]) -> FormulaError:
    """Say in our words what Python's parser stumbled over; its own differ between versions."""
    rest = [token for token in tokens if token.end() > position] or tokens[-1:]
    for token in rest:
        if token.group() == "if" and "'else'" in reason:
            return _at(token, tr("'if' needs an 'else', as in a if c else b"))
    return _at(rest[0], tr("{part} does not fit here", part=_quote(rest[0])))


def _too_deep(position: int, length: int) -> FormulaError:
    message = tr(
        "the formula is nested more than {most} deep; group a long chain with brackets",
        most=MAX_DEPTH,
    )
    return FormulaError(message, position, length)


class _Lexer:
    """Checks words, numbers, signs, brackets and their neighbours, from left to right."""

    def __init__(self, text: str, names: Collection[str], also: Collection[str] | None) -> None:
        self._text = text
        self._names = names
        self._also = also

    def tokens(self) -> list[re.Match[str]]:
        tokens = [found for found in _TOKEN.finditer(self._text) if found.lastgroup != "space"]
        if not tokens:
            raise FormulaError(tr("the formula is empty"), 0, len(self._text))
        open_brackets: list[re.Match[str]] = []
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
            self._check_token(before, token, after)
            self._check_neighbour(before, token)
            if token.group() == "(":
                open_brackets.append(token)
                if len(open_brackets) > MAX_DEPTH:
                    raise _too_deep(token.start(), 1)
            elif token.group() == ")":
                if not open_brackets:
                    raise _at(token, tr("')' closes a bracket that was never opened"))
                open_brackets.pop()
        if open_brackets:
            raise _at(open_brackets[-1], tr("'(' is never closed"))
        if not (_is_value(tokens[-1]) or tokens[-1].group() == ")"):
            raise FormulaError(tr("the formula ends too early"), tokens[-1].end(), 1)
        return tokens

    def _check_token(
        self, before: re.Match[str] | None, token: re.Match[str], after: re.Match[str] | None
    ) -> None:
        if token["number"]:
            self._check_number(token)
        elif token["word"]:
            self._check_word(token, called=after is not None and after.group() == "(")
        elif not token["sign"]:
            sign = token.group()
            if sign == "." and before and before["word"] and after and after.group() in FUNCTIONS:
                name = after.group()  # np.exp
                raise _at(
                    token, tr("names have no parts in a formula; write {name} alone", name=name)
                )
            hint = _SIGN_HINTS.get(sign)
            if hint:
                raise _at(
                    token,
                    tr("{sign!r} has no meaning in a formula; {hint}", sign=sign, hint=tr(hint)),
                )
            raise _at(token, tr("{sign!r} has no meaning in a formula", sign=sign))

    def _check_number(self, token: re.Match[str]) -> None:
        number, tail = token["number"], token["tail"]
        if tail in self._names or tail in FUNCTIONS:
            raise _at(
                token,
                tr("an operator is missing; write {number} * {tail}", number=number, tail=tail),
            )
        if tail in ("j", "J"):
            raise _at(
                token,
                tr("{part} is complex; a formula has real numbers only", part=_quote(token)),
            )
        if tail or re.fullmatch(r"0+[1-9]\d*", number):
            raise _at(token, tr("{part} is not a number", part=_quote(token)))
        if not math.isfinite(float(number)):
            raise _at(token, tr("{part} is too large for a number", part=_quote(token)))
        if number.isdigit() and int(number) > MAX_INTEGER:
            raise _at(
                token, tr("a whole number may be 1e18 at most; larger ones are written as 1e19")
            )

    def _check_word(self, token: re.Match[str], *, called: bool) -> None:
        word = token.group()
        if word in _KEYWORDS:
            return
        if word in FUNCTIONS:
            if not called:
                raise _at(
                    token,
                    tr("{word} is a function and needs its brackets, as in {word}(...)", word=word),
                )
        elif word not in self._names and word not in (self._also or ()):
            raise _at(token, self._unknown(token, called=called))
        elif called:
            raise _at(
                token, tr("{word} is not a function; write {word} * (...) for a product", word=word)
            )

    def _unknown(self, token: re.Match[str], *, called: bool) -> str:
        """What to write in place of a word: a function where it is called, a name elsewhere."""
        word = token.group()
        known = [*FUNCTIONS] if called else [*self._names]
        same = [name for name in known if name.lower() == word.lower()]
        close = same or difflib.get_close_matches(word, known, n=1)
        hint = _WORD_HINTS.get(word) or (close[0] if close else "")
        plain = word[0].isalpha() and not keyword.iskeyword(word) and not called
        sentences = _NOT_KNOWN[(self._also is not None) + (self._also is not None and plain)]
        return tr(
            sentences[bool(hint)],
            word=_quote(word),
            hint=tr(hint) if " " in hint else hint,
            names=", ".join(self._names),
            functions=", ".join(FUNCTIONS),
        )

    def _check_neighbour(self, before: re.Match[str] | None, token: re.Match[str]) -> None:
        """Two values side by side: people mean a product, Python's parser only shrugs."""
        if before is None or not (_is_value(before) or before.group() == ")"):
            return
        calls = before.group() in FUNCTIONS and token.group() == "("
        if (_is_value(token) or token.group() == "(") and not calls:
            message = tr(
                "an operator is missing before {part}; write * for a product", part=_quote(token)
            )
            raise _at(token, message)


def _is_value(token: re.Match[str]) -> bool:
    return bool(token["number"] or (token["word"] and token.group() not in _KEYWORDS))


def _at(token: re.Match[str], message: str) -> FormulaError:
    return FormulaError(message, token.start(), len(token.group()))


def _quote(part: str | re.Match[str]) -> str:
    text = part if isinstance(part, str) else part.group()
    return repr(text if len(text) <= 40 else text[:39] + "…")


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


class _Checker:
    """Refuses every node that is no part of a formula, and constants that have no value."""

    def __init__(self, source: str, shift: int) -> None:
        self._source = source
        self._shift = shift

    def check(self, node: ast.expr, depth: int) -> bool:
        """Check a node with all below it; return whether its value is constant."""
        if depth > MAX_DEPTH:
            raise _too_deep(node.col_offset + self._shift, self._length(node))
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
                node, tr("{part} has no value: {error}", part=_quote(part), error=error)
            ) from None

    def _error(self, node: ast.expr, message: str) -> FormulaError:
        return FormulaError(message, node.col_offset + self._shift, self._length(node))

    def _length(self, node: ast.expr) -> int:
        return (node.end_col_offset or node.col_offset) - node.col_offset
