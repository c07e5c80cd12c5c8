"""What is not understood, shown as it stands in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule.frozen import thaw

_MOST_LINES = 12


def raw_view(theme: Theme, parent: QWidget) -> QPlainTextEdit:
    """A read-only view for JSON."""
    view = QPlainTextEdit(parent)
    view.setObjectName("raw_params")
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setFont(theme.font("code"))
    view.setAccessibleName(tr("Parameters as they stand in the file"))
    return view


def show_raw(view: QPlainTextEdit, params: Mapping[str, Any]) -> None:
    """Show parameters as JSON, the view as high as they need."""
    text = json.dumps(thaw(dict(params)), indent=2, ensure_ascii=False)
    if text != view.toPlainText():
        view.setPlainText(text)
    lines = min(_MOST_LINES, text.count("\n") + 1)
    view.setFixedHeight(lines * view.fontMetrics().lineSpacing() + 20)
