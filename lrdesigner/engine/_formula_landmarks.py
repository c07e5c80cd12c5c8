"""The landmarks of a formula, read from its syntax tree.

``t < 500`` jumps at 500, ``t % 100`` every 100 ticks, ``cos(pi * t / T)`` has a peak every 2 T:
wherever time comes in as a straight line this is known without trying. Elsewhere the formula is
asked at a thousand ticks.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product

import numpy as np

from lrdesigner.engine._formula_array import evaluate_array
from lrdesigner.engine._formula_crossings import GRID, Ticks, crossings
from lrdesigner.engine._formula_lines import (
    OTHER,
    STEPS,
    Form,
    Forms,
    Line,
    computed,
    is_fixed,
    limited,
    remainder,
)
from lrdesigner.engine.arrays import FloatArray
from lrdesigner.engine.hidden import turning_ticks
from lrdesigner.engine.landmarks import Beat, Landmarks, ticks_at

_BELLS = ("exp", "tanh")  # steepest, or of the size of the rest, where what they are of is 0
_WAVES = 100  # of a rhythm that the whole may turn a little beside
_TURNS = 16  # and so many turns within a rhythm
_FAST, _SHORTEST = 4.0, 0.5  # ticks; what comes again so soon falls between them anyhow
_AFTER = 0.5  # ticks; the first tick after a whole time is the first from here on
_CURVED = 0.5  # a wave that turns by more than this from one of the ticks asked to the next


def _found(tree: ast.expr, values: tuple[tuple[str, float], ...], ticks: int) -> Landmarks:
    """The landmarks of a formula.

    Args:
        tree: The formula.
        values: Its names but for t, with their values.
        ticks: Local times go from 0 to there.
    """
    reader = _Reader(dict(values), ticks)
    with np.errstate(all="ignore"):
        if "other" in reader.forms(tree):
            reader.note_turns(tree)
    return Landmarks(
        tuple(dict.fromkeys(reader.times)), tuple(dict.fromkeys(reader.beats)), reader.restless
    )


# A window asks for the same ones at every frame of a drag. They keep their trees, of which those
# of tables with a thousand rows take megabytes.
tree_landmarks = lru_cache(maxsize=256)(_found)
large_tree_landmarks = lru_cache(maxsize=8)(_found)


@lru_cache(maxsize=256)  # the same tree each time, as landmarks are known by it
def below(tree: ast.expr, level: float) -> ast.expr:
    """The formula that tells whether another one is below a number."""
    return ast.Compare(tree, [ast.Lt()], [ast.Constant(level)])


class _Reader:
    """One walk over a tree; notes landmarks on its way."""

    def __init__(self, values: Mapping[str, float], ticks: int) -> None:
        self._values = values
        self._ticks = ticks
        self.times: list[float] = []
        self.beats: list[Beat] = []
        self.restless = False
        self._known: dict[int, Forms] = {}
        self._quick = ticks / _WAVES

    def forms(self, node: ast.expr) -> Forms:
        """What a part of the formula may be."""
        if id(node) not in self._known:
            self._known[id(node)] = self._forms(node)
        return self._known[id(node)]

    def _forms(self, node: ast.expr) -> Forms:
        match node:
            case ast.Constant(value=number):
                return (Line(0.0, float(number)),)  # type: ignore[arg-type]
            case ast.Name(id=name):
                return (Line(1.0, 0.0) if name == "t" else Line(0.0, self._values[name]),)
            case ast.UnaryOp(op=op, operand=operand):
                return self._unary(op, operand)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(node, self.forms(left), op, self.forms(right))
            case ast.BoolOp(values=parts):
                return self._one_of(parts, tests=parts)
            case ast.Compare(left=left, comparators=others):
                return self._compared([left, *others])
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._one_of([body, orelse], tests=[test])
            case ast.Call(func=ast.Name(id="where"), args=[test, body, orelse]):
                return self._one_of([body, orelse], tests=[test])
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(node, name, args)
        raise AssertionError(f"unchecked node {node!r}")

    def note_turns(self, tree: ast.expr) -> None:
        """Where the whole turns and jumps in ways that its parts do not tell of."""
        if self.restless or self._ticks < 2 or any(b.every < self._quick for b in self.beats):
            return  # which takes more than a few places to tell
        known = np.sort(ticks_at(self.times, self._ticks)).astype(np.int64)
        found = turning_ticks(known, self._ticks, lambda ticks: self._evaluate(tree, ticks)[None])
        drawn = {tick - late for tick in known.tolist() for late in (0, 1)}
        self.times += [float(tick) for tick in found.tolist() if tick not in drawn]

    # -- kinds of parts ----------------------------------------------------------------------------

    def _unary(self, op: ast.unaryop, operand: ast.expr) -> Forms:
        found = self.forms(operand)
        if isinstance(op, ast.Not):
            self._note_roots(found, operand)
            return STEPS
        if isinstance(op, ast.USub):
            return tuple(f.scaled(-1.0) if isinstance(f, Line) else f for f in found)
        return found

    def _binary(self, node: ast.expr, left: Forms, op: ast.operator, right: Forms) -> Forms:
        assert isinstance(node, ast.BinOp)
        if isinstance(op, (ast.FloorDiv, ast.Mod)):
            return self._division(node, left, right, isinstance(op, ast.Mod))
        if isinstance(op, ast.Pow):
            self._note_roots(left, node.left)  # where an even power turns
        if isinstance(op, ast.Mult):
            self._note_vertices(left, right)
        if isinstance(op, ast.Div):
            lines = tuple(form for form in right if isinstance(form, Line))
            self._note_roots(lines, node.right)  # where there is no value
        return limited(computed(a, op, b) for a, b in product(left, right))

    def _division(self, node: ast.BinOp, left: Forms, right: Forms, rest: bool) -> Forms:
        """``//`` and ``%``: a jump wherever the quotient is whole."""
        quotient = limited(computed(a, ast.Div(), b) for a, b in product(left, right))
        self._note_levels(quotient, ast.BinOp(node.left, ast.Div(), node.right), after=False)
        if not rest:
            return STEPS
        return limited(remainder(a, b) for a, b in product(left, right))

    def _one_of(self, parts: Sequence[ast.expr], tests: Sequence[ast.expr]) -> Forms:
        """Parts of which one is taken, as some parts are zero or not."""
        for test in tests:
            self._note_roots(self.forms(test), test)
        return limited(form for part in parts for form in self.forms(part))

    def _compared(self, sides: Sequence[ast.expr]) -> Forms:
        for left, right in pairwise(sides):
            self._note_meeting(left, right)
        return STEPS

    def _call(self, node: ast.expr, name: str, args: Sequence[ast.expr]) -> Forms:
        if name in ("min", "max", "clip"):
            for left, right in combinations(args, 2):
                self._note_meeting(left, right)
            return limited(form for arg in args for form in self.forms(arg))
        (arg,) = args
        found = self.forms(arg)
        if all(map(is_fixed, found)):
            return tuple(self._constant(name, form) for form in found)
        if name in ("floor", "ceil"):
            self._note_levels(found, arg, after=name == "ceil")
            return STEPS
        if name in ("sin", "cos"):
            self._note_waves(found, arg, math.pi / 2 if name == "sin" else 0.0)
        elif name == "abs":
            self._note_roots(found, arg)
            mirrored = (form.scaled(-1.0) for form in found if isinstance(form, Line))
            return limited([*found, *mirrored])
        elif name in _BELLS:
            lines = (f for f in found if isinstance(f, Line) and f.slope and f.offset)
            for form in lines:
                self._note(form, [-form.offset / form.slope])
        return OTHER

    def _constant(self, name: str, form: Form) -> Form:
        if not isinstance(form, Line):
            return form
        call = ast.Call(ast.Name(name), [ast.Constant(form.offset)], [])
        return Line(0.0, float(self._evaluate(call, np.zeros(1, np.int64))[0]))

    # -- what is noted -----------------------------------------------------------------------------

    def _note_meeting(self, left: ast.expr, right: ast.expr) -> None:
        """Where two parts change places."""
        pairs = product(self.forms(left), self.forms(right))
        apart = limited(computed(a, ast.Sub(), b) for a, b in pairs)
        self._note_roots(apart, ast.BinOp(left, ast.Sub(), right))

    def _note_roots(self, forms: Forms, node: ast.expr) -> None:
        for form in forms:
            if isinstance(form, Line) and form.slope:
                # A comparison may be with ``<=``: the first tick from there on, and one after it.
                root = -form.offset / form.slope
                self._note(form, [root])
                self._note(form, [root], _AFTER)
        if "other" in forms:
            self._note_crossings(node, _signs)

    def _note_vertices(self, left: Forms, right: Forms) -> None:
        """Where a product of two lines turns: halfway between their roots."""
        for a, b in product(left, right):
            if not (isinstance(a, Line) and isinstance(b, Line) and a.slope and b.slope):
                continue
            middle = -(a.offset / a.slope + b.offset / b.slope) / 2
            if middle and (a.shift, a.period) == (b.shift, b.period):
                self._note(a, [middle])

    def _note_levels(self, forms: Forms, node: ast.expr, after: bool) -> None:
        """Where a part passes whole numbers.

        Args:
            forms: What the part may be.
            node: The part.
            after: Whether a rising one jumps just after a whole number; a falling one then does
                at the number, and the other way round.
        """
        for form in forms:
            if isinstance(form, Line) and form.slope:
                late = _AFTER if after == (form.slope > 0) else 0.0
                self._note_turns(form, -form.offset / form.slope, 1 / abs(form.slope), late)
        if "other" in forms:
            self._note_crossings(node, np.floor)

    def _note_waves(self, forms: Forms, node: ast.expr, phase: float) -> None:
        """Peaks and troughs, in turn: noted apart, as one beat would find one kind only."""
        for form in forms:
            if isinstance(form, Line) and form.slope:
                first, half = (phase - form.offset) / form.slope, math.pi / abs(form.slope)
                self._note_turns(form, first, 2 * half)
                self._note_turns(form, first + half, 2 * half)
        if "other" in forms:
            values = self._evaluate(node, np.linspace(0, self._ticks, GRID).astype(np.int64))
            turn = np.abs(np.diff(values))
            self.restless |= bool((turn > _CURVED).any())

    def _note_turns(self, form: Line, first: float, every: float, late: float = 0.0) -> None:
        """Landmarks at ``first + k · every`` of a line's own time."""
        if math.isinf(form.period):
            self._beat(first + late, every)
            return
        start = math.ceil(-first / every)
        count = math.ceil((form.period - first) / every) - start
        if count > _TURNS:
            self.restless = True
            count = _TURNS
        self._note(form, [first + (start + k) * every for k in range(count)], late)

    def _note(self, form: Line, places: Iterable[float], late: float = 0.0) -> None:
        """Landmarks at places of a line's own time, or a little later."""
        for place in places:
            if not math.isinf(form.period):
                if 0 <= place <= form.period:
                    self._beat(form.shift + place + late, form.period)
            elif -1 <= place <= self._ticks + 1:
                self.times.append(place + late)

    def _beat(self, first: float, every: float) -> None:
        if math.isfinite(first) and math.isfinite(every):
            self.restless |= every < _FAST
            if every >= _SHORTEST:
                self.beats.append(Beat(first % every, every))

    def _note_crossings(self, node: ast.expr, state: Callable[[FloatArray], FloatArray]) -> None:
        found = crossings(lambda times: self._evaluate(node, times), state, self._ticks)
        if found is None:
            self.restless = True
        else:
            self.times += [time for tick in found.tolist() for time in (tick, tick + 1.0)]

    def _evaluate(self, node: ast.expr, times: Ticks) -> FloatArray:
        return evaluate_array(node, times, self._values)


def _signs(values: FloatArray) -> FloatArray:
    """Neighbouring numbers for less than zero and more, with zero itself between them."""
    return np.sign(values) / 2
