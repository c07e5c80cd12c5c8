"""Many formulas that differ in numbers only, as one formula with columns of numbers.

A family writes the formula of each of a thousand variants as text; almost always they are the
same but for a number or two. Reading a text costs more than evaluating it, so the texts are
compared, the numbers that differ get a name, and one of them is read.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine._formula_array import evaluate_columns
from lrdesigner.engine._formula_write import CONSTANTS
from lrdesigner.engine.curve import FloatArray
from lrdesigner.engine.formula import (
    MAX_GENERATED,
    MAX_LENGTH,
    NAMES,
    Formula,
    FormulaError,
    parse_formula,
)

_NUMBER = re.compile(r"(?<![\w.])((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")


@dataclass(frozen=True, eq=False)
class Template:
    """A formula with columns.

    Attributes:
        tree: The formula.
        columns: float64 ``[rows]`` for each name in it that differs from row to row.
        sound: Which rows are surely formulas that can be computed; the others have to be asked
            one by one.
        uses_lr: Whether it is about the base LR.
    """

    tree: ast.expr
    columns: Mapping[str, FloatArray]
    sound: NDArray[np.bool_]
    uses_lr: bool


def templates(
    texts: Sequence[str], most: int = MAX_LENGTH
) -> Iterator[tuple[NDArray[np.int64], Template | None]]:
    """Rows whose texts are alike, with their template; None where the text is no formula.

    Args:
        texts: The formulas.
        most: How many characters each of them may have.
    """
    rows_of: dict[tuple[str, ...], list[int]] = {}
    numbers: list[list[str]] = []
    last, pieces = "", [""]
    for row, text in enumerate(texts):
        if text != last:
            last, pieces = text, _NUMBER.split(text)
        # What stands between the numbers, and the numbers, take turns.
        rows_of.setdefault(tuple(pieces[::2]), []).append(row)
        numbers.append(pieces[1::2])
    for rows in rows_of.values():
        alike = [numbers[row] for row in rows]
        longest = max(len(texts[row]) for row in rows)
        try:
            yield np.array(rows), _template(texts[rows[0]], alike, longest, most)
        except FormulaError:
            yield np.array(rows), None


def whole_formulas(formulas: Sequence[Formula]) -> Iterator[tuple[NDArray[np.int64], Template]]:
    """Rows with the same formula; its named constants may differ from row to row."""
    rows_of: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for row, formula in enumerate(formulas):
        names = tuple(name for name, _ in formula.constants)
        rows_of.setdefault((formula.text, names), []).append(row)
    for (_, names), rows in rows_of.items():
        table = np.array([[value for _, value in formulas[row].constants] for row in rows])
        columns = {name: table[:, place] for place, name in enumerate(names)}
        formula = formulas[rows[0]]
        yield np.array(rows), _finished(formula, columns, len(rows))


def _template(text: str, numbers: Sequence[Sequence[str]], longest: int, most: int) -> Template:
    columns: dict[str, FloatArray] = {}
    names: list[str] = []
    for place, first in enumerate(numbers[0]):
        if all(found[place] == first for found in numbers):
            names.append(first)
            continue
        name = f"number_{place}"
        names.append(name)
        columns[name] = np.array([float(found[place]) for found in numbers])
    rest = iter(names)
    source = _NUMBER.sub(lambda _: next(rest), text) if columns else text
    # Names are longer than the numbers they stand for.
    room = max(most, MAX_GENERATED)
    formula = parse_formula(source, names=(*NAMES, *columns), most=room)
    template = _finished(formula, columns, len(numbers))
    if longest > most:
        template.sound[:] = False
    return template


def _finished(formula: Formula, columns: Mapping[str, FloatArray], rows: int) -> Template:
    sound = np.ones(rows, dtype=bool)
    variables = {name: values[:, None] for name, values in columns.items()}
    variables |= {name: np.asarray(value) for name, value in CONSTANTS.items()}
    unknown = formula.names - columns.keys() - set(NAMES)
    if unknown:
        sound[:] = False
    for node in () if unknown else _constants(formula.tree, frozenset(columns)):
        values = evaluate_columns(node, np.zeros(1), variables)
        sound &= ~np.isnan(np.broadcast_to(values, (rows, 1))[:, 0])
    return Template(formula.tree, columns, sound, "lr" in formula.names)


def _constants(node: ast.expr, columns: frozenset[str]) -> Iterator[ast.expr]:
    """The greatest parts that are the same at all times; reading a formula checks these."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    if not names & {"t", "T", "lr"}:
        if names & columns and not isinstance(node, ast.Name):
            yield node
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _constants(child, columns)
