"""All actions there are."""

from __future__ import annotations

from lrdesigner.gui.actions.compare_specs import COMPARE
from lrdesigner.gui.actions.edit_specs import EDIT
from lrdesigner.gui.actions.file_specs import FILE
from lrdesigner.gui.actions.run_specs import RUN
from lrdesigner.gui.actions.spec import ActionSpec
from lrdesigner.gui.actions.view_specs import VIEW

ACTIONS: tuple[ActionSpec, ...] = (*FILE, *EDIT, *VIEW, *COMPARE, *RUN)
