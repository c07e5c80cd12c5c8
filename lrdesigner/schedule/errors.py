"""Errors of documents: what is unreadable, and what cannot be run."""

from __future__ import annotations


class DocumentError(ValueError):
    """A document that cannot be read: one line that names the field and says what to change."""


class ScheduleError(ValueError):
    """A document that reads well but cannot be run: torch would refuse it, now or later."""
