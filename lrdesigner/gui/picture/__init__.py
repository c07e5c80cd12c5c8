"""Pictures of curves for files, the clipboard and paper: PNG, SVG, PDF."""

from __future__ import annotations

from lrdesigner.gui.picture.content import GROUNDS, PAPER, Band, Content, bands_of, compose
from lrdesigner.gui.picture.lanes import lanes_of
from lrdesigner.gui.picture.render import (
    SUFFIXES,
    PictureError,
    format_of,
    picture_bytes,
    render,
)

__all__ = [
    "GROUNDS",
    "PAPER",
    "SUFFIXES",
    "Band",
    "Content",
    "PictureError",
    "bands_of",
    "compose",
    "format_of",
    "lanes_of",
    "picture_bytes",
    "render",
]
