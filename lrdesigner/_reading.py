"""Reading files that a document or a user names, so that none can hang or fill the memory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from lrdesigner.i18n import tr

MAX_BYTES = 64 * 1024 * 1024


class TooLargeError(Exception):
    """A file with more than the bytes that are read at most."""


def read_bounded(path: Path) -> bytes:
    """The bytes of a file, a pipe or a device, whatever size it says it has.

    Raises:
        OSError: If it cannot be read.
        TooLargeError: If there are more than `MAX_BYTES`.
    """
    with path.open("rb") as file:
        return _bounded(file)


def read_regular(path: Path) -> bytes:
    """Like `read_bounded`, but never waits: what is no regular file is refused.

    Raises:
        OSError: If it cannot be read, or is a folder, a pipe or a device.
        TooLargeError: If there are more than `MAX_BYTES`.
    """
    # Opening a pipe nobody writes to would wait for ever; Windows has no such flag and needs
    # the other one, or it would change line ends.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(_opened(path, flags), "rb") as file:
        return _bounded(file)


def _opened(path: Path, flags: int) -> int:
    handle = os.open(path, flags)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, tr("not a regular file"), str(path))


def _bounded(file: BinaryIO) -> bytes:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLargeError
    return content
