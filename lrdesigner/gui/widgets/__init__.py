"""Small widgets that several panels share. They take their look from ``gui/theme``."""

from __future__ import annotations

from lrdesigner.gui.widgets.collapsible import CollapsibleSection
from lrdesigner.gui.widgets.labels import ChipLabel, ElidedLabel, HLine, SectionTitle, Tone
from lrdesigner.gui.widgets.messages import Banner, EmptyState
from lrdesigner.gui.widgets.number_field import Bounds, NumberField
from lrdesigner.gui.widgets.segmented import SegmentedControl
from lrdesigner.gui.widgets.value_edit import ValueEdit

__all__ = [
    "Banner",
    "Bounds",
    "ChipLabel",
    "CollapsibleSection",
    "ElidedLabel",
    "EmptyState",
    "HLine",
    "NumberField",
    "SectionTitle",
    "SegmentedControl",
    "Tone",
    "ValueEdit",
]
