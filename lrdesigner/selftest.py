"""Whether an installation works: registries filled, torch runs, exported code agrees."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.examples import default_schedule, examples
from lrdesigner.exporting import exporters
from lrdesigner.presets import presets
from lrdesigner.schedule.problems import rules

# Names of distributions; Qt comes as either of two.
_PACKAGES = {
    "torch": ("torch",),
    "numpy": ("numpy",),
    "PySide6": ("PySide6-Essentials", "PySide6"),
    "pyqtgraph": ("pyqtgraph",),
}


class SelfTestError(RuntimeError):
    """The installation does not work; one line that says what failed."""


def versions() -> dict[str, str]:
    """The version of Python and of each package that matters; "missing" where there is none."""
    found = {"python": platform.python_version()}
    for name, distributions in _PACKAGES.items():
        found[name] = next((v for d in distributions if (v := _version(d))), "missing")
    return found


def self_test() -> Iterator[str]:
    """Test step by step; gives a line after each.

    Raises:
        SelfTestError: With the first thing that does not work.
    """
    yield f"lrdesigner {lrd.__version__} on {sys.platform}"
    yield ", ".join(f"{name} {number}" for name, number in versions().items())
    counts = {
        "schedulers": len(schedulers()),
        "export targets": len(exporters()),
        "rules": len(rules()),
        "examples": len(examples()),
        "presets": len(presets()),
    }
    # A bundle that was built without its hidden modules or its data starts, and knows nothing.
    for name, count in counts.items():
        if not count:
            raise SelfTestError(f"there are no {name}; the installation is incomplete")
    yield ", ".join(f"{count} {name}" for name, count in counts.items())
    yield _run_default()
    yield "everything works"


def _run_default() -> str:
    """Simulate, export, execute and compare the default schedule."""
    from lrdesigner.verify import VerifyError, verify

    schedule = default_schedule()
    errors = [p.message for p in lrd.check(schedule) if p.severity == "error"]
    if errors:
        raise SelfTestError(f"the default schedule is found wrong: {errors[0]}")
    try:
        result = verify(schedule, "torch")
    except (VerifyError, lrd.ScheduleError) as error:
        raise SelfTestError(str(error)) from None
    if not result.equal:
        raise SelfTestError(result.message)
    return f"{schedule.name}: {result.message} ({result.seconds:.1f} s)"


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
