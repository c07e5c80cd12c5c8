"""The application's one style sheet, filled in from the tokens. No Qt."""

from __future__ import annotations

import dataclasses
from functools import cache
from string import Template

from lrdesigner._resources import resource_dir
from lrdesigner.gui.theme.color import mix
from lrdesigner.gui.theme.tokens import Tokens


def build_stylesheet(tokens: Tokens) -> str:
    """``resources/themes/app.qss`` in the colours of ``tokens``."""
    return _template().substitute(_values(tokens))


@cache
def _template() -> Template:
    return Template((resource_dir() / "themes" / "app.qss").read_text(encoding="utf-8"))


def _values(tokens: Tokens) -> dict[str, str]:
    values = {
        field.name: value
        for field in dataclasses.fields(tokens)
        if isinstance(value := getattr(tokens, field.name), str)
    }
    for name in ("accent_text", "ok_text", "warning_text", "error_text"):
        values[name] = str(getattr(tokens, name))
    for name in ("ok", "warning", "error", "accent"):
        values[f"{name}_line"] = mix(tokens.panel, str(getattr(tokens, name)), 0.55)
        values[f"{name}_ground"] = mix(tokens.panel, str(getattr(tokens, name)), 0.07)
    # The chosen segment stands out of its track: darker than it in the dark, white in the light.
    values["segment"] = tokens.panel
    values["segment_line"] = tokens.line if tokens.scheme == "dark" else tokens.line_strong
    # Style sheets take forward slashes on every system.
    values["images"] = (resource_dir() / "themes" / tokens.scheme).as_posix()
    return values
