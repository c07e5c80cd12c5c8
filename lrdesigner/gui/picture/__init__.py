"""A static picture of curves, as a PNG or SVG file."""

from __future__ import annotations

from lrdesigner.gui.picture.content import Band, bands_of
from lrdesigner.gui.picture.render import SUFFIXES, picture_bytes, render

__all__ = ["SUFFIXES", "Band", "bands_of", "picture_bytes", "render"]
