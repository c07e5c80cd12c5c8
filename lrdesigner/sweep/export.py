"""A sweep as files: a folder with one document a variant, or one table of all of them."""

from __future__ import annotations

import csv
import errno
import io
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from lrdesigner.i18n import english, tr
from lrdesigner.output import write_output
from lrdesigner.schedule import codec
from lrdesigner.sweep.fan import Fan
from lrdesigner.sweep.model import Sweep
from lrdesigner.sweep.summary import Summary, summarise

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST = 180  # of bytes, so that a file system's 255 leave room for what others add


def file_names(sweep: Sweep, name: str = "") -> list[str]:
    """A file name for every variant, such as ``"base--gamma=0.9.json"``; no two are the same.

    Args:
        sweep: The sweep.
        name: What they begin with; "" for the document's name.
    """
    stem = _safe(name or sweep.schedule.name) or "sweep"
    found: list[str] = []
    taken: set[str] = set()
    for settings in sweep.settings:
        pairs = zip(sweep.traits, settings, strict=True)
        values = ",".join(f"{_safe(traits.name)}={value:.12g}" for traits, value in pairs)
        full = _cut(stem, _LONGEST - len(values.encode())) + f"--{values}"
        unique, count = full, 1
        while unique.lower() in taken:  # some file systems take no notice of capitals
            count += 1
            unique = f"{full} ({count})"
        taken.add(unique.lower())
        found.append(f"{unique}.json")
    return found


def save_documents(fan: Fan, folder: str | Path, name: str = "") -> list[Path]:
    """Write every variant that can run as a document; all of them appear in one go.

    Args:
        fan: The sweep, evaluated.
        folder: A new folder, or an empty one.
        name: What the files' names begin with; "" for the document's name.

    Returns:
        The files.

    Raises:
        OSError: If writing fails or the folder has something in it; nothing is left behind.
    """
    folder = Path(folder).absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OSError(
            errno.EEXIST, tr("there is something in it already; choose another"), str(folder)
        )
    names = file_names(fan.sweep, name)
    with english():
        labels = {index: fan.sweep.label(index, grouped=False) for index in fan.valid}
    temporary = folder.parent / f".lrd-{secrets.token_hex(8)}"
    temporary.mkdir()
    try:
        for index in fan.valid:
            schedule = fan.sweep.variant(index)
            title = f"{schedule.name or name}, {labels[index]}".removeprefix(", ")
            text = codec.dumps(schedule.replace(name=title))
            (temporary / names[index]).write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        temporary.replace(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return [folder / names[index] for index in fan.valid]


def table(
    sweep: Sweep, cancelled: Callable[[], bool] | None = None
) -> tuple[list[str], list[list[object]]]:
    """The table of a sweep: its columns, and one row for each variant.

    A row has the variant's number and values, for each group its peak, the step of the peak, the
    last LR and the area (the sum over all steps), and why the variant cannot run, if it cannot.

    Raises:
        CancelledError: If `cancelled` said so.
    """
    with english():
        found = summarise(sweep, cancelled)
    groups = found.groups
    suffixes = [""] if len(groups) == 1 else [f"/{group}" for group in groups]
    head = ["variant", *(traits.name for traits in sweep.traits)]
    for suffix in suffixes:
        head += [f"{column}{suffix}" for column in ("peak", "steps to peak", "end", "area")]
    rows = [
        [index, *settings, *_cells(found, index), found.errors.get(index, "")]
        for index, settings in enumerate(sweep.settings)
    ]
    return [*head, "error"], rows


def save_table(sweep: Sweep, path: str | Path, cancelled: Callable[[], bool] | None = None) -> None:
    """Write the table of a sweep as CSV; numbers are exact.

    Raises:
        OSError: If writing fails; an existing file is left untouched.
        CancelledError: If `cancelled` said so.
    """
    head, rows = table(sweep, cancelled)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    write_output(path, [text.getvalue().encode()])


def _cells(found: Summary, index: int) -> Iterator[object]:
    for group in range(len(found.groups)):
        if index in found.errors:
            yield from ("", "", "", "")
            continue
        yield float(found.peak[index, group])
        yield int(found.peak_step[index, group])
        yield float(found.end[index, group])
        yield float(found.area[index, group])


def _safe(text: str) -> str:
    return _UNSAFE.sub("_", text).strip(" .")


def _cut(text: str, most: int) -> str:
    return text.encode()[: max(1, most)].decode(errors="ignore").rstrip(" .")
