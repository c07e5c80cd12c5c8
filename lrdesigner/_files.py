"""Writing files so that nobody ever finds half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lrdesigner.i18n import tr

_ANY_WRITE = 0o222


def write_atomically(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Replace `path` by `content` in one go: readers see the old file or the whole new one.

    Args:
        path: Where to write.
        content: All bytes, or pieces of them that need never be in memory together.

    Raises:
        OSError: If writing fails; it names `path`, and an existing file is left untouched.
    """
    with _naming(path):
        target = _behind_links(path)
        mode = _mode_to_give(target)
        # A short name of its own: one made of the target's could be longer than names may be.
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".lrd-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode)
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors name the file that was asked for, not a temporary one."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def _behind_links(path: Path) -> Path:
    """The file to replace: a link stays a link, and what it points to is new."""
    try:
        target = path.resolve()
    except RuntimeError:  # how Python says it before 3.13
        looping = True
    else:
        looping = target.is_symlink()
    if looping:
        raise OSError(errno.ELOOP, tr("the link leads back to itself"))
    return target


def _mode_to_give(target: Path) -> int:
    """The permissions of the file that is there, or those of a new one.

    Raises:
        PermissionError: If the file is protected. Replacing it needs only the folder's consent,
            but whoever made it read-only meant its content.
    """
    try:
        mode = target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return 0o666 & ~_umask()
    # The bits as well, since everything is writable for root.
    if not mode & _ANY_WRITE or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, tr("the file is write-protected"))
    return mode


def _umask() -> int:
    # The only portable way to read it is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
