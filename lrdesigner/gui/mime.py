"""Kinds of dragged data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QUrl

from lrdesigner.user_entries import SCHEDULER as FORMULA
from lrdesigner.user_entries import EntryError, make_entry

SCHEDULER = "application/vnd.lrdesigner.scheduler"
"""A palette entry: the scheduler's key as UTF-8."""
PARAMS = "application/vnd.lrdesigner.params"
"""Beside the scheduler's key: the parameters of an entry of the user's own, as JSON."""
OVERLAY = "application/vnd.lrdesigner.overlay"
"""A row of the list of overlays: the overlay's number."""
JSON = "application/json"
"""Phases on the clipboard."""
_MOST = 64_000_000


def scheduler_mime(key: str, params: Mapping[str, Any] | None = None) -> QMimeData:
    """The drag payload of a palette entry, with parameters if it is one of the user's own."""
    data = QMimeData()
    data.setData(SCHEDULER, key.encode())
    data.setText(key)
    if params is not None:
        data.setData(PARAMS, json.dumps(params).encode())
    return data


def dragged_scheduler(data: QMimeData) -> str | None:
    """The scheduler's key a drag carries, or None."""
    if not data.hasFormat(SCHEDULER):
        return None
    return bytes(data.data(SCHEDULER).data()).decode(errors="replace")


def dragged_params(data: QMimeData) -> dict[str, Any] | None:
    """The parameters a drag carries; None for none, or for some that are no sound entry.

    Another program may have made them, so they are checked like a file.
    """
    if not data.hasFormat(PARAMS) or dragged_scheduler(data) != FORMULA:
        return None
    try:
        given = json.loads(bytes(data.data(PARAMS).data()))
        return make_entry(given).params if isinstance(given, dict) else None
    except (EntryError, ValueError, RecursionError):
        return None


def overlay_mime(overlay_id: int, path: Path | None) -> QMimeData:
    """The drag payload of an overlay, with its file if it has one."""
    data = QMimeData()
    data.setData(OVERLAY, str(overlay_id).encode())
    if path is not None:
        data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def dragged_overlay(data: QMimeData) -> int | None:
    """The number of the overlay a drag carries, or None."""
    text = bytes(data.data(OVERLAY).data()) if data.hasFormat(OVERLAY) else b""
    return int(text) if text.isdigit() else None


def phases_mime(text: str) -> QMimeData:
    """Phases for the clipboard: JSON that other programs can read too."""
    data = QMimeData()
    data.setData(JSON, text.encode())
    data.setText(text)
    return data


def text_of(data: QMimeData) -> str:
    """JSON, or what may be JSON, of the clipboard; at most as much as a document may have."""
    if data.hasFormat(JSON):
        raw = bytes(data.data(JSON).data())
        return raw[:_MOST].decode("utf-8-sig", errors="replace")
    return data.text()[:_MOST] if data.hasText() else ""


def dragged_documents(data: QMimeData) -> list[Path]:
    """The JSON files a drag from the file manager carries."""
    return [path for path in _local(data.urls()) if path.suffix.lower() == ".json"]


def _local(urls: Iterable[QUrl]) -> Iterable[Path]:
    return (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
