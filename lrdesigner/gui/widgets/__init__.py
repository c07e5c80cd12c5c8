"""Small widgets that several panels share. They take their look from ``gui/theme``."""

from __future__ import annotations

from lrdesigner.gui.widgets.bounds import Bounds
from lrdesigner.gui.widgets.choice_field import ChoiceField
from lrdesigner.gui.widgets.collapsible import CollapsibleSection, chevron
from lrdesigner.gui.widgets.flow_layout import FlowLayout
from lrdesigner.gui.widgets.formula_view import FormulaView
from lrdesigner.gui.widgets.framed_picture import FramedPicture
from lrdesigner.gui.widgets.giving_row import GivingRow, Step
from lrdesigner.gui.widgets.labels import (
    ChipLabel,
    ElidedLabel,
    HLine,
    IconLabel,
    SectionTitle,
    Tone,
)
from lrdesigner.gui.widgets.link_label import LinkLabel
from lrdesigner.gui.widgets.menu_button import MenuButton, MouseAfterwards
from lrdesigner.gui.widgets.messages import Banner, EmptyState
from lrdesigner.gui.widgets.number_field import NumberField
from lrdesigner.gui.widgets.number_text import format_number, parse_int, parse_number
from lrdesigner.gui.widgets.search_field import SearchField
from lrdesigner.gui.widgets.segmented import SegmentedControl
from lrdesigner.gui.widgets.sideways import Sideways
from lrdesigner.gui.widgets.trap_list import TrapList
from lrdesigner.gui.widgets.value_bubble import BubbleError, BubbleField, ValueBubble
from lrdesigner.gui.widgets.value_edit import ValueEdit

__all__ = [
    "Banner",
    "Bounds",
    "BubbleError",
    "BubbleField",
    "ChipLabel",
    "ChoiceField",
    "CollapsibleSection",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "FormulaView",
    "FramedPicture",
    "GivingRow",
    "HLine",
    "IconLabel",
    "LinkLabel",
    "MenuButton",
    "MouseAfterwards",
    "NumberField",
    "SearchField",
    "SectionTitle",
    "SegmentedControl",
    "Sideways",
    "Step",
    "Tone",
    "TrapList",
    "ValueBubble",
    "ValueEdit",
    "chevron",
    "format_number",
    "parse_int",
    "parse_number",
]
