"""Reads the LaTeX of a scheduler as what it says, and computes it.

Only what the declarations use: sums, products, fractions, powers, a few functions, cases. So the
formula that people see can be held against the numbers that they get.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Scope = dict[str, Any]
Node = Callable[[Scope], Any]

GREEK = {"alpha", "beta", "gamma", "delta", "eta", "theta", "rho", "sigma", "tau", "pi"}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "cos": math.cos,
    "tanh": math.tanh,
    "ln": math.log,
    "min": min,
    "max": max,
}
ARGUMENTS = " arguments"
"""In a scope: which of its names are a function's own."""
SPACES = ("\\,", "\\ ", "\\quad", "\\left", "\\right")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-z]|\S")
_WORD = re.compile(r"\\(?:mathit|mathrm|text)\{((?:[^{}\\]|\\_)*)\}")


class LatexError(ValueError):
    """LaTeX that this does not understand."""


def tokens(text: str) -> Iterator[str]:
    """Symbols one by one; a word in braces is one, as ``mathit:total_steps``."""
    place = 0
    while place < len(text):
        word = _WORD.match(text, place)
        if word:
            kind = text[place + 1 : text.index("{", place)]
            yield f"{kind}:{word[1].replace(chr(92) + '_', '_')}"
            place = word.end()
            continue
        found = _TOKEN.match(text, place)
        if found is None:
            place += 1
            continue
        if found[0] not in SPACES:
            yield found[0]
        place = found.end()


class Reader:
    """The lines of one formula: definitions by name, and the one of the LR."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.values: dict[str, Node] = {}
        self.functions: dict[str, tuple[tuple[str, ...], Node]] = {}
        self.start: Node | None = None
        self.names: set[str] = set()
        for line in lines:
            self._read(line)

    def lr(self, t: int, given: Mapping[str, Any]) -> float:
        """The LR at one local time.

        Args:
            t: The time.
            given: What the names stand for that the formula does not define itself.
        """
        constants = {"t": t, "pi": math.pi, "e": math.e}
        scope: Scope = {**constants, **given, "lr": lambda t: self.lr(round(t), given)}
        first = t == 0 and self.start is not None
        return float((self.start if first else self.values["lr"])(scope))  # type: ignore[misc]

    def _read(self, text: str) -> None:
        symbols = list(tokens(text))
        words = [place for place, s in enumerate(symbols) if s.startswith("text:")]
        if "=" in symbols and (not words or symbols.index("=") < words[0]):
            self._define(symbols)
        else:  # a sentence
            self.names |= {s.removeprefix("mathit:") for s in symbols if s.startswith("mathit:")}

    def _define(self, symbols: list[str]) -> None:
        parser = Parser(symbols, self)
        name = parser.name()
        arguments: tuple[str, ...] | None = None
        if parser.peek() == "(":
            parser.take("(")
            arguments = tuple(parser.arguments_left())
        parser.take("=")
        node = parser.expression()
        parser.end()
        if name == "lr" and arguments == ("0",):
            self.start = node
        elif name == "lr" or arguments is None:
            self.values[name] = node
        else:
            self.functions[name] = (arguments, node)

    def look_up(self, name: str, scope: Scope) -> Any:
        if name in scope.get(ARGUMENTS, ()):
            return scope[name]
        if name in self.values and name != "lr":
            return self.values[name](scope)
        if name not in scope:
            raise LatexError(f"nothing stands for {name}")
        return scope[name]

    def call(self, name: str, arguments: list[Any], scope: Scope) -> float:
        if name in self.functions:
            names, node = self.functions[name]
            given = dict(zip(names, arguments, strict=True))
            return float(node({**scope, **given, ARGUMENTS: names}))
        function = self.look_up(name, scope)
        return float(function(*arguments))


class Parser:
    """Recursive descent over the symbols of one definition."""

    def __init__(self, symbols: list[str], reader: Reader) -> None:
        self.symbols = symbols
        self.reader = reader
        self.place = 0
        self.choice = ""  # the parameter that the rows of these cases are about

    # symbols

    def peek(self) -> str:
        return self.symbols[self.place] if self.place < len(self.symbols) else ""

    def take(self, expected: str = "") -> str:
        symbol = self.peek()
        if not symbol or (expected and symbol != expected):
            raise LatexError(f"{expected or 'more'} expected, not {symbol or 'the end'}")
        self.place += 1
        return symbol

    def end(self) -> None:
        """Nothing is left, but for words about it, and names in these."""
        rest = self.symbols[self.place :]
        if rest and not rest[0].startswith("text:"):
            raise LatexError(f"not understood: {rest}")
        self.reader.names |= {s.removeprefix("mathit:") for s in rest if s.startswith("mathit:")}

    def name(self) -> str:
        """A name with its index: ``T_max``, ``L_c``, ``total_steps``, ``gamma``."""
        symbol = self.take()
        word = re.fullmatch(r"(?:mathit|mathrm):(.*)", symbol)
        if word:
            found = word[1]
        elif symbol.removeprefix("\\") in GREEK:
            found = symbol.removeprefix("\\")
        elif symbol.isalpha() and symbol.isascii():
            found = symbol
        else:
            raise LatexError(f"a name expected, not {symbol}")
        if self.peek() == "_":
            self.take()
            found = f"{found}_{self._index()}"
        self.reader.names.add(found)
        return found

    def _index(self) -> str:
        symbol = self.take()
        if symbol != "{":
            return symbol.rpartition(":")[2].removeprefix("\\")
        parts = []
        while self.peek() != "}":
            parts.append(self.take().rpartition(":")[2].removeprefix("\\"))
        self.take("}")
        return "".join(parts)

    def arguments_left(self) -> Iterator[str]:
        """The names between brackets on the left of a definition."""
        while True:
            yield self.take()
            if self.take() == ")":
                return

    # arithmetic

    def expression(self) -> Node:
        sign = -1 if self.peek() == "-" else 1
        if sign < 0:
            self.take()
        node = self.product()
        if sign < 0:
            node = _negative(node)
        while self.peek() in ("+", "-"):
            node = _both(node, self.take(), self.product())
        return node

    def product(self) -> Node:
        node = self.power()
        while True:
            symbol = self.peek()
            if symbol in ("\\cdot", "/", "\\bmod"):
                node = _both(node, self.take(), self.power())
            elif self._starts_factor():
                node = _both(node, "\\cdot", self.power())
            else:
                return node

    def _starts_factor(self) -> bool:
        symbol = self.peek()
        if symbol.startswith(("mathit:", "mathrm:")):
            return True
        command = symbol.removeprefix("\\")
        known = {"frac", "sqrt", "lfloor", "lceil", *GREEK, *FUNCTIONS}
        return symbol == "(" or symbol.isalnum() or (symbol != command and command in known)

    def power(self) -> Node:
        node = self.atom()
        if self.peek() == "^":
            self.take()
            node = _both(node, "^", self._script())
        return node

    def _script(self) -> Node:
        if self.peek() == "{":
            return self._braces()
        return self.atom()

    def _braces(self) -> Node:
        self.take("{")
        node = self.expression()
        self.take("}")
        return node

    def atom(self) -> Node:
        symbol = self.peek()
        command = symbol.removeprefix("\\")
        if symbol[:1].isdigit():
            number = float(self.take())
            return lambda scope: number
        if symbol == "(":
            return self._between("(", ")")
        if symbol == "|":
            inner = self._between("|", "|")
            return lambda scope: abs(inner(scope))
        if command in ("lfloor", "lceil"):
            node = self._between(symbol, symbol.replace("l", "r", 1))
            rounded = math.floor if command == "lfloor" else math.ceil
            return lambda scope: rounded(node(scope))
        if symbol == "\\frac":
            self.take()
            return _both(self._braces(), "/", self._braces())
        if symbol == "\\sqrt":
            self.take()
            node = self._braces()
            return lambda scope: math.sqrt(node(scope))
        if symbol == "\\begin":
            return self._cases()
        if symbol == "\\#":
            return self._count()
        if command in FUNCTIONS and symbol != command:
            return self._function(FUNCTIONS[self.take().removeprefix("\\")])
        return self._variable()

    def _between(self, left: str, right: str) -> Node:
        self.take(left)
        node = self.expression()
        self.take(right)
        return node

    def _function(self, function: Callable[..., float]) -> Node:
        if self.peek() == "(":
            arguments = self._arguments()
        else:  # cos pi p: everything that is multiplied without a sign
            node = self.power()
            while self._starts_factor():
                node = _both(node, "\\cdot", self.power())
            arguments = [node]
        return lambda scope: function(*(argument(scope) for argument in arguments))

    def _arguments(self) -> list[Node]:
        self.take("(")
        arguments = [self.expression()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.expression())
        self.take(")")
        return arguments

    def _variable(self) -> Node:
        name = self.name()
        reader = self.reader
        if self.peek() != "(":
            return lambda scope: reader.look_up(name, scope)
        arguments = self._arguments()

        def called(scope: Scope) -> Any:
            values = [argument(scope) for argument in arguments]
            found = None if name in reader.functions else reader.look_up(name, scope)
            if found is None or callable(found):
                return reader.call(name, values, scope)
            (value,) = values  # a factor before brackets
            return found * value

        return called

    def _count(self) -> Node:
        """How many members of a list fulfil a condition."""
        for symbol in ("\\#", "\\{"):
            self.take(symbol)
        member = self.name()
        self.take("\\in")
        members = self._variable()
        self.take(":")
        condition = self.condition()
        self.take("\\}")
        return lambda scope: sum(
            bool(condition({**scope, member: value})) for value in members(scope)
        )

    # cases

    def _cases(self) -> Node:
        self._environment("begin")
        before, self.choice = self.choice, ""
        rows = [self._row()]
        while self.peek() == "\\\\":
            self.take()
            rows.append(self._row())
        self._environment("end")
        self.choice = before

        def chosen(scope: Scope) -> Any:
            for value, condition in rows:
                if condition(scope):
                    return value(scope)
            return math.nan

        return chosen

    def _environment(self, word: str) -> None:
        self.take(f"\\{word}")
        self.take("{")
        for letter in "cases":
            self.take(letter)
        self.take("}")

    def _row(self) -> tuple[Node, Node]:
        value = self.expression()
        self.take("&")
        return value, self.condition()

    def condition(self) -> Node:
        parts, joined = [self._comparison()], all
        if self.peek().startswith("text: ("):  # for one choice only
            parts.append(self._chosen(self.take().removeprefix("text: (").rstrip(")")))
        while self.peek() in ("text: and ", "text: or "):
            joined = all if self.take() == "text: and " else any
            parts.append(self._comparison())
        return lambda scope: joined(part(scope) for part in parts)

    def _comparison(self) -> Node:
        symbol = self.peek()
        if symbol.startswith("text:"):
            word = self.take().removeprefix("text:").strip()
            return (lambda scope: True) if word == "otherwise" else self._chosen(word)
        following = self.symbols[self.place + 1 : self.place + 2]
        if symbol.startswith("mathit:"):
            name = symbol.removeprefix("mathit:")
            if following and following[0].startswith("text:"):
                self.choice = self.name()
                return self._chosen(self.take().removeprefix("text:").strip())
            if not following or following[0] in ("\\\\", "\\end"):
                self.name()
                return lambda scope: scope[name] if name in scope else name in scope.values()
        nodes, signs = [self.expression()], []
        while self.peek() in ("<", ">", "\\le", "\\ge", "="):
            signs.append(self.take())
            nodes.append(self.expression())

        def holds(scope: Scope) -> bool:
            values = [node(scope) for node in nodes]
            return all(
                _compare(a, sign, b)
                for a, sign, b in zip(values[:-1], signs, values[1:], strict=True)
            )

        return holds

    def _chosen(self, word: str) -> Node:
        choice = self.choice
        if choice:
            return lambda scope: scope[choice] == word
        return lambda scope: word in [v for v in scope.values() if isinstance(v, str)]


def _negative(node: Node) -> Node:
    return lambda scope: -node(scope)


def _both(left: Node, sign: str, right: Node) -> Node:
    def value(scope: Scope) -> Any:
        a, b = left(scope), right(scope)
        match sign:
            case "+":
                return a + b
            case "-":
                return a - b
            case "\\cdot":
                return a * b
            case "/":
                return a / b if b else math.inf * a
            case "\\bmod":
                return a % b
            case _:
                return a**b

    return value


def _compare(a: float, sign: str, b: float) -> bool:
    return {"<": a < b, ">": a > b, "\\le": a <= b, "\\ge": a >= b, "=": a == b}[sign]
