"""What the help says of every scheduler: the formula as mathematics, its use, its traps."""

from __future__ import annotations

import json
import re
from collections import Counter

import numpy as np
import pytest
from documents import METRIC, PARAMS, document
from families import FAMILIES
from formula_scope import scope
from latex_reader import LatexError, Reader

from lrdesigner.catalog import SchedulerSpec, schedulers
from lrdesigner.params import ChoiceParam, Param
from lrdesigner.params.words import UNITS, default_text, unit_words
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.problems import Facts, rules
from lrdesigner.schedulers import _family
from lrdesigner.sources import pieces
from lrdesigner.typeset import typeset

SPECS = list(schedulers())
EXAMPLES = {**PARAMS, **FAMILIES}
each = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)

# Formulas that are not of the step: what happens next depends on a metric.
NOT_OF_THE_STEP = {"ReduceLROnPlateau"}
# Entries of which nobody has found a trap; a new one needs a reason.
NO_TRAPS: set[str] = set()
# Sentences that are true of several entries in the same words.
SHARED = {_family.FLOOR_TRAP.text}
GREEK = {"σ": "sigma", "δ": "delta", "ρ": "rho"}
INSPECTOR_EMS = 248 / 14
"""How many ems wide the inspector is at its narrowest."""


def written(spec: SchedulerSpec) -> set[str]:
    """The parameters that the LaTeX names."""
    return {param.name for param in spec.params} & Reader(spec.latex).names


def choices(param: Param) -> tuple[str, ...]:
    return tuple(param.choices) if isinstance(param, ChoiceParam) else ()


def described(params) -> bool:
    """Whether the formula is about these parameters; help and traps tell of the others."""
    return not params.get("three_phase") and params.get("floor_applies_to", "decay") == "decay"


@each
def test_the_formula_is_computed_as_it_is_written(spec):
    """The mathematics that people see, evaluated, is the curve that they get."""
    if spec.key in NOT_OF_THE_STEP:
        assert Reader(spec.latex).names
        return
    reader = Reader(spec.latex)
    tried = [params for params in EXAMPLES[spec.key] if described(params)]
    assert tried
    for params in tried:
        data = document({"scheduler": spec.key, "params": params, "length": "rest"}, metric=METRIC)
        args = Facts(loads(json.dumps(data))).stages[0].parts[0].args
        times = np.arange(args.ticks)
        expected = spec.curve(times, args, 0)
        found = np.array([reader.lr(t, scope(spec, args, t)) for t in times.tolist()])
        tiny = 1e-13 * np.abs(expected).max()
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=tiny, err_msg=str(params))


@each
def test_the_formula_can_be_drawn_in_the_narrowest_inspector(spec):
    for line in spec.latex:
        drawing = typeset(line)
        assert 0 < drawing.height < 10
        assert 0 <= drawing.depth < drawing.height
        # Smaller than five sixths of the text nobody wants to read it.
        assert drawing.width * 5 / 6 <= INSPECTOR_EMS, line


@each
def test_the_plain_formula_is_about_the_same_parameters(spec):
    """It is what is read aloud, and what stands there if the drawing fails."""
    words = set(re.findall(r"[A-Za-z]\w*", spec.formula))
    assert words & {param.name for param in spec.params} == written(spec)


@each
def test_every_symbol_of_the_formula_stands_for_something(spec):
    """A parameter, a definition, or what the plain formula explains in words."""
    reader = Reader(spec.latex)
    defined = {*reader.values, *(name for names, _ in reader.functions.values() for name in names)}
    known = {param.name for param in spec.params} | defined | {"t", "lr", "base", "e", "pi"}
    known |= {*reader.functions, "round", *(c for p in spec.params for c in choices(p))}
    spoken = set(re.findall(r"[A-Za-z]\w*", spec.formula))
    spoken |= {name for letter, name in GREEK.items() if letter in spec.formula}
    assert reader.names - known <= spoken


def test_the_reader_notices_what_is_wrong():
    """Or the test of the formulas would prove nothing."""
    right = Reader((r"\mathrm{lr}(t)=\mathrm{base}\cdot(1-p)", r"p=\min(1,\ t/n)"))
    assert right.lr(1, {"base": 2, "n": 4}) == 1.5
    wrong = Reader((r"\mathrm{lr}(t)=\mathrm{base}\cdot(1+p)", r"p=\min(1,\ t/n)"))
    assert wrong.lr(1, {"base": 2, "n": 4}) == 2.5
    with pytest.raises(LatexError, match="nothing stands for n"):
        right.lr(1, {"base": 2})
    with pytest.raises(LatexError, match="not understood"):
        Reader((r"\mathrm{lr}(t)=\mathrm{base}}",))


@each
def test_use_and_traps_are_sentences(spec):
    assert spec.latex
    assert len(spec.use.split()) >= 5
    assert spec.use != spec.summary
    assert bool(spec.traps) == (spec.key not in NO_TRAPS)
    for text in (spec.use, *(trap.text for trap in spec.traps)):
        assert text.endswith(".")
        assert "  " not in text
        assert len(text) <= 240
    for trap in spec.traps:
        assert trap.severity in ("error", "warning", "info")
        assert not trap.rule or trap.rule in rules()


def test_nothing_is_said_of_everything():
    """A sentence that fits many entries says nothing of any."""
    uses = Counter(spec.use for spec in SPECS)
    assert max(uses.values()) == 1
    # What is said twice is said of schedulers of one kind: same framework, same parameters.
    traps = Counter(trap.text for spec in SPECS for trap in spec.traps)
    assert {text for text, count in traps.items() if count > 3} == SHARED


@each
def test_the_source_leads_to_a_page(spec):
    assert "".join(piece.text for piece in pieces(spec)) == spec.source
    links = [piece.url for piece in pieces(spec) if piece.url]
    assert links
    assert all(url.startswith("https://") for url in links)
    assert all(text in spec.source for text in spec.links)


@each
def test_parameters_say_what_they_do_and_in_which_unit(spec):
    for param in spec.params:
        words = param.help.rstrip(".").split()
        assert len(words) >= 3, param.help
        assert not re.match(r"\w+: ", param.help), "a letter is explained by the formula"
        assert param.unit in UNITS
        assert default_text(param)
        if param.kind == "int" and param.name.endswith("steps"):
            assert unit_words(param) == "steps"
        if param.accepts_null and not param.null_follows:
            assert "empty" in param.help or param.follows or param.advanced, param.help


# For every scheduler and rule that a trap names: parameters that the rule remarks on, after a
# hold of 3 of 10 epochs where it is about going on.
AFTER_A_HOLD = "after a hold"
WITNESSES: dict[tuple[str, str], dict] = {
    ("ConstantLR", "never-reached"): {"total_iters": 5000},
    ("ConstantLR", "parameter-refused"): {"factor": 0},
    ("CosineAnnealingLR", "cosine-climbs-back"): {"T_max": 100},
    ("CosineAnnealingLR", "never-reached"): {"T_max": 5000},
    ("CosineAnnealingLR", "cannot-run"): {"eta_min": 0.001, "with": "StepLR"},
    ("CosineAnnealingWarmRestarts", "ends-mid-cycle"): {"T_0": 300},
    ("CyclicLR", "jump-at-start"): {"base_lr": 1e-6, "max_lr": 0.1, "at": AFTER_A_HOLD},
    ("CyclicLR", "same-peak"): {"max_lr": 1.0},
    ("CyclicLR", "momentum-replaced"): {"max_lr": 1.0, "momentum": 0.5},
    ("CyclicLR", "cannot-run"): {"max_lr": 1.0, "optimizer": "Adagrad"},
    ("ExponentialLR", "epochs-meant"): {"gamma": 0.5},
    ("ExponentialLR", "gamma-grows"): {"gamma": 1.1},
    ("ExponentialLR", "gamma-zero"): {"gamma": 0},
    ("LambdaLR", "formula-fails"): {"lr_lambda": "1 / (5 - t)"},
    ("LambdaLR", "negative-lr"): {"lr_lambda": "1 - t / 500"},
    ("LambdaLR", "cannot-run"): {"lr_lambda": "1", "with": "StepLR"},
    ("LinearLR", "never-reached"): {"total_iters": 5000},
    ("LinearLR", "parameter-refused"): {"start_factor": 0},
    ("MultiStepLR", "epochs-meant"): {"milestones": [3, 6, 8]},
    ("MultiStepLR", "never-reached"): {"milestones": [5000]},
    ("MultiStepLR", "milestone-twice"): {"milestones": [300, 300]},
    ("MultiStepLR", "gamma-grows"): {"milestones": [300], "gamma": 2},
    ("MultiStepLR", "gamma-zero"): {"milestones": [300], "gamma": 0},
    ("MultiplicativeLR", "negative-lr"): {"lr_lambda": "-1"},
    ("OneCycleLR", "jump-at-start"): {"max_lr": 1e-4, "at": AFTER_A_HOLD},
    ("OneCycleLR", "same-peak"): {"max_lr": 1.0},
    ("OneCycleLR", "momentum-replaced"): {"max_lr": 1.0, "momentum": 0.5},
    ("OneCycleLR", "cannot-run"): {"max_lr": 1.0, "optimizer": "Adagrad"},
    ("OneCycleLR", "parameter-refused"): {"max_lr": 1.0, "total_steps": 5},
    ("OneCycleLR", "onecycle-overrun"): {"max_lr": 1.0, "at": "before a hold"},
    ("OneCycleLR", "onecycle-three-phase"): {
        "max_lr": [1.0, 0.1],
        "three_phase": True,
        "pct_start": 0.6,
    },
    ("PolynomialLR", "never-reached"): {"total_iters": 5000},
    ("ReduceLROnPlateau", "metric-opposed"): {"metric": {"formula": "1 - exp(-t / 3)"}},
    ("ReduceLROnPlateau", "metric-unusable"): {"metric": None},
    ("StepLR", "epochs-meant"): {"step_size": 3},
    ("StepLR", "never-reached"): {"step_size": 5000},
    ("StepLR", "gamma-grows"): {"step_size": 300, "gamma": 2},
    ("StepLR", "gamma-zero"): {"step_size": 300, "gamma": 0},
    ("formula", "formula-fails"): {"formula": "lr / (5 - t)"},
    ("formula", "negative-lr"): {"formula": "lr - t"},
    ("formula", "parameter-refused"): {"formula": "0.1", "at": "after 0"},
    ("fractal_chebyshev", "parameter-refused"): {"total_steps": 100_000},
    ("frozen", "stuck-at-zero"): {"at": "before a step"},
    ("inverse_floor", "parameter-refused"): {},
    ("wsd_s", "parameter-refused"): {"period_ends": [300], "decay_type": "inverse"},
}
# Absolute floors, wherever there are any, in a document whose second group is below them.
FLOOR = "floor-above-lr"
FLOORS = ("eta_min", "min_lr", "lr_end", "end_lr", "end_learning_rate")
NEEDED = {
    "CosineAnnealingWarmRestarts": {"T_0": 250},
    "cosine_periods": {"periods": [[300, 1.0]]},
    "wsd_s": {"period_ends": [300, 900]},
}


def witness(key: str, rule: str) -> tuple[dict, int]:
    """A document in which the rule has something to say of a phase, and that phase's index."""
    if rule == FLOOR:
        floor = next(p.name for p in schedulers()[key].params if p.name in FLOORS)
        params = {**NEEDED.get(key, {}), floor: 0.01}
    else:
        params = dict(WITNESSES[key, rule])
    place, stacked = params.pop("at", ""), params.pop("with", "")
    optimizer, metric = params.pop("optimizer", "SGD"), params.pop("metric", {"values": [1, 1]})
    momentum = params.pop("momentum", 0.9)
    phase = {"scheduler": key, "params": params, "length": "rest"}
    if stacked:
        phase["with"] = [{"scheduler": stacked, "params": {"step_size": 300}}]
    hold = {"scheduler": "ConstantLR", "params": {"factor": 1.0}, "length": "3 epochs"}
    step = {"scheduler": "StepLR", "params": {"step_size": 300}, "length": "3 epochs"}
    nothing = {"scheduler": "CosineAnnealingLR", "params": {}, "length": "3 epochs"}
    before = {AFTER_A_HOLD: [hold], "after 0": [nothing]}.get(place, [])
    after = {"before a hold": [hold], "before a step": [step]}.get(place, [])
    args = {"momentum": momentum} if optimizer == "SGD" else {}
    data = document(
        *before,
        phase,
        *after,
        epochs=10,
        per_epoch=100,
        groups=[{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.001}],
        optimizer=optimizer,
        args=args,
        metric=metric,
    )
    if key == "ReduceLROnPlateau" and metric is None:
        del data["metric"]
    # What comes of it shows in the phase after a frozen one.
    return data, len(before) + (key == "frozen")


@pytest.mark.parametrize(
    ("key", "rule"), [(s.key, t.rule) for s in SPECS for t in s.traps if t.rule]
)
def test_a_rule_that_a_trap_names_does_find_it(key, rule):
    data, place = witness(key, rule)
    facts = Facts(loads(json.dumps(data)))
    assert place in [problem.phase for problem in rules()[rule].find(facts)]


def test_every_rule_about_a_schedulers_own_behaviour_is_a_trap_of_one():
    """So that whoever reads of a problem finds more about it in the help."""
    named = {trap.rule for spec in SPECS for trap in spec.traps}
    about_schedulers = {
        rule.id
        for rule in rules()
        if rule.find.__module__.rpartition(".")[2] in ("traps", "zeros", "rhythm", "takeovers")
    }
    assert about_schedulers <= named
