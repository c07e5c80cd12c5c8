"""Limits of parameters in the form: what is typed or opened beyond them is told in one sentence."""

from __future__ import annotations

import limits
import pytest
from documents import document, phase
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from training import read

from lrdesigner.catalog import schedulers
from lrdesigner.gui.inspector.choices import HintedChoice
from lrdesigner.gui.inspector.param_row import ParamRow
from lrdesigner.gui.inspector.rows import FieldRow, MessageLabel
from lrdesigner.gui.widgets import CollapsibleSection
from lrdesigner.params import ChoiceParam, TableParam
from lrdesigner.schedule.optimizers import OPTIMIZERS

SPECS = list(schedulers())
OUTSIDE = limits.outside()
# Ten thousand rows are no form to look at.
OPENED = [case for case in OUTSIDE if case.limit not in ("rows", "entries")]
TYPED = [case for case in OUTSIDE if case.typed]

each = pytest.mark.parametrize("key", [spec.key for spec in SPECS if spec.params])


def unfold(panel) -> None:
    for section in panel.findChildren(CollapsibleSection):
        section.set_expanded(True)
    QApplication.processEvents()


def said(bench, name: str) -> str:
    """Everything that is said under a parameter's fields."""
    rows = [row for row in bench.panel.findChildren(ParamRow) if row.declaration.name == name]
    assert rows, f"no row for {name}"
    return "\n".join(line.message() for line in rows[0].findChildren(FieldRow))


def sentence(case: limits.Case) -> str:
    declaration = case.declaration
    if case.name not in case.params:
        return declaration.missing
    return declaration.error(case.params[case.name], groups=2)


@each
def test_a_document_beyond_a_limit_is_shown_with_the_sentence_and_its_fix(bench, key):
    for case in [case for case in OPENED if case.key == key]:
        bench.open_data(case.data)
        unfold(bench.panel)
        (problem,) = [p for p in bench.controller.problems if p.severity == "error"]
        message = said(bench, case.name)
        assert sentence(case) in message, case
        assert problem.fix in message, case
        assert bench.steps == 0
        assert bench.phase().params == read(case.data).phases[0].params


@each
def test_a_value_typed_beyond_a_limit_is_refused_with_the_sentence(bench, key):
    for case in [case for case in TYPED if case.key == key]:
        before = good_before(case)
        bench.open_data({**case.data, "phases": [{"scheduler": key, "params": before}]})
        unfold(bench.panel)
        params = bench.phase().params
        bench.type(case.field, case.typed)
        assert bench.message(case.field) == sentence(case), case
        assert bench.marked(case.field)
        assert bench.phase().params == params, case
        bench.press(case.field, Qt.Key.Key_Escape)
        assert sentence(case) not in bench.message(case.field)


def good_before(case: limits.Case) -> dict:
    """The parameters before the value is typed."""
    before = limits.sound(case.spec)
    value = case.params[case.name]
    if isinstance(case.declaration, TableParam):
        before[case.name] = [[case.declaration.least, 1.0], [4, 0.5], [9, 0.1]]
    elif case.limit == "in a list":
        before[case.name] = [value[0]] * 2
    return before


@each
def test_a_value_at_its_limit_is_taken(bench, key):
    for case in [case for case in limits.inside() if case.key == key and case.typed]:
        params = {**case.params, **limits.sound(case.spec)}
        bench.open_data({**case.data, "phases": [{"scheduler": key, "params": params}]})
        unfold(bench.panel)
        bench.type(case.field, case.typed)
        assert bench.phase().params[case.name] == _frozen(case.params[case.name]), case
        assert not bench.field(case.field).has_pending_text()


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


@each
def test_a_choice_offers_what_is_allowed(bench, key):
    bench.open_data(document(phase(key, limits.sound(schedulers()[key]))))
    unfold(bench.panel)
    for declaration in schedulers()[key].params:
        if isinstance(declaration, ChoiceParam):
            field = bench.field(f"param_{declaration.name}")
            assert isinstance(field, HintedChoice)
            offered = [field.itemText(place) for place in range(field.count())]
            assert offered == list(declaration.choices)


@each
def test_a_required_number_that_is_cleared_is_asked_for_in_the_same_words(bench, key):
    for case in OUTSIDE:
        declaration = case.declaration
        if case.key != key or case.limit != "missing" or declaration.kind not in ("float", "int"):
            continue
        sound = {"scheduler": key, "params": limits.sound(case.spec)}
        bench.open_data({**case.data, "phases": [sound]})
        bench.type(f"param_{case.name}", "")
        assert bench.message(f"param_{case.name}") == declaration.missing


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("StepLR", "2.5", {"step_size": 2.5}),
        ("MultiStepLR", "3, 4.5", {"milestones": [3, 4.5]}),
    ],
)
def test_a_number_that_is_not_whole_is_refused_in_the_loaders_words(bench, name, typed, value):
    ((key, number),) = value.items()
    bench.open_one(name)
    bench.type(f"param_{key}", typed)
    assert bench.message(f"param_{key}") == schedulers()[name].param(key).type_error(number)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_arguments_of_optimizers_typed_beyond_a_limit(bench, name):
    bench.open_data(document(phase("ExponentialLR", {"gamma": 0.9}), optimizer=name, args={}))
    unfold(bench.panel)
    for param in OPTIMIZERS[name].params:
        for limit, value in limits.beyond(param):
            field = f"optimizer_{param.name}"
            typed = ", ".join(map(repr, value)) if isinstance(value, list) else repr(value)
            bench.type(field, typed)
            assert bench.message(field) == param.error(value), (param.name, limit)
            assert bench.controller.schedule.optimizer.args == {}
            bench.press(field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_arguments_of_optimizers_opened_beyond_a_limit(bench, name):
    for param in OPTIMIZERS[name].params:
        for limit, value in limits.beyond(param):
            args = {param.name: value}
            plain = phase("ExponentialLR", {"gamma": 0.9})
            bench.open_data(document(plain, optimizer=name, args=args))
            unfold(bench.panel)
            message = bench.message(f"optimizer_{param.name}")
            assert param.error(value) in message, (param.name, limit)
            assert bench.marked(f"optimizer_{param.name}")


def test_the_horizon_and_a_groups_lr_in_the_loaders_words(bench):
    bench.open_one("StepLR")
    for field, typed, said_by_loader in [
        ("horizon_epochs", "0", "must be 1 or greater, not 0"),
        ("horizon_steps_per_epoch", "-3", "must be 1 or greater, not -3"),
        ("horizon_epochs", "1.5", "must be a whole number, not 1.5"),
        ("group_lr_0", "-1", "must be 0 or greater, not -1"),
    ]:
        bench.type(field, typed)
        (message,) = {text for text in _messages(bench) if text}
        assert message[0].lower() + message[1:] == said_by_loader
        bench.press(field, Qt.Key.Key_Escape)


def _messages(bench) -> list[str]:
    return [label.text() for label in bench.panel.findChildren(MessageLabel) if label.isVisible()]


def test_what_is_folded_away_and_wrong_unfolds(bench):
    groups = [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.2, "weight_decay": -1}]
    bench.open_data(document(phase("StepLR"), args={"momentum": -0.5}, groups=groups))
    assert bench.visible("optimizer_momentum")
    assert bench.message("optimizer_momentum").startswith("momentum must be a number 0 or greater")
    assert not bench.visible("group_weight_decay_0")
    assert bench.visible("group_weight_decay_1")
    assert "weight_decay must be a number" in bench.message("group_weight_decay_1")
    bench.type("group_weight_decay_1", "0.1")
    assert bench.message("group_weight_decay_1") == ""


def test_an_lr_that_the_optimizer_does_not_take_is_marked(bench):
    groups = [{"name": "a", "lr": 0.0}]
    bench.open_data(document(phase("StepLR"), optimizer="SparseAdam", args={}, groups=groups))
    assert bench.marked("group_lr_0")
    assert any("SparseAdam takes no LR of 0" in text for text in _messages(bench))
