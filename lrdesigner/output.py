"""Curves as tables: CSV, JSON and NumPy's npz. No Qt.

All three hold the same columns: ``step``, ``epoch``, ``lr/<group>`` for each group and, where a
phase or a lane changes it, ``momentum/<group>``, ``beta2/<group>`` and ``weight_decay/<group>``;
the floats are exact.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

from lrdesigner._files import write_atomically
from lrdesigner._float_text import float_texts
from lrdesigner.engine.curve import Curve
from lrdesigner.schedule.tracks import QUANTITIES

CHUNK = 16384

Column = NDArray[np.int64] | NDArray[np.float64]


class OutputError(ValueError):
    """A file name that does not say a format this program writes."""


def columns(curve: Curve) -> dict[str, Column]:
    """The columns of a curve's table by name, in order."""
    table: dict[str, Column] = {
        "step": np.arange(curve.steps, dtype=np.int64),
        "epoch": curve.epochs,
    }
    for quantity in QUANTITIES:
        rows = curve.values(quantity)
        if rows is not None:
            names = (f"{quantity}/{name}" for name in curve.groups)
            table.update(zip(names, rows, strict=True))
    return table


def csv_chunks(curve: Curve) -> Iterator[bytes]:
    """The table as CSV in UTF-8, piece by piece; names are quoted where they need it."""
    table = columns(curve)
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow(table)
    yield head.getvalue().encode()
    for start in range(0, curve.steps, CHUNK):
        cells = (_texts(values[start : start + CHUNK]) for values in table.values())
        yield b"\n".join(map(b",".join, zip(*cells, strict=True))) + b"\n"


def json_chunks(curve: Curve) -> Iterator[bytes]:
    """The table as one JSON object, a list for each column, piece by piece."""
    before = "{"
    for name, values in columns(curve).items():
        yield f"{before}\n{json.dumps(name, ensure_ascii=False)}: [".encode()
        for start in range(0, len(values), CHUNK):
            separator = b", " if start else b""
            yield separator + b", ".join(_texts(values[start : start + CHUNK]))
        yield b"]"
        before = ","
    yield b"\n}\n"


def npz_chunks(curve: Curve) -> Iterator[bytes]:
    """The table as an npz file: ``numpy.load(path)["lr/<group>"]``."""
    file = io.BytesIO()
    np.savez(file, **columns(curve))  # type: ignore[arg-type]
    yield file.getvalue()


FORMATS: Mapping[str, Callable[[Curve], Iterator[bytes]]] = {
    ".csv": csv_chunks,
    ".json": json_chunks,
    ".npz": npz_chunks,
}


def format_for(path: str | Path) -> Callable[[Curve], Iterator[bytes]]:
    """The writer that a file's suffix asks for.

    Raises:
        OutputError: If the suffix is none of `FORMATS`.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise OutputError(f"{path}: the name must end in {', '.join(FORMATS)}")
    return FORMATS[suffix]


def save_curve(curve: Curve, path: str | Path) -> None:
    """Write a curve's table in the format that the suffix says.

    Raises:
        OutputError: If the suffix is none of `FORMATS`.
        OSError: If writing fails; an existing file is left untouched.
    """
    write_output(path, format_for(path)(curve))


def write_output(path: str | Path, chunks: Iterable[bytes]) -> None:
    """Write a file in one go; a device or a pipe (``/dev/stdout``) is written into, not replaced.

    Raises:
        OSError: If writing fails; an existing file is left untouched.
    """
    path = Path(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as file:
            file.writelines(chunks)
        return
    write_atomically(path, chunks)


def _texts(values: Column) -> list[bytes]:
    if values.dtype == np.int64:
        return to_json(values.tolist())[1:-1].split(b",")
    return float_texts(values.astype(np.float64, copy=False))
