"""Kinds of dragged data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

SCHEDULER = "application/vnd.lrdesigner.scheduler"
"""A palette entry: the scheduler's key as UTF-8."""


def scheduler_mime(key: str) -> QMimeData:
    """The drag payload of a palette entry."""
    data = QMimeData()
    data.setData(SCHEDULER, key.encode())
    data.setText(key)
    return data


def dragged_scheduler(data: QMimeData) -> str | None:
    """The scheduler's key a drag carries, or None."""
    if not data.hasFormat(SCHEDULER):
        return None
    return bytes(data.data(SCHEDULER).data()).decode(errors="replace")


def dragged_documents(data: QMimeData) -> list[Path]:
    """The JSON files a drag from the file manager carries."""
    return [path for path in _local(data.urls()) if path.suffix.lower() == ".json"]


def _local(urls: Iterable[QUrl]) -> Iterable[Path]:
    return (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
