"""The canvas: the curve of every group, to look at and to take hold of.

Only who asks for the panel loads it: pictures in files use what it is made of that needs no window
(lines, scales, lanes), and have no use for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrdesigner.gui.canvas.panel import CanvasPanel

__all__ = ["CanvasPanel"]


def __getattr__(name: str) -> object:
    if name != "CanvasPanel":
        raise AttributeError(name)
    from lrdesigner.gui.canvas.panel import CanvasPanel

    return CanvasPanel
