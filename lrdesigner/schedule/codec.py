"""Reading and writing documents: strict about structure, kind to what it does not know."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from lrdesigner._files import write_atomically
from lrdesigner._reading import TooLargeError, read_bounded, read_regular
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.batch import FIELDS, Batch
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.frozen import FrozenModel, thaw
from lrdesigner.schedule.migrations import migrate
from lrdesigner.schedule.model import FORMAT, Horizon, Schedule, Track
from lrdesigner.schedule.structure import structural_errors

MAX_DEPTH = 100  # Python's recursion, with which deeper documents would be saved, is finite
MAX_LINE = 300

_TOO_DEEP = mark("the JSON is nested too deeply to be a schedule")


def load(path: str | Path) -> Schedule:
    """Read a document from a JSON file, or from a pipe.

    Raises:
        DocumentError: If the file cannot be read or is not a sound document; the message
            begins with the file's name.
    """
    return _load(Path(path), read_bounded)


def load_regular(path: Path) -> Schedule:
    """Like `load`, for a window, which must not wait: only regular files are read.

    Raises:
        DocumentError: As `load` does, and if it is a pipe, a device or a folder.
    """
    return _load(path, read_regular)


def _load(path: Path, read: Callable[[Path], bytes]) -> Schedule:
    try:
        text = read(path).decode("utf-8-sig")
        return loads(text).in_folder(path.resolve().parent)
    except TooLargeError:
        why = tr("the file is larger than 64 MB; this is not a schedule")
        raise DocumentError(f"{path}: {why}") from None
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise DocumentError(f"{path}: {tr('not a text file in UTF-8')}") from None
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from None


def loads(text: str) -> Schedule:
    """Read a document from JSON text.

    Raises:
        DocumentError: One line that names the field and says what to change.
    """
    data = _parse(text)
    _check_tree(data)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DocumentError(
            tr(
                "format: this is not a schedule; it must be a JSON object with "
                '"format": "{format}"',
                format=FORMAT,
            )
        )
    try:
        schedule = Schedule.model_validate(migrate(data))
    except ValidationError as error:
        raise DocumentError(_first_line(error)) from None
    for message in structural_errors(schedule):
        raise DocumentError(message)
    return schedule


def dumps(schedule: Schedule) -> str:
    """The document as JSON text, in the format's own order, ending with a newline."""
    return json.dumps(to_data(schedule), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def save(schedule: Schedule, path: str | Path) -> None:
    """Write the document to a file, atomically.

    Raises:
        OSError: If the folder is gone or not writable; an existing file is left untouched.
    """
    write_atomically(Path(path), dumps(schedule).encode())


def to_data(schedule: Schedule) -> dict[str, Any]:
    """The document as plain JSON data; what equals its default and may be left out is."""
    optimizer = schedule.optimizer
    data: dict[str, Any] = {
        "format": schedule.format,
        "version": schedule.version,
        "name": schedule.name,
        "notes": schedule.notes,
        "horizon": _horizon_data(schedule.horizon),
        "optimizer": {
            "type": optimizer.type,
            "args": thaw(optimizer.args),
            "groups": [_with_extras(group, "name", "lr") for group in optimizer.groups],
            **thaw(optimizer.model_extra or {}),
        },
        "phases": [phase_data(phase) for phase in schedule.phases],
    }
    if schedule.tracks:
        data["tracks"] = [track_data(track) for track in schedule.tracks]
    if schedule.metric is not None:
        metric = _with_extras(schedule.metric, "values", "formula", "file", "column")
        data["metric"] = {key: value for key, value in metric.items() if value is not None}
    return {**data, **thaw(schedule.model_extra or {})}


def _horizon_data(horizon: Horizon) -> dict[str, Any]:
    data: dict[str, Any] = {
        "epochs": horizon.epochs,
        "steps_per_epoch": horizon.steps_per_epoch,
    }
    batch = horizon.batch
    if batch is not None:
        told = {name: getattr(batch, name) for name in FIELDS}
        defaults = {name: field.default for name, field in Batch.model_fields.items()}
        data["batch"] = {
            **{name: value for name, value in told.items() if value != defaults[name]},
            **thaw(batch.model_extra or {}),
        }
    return {**data, **thaw(horizon.model_extra or {})}


def track_data(track: Track) -> dict[str, Any]:
    """One track as plain JSON data."""
    data: dict[str, Any] = {}
    if track.quantity != "lr":
        data["quantity"] = track.quantity
    if track.groups is not None:
        data["groups"] = list(track.groups)
    data["phases"] = [phase_data(phase) for phase in track.phases]
    return {**data, **thaw(track.model_extra or {})}


def phase_data(phase: Any) -> dict[str, Any]:
    """One phase as plain JSON data."""
    data: dict[str, Any] = {"scheduler": phase.scheduler, "length": phase.length}
    if phase.interval != "step":
        data["interval"] = phase.interval
    if phase.start != "continue":
        data["start"] = phase.start
    data["params"] = thaw(phase.params)
    if phase.with_:
        data["with"] = [_with_extras(item, "scheduler", "params") for item in phase.with_]
    return {**data, **thaw(phase.model_extra or {})}


def _with_extras(model: FrozenModel, *names: str) -> dict[str, Any]:
    return {
        **{name: thaw(getattr(model, name)) for name in names},
        **thaw(model.model_extra or {}),
    }


def _parse(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_constant=_not_finite,
            parse_float=_finite,
            object_pairs_hook=_no_duplicates,
        )
    except json.JSONDecodeError as error:
        raise DocumentError(
            tr(
                "line {line}, column {column}: this is not valid JSON; {expected}",
                line=error.lineno,
                column=error.colno,
                expected=_expected(text, error),
            )
        ) from None
    except RecursionError:
        raise DocumentError(tr(_TOO_DEEP)) from None
    except DocumentError:
        raise
    except ValueError:
        most = sys.get_int_max_str_digits()
        raise DocumentError(
            tr("a number is too long; {most} digits are the most", most=most)
        ) from None


# What Python's reader expected, for people; what it says otherwise is plain enough.
_EXPECTED = {
    "Expecting value": mark("a value must stand here"),
    "Expecting property name enclosed in double quotes": mark(
        "a key in double quotes must stand here"
    ),
    "Expecting ',' delimiter": mark("a comma or a closing bracket must stand here"),
    "Expecting ':' delimiter": mark("a colon must stand after the key"),
    "Illegal trailing comma before end of object": mark("remove the comma after the last entry"),
    "Illegal trailing comma before end of array": mark("remove the comma after the last entry"),
    "Extra data": mark("the document ends before this; remove the rest"),
    "Unterminated string starting at": mark("this text has no closing quote"),
    "Invalid control character at": mark("a line break or the like in a text is written as \\n"),
    "Invalid \\escape": mark("a backslash in a text is written as \\\\"),
    "Invalid \\uXXXX escape": mark("\\u takes four digits, as in \\u4e2d"),
}


def _expected(text: str, error: json.JSONDecodeError) -> str:
    if not text.strip():
        return tr("it is empty")
    said = _EXPECTED.get(error.msg)
    if said is None:
        return error.msg[:1].lower() + error.msg[1:]
    here = text[error.pos : error.pos + 1]
    if error.msg.startswith("Expecting") and here:
        return tr("{what}, not {value}", what=tr(said), value=repr(here))
    return tr(said)


def _check_tree(data: Any) -> None:
    """Refuse what JSON can hold but a document could not be saved with again."""
    below: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        level, below = below, []
        for item in level:
            if isinstance(item, str):
                _check_text(item)
            elif isinstance(item, list):
                below += item
            elif isinstance(item, dict):
                below += item
                below += item.values()
        if not below:
            return
    raise DocumentError(tr(_TOO_DEEP))


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise DocumentError(
            tr(
                "the text {text!a} holds half a character (a lone surrogate); remove it",
                text=text[:40],
            )
        ) from None


def _not_finite(name: str) -> NoReturn:
    raise DocumentError(
        tr("{name} is not a number that JSON knows; write a finite number", name=name)
    )


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise DocumentError(tr("{text} is too large; write a finite number", text=text[:40]))
    return value


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DocumentError(
            tr("the key {twice!r} stands twice in the same object; keep one", twice=twice[:40])
        )
    return data


_SENTENCES = {
    "missing": mark("is missing"),
    "int_type": mark("must be a whole number"),
    "bool_type": mark("must be true or false"),
    "float_type": mark("must be a number"),
    "finite_number": mark("must be a finite number"),
    "string_type": mark("must be text"),
    "string_too_short": mark("must not be empty"),
    "too_short": mark("must have at least one entry"),
    "tuple_type": mark("must be a list"),
    "model_type": mark("must be an object in braces"),
    "model_attributes_type": mark("must be an object in braces"),
    "dict_type": mark("must be an object in braces"),
}


def _first_line(error: ValidationError) -> str:
    path = ""
    for part in error.errors(include_url=False)[0]["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    text = reason(error)
    line = f"{path}: {text}" if path else text
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 3] + "..."


def reason(error: ValidationError) -> str:
    """Why the models refuse a value, in words that can follow the value's name."""
    first = error.errors(include_url=False)[0]
    context = first.get("ctx", {})
    kind = first["type"]
    if kind == "value_error":
        return str(context["error"])
    if kind == "greater_than_equal":
        return tr(
            "must be {limit:g} or greater, not {value}",
            limit=context["ge"],
            value=_short(first["input"]),
        )
    if kind == "less_than_equal":
        return tr(
            "must be {limit:,} or less, not {value}",
            limit=context["le"],
            value=_short(first["input"]),
        )
    if kind == "too_long":
        return tr(
            "has more than {most:,} entries, the most this program handles",
            most=context["max_length"],
        )
    if kind == "literal_error":
        return tr(
            "must be {expected}, not {value}",
            expected=context["expected"],
            value=_short(first["input"]),
        )
    if kind in _SENTENCES:
        missing = kind in ("missing", "too_short")
        said = tr(_SENTENCES[kind])
        if missing:
            return said
        return tr("{what}, not {value}", what=said, value=_short(first["input"]))
    return str(first["msg"])


def _short(value: object) -> str:
    try:
        text = json.dumps(thaw(value), ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
