"""The quiet words at the right end of a field, where there is little room."""

from __future__ import annotations

from lrdesigner.gui.widgets import ValueEdit


def test_a_number_loses_its_unit_before_a_digit(qtbot):
    field = ValueEdit(str)
    qtbot.addWidget(field)
    field.set_value("1.6 epochs")
    field.set_suffix("12,510 steps")
    field.show()
    seen = set()
    for width in range(300, 60, -1):
        field.resize(width, field.sizeHint().height())
        seen.add(field.shown_suffix() if not field.suffix_rect().isEmpty() else "")
    assert seen == {"12,510 steps", "12,510", ""}
