"""Writing to the terminal, to pipes and to files, for the command line."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from lrdesigner.output import write_output

PROGRAM = "lrdesigner"
SHOW_AFTER, SHOW_EVERY = 0.5, 0.1


def say(text: str) -> None:
    """Print a line; what the terminal's encoding lacks is escaped rather than refused."""
    out = sys.stdout
    if out is None:  # a windowed bundle has no console
        return
    with _blaming("stdout"):
        try:
            out.write(text + "\n")
        except UnicodeEncodeError:
            out.write(text.encode(out.encoding, "backslashreplace").decode(out.encoding) + "\n")


def complain(message: str) -> None:
    """Print an error or a remark as one line on stderr, whatever a file's name or content holds."""
    if sys.stderr is not None:
        sys.stderr.write(f"{PROGRAM}: {one_line(message)}\n")


def one_line(text: str) -> str:
    """The text with line ends as spaces and everything else unprintable escaped."""
    joined = " ".join(text.splitlines())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in joined)


def reason(error: OSError) -> str:
    """What the system refused, with the file's name where it is known."""
    text = error.strerror or str(error)
    return f"{error.filename}: {text}" if error.filename else text


def deliver(chunks: Iterable[bytes], target: str) -> None:
    """Write bytes to a file, atomically, or to stdout for ``-``.

    Raises:
        OSError: If the file cannot be written; it names the file as it was given.
    """
    if target == "-":
        with _blaming("stdout"):
            out = sys.stdout
            if out is None:  # closed by whoever started the program
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            out.flush()
            for chunk in chunks:
                out.buffer.write(chunk)
    else:
        with _blaming(target):
            write_output(target, chunks)


def flush_stdout() -> None:
    """Write out what is still waiting.

    Raises:
        OSError: If it cannot be written, to a full disk for example.
    """
    if sys.stdout is not None:  # there is none in a windowed bundle
        with _blaming("stdout"):
            sys.stdout.flush()


@contextlib.contextmanager
def _blaming(target: str) -> Iterator[None]:
    """Errors of the system name what was asked for, not a temporary file; or nothing at all."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), target) from None


def abandon_stdout() -> None:
    """After an error: leave nothing that Python, ending, would try to write and complain about."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        try:
            sys.stdout.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


@contextlib.contextmanager
def progress_line(what: str) -> Iterator[Callable[[float], None] | None]:
    """Something to call with the fraction done; shows itself on a terminal if it takes long."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    line = _ProgressLine(one_line(what))
    try:
        yield line
    finally:
        line.clear()


class _ProgressLine:
    def __init__(self, what: str) -> None:
        self._what = what
        self._next = time.monotonic() + SHOW_AFTER
        self._shown = 0

    def __call__(self, fraction: float) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + SHOW_EVERY
        text = f"{self._what} ... {fraction:.0%}"
        self._write(f"\r{text}")
        self._shown = len(text)

    def clear(self) -> None:
        """Take the line off the terminal."""
        if self._shown:
            self._write("\r" + " " * self._shown + "\r")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
