"""The long version of the soak runs only when it is asked for by its mark."""

from __future__ import annotations

import re


def pytest_collection_modifyitems(config, items):
    """Leave it out of plain runs."""
    if re.search(r"\bsoak\b", config.option.markexpr or ""):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
