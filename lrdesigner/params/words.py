"""What a parameter's declaration says, in words: its unit, default and limits. No Qt."""

from __future__ import annotations

from lrdesigner import numerals
from lrdesigner.i18n import mark, tr
from lrdesigner.params.base import REQUIRED, Param

UNITS = {
    "": "",
    "ticks": mark("steps"),
    "lr": mark("LR"),
    "× base": mark("× base LR"),
    "× decay": mark("× the decay"),
    "×": mark("factor"),
    "per step": mark("per step"),
    "of phase": mark("of the phase"),
    "of cycle": mark("of the cycle"),
    "of period": mark("of the period"),
    "waves": mark("waves"),
    "cycles": mark("cycles"),
    "epochs": mark("epochs"),
    "steps": mark("optimizer steps"),
    "sequences": mark("sequences"),
    "tokens": mark("tokens"),
}
"""Every unit that a scheduler's parameter may have, as a word."""

_WHOLE = 1e6


def unit_words(param: Param) -> str:
    """The unit as a word; "" for a number without one, and for what is no number."""
    return tr(UNITS.get(param.unit, param.unit))


def default_text(param: Param) -> str:
    """What holds if nothing is given."""
    if param.follows and not param.null_follows:
        if param.follows == "length":
            return tr("the phase's length")
        return tr("the LR reached")
    if param.default is REQUIRED:
        return tr("needed")
    return value_text(param.default)


def value_text(value: object) -> str:
    """A value of a parameter for people to read."""
    if value is None or value == "" or value == {}:
        return tr("empty")
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, int):
        return numerals.grouped(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _WHOLE
        return numerals.localised(f"{value:,.0f}" if whole else f"{value:.4g}")
    return str(value)


def limits_text(param: Param) -> str:
    """What may be given, as the end of the sentence "it may be …"."""
    words = [param.allowed]
    if param.per_group:
        words.append(tr("or a list with one for each group"))
    return ", ".join(words)
