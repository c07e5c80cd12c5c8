"""Reading formulas: from text to a checked syntax tree.

Two sieves: the words and signs are checked one by one before Python's parser sees them, and the
tree it returns may hold nothing but the nodes a formula is made of.
"""

from __future__ import annotations

import ast
import difflib
import keyword
import math
import re
from collections.abc import Collection

from lrdesigner.engine._formula_check import FUNCTIONS, Checker
from lrdesigner.engine._formula_error import MAX_DEPTH, FormulaError, quote, too_deep
from lrdesigner.i18n import mark, tr

__all__ = [
    "FUNCTIONS", "MAX_GENERATED", "MAX_LENGTH", "NOT_FINITE", "FormulaError", "parse_tree",
]  # fmt: skip

MAX_LENGTH = 2000
# Of a formula that the program writes itself, from a table of as many rows as one may have.
MAX_GENERATED = 400_000
MAX_INTEGER = 10**18

_KEYWORDS = frozenset(("and", "or", "not", "if", "else"))
# Words of Python for what no LR can be: nobody means a constant of the name.
NOT_FINITE = frozenset(("nan", "inf", "infinity"))
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
        raise too_deep(0, len(text)) from None
    Checker(source, shift).check(tree, 1)
    return tree, source


def _syntax_error(position: int, reason: str, tokens: list[re.Match[str]]) -> FormulaError:
    """Say in our words what Python's parser stumbled over; its own differ between versions."""
    rest = [token for token in tokens if token.end() > position] or tokens[-1:]
    for token in rest:
        if token.group() == "if" and "'else'" in reason:
            return _at(token, tr("'if' needs an 'else', as in a if c else b"))
    return _at(rest[0], tr("{part} does not fit here", part=quote(rest[0])))


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
                    raise too_deep(token.start(), 1)
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
                tr("{part} is complex; a formula has real numbers only", part=quote(token)),
            )
        if tail or re.fullmatch(r"0+[1-9]\d*", number):
            raise _at(token, tr("{part} is not a number", part=quote(token)))
        if not math.isfinite(float(number)):
            raise _at(token, tr("{part} is too large for a number", part=quote(token)))
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
        if word.lower() in NOT_FINITE:
            hint, plain = mark("a finite number"), False
        sentences = _NOT_KNOWN[(self._also is not None) + (self._also is not None and plain)]
        return tr(
            sentences[bool(hint)],
            word=quote(word),
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
                "an operator is missing before {part}; write * for a product", part=quote(token)
            )
            raise _at(token, message)


def _is_value(token: re.Match[str]) -> bool:
    return bool(token["number"] or (token["word"] and token.group() not in _KEYWORDS))


def _at(token: re.Match[str], message: str) -> FormulaError:
    return FormulaError(message, token.start(), len(token.group()))
