"""A document on paper: curve, phases, groups, notes and code, on as many pages as they take."""

from __future__ import annotations

from lrdesigner.gui.sheet.content import Sheet
from lrdesigner.gui.sheet.pages import PageError, Paper, page_layout, print_sheet, sheet_pdf

__all__ = ["PageError", "Paper", "Sheet", "page_layout", "print_sheet", "sheet_pdf"]
