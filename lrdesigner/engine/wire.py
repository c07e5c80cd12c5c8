"""Messages between the window and its worker: pickles, with large arrays beside them.

An array goes over as it is, piece by piece, straight into the memory where it will stay: neither
side makes a copy, and the receiving thread holds the interpreter only for a moment at a time. So
a window that waits for nothing is not made to wait for eighty megabytes either. Between two pieces
the sender may give up, when the message is not wanted any more.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from typing import IO

import numpy as np

PIECE = 1 << 20
_HEAD = struct.Struct("<IQ")
_SIZE = struct.Struct("<Q")
_GO_ON, _GIVEN_UP = b"\x01", b"\x00"


def _wanted() -> bool:
    return True


def send(sink: IO[bytes], message: object, wanted: Callable[[], bool] = _wanted) -> bool:
    """Write a message.

    Args:
        sink: Where to.
        message: Anything that can be pickled.
        wanted: Asked before each piece of an array; false gives the message up.

    Returns:
        False if it was given up.
    """
    buffers: list[pickle.PickleBuffer] = []
    text = pickle.dumps(message, protocol=5, buffer_callback=buffers.append)
    sink.write(_HEAD.pack(len(buffers), len(text)))
    sink.write(text)
    for buffer in buffers:
        view = buffer.raw()
        sink.write(_SIZE.pack(len(view)))
        for first in range(0, len(view), PIECE):
            if not wanted():
                sink.write(_GIVEN_UP)
                sink.flush()
                return False
            sink.write(_GO_ON)
            sink.write(view[first : first + PIECE])
    sink.flush()
    return True


def receive(source: IO[bytes]) -> object:
    """Read the next message; those that were given up are passed over.

    Only for pipes to one's own processes: a pickle can run anything.

    Raises:
        EOFError: If the other side is gone.
    """
    while True:
        count, size = _HEAD.unpack(_exactly(source, _HEAD.size))
        text = _exactly(source, size)
        buffers: list[memoryview] = []
        while len(buffers) < count:
            buffer = _buffer(source)
            if buffer is None:
                break
            buffers.append(buffer)
        else:
            return pickle.loads(text, buffers=buffers)


def _buffer(source: IO[bytes]) -> memoryview | None:
    """An array's bytes; None if it was given up."""
    (size,) = _SIZE.unpack(_exactly(source, _SIZE.size))
    # NumPy's memory is not filled with zeros first, which would take as long as the transfer.
    view = np.empty(size, np.uint8).data
    for first in range(0, size, PIECE):
        if _exactly(source, 1) == _GIVEN_UP:
            return None
        _fill(source, view[first : first + PIECE])
    return view


def _exactly(source: IO[bytes], size: int) -> bytes:
    found = source.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _fill(source: IO[bytes], view: memoryview) -> None:
    done = 0
    while done < len(view):
        count = source.readinto(view[done:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        done += count
