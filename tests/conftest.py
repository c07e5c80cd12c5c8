"""Shared by all tests; no Qt here, the window's tests have fixtures of their own.

This folder is on the path, so that tests can import `documents`, `plain_torch` and `training`.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Tests read English sentences and C numbers, whatever the language of the machine.
os.environ["LC_ALL"] = "C.UTF-8"

# The same examples on every run; "explore" looks for new ones.
settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=400, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config):
    """Benchmarks measure when asked to (``--benchmark-only``); else each runs once, as a test."""
    if not config.getoption("benchmark_only", default=False):
        config.option.benchmark_disable = True
