"""Typed parameter declarations: what forms, checks, schemas and exporters read."""

from __future__ import annotations

from lrdesigner.params.base import REQUIRED, Param
from lrdesigner.params.constants import ConstantsParam, TextParam
from lrdesigner.params.declarations import (
    BoolParam,
    ChoiceParam,
    FloatParam,
    FormulaParam,
    IntParam,
)
from lrdesigner.params.tables import IntListParam, NumbersParam, TableParam

__all__ = [
    "REQUIRED",
    "BoolParam",
    "ChoiceParam",
    "ConstantsParam",
    "FloatParam",
    "FormulaParam",
    "IntListParam",
    "IntParam",
    "NumbersParam",
    "Param",
    "TableParam",
    "TextParam",
]
