"""The code panel: the text of one export target, always of the current document.

Only who asks for the panel loads it: printed pages colour code as it does, and need no window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrdesigner.gui.code.panel import CodePanel

__all__ = ["CodePanel"]


def __getattr__(name: str) -> object:
    if name != "CodePanel":
        raise AttributeError(name)
    from lrdesigner.gui.code.panel import CodePanel

    return CodePanel
