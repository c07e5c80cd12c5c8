"""Typed parameter declarations: what forms, checks, schemas and exporters read."""

from __future__ import annotations

from lrdesigner.params.declarations import (
    REQUIRED,
    BoolParam,
    ChoiceParam,
    FloatParam,
    FormulaParam,
    IntListParam,
    IntParam,
    Param,
)
from lrdesigner.params.tables import TableParam

__all__ = [
    "REQUIRED",
    "BoolParam",
    "ChoiceParam",
    "FloatParam",
    "FormulaParam",
    "IntListParam",
    "IntParam",
    "Param",
    "TableParam",
]
