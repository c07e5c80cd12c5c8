"""Migrations of older documents: one function per version, applied in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lrdesigner.i18n import tr
from lrdesigner.schedule.errors import DocumentError
from lrdesigner.schedule.model import VERSION

Migration = Callable[[dict[str, Any]], dict[str, Any]]

# From version n to n + 1. Version 1 is the first published one, so there is none yet.
MIGRATIONS: Mapping[int, Migration] = {}


def migrate(
    data: dict[str, Any],
    migrations: Mapping[int, Migration] = MIGRATIONS,
    current: int = VERSION,
) -> dict[str, Any]:
    """Bring a document's raw data to the current version.

    Raises:
        DocumentError: If the version is missing, not a whole number, newer than this program,
            or older than anything it can read.
    """
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise DocumentError(
            tr('version: must be a whole number; write "version": {current}', current=current)
        )
    if version > current:
        raise DocumentError(
            tr(
                "version: the document has version {version}, this program reads up to "
                "{current}; update lrdesigner to open it",
                version=version,
                current=current,
            )
        )
    while version < current:
        step = migrations.get(version)
        if step is None:
            raise DocumentError(
                tr("version: version {version} is not known; the first is 1", version=version)
            )
        data = step(dict(data))
        version += 1
    return {**data, "version": current}
