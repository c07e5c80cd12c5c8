"""The pins: complete on every platform, and within what pyproject.toml asks for."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PLATFORMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def pins(root: Path) -> dict[str, str]:
    versions = {}
    for line in (root / "packaging/constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, separator, version = line.partition("==")
            assert separator, line
            assert version, line
            assert canonicalize_name(name) not in versions, f"{name} is pinned twice"
            versions[canonicalize_name(name)] = version
    return versions


def declared(root: Path) -> list[Requirement]:
    with (root / "pyproject.toml").open("rb") as file:
        metadata = tomllib.load(file)
    project = metadata["project"]
    texts = [*project["dependencies"], *metadata["build-system"]["requires"]]
    texts += [text for extra in project["optional-dependencies"].values() for text in extra]
    return [Requirement(text) for text in texts]


def applies(requirement: Requirement, platform: str, python: str) -> bool:
    environment = {**PLATFORMS[platform], "python_version": python, "extra": ""}
    environment |= {"python_full_version": f"{python}.0", "implementation_name": "cpython"}
    return requirement.marker is None or requirement.marker.evaluate(environment)


@pytest.mark.parametrize("python", PYTHONS)
def test_the_pins_fulfil_what_the_project_declares(root, python):
    versions = pins(root)
    for requirement in declared(root):
        if applies(requirement, "Linux", python):
            version = versions[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), requirement


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_everything_that_would_be_installed_is_pinned(root, platform, python):
    versions = pins(root)
    open_names = [requirement.name for requirement in declared(root)]
    seen: set[str] = set()
    while open_names:
        name = canonicalize_name(open_names.pop())
        if name in seen:
            continue
        seen.add(name)
        assert name in versions, f"{name} is not pinned"
        try:
            requires = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # needed on another platform only
        requirements = [Requirement(text) for text in requires]
        if name == "torch":  # PyPI's build for Linux pins its CUDA libraries itself
            requirements = [r for r in requirements if "Linux" not in str(r.marker)]
        open_names += [r.name for r in requirements if applies(r, platform, python)]
    assert seen <= versions.keys()


def test_nothing_is_pinned_that_nothing_needs(root):
    needed = {canonicalize_name(requirement.name) for requirement in declared(root)}
    for name in pins(root):
        try:
            requires = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        needed |= {canonicalize_name(Requirement(text).name) for text in requires}
    assert pins(root).keys() <= needed


def test_the_folder_does_not_shadow_the_packaging_library(root):
    import packaging

    assert packaging.__file__ is not None, "a folder without __init__.py was found instead"
    assert not (root / "packaging/__init__.py").exists()
    assert not (root / "tests/packaging/__init__.py").exists()
