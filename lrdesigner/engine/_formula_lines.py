"""Parts of a formula that are straight lines in time, and what operators make of them."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

_MOST = 6  # so many things that a part of a formula may be are followed up


@dataclass(frozen=True)
class Line:
    """A straight line in time: ``slope · u + offset``.

    Attributes:
        slope: 0 for a constant.
        offset: Value at u = 0.
        shift: A time at which u is 0.
        period: u begins anew as often; without it u is the local time.
    """

    slope: float
    offset: float
    shift: float = 0.0
    period: float = math.inf

    def scaled(self, factor: float) -> Line:
        return replace(self, slope=self.slope * factor, offset=self.offset * factor)


# A part is a line; steps whose jumps are noted already; or something else in time.
Form = Line | Literal["steps", "other"]
Forms = tuple[Form, ...]
OTHER: Forms = ("other",)
STEPS: Forms = ("steps",)


def is_fixed(form: Form) -> bool:
    """Whether a part is constant, but for jumps that are noted already."""
    return form == "steps" or (isinstance(form, Line) and not form.slope)


def limited(forms: Iterable[Form]) -> Forms:
    found = tuple(dict.fromkeys(forms))
    return found if len(found) <= _MOST else OTHER


def computed(a: Form, op: ast.operator, b: Form) -> Form:
    """What an operator makes of two forms."""
    if not (isinstance(a, Line) and isinstance(b, Line)):
        return "steps" if is_fixed(a) and is_fixed(b) else "other"
    if isinstance(op, (ast.Add, ast.Sub)):
        return _sum(a, b if isinstance(op, ast.Add) else b.scaled(-1.0))
    try:
        if isinstance(op, ast.Mult) and not (a.slope and b.slope):
            return b.scaled(a.offset) if not a.slope else a.scaled(b.offset)
        if isinstance(op, ast.Div) and not b.slope:
            return a.scaled(1.0 / b.offset)
        if isinstance(op, ast.Pow) and not (a.slope or b.slope):
            return Line(0.0, float(a.offset**b.offset))
    except (ArithmeticError, TypeError):
        pass
    return "other"


def _sum(a: Line, b: Line) -> Form:
    if not a.slope:
        return replace(b, offset=a.offset + b.offset)
    if b.slope and (a.shift, a.period) != (b.shift, b.period):
        return "other"
    return replace(a, slope=a.slope + b.slope, offset=a.offset + b.offset)


def remainder(a: Form, b: Form) -> Form:
    """``a % b``; beyond a line and a number nothing is followed up."""
    if not (isinstance(a, Line) and isinstance(b, Line)):
        return "steps" if is_fixed(a) and is_fixed(b) else "other"
    if b.slope or b.offset <= 0:
        return "other"
    if not a.slope:
        return Line(0.0, a.offset % b.offset)
    if math.isfinite(a.period):
        return "other"
    begins = 0.0 if a.slope > 0 else b.offset
    return Line(a.slope, begins, -a.offset / a.slope, b.offset / abs(a.slope))
