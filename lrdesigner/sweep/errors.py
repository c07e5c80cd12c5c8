"""What makes a sweep impossible, in one sentence."""

from __future__ import annotations


class SweepError(ValueError):
    """A sweep that cannot be made: nothing to vary, or nowhere to vary it."""
