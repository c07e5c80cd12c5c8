"""What the selected phase does and what people trip over with it, each to be folded away."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lrdesigner.catalog import SchedulerSpec
from lrdesigner.gui.document_part import DocumentPart
from lrdesigner.gui.inspector.explain import Explanation
from lrdesigner.gui.inspector.rows import column
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import CollapsibleSection, TrapList
from lrdesigner.i18n import tr


class ExplainSections(QWidget):
    """Two sections under the form.

    Signals:
        help_requested: The page about a scheduler is asked for; its key.
    """

    help_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        self._explanation = Explanation(theme, self)
        self._explanation.help_requested.connect(self._on_help)
        self._explain = CollapsibleSection(
            tr("What it does"), self._explanation, expanded=False, parent=self
        )
        self._explain.setObjectName("phase_explain")
        self._traps = TrapList(theme, self)
        self._warn = CollapsibleSection(tr("Traps"), self._traps, expanded=False, parent=self)
        self._warn.setObjectName("phase_traps")
        rows = column(self, 4)
        rows.addWidget(self._explain)
        rows.addWidget(self._warn)

    def refresh(
        self, spec: SchedulerSpec | None, part: DocumentPart, index: int, found: Collection[str]
    ) -> None:
        """Explain a phase.

        Args:
            spec: Its scheduler; None if that is not understood.
            part: What it is a phase of.
            index: Its index there.
            found: Ids of the rules that have something to say of it.
        """
        self._key = spec.key if spec else ""
        self._explanation.refresh(spec, part, index)
        traps = spec.traps if spec else ()
        self._warn.setVisible(bool(traps))
        self._warn.set_title(tr("Traps ({count})", count=len(traps)))
        self._traps.set_traps(traps, found)

    def unfold(self, names: Collection[str]) -> None:
        """Open the sections of these names, and fold the others."""
        for section in (self._explain, self._warn):
            section.set_expanded(section.objectName() in names)

    def unfolded(self) -> tuple[str, ...]:
        """The names of the sections that are open."""
        sections = (self._explain, self._warn)
        return tuple(s.objectName() for s in sections if s.is_expanded())

    @Slot()
    def _on_help(self) -> None:
        if self._key:
            self.help_requested.emit(self._key)
