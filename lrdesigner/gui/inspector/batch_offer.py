"""What may have to follow other batches: LRs, and lengths that are held in steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from lrdesigner import numerals
from lrdesigner.amounts import amount_text
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.rows import MessageLabel, column, link_line
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr
from lrdesigner.schedule import horizon_edits
from lrdesigner.schedule.counting import counter
from lrdesigner.schedule.model import Horizon, Schedule
from lrdesigner.schedule.units import Length, round_half_up
from lrdesigner.sentences import joined

# Whose updates do not grow with the gradient: there the square root is the usual rule.
_PLAIN = ("SGD", "ASGD", "Rprop", "LBFGS")
_LINEAR = "linear"
_ROOT = "root"


class BatchOffer(QWidget):
    """Offers to scale LRs and lengths after the batches have changed; it never does so by itself.

    Args:
        editor: Makes the edits.
        theme: Fonts.
    """

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("batch_offer")
        self._editor = editor
        self._lrs_from: int | None = None
        self._steps_from: Horizon | None = None
        self._describing = False
        self._words = MessageLabel(theme, self)
        self._words.setObjectName("batch_offer_words")
        self._linear = self._link("batch_scale_linear", self._scale_linear)
        self._linear.setToolTip(
            tr("Linear scaling, usual for SGD with a warm-up (Goyal et al. 2017)")
        )
        self._root = self._link("batch_scale_root", self._scale_root)
        self._root.setToolTip(
            tr("Square root scaling, usual for Adam and its kin (Malladi et al. 2022)")
        )
        self._steps = self._link("batch_scale_steps", self._scale_steps)
        self._keep = self._link("batch_scale_none", self.forget)
        self._keep.setText(tr("Leave as it is"))
        rows = column(self, 2)
        rows.addWidget(self._words)
        self._lr_line = link_line(self._linear)
        self._lr_line.insertWidget(1, self._root)
        rows.addLayout(self._lr_line)
        rows.addLayout(link_line(self._steps))
        rows.addLayout(link_line(self._keep))
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def _link(self, name: str, answer: Callable[[], None]) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("variant", "link")
        button.clicked.connect(answer)
        return button

    def consider(self, before: Horizon) -> None:
        """The batches have been changed by hand; what they were counts until it is settled."""
        samples = before.batch.samples_per_step if before.batch else None
        if samples is None:
            self._describing = True  # what has always been so, until the calculator is left
        if self._describing:
            return
        if self._lrs_from is None:
            self._lrs_from = samples
        if self._steps_from is None:
            self._steps_from = before
        self.refresh(self._editor.controller.schedule)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        calculator = self.parentWidget()
        if new is not None and calculator is not None and not calculator.isAncestorOf(new):
            self._describing = False

    def refresh(self, schedule: Schedule) -> None:
        """Offer what there is to offer."""
        if not self._editor.controller.undo_stack.count():
            self._lrs_from = self._steps_from = None  # another document
        horizon = schedule.horizon
        ratio = self._lr_ratio(horizon)
        steps = self._steps_ratio(schedule)
        self.setVisible(ratio is not None or steps is not None)
        if self.isHidden():
            return
        for button in (self._linear, self._root):
            button.setVisible(ratio is not None)
        self._steps.setVisible(steps is not None)
        words = []
        if ratio is not None:
            words.append(
                tr(
                    "A step has {factor} × the samples it had. The LRs have stayed: scale them?",
                    factor=_factor(ratio),
                )
            )
            self._linear.setText(tr("LRs × {factor}", factor=_factor(ratio)))
            self._root.setText(tr("LRs × {factor} (√)", factor=_factor(ratio**0.5)))
            first = self._linear if schedule.optimizer.type in _PLAIN else self._root
            self._lr_line.removeWidget(first)
            self._lr_line.insertWidget(0, first)
        if steps is not None:
            words.append(self._steps_words(schedule, steps))
        self._words.show_message(joined(*words), "hint")

    def _lr_ratio(self, horizon: Horizon) -> float | None:
        now = horizon.batch.samples_per_step if horizon.batch else None
        if now is None or self._lrs_from is None or now == self._lrs_from:
            return None
        return now / self._lrs_from

    def _steps_ratio(self, schedule: Schedule) -> Fraction | None:
        """By what lengths in steps, or the steps of a single pass, would have to be multiplied."""
        before, horizon = self._steps_from, schedule.horizon
        if before is None or before.batch is None or horizon.batch is None:
            return None
        if horizon.batch.dataset_size is None:  # nothing else gives the steps
            old, new = before.batch.samples_per_step, horizon.batch.samples_per_step
            kept = before.steps == horizon.steps
            return Fraction(old, new) if kept and old and new and old != new else None
        if before.steps_per_epoch == horizon.steps_per_epoch or not _holds_steps(schedule):
            return None
        return Fraction(horizon.steps_per_epoch, before.steps_per_epoch)

    def _steps_words(self, schedule: Schedule, ratio: Fraction) -> str:
        before = self._steps_from
        assert before is not None
        if schedule.horizon.batch is not None and schedule.horizon.batch.dataset_size is None:
            steps = max(1, round_half_up(before.steps * ratio))
            if before.batch is not None and before.batch.sequence_length is not None:
                count = amount_text(counter("tokens", before).before(before.steps))
                text = tr("Keep the {count} tokens: {steps:,} steps", count=count, steps=steps)
            else:
                count = amount_text(counter("samples", before).before(before.steps))
                text = tr("Keep the {count} samples: {steps:,} steps", count=count, steps=steps)
            self._steps.setText(text)
            return tr("The run has kept its steps.")
        self._steps.setText(tr("Lengths in steps × {factor}", factor=_factor(float(ratio))))
        return tr("Phases whose length is in steps have kept it.")

    # -- what is done --------------------------------------------------------------------------

    @Slot()
    def _scale_linear(self) -> None:
        self._scale(_LINEAR)

    @Slot()
    def _scale_root(self) -> None:
        self._scale(_ROOT)

    def _scale(self, rule: str) -> None:
        ratio = self._lr_ratio(self._editor.controller.schedule.horizon)
        if ratio is None:
            return
        factor = ratio if rule == _LINEAR else ratio**0.5
        self._lrs_from = None
        controller = self._editor.controller
        before = controller.preview.lr.max()
        edit = partial(horizon_edits.scale_lrs, factor=factor)
        self._editor.commit(tr("scale LRs"), "scale LRs", edit, merge=False)
        if not math.isclose(controller.preview.lr.max(), before * factor, rel_tol=1e-6):
            controller.told.emit(
                tr("Not all of the curve has followed: a formula has an LR of its own.")
            )

    @Slot()
    def _scale_steps(self) -> None:
        schedule = self._editor.controller.schedule
        ratio = self._steps_ratio(schedule)
        if ratio is None:
            return
        whole = schedule.horizon.batch is not None and schedule.horizon.batch.dataset_size is None
        self._steps_from = None
        edit = partial(_scaled, ratio=ratio, whole=whole)
        self._editor.commit(tr("scale lengths"), "scale lengths", edit, merge=False)

    @Slot()
    def forget(self) -> None:
        """All stays as it is."""
        self._lrs_from = self._steps_from = None
        self.hide()


def _scaled(schedule: Schedule, ratio: Fraction, *, whole: bool) -> Schedule:
    """Lengths in steps, and the run itself where it is a single pass."""
    if whole:
        horizon = schedule.horizon
        steps = max(1, round_half_up(horizon.steps_per_epoch * ratio))
        schedule = horizon_edits.set_run(schedule, horizon.replace(steps_per_epoch=steps))
    return horizon_edits.scale_steps(schedule, ratio)


def _holds_steps(schedule: Schedule) -> bool:
    phases = [*schedule.phases, *(phase for track in schedule.tracks for phase in track.phases)]
    return any(Length.parse(phase.length).unit == "steps" for phase in phases)


def _factor(ratio: float) -> str:
    return numerals.localised(f"{float(ratio):.3g}")
