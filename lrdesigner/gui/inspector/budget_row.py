"""What the whole run may take, in whatever is counted: 300B tokens, 90 epochs."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lrdesigner.amounts import amount_text
from lrdesigner.gui.inspector.editing import Editor
from lrdesigner.gui.inspector.rows import FieldRow, column, link_line
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.unit_words import in_file_words
from lrdesigner.gui.widgets import ValueEdit
from lrdesigner.gui.widgets.number_text import format_number, parse_whole
from lrdesigner.i18n import mark, tr, trn
from lrdesigner.schedule import horizon_edits
from lrdesigner.schedule.counting import CountUnit, known
from lrdesigner.schedule.horizon_edits import Budget
from lrdesigner.schedule.model import Horizon, Schedule

_HELP = mark(
    "What the whole run takes. Type what it may take instead: 300B tokens, 100M samples, 90 epochs "
    "or 50k steps."
)
_UNIT_WORDS: dict[str, CountUnit] = {
    "token": "tokens",
    "sample": "samples",
    "image": "samples",
    "sequence": "samples",
    "step": "steps",
    "epoch": "epochs",
}
_TEXT = re.compile(r"(?P<number>.*?)\s*(?P<unit>[a-zA-Z]{4,})?", re.DOTALL)
_SIZES = ("thousand", "million", "billion", "trillion")


def natural_unit(horizon: Horizon) -> CountUnit:
    """What a budget is most likely stated in."""
    units: tuple[CountUnit, ...] = ("tokens", "samples")
    return next((unit for unit in units if known(unit, horizon)), "steps")


def read_budget(text: str, unit: CountUnit) -> Budget:
    """A budget that somebody has typed; without a word it is one in `unit`.

    >>> read_budget("300 billion tokens", "steps")
    Budget(number=Fraction(300000000000, 1), unit='tokens')

    Raises:
        ValueError: With a sentence for the person who typed it.
    """
    match = _TEXT.fullmatch(in_file_words(text))
    word = (match["unit"] or "").lower() if match else ""
    number = match["number"] if match and word not in _SIZES else in_file_words(text)
    if word and word not in _SIZES:
        found = _UNIT_WORDS.get(word.removesuffix("s"))
        if found is None:
            raise ValueError(tr("Count tokens, samples, epochs or steps, not {word}", word=word))
        unit = found
    value = Fraction(str(parse_whole(number)))
    if value <= 0 or (value < 1 and unit != "epochs"):
        raise ValueError(tr("Must be more than nothing"))
    return Budget(value, unit)


def budget_text(budget: Budget) -> str:
    """A budget with its unit."""
    return in_words(budget, amount_text(float(budget.number)))


def in_words(budget: Budget, number: str) -> str:
    """A number with the budget's unit."""
    form = 1 if budget.number == 1 else 2
    if budget.unit == "tokens":
        return trn("{count} token", "{count} tokens", form, count=number)
    if budget.unit == "samples":
        return trn("{count} sample", "{count} samples", form, count=number)
    if budget.unit == "epochs":
        return trn("{count} epoch", "{count} epochs", form, count=number)
    return trn("{count} step", "{count} steps", form, count=number)


class BudgetEdit(ValueEdit):
    """Shows a budget in three digits, and in full while it is edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._read_text, parent=parent)
        self._unit: CountUnit = "steps"

    def show_run(self, horizon: Horizon) -> None:
        """Show what a run takes."""
        self._unit = natural_unit(horizon)
        self.set_value(horizon_edits.budget_of(horizon, self._unit))

    def _read_text(self, text: str) -> Budget:
        return read_budget(text, self._unit)

    def _format_value(self, value: object, *, focused: bool) -> str:
        if not isinstance(value, Budget):
            return ""
        if not focused:
            return budget_text(value)
        number = value.number
        whole = number.denominator == 1
        return in_words(value, format_number(int(number) if whole else float(number)))


class BudgetRow(QWidget):
    """The budget, and the other run that it may have meant.

    Args:
        editor: Makes the edits.
        theme: Fonts of the message.
    """

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._other: tuple[Horizon, Horizon] | None = None
        self.field = BudgetEdit()
        self.field.setObjectName("run_budget")
        self.field.set_help(tr(_HELP))
        self.field.set_check(self._objection)
        self._row = FieldRow(tr("Budget"), self.field, theme, help=tr(_HELP), parent=self)
        self._link = QPushButton(self)
        self._link.setObjectName("run_budget_other")
        self._link.setProperty("variant", "link")
        self._link.hide()
        rows = column(self, 2)
        rows.addWidget(self._row)
        rows.addLayout(link_line(self._link))
        self.field.error_changed.connect(self._show_note)
        self.field.value_committed.connect(self._on_committed)
        self._link.clicked.connect(self._on_other)
        self._note = ""

    def refresh(self, schedule: Schedule) -> None:
        """Show what the run takes."""
        if self._other is not None and schedule.horizon != self._other[0]:
            self._forget()
        self.field.show_run(schedule.horizon)

    def _objection(self, value: object) -> str | None:
        assert isinstance(value, Budget)
        return self._editor.objection(partial(_spend, budget=value))

    @Slot(object)
    def _on_committed(self, value: object) -> None:
        assert isinstance(value, Budget)
        before = self._editor.controller.before_gesture.horizon
        runs = horizon_edits.choices(before, value)
        self._editor.commit(tr("change length of the run"), "budget", partial(_spend, budget=value))
        if len(runs) > 1:
            self._offer(before, value, runs[0], runs[1])
        self.refresh(self._editor.controller.schedule)

    def _offer(self, before: Horizon, budget: Budget, taken: Horizon, other: Horizon) -> None:
        exact = float(budget.exact_steps(before) / before.steps_per_epoch)
        said = {"budget": budget_text(budget), "exact": exact}
        self._other = taken, other
        if exact < 1:
            self._note = tr("{budget} are {exact:,.4g} epochs: one pass of just its steps.", **said)
            self._link.setText(
                trn("A whole epoch of {count:,} step", "A whole epoch of {count:,} steps",
                    other.steps)
            )  # fmt: skip
            self._link.setToolTip(tr("Everything once; the dataset size is known again"))
        else:
            self._note = tr("{budget} are {exact:,.4g} epochs; these are whole ones.", **said)
            self._link.setText(
                trn("One pass of {count:,} step", "One pass of {count:,} steps", other.steps)
            )
            self._link.setToolTip(
                tr("Just the steps of the budget, as a single epoch; the dataset size is forgotten")
            )
        self._link.show()
        self._show_note()

    def _forget(self) -> None:
        self._other, self._note = None, ""
        self._link.hide()
        self._show_note()

    @Slot()
    def _show_note(self) -> None:
        error = self.field.error()
        self._row.show_message(error or self._note, "error" if error else "hint")

    @Slot()
    def _on_other(self) -> None:
        if self._other is not None:
            edit = partial(horizon_edits.set_run, horizon=self._other[1])
            self._editor.commit(tr("change length of the run"), "budget", edit, merge=False)


def _spend(schedule: Schedule, budget: Budget) -> Schedule:
    """The likeliest run of a budget."""
    return horizon_edits.set_run(schedule, horizon_edits.choices(schedule.horizon, budget)[0])
