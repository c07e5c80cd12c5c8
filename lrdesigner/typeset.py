"""Formulas as drawings: LaTeX in, lines and curves as SVG out.

ziamath sets the formula in STIX Two Math, which it brings along, so the result looks the same
everywhere. It is imported when it is first needed, which takes a fifth of a second, and a formula
takes some hundredths: too long for a thread that paints.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

_EM = 20.0
_FRAME = re.compile(r'<svg[^>]*? viewBox="([-\d. ]+)"')
# Words set letter by letter have gaps around "_" and no kerning.
_WORD = re.compile(r"\\mathit\{((?:[^{}\\]|\\_){2,})\}")
_MOST = 2000
# The library keeps fonts and settings in its modules.
_turn = threading.Lock()


class TypesetError(ValueError):
    """A formula that cannot be drawn; the text says why."""


@dataclass(frozen=True)
class Drawing:
    """A line of mathematics.

    Attributes:
        svg: The picture; whatever it draws is in ``currentColor``.
        width: Its width, in ems.
        height: Its height, in ems.
        depth: How much of the height is below the line of writing, in ems.
    """

    svg: str
    width: float
    height: float
    depth: float


_drawn: dict[str, Drawing] = {}


def drawn(latex: str) -> Drawing | None:
    """What `typeset` would give, if it has been asked for this line before; takes no time."""
    return _drawn.get(latex)


def typeset(latex: str) -> Drawing:
    """Draw a line of LaTeX.

    Args:
        latex: What stands between dollar signs in a paper.

    Raises:
        TypesetError: If the library is missing, or does not understand the line.
    """
    with _turn:
        if latex not in _drawn:
            if len(_drawn) >= _MOST:
                _drawn.clear()
            _drawn[latex] = _draw(latex)
        return _drawn[latex]


def _draw(latex: str) -> Drawing:
    try:
        from ziamath.config import config
        from ziamath.zmath import Latex

        config.svg2 = False  # paths only; symbols are drawn by few programs alike
        svg = Latex(_as_words(latex), size=_EM, color="currentColor", margin=0).svg()
    except Exception as error:  # whatever a library says of a text: the caller shows the text
        raise TypesetError(f"{type(error).__name__}: {error}") from error
    frame = _FRAME.match(svg)
    if frame is None:
        raise TypesetError("the drawing has no size")
    _, top, width, height = (float(number) for number in frame[1].split())
    return Drawing(svg, width / _EM, height / _EM, (top + height) / _EM)


def _as_words(latex: str) -> str:
    """With names as words in one piece, which is how they look best."""
    return _WORD.sub(lambda found: rf"\textit{{{found[1].replace(chr(92) + '_', '_')}}}", latex)
