"""Measuring side by side: in turn, so that what else the machine does meets everybody."""

from __future__ import annotations

import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from typing import Any


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Duration and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def in_turn(works: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Durations of several pieces of work, each done once in every round."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(seconds(work)[0])
    return found


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def slope(sizes: Sequence[float], durations: Sequence[float]) -> float:
    """The exponent k of cost ~ size^k, fitted in both logarithms."""
    return statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(each) for each in durations]
    ).slope


def duration(value: float) -> str:
    """Three digits and a unit that suits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def ratio(values: Sequence[float]) -> str:
    """Median, least and greatest."""
    return f"{times(middle(values))} ({times(min(values))} … {times(max(values))})"


def times(value: float) -> str:
    """A factor, as exact as it deserves."""
    return f"{value:,.0f}" if value >= 9.5 else f"{value:.1f}" if value >= 0.95 else f"{value:.2g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def version(package: str) -> str:
    """The version of what is installed, or ""."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def machine() -> str:
    """Where this was measured, in a line."""
    packages = ("torch", "numpy", "PySide6-Essentials")
    known = [f"{name} {version(name)}" for name in packages if version(name)]
    python = f"Python {platform.python_version()}"
    return ", ".join([_processor(), f"{os.cpu_count()} cores", _system(), python, *known])


def _processor() -> str:
    if sys.platform == "linux":
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    return f"{platform.system()} {platform.machine()}"
