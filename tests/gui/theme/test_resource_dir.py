from __future__ import annotations

from pathlib import Path

import pytest

from lrdesigner import _resources
from lrdesigner._resources import resource_dir


def test_a_checkout_has_its_resources_beside_the_package() -> None:
    assert (resource_dir() / "themes" / "app.qss").is_file()
    assert (resource_dir() / "icons" / "lrdesigner.svg").is_file()


def test_an_installed_package_has_them_inside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "lrdesigner"
    (package / "resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(_resources, "_PACKAGE", package)
    assert resource_dir() == package / "resources"
