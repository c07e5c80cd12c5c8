"""Makes the bootstrap's modules importable as they import each other: from their own folder.

There is no ``__init__.py`` here, nor in the folder under test: either would shadow the
``packaging`` library.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

sys.path.insert(0, str(ROOT / "packaging"))


@pytest.fixture
def root() -> Path:
    return ROOT
