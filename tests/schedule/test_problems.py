"""Problems: each rule fires on what it is for, and only there."""

from __future__ import annotations

import json

import pytest
from batch_documents import BATCH_PROBLEMS
from tracked_documents import PROBLEMS

import lrdesigner as lrd
from lrdesigner.catalog import schedulers
from lrdesigner.engine.preview import preview
from lrdesigner.schedule.codec import loads
from lrdesigner.schedule.formula_values import curve_problem, run_problem
from lrdesigner.schedule.problems import Problem, check, rules


def document(*phases: dict, **more):
    return loads(
        json.dumps(
            {
                "format": "lrdesigner",
                "version": 1,
                "horizon": {"epochs": 10, "steps_per_epoch": 100},
                "optimizer": {
                    "type": "SGD",
                    "args": {"momentum": 0.9},
                    "groups": [{"name": "a", "lr": 0.1}, {"name": "b", "lr": 0.001}],
                },
                "phases": list(phases),
                **more,
            }
        )
    )


def phase(scheduler: str, length: str = "rest", **params):
    return {"scheduler": scheduler, "length": length, "params": params}


CLEAN = document(
    phase("LinearLR", "1 epoch", start_factor=0.01), phase("CosineAnnealingLR", eta_min=1e-6)
)

# rule, document, phase, part of the message
FIRES = [
    ("parameter-refused", document(phase("StepLR", step_size=0)), 0, "1 or greater"),
    ("parameter-refused", document(phase("StepLR")), 0, "step_size is missing"),
    ("parameter-refused", document(phase("OneCycleLR", max_lr=1.0, total_steps=5)), 0, "total_s"),
    (
        "cannot-run",
        document({**phase("LambdaLR", lr_lambda="t"), "with": [phase("StepLR", step_size=3)]}),
        0,
        "does not compose",
    ),
    ("cannot-run", document(phase("MultiplicativeLR", lr_lambda="9")), 0, "not finite"),
    (
        "formula-fails",
        document(phase("ConstantLR", "50 steps"), phase("LambdaLR", lr_lambda="1 / (t - 5)")),
        1,
        "the formula has no value at t = 5 (step 55): division by zero",
    ),
    (
        "formula-fails",
        document({**phase("LambdaLR", lr_lambda="sqrt(6 - t)"), "interval": "epoch"}),
        0,
        "the formula has no value at t = 7 (step 700): a function is used outside its domain",
    ),
    (
        "formula-fails",
        document(phase("formula", formula=["lr", "lr / (t - k)"], constants={"k": 7})),
        0,
        "the formula has no value at t = 7 (step 7) for group 'b': division by zero",
    ),
    (
        "formula-fails",
        document(
            {
                **phase("StepLR", step_size=30),
                "with": [phase("MultiplicativeLR", lr_lambda="log(t - 1)")],
            }
        ),
        0,
        "MultiplicativeLR in with: the formula",
    ),
    (
        "negative-lr",
        document(phase("LambdaLR", lr_lambda="1 - t / 500")),
        0,
        "the formula gives a negative LR at t = 501 (step 501): -0.0002",
    ),
    (
        "negative-lr",
        document(phase("MultiplicativeLR", lr_lambda="cos(t)")),
        0,
        "the formula gives a negative factor at t = 2 (step 2): -0.4161",
    ),
    ("unknown-scheduler", document(phase("CosineAnealingLR")), 0, "CosineAnnealingLR"),
    (
        "unknown-scheduler",
        document({**phase("StepLR", step_size=3), "with": [phase("StepRL")]}),
        0,
        "did you mean 'StepLR'",
    ),
    ("unknown-entry", document(phase("StepLR", step_size=3, gama=1)), 0, "did you mean gamma"),
    ("unknown-entry", document(author="me"), None, "'author'"),
    ("past-horizon", document(phase("ConstantLR", "11 epochs", factor=1)), 0, "100 steps early"),
    ("no-steps", document(phase("ConstantLR", "0 steps", factor=1)), 0, "no steps"),
    (
        "never-steps",
        document({**phase("StepLR", "50 steps", step_size=1), "interval": "epoch"}),
        0,
        "no epoch ends",
    ),
    ("optimizer-refused", document(optimizer={"type": "Sgd"}), None, "did you mean 'SGD'"),
    (
        "optimizer-argument",
        document(optimizer={"type": "SGD", "args": {"momentun": 0.9}}),
        None,
        "did you mean momentum",
    ),
    ("metric-unusable", document(phase("ReduceLROnPlateau")), 0, "needs a metric"),
    ("metric-unused", document(metric={"values": [1.0]}), None, "no phase reacts"),
    (
        "metric-short",
        document(phase("ReduceLROnPlateau"), metric={"values": [3.0, 2.0, 1.0]}),
        0,
        "has 3 values for 10 epochs: the last one repeats from epoch 4 on",
    ),
    (
        "metric-opposed",
        document(phase("ReduceLROnPlateau"), metric={"formula": "1 - exp(-t / 3)"}),
        0,
        'rises and never gets better than at the start, in mode "min"',
    ),
    ("never-reached", document(phase("StepLR", step_size=1000)), 0, "never falls"),
    ("never-reached", document(phase("MultiStepLR", milestones=[5, 2000])), 0, "[2000]"),
    ("never-reached", document(phase("LinearLR", total_iters=5000)), 0, "not reached"),
    ("cosine-climbs-back", document(phase("CosineAnnealingLR", T_max=100)), 0, "climbs back"),
    ("floor-above-lr", document(phase("CosineAnnealingLR", eta_min=0.01)), 0, "LR of b"),
    ("floor-above-lr", document(phase("cosine_floor", min_lr=0.01)), 0, "min_lr is 0.01"),
    ("floor-above-lr", document(phase("keras_polynomial", end_learning_rate=0.5)), 0, "of a, b"),
    ("gamma-grows", document(phase("ExponentialLR", gamma=1.001)), 0, "grows"),
    (
        "onecycle-overrun",
        document(phase("OneCycleLR", "5 epochs", max_lr=1.0), phase("ConstantLR", factor=1)),
        0,
        "rise again",
    ),
    (
        "onecycle-three-phase",
        document(phase("OneCycleLR", max_lr=[1.0, 0.1], three_phase=True, pct_start=0.6)),
        0,
        "never reaches",
    ),
    ("same-peak", document(phase("OneCycleLR", max_lr=1.0)), 0, "same max_lr"),
    (
        "stuck-at-zero",
        document(phase("CosineAnnealingLR", "5 epochs"), phase("StepLR", step_size=100)),
        1,
        "stays at 0 to its end: the LR is only",
    ),
    (
        "stuck-at-zero",
        document(phase("frozen", "2 epochs"), phase("LinearLR", start_factor=0.1)),
        1,
        "starts from an LR of 0",
    ),
    ("gamma-zero", document(phase("StepLR", step_size=300, gamma=0)), 0, "first decay takes"),
    ("epochs-meant", document(phase("StepLR", step_size=3)), 0, "step_size counts optimizer steps"),
    ("epochs-meant", document(phase("ExponentialLR", gamma=0.5)), 0, "gamma counts optimizer"),
    ("epochs-meant", document(phase("MultiStepLR", milestones=[3, 6, 8])), 0, "of 10 epochs"),
    (
        "milestone-twice",
        document(phase("MultiStepLR", milestones=[300, 300, 800])),
        0,
        "Milestones [300] stand more than once",
    ),
    (
        "ends-mid-cycle",
        document(phase("CosineAnnealingWarmRestarts", T_0=300)),
        0,
        "ends 100 steps after a restart",
    ),
    (
        "jump-at-start",
        document(phase("ConstantLR", "5 epochs", factor=1), phase("OneCycleLR", max_lr=[1, 0.01])),
        1,
        "jumps from 0.1 to 0.04",
    ),
    (
        "momentum-replaced",
        document(
            phase("OneCycleLR", max_lr=1.0),
            optimizer={
                "type": "AdamW",
                "args": {"betas": [0.5, 0.9]},
                "groups": [{"name": "a", "lr": 0.1}],
            },
        ),
        0,
        "cycles beta1 between 0.85 and 0.95, in place of the optimizer's 0.5",
    ),
]


@pytest.mark.parametrize(("rule", "schedule", "place", "text"), FIRES + BATCH_PROBLEMS)
def test_a_rule_fires(rule, schedule, place, text):
    found = [p for p in lrd.check(schedule) if p.rule == rule]
    assert [p.phase for p in found] == [place]
    assert text in found[0].message
    assert "\n" not in found[0].message


SQUARES = "t * t - 654_321 ** 2"
HIDDEN_DIP = f"lr * where(({SQUARES}) * ({SQUARES}) + 1e25 * (t % 2 == 0) < 1, -1, 1)"


@pytest.mark.parametrize(
    ("formula", "step"),
    [
        ("lr / ((t * t - 777_777 * 777_777) * (t * t - 777_777 * 777_777))", "777,777"),
        (HIDDEN_DIP, "654,321"),
    ],
)
def test_every_step_of_a_long_run_is_looked_at(formula, step):
    """The fast curve of such a run has a few thousand points, and these places are well hidden."""
    schedule = document(
        phase("ConstantLR", "1 step", factor=1),
        phase("formula", formula=formula.replace("_", "")),
        horizon={"epochs": 1000, "steps_per_epoch": 1000},
    )
    [found] = lrd.check(schedule)
    assert f"at t = {step} " in found.message
    assert check(schedule) == []


def test_every_step_is_found_in_pieces_and_at_the_very_end():
    for last in (65_535, 65_536, 65_537, 131_072, 200_000):
        schedule = document(
            phase("LambdaLR", lr_lambda=f"1 / ({last} - t)"),
            horizon={"epochs": 2, "steps_per_epoch": 100_000},
        )
        assert f"at t = {last:,} (step {last:,})" in lrd.check(schedule)[0].message


def test_what_the_run_says_is_the_problem_that_a_long_check_finds():
    schedule = document(
        phase("LambdaLR", "10 steps", lr_lambda="1"),
        phase("formula", formula=["lr", "1 / ((t * t - 12345 * 12345) * (t * t - 12345 * 12345))"]),
        horizon={"epochs": 200, "steps_per_epoch": 100},
    )
    with pytest.raises(lrd.ScheduleError) as failed:
        lrd.simulate(schedule)
    fast = preview(schedule)
    assert check(schedule, fast) == []
    [wanted] = (p for p in lrd.check(schedule) if p.severity == "error")
    assert run_problem(schedule, fast, str(failed.value)) == wanted
    assert run_problem(schedule, fast, "the worker ended at t = 5") is None
    assert run_problem(schedule, fast, "phases[0] (LambdaLR): fails at t = 3: what?") is None


def test_a_negative_lr_of_the_exact_run_is_the_problem_that_a_long_check_finds():
    for more in ({}, {"interval": "epoch"}):
        schedule = document(
            phase("ConstantLR", "150 steps", factor=1),
            {**phase("formula", formula="lr * where(t == 4321, -0.5, 1)"), **more},
            horizon={"epochs": 9000, "steps_per_epoch": 100 if more else 3},
        )
        fast = preview(schedule)
        found = curve_problem(schedule, fast, lrd.simulate(schedule))
        assert [found] == [p for p in lrd.check(schedule) if p.rule == "negative-lr"]
        assert "at t = 4,321" in found.message
        assert curve_problem(CLEAN, preview(CLEAN), lrd.simulate(CLEAN)) is None


def test_every_rule_is_shown_to_fire():
    assert {rule.id for rule in rules()} == {
        entry[0] for entry in (*FIRES, *BATCH_PROBLEMS, *PROBLEMS)
    }


def test_a_good_document_has_no_problems():
    assert check(CLEAN) == []


def test_errors_come_first_then_the_timeline():
    schedule = document(
        phase("CosineAnnealingLR", "5 epochs", T_max=10),
        phase("StepLR", step_size=0),
        author="me",
    )
    assert [(p.severity, p.phase) for p in check(schedule)] == [
        ("error", 1),
        ("warning", 0),
        ("info", None),
    ]


def test_each_matter_is_said_once():
    schedule = document(phase("StepLR", step_size=0))
    assert [p.rule for p in check(schedule)] == ["parameter-refused"]
    assert check(schedule)[0].param == "step_size"


def test_problems_are_plain_records():
    assert Problem("r", "info", None, "m") == Problem("r", "info", None, "m", "", "")


def test_unknown_keys_are_told_of_wherever_they_stand():
    schedule = document(
        {
            **phase("StepLR", step_size=3),
            "colour": 1,
            "with": [{**phase("ConstantLR", factor=0.5), "x": 1}],
        },
        horizon={"epochs": 1, "steps_per_epoch": 10, "tokens": 5},
        optimizer={"type": "SGD", "backend": "x"},
        metric={"values": [1.0], "unit": "nats"},
    )
    found = [p.message for p in check(schedule) if "not understood" in p.message]
    assert sorted(found) == sorted(
        [
            "horizon: the key 'tokens' is not understood",
            "optimizer: the key 'backend' is not understood",
            "metric: the key 'unit' is not understood",
            "the key 'colour' is not understood",
            "with[0]: the key 'length' is not understood",
            "with[0]: the key 'x' is not understood",
        ]
    )


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ({"momentum": -1}, "momentum must be a number 0 or greater, not -1"),
        ({"weight_decay": -0.1}, "weight_decay must be a number 0 or greater"),
        ({"nesterov": True}, "nesterov needs a momentum above 0"),
        ({"foreach": True, "fused": True}, "fused and foreach exclude each other"),
        ({"momentun": 0.9}, "did you mean momentum"),
    ],
)
def test_optimizer_arguments_torch_refuses_are_errors(args, text):
    import torch

    (problem,) = check(document(optimizer={"type": "SGD", "args": args}))
    assert (problem.rule, problem.severity) == ("optimizer-argument", "error")
    assert text in problem.message
    with pytest.raises((TypeError, ValueError, RuntimeError)):
        torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, **args)


def test_a_long_text_is_never_echoed_whole():
    many = document(phase("x" * 100_000), **{"y" * 100_000: 1})
    assert all(len(p.message) < 500 for p in check(many))
    late = document(phase("MultiStepLR", milestones=[*range(2000, 9000)]))
    assert all(len(p.message) < 300 for p in check(late))
    unsorted = document(phase("MultiStepLR", milestones=[*range(9000, 2000, -1)]))
    assert all(len(p.message) < 300 for p in check(unsorted))


def test_numbers_beyond_all_bounds_are_a_problem_not_a_crash():
    huge = 99999999999999999999
    for key in schedulers():
        for declaration in key.params:
            value = [huge] if declaration.kind == "int_list" else huge
            if declaration.type_error(value) is None:
                params = {**key.starter, declaration.name: value}
                assert isinstance(check(document(phase(key.key, **params))), list)


def test_arguments_only_some_optimizers_have_are_known():
    for kind, args in (
        ("Adafactor", {"eps": [None, 0.001]}),
        ("AdamW", {"fused": True, "capturable": True}),
        ("Muon", {"ns_coefficients": [3.4, -4.7, 2.0]}),
        ("LBFGS", {"line_search_fn": "strong_wolfe"}),
    ):
        assert check(document(optimizer={"type": kind, "args": args})) == []


REST = phase("ConstantLR", "5 epochs", factor=1)
OWN = {"start": "base"}
QUIET = [
    ("stuck-at-zero", document(phase("frozen", "2 epochs"), {**phase("LinearLR"), **OWN})),
    ("stuck-at-zero", document(phase("CosineAnnealingLR", "5 epochs"), phase("frozen"))),
    ("stuck-at-zero", document(phase("CosineAnnealingLR", "5 epochs", eta_min=1e-9), REST)),
    ("stuck-at-zero", document(phase("frozen", "2 epochs"), phase("SWALR", swa_lr=0.05))),
    ("epochs-meant", document({**phase("StepLR", step_size=3), "interval": "epoch"})),
    ("epochs-meant", document(phase("StepLR", step_size=300))),
    ("epochs-meant", document(phase("ExponentialLR", gamma=0.999))),
    ("epochs-meant", document(phase("MultiStepLR", milestones=[3, 600]))),
    ("milestone-twice", document(phase("MultiStepLR", milestones=[300, 600]))),
    ("ends-mid-cycle", document(phase("CosineAnnealingWarmRestarts", T_0=250))),
    ("jump-at-start", document(REST, phase("OneCycleLR", max_lr=[1.0, 0.01], div_factor=None))),
    ("jump-at-start", document(REST, {**phase("OneCycleLR", max_lr=1.0), **OWN})),
    ("momentum-replaced", document(phase("OneCycleLR", max_lr=1.0))),
    ("floor-above-lr", document(phase("cosine_floor", min_lr_ratio=0.5))),
    ("floor-above-lr", document(phase("log_interpolation", min_lr=0.5, max_lr=5))),
    ("gamma-grows", document(phase("natural_exponential", gamma=2))),
    ("gamma-grows", document(phase("paddle_inverse_time", gamma=3))),
]


@pytest.mark.parametrize(("rule", "schedule"), QUIET)
def test_a_rule_keeps_quiet_where_all_is_well(rule, schedule):
    assert rule not in {problem.rule for problem in check(schedule)}


def test_the_fix_of_a_cycle_that_is_cut_is_one():
    (problem,) = check(document(phase("CosineAnnealingWarmRestarts", T_0=300)))
    assert problem.fix == "With T_0 = 250 it ends with a whole cycle."
    assert check(document(phase("CosineAnnealingWarmRestarts", T_0=250))) == []
