"""A picture of a curve without Qt: where Qt cannot be loaded, a plain PNG is better than none.

Lines, frame and grid, no text. `lrdesigner.gui.picture` draws the real ones.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from lrdesigner.axes import Axis, FloatArray, time_axis, value_axis
from lrdesigner.engine.curve import Curve

WIDTH, HEIGHT, MARGIN = 1280, 720, 48
GROUND, GRID, FRAME = (245, 246, 248), (226, 229, 234), (152, 161, 173)
LINES = ((31, 111, 235), (12, 138, 99), (194, 109, 0), (122, 77, 224), (200, 55, 76))
HALF_WIDTH = 1.4

Image = NDArray[np.uint8]
Color = tuple[int, int, int]


def plain_picture(curve: Curve) -> bytes:
    """The curve of every group over the steps, linear, as the content of a PNG file."""
    image: Image = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    image[:] = GROUND
    plot = image[MARGIN:-MARGIN, MARGIN:-MARGIN]
    values = value_axis(curve.lr, log=False, marks=8)
    times = time_axis(float(curve.steps), 12)
    _grid(plot, values, times)
    for index in reversed(range(len(curve.groups))):
        _line(plot, curve.lr[index], values, LINES[index % len(LINES)])
    plot[[0, -1], :] = FRAME
    plot[:, [0, -1]] = FRAME
    return png(image)


def png(image: Image) -> bytes:
    """An RGB image, ``[height, width, 3]``, as the content of a PNG file."""
    height, width, _ = image.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)  # each begins with "no filter"
    rows[:, 1:] = image.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes())), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _grid(plot: Image, values: Axis, times: Axis) -> None:
    height, width, _ = plot.shape
    rows = (1 - values.place(np.array(values.ticks))) * (height - 1)
    plot[np.rint(rows).astype(int), :] = GRID
    columns = times.place(np.array(times.ticks)) * (width - 1)
    plot[:, np.rint(columns).astype(int)] = GRID


def _line(plot: Image, lr: FloatArray, values: Axis, color: Color) -> None:
    """Fill each pixel column from the lowest to the highest value it stands for, softly edged."""
    height, width, _ = plot.shape
    cuts = np.linspace(0, len(lr), width + 1)
    first = np.minimum(cuts[:-1].astype(int), len(lr) - 1)
    last = np.maximum(first + 1, np.ceil(cuts[1:]).astype(int))
    low = np.array([lr[a:b].min() for a, b in zip(first, last, strict=True)])
    high = np.array([lr[a:b].max() for a, b in zip(first, last, strict=True)])
    # With its neighbours' values a column joins them, and steep lines are not thin.
    low = np.minimum.reduce([low, np.append(low[1:], low[-1]), np.append(low[0], low[:-1])])
    high = np.maximum.reduce([high, np.append(high[1:], high[-1]), np.append(high[0], high[:-1])])
    top = (1 - values.place(high)) * (height - 1) - HALF_WIDTH
    bottom = (1 - values.place(low)) * (height - 1) + HALF_WIDTH
    rows = np.arange(height)[:, None]
    cover = np.clip(np.minimum(rows - top, bottom - rows) + 0.5, 0, 1)[:, :, None]
    plot[:] = np.rint(plot * (1 - cover) + np.array(color) * cover).astype(np.uint8)
