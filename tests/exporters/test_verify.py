"""`verify`: a real child process, a real optimizer, every bit compared."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from documents import THREE_GROUPS, document, phase
from exported_runs import read

import lrdesigner as lrd
from lrdesigner import verify as verify_module
from lrdesigner.exporting import exporters
from lrdesigner.verify import VerifyError, run_source, verify

GOLDEN = Path(__file__).parents[1] / "golden"
DECAY = document(phase("ExponentialLR", length="7 steps"), phase("StepLR"), groups=THREE_GROUPS)

# A stand-in for exported code that needs no torch import of its own; the loop drives it.
FROM_TABLE = """
class Table:
    def __init__(self, optimizer):
        self.groups, self.k = optimizer.param_groups, 0
        self.put()
    def put(self):
        for group, row in zip(self.groups, ROWS):
            group["lr"] = row[min(self.k, len(row) - 1)]
    def step(self):
        self.k += 1
        self.put()
build_scheduler = Table
"""


@pytest.mark.parametrize(
    "name", ["one_cycle", "restart_lower", "warm_up_plateau", "plateau_one_cycle", "multi_step"]
)
def test_exported_code_is_equal_in_a_fresh_interpreter(name: str) -> None:
    schedule = lrd.load(GOLDEN / f"{name}.json")
    result = verify(schedule)
    assert result.equal, result.message
    assert result.first_difference is None
    assert (result.target, result.steps) == ("torch", schedule.steps)
    assert result.groups == len(schedule.optimizer.groups)
    assert result.seconds > 0
    assert "equal bit for bit" in result.message


def test_a_corrupted_export_is_caught_at_its_first_step() -> None:
    schedule = read(DECAY)
    curve = lrd.simulate(schedule)
    code = lrd.export(schedule)
    wrong = code.replace("gamma=0.9)", "gamma=0.9000000000000001)")
    assert wrong != code
    result = verify(schedule, code=wrong)
    assert not result.equal
    step, group, expected, got = result.first_difference or (None,) * 4
    assert (step, group) == (1, "backbone")
    assert expected == curve.lr[0, 1] == 0.1 * 0.9
    assert got == 0.1 * 0.9000000000000001
    assert result.quantity == "lr"
    assert "step 1 " in result.message
    assert "'backbone'" in result.message
    assert repr(got) in result.message


def test_the_last_bit_of_the_last_step_of_the_last_group_counts() -> None:
    schedule = read(DECAY)
    rows = lrd.simulate(schedule).lr.tolist()
    rows[2][-1] = float(np.nextafter(rows[2][-1], 1))
    result = verify(schedule, code=f"ROWS = {rows!r}\n{FROM_TABLE}")
    assert result.first_difference is not None
    assert result.first_difference[:2] == (schedule.steps - 1, "head")


def test_a_late_phase_is_caught_where_it_shows() -> None:
    schedule = read(DECAY)
    code = lrd.export(schedule)
    wrong = code.replace("milestones=[7]", "milestones=[8]")
    assert wrong != code
    result = verify(schedule, code=wrong)
    assert result.first_difference is not None
    # Both begin with the LR reached; StepLR(3) falls three steps after the milestone.
    assert result.first_difference.step == 10


def test_momentum_counts() -> None:
    schedule = read(document(phase("OneCycleLR"), epochs=4))
    code = lrd.export(schedule)
    wrong = code.replace("max_lr=0.5,", "max_lr=0.5, base_momentum=0.84,")
    assert wrong != code
    result = verify(schedule, code=wrong)
    assert not result.equal
    assert result.quantity == "momentum"
    assert result.first_difference is not None
    assert "momentum of group 'all'" in result.message


def test_momentum_that_ought_to_stay_counts() -> None:
    """The curve says nothing of momentum, so the optimizer's own has to hold."""
    schedule = read(document(phase("StepLR")))
    code = lrd.export(schedule) + (
        "\n\nplain = build_scheduler\n\n\ndef build_scheduler(optimizer):\n"
        '    optimizer.param_groups[0]["momentum"] = 0.5\n    return plain(optimizer)\n'
    )
    result = verify(schedule, code=code)
    assert result.quantity == "momentum"
    assert result.first_difference == (0, "all", 0.85, 0.5)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def build_scheduler(optimizer:\n", "SyntaxError"),
        ("import lrdesigner\n", "ModuleNotFoundError|ImportError"),
        ("from lrdesigner.engine.phased import PhasedLR\n", "ModuleNotFoundError|ImportError"),
        ("schedule = 1\n", r"does not define build_scheduler\(optimizer\)"),
        ("def build_scheduler(optimizer):\n    raise ValueError('one\\ntwo')\n", "one two$"),
        ("import os\nos._exit(3)\n", "ended with code 3"),
    ],
)
def test_code_that_does_not_run_is_a_clear_line(
    code: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(VerifyError, match=reason) as error:
        run_source(code, read(DECAY))
    assert str(error.value).startswith("the exported code fails: ")
    assert "\n" not in str(error.value)
    assert capfd.readouterr() == ("", "")


def test_what_the_code_prints_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    schedule = read(document(phase("StepLR")))
    noise = "\nimport sys\nprint('out')\nprint('err', file=sys.stderr)\n"
    recording = run_source(lrd.export(schedule) + noise, schedule)
    assert (recording.lr == lrd.simulate(schedule).lr).all()
    assert capfd.readouterr() == ("", "")


def test_a_run_that_does_not_end_is_given_up() -> None:
    with pytest.raises(VerifyError, match=r"did not end within 0\.2 seconds"):
        run_source("while True:\n    pass\n", read(DECAY), timeout=0.2)


def test_arguments_torch_refuses_are_reported() -> None:
    schedule = read(document(phase("StepLR"), args={"momentum": 0.9, "no_such": 1}))
    with pytest.raises(VerifyError, match="no_such"):
        verify(schedule)


def test_without_an_interpreter_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(VerifyError, match="no Python interpreter"):
        run_source("", read(DECAY))


def test_an_interpreter_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(VerifyError, match="cannot start"):
        run_source("", read(DECAY))


# -- JSON ------------------------------------------------------------------------------------


def test_json_gives_the_same_curve_again(tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").write_text("epoch,loss\n0,1\n1,0.5\n2,0.5\n3,0.6\n")
    metric = {"file": "metrics.csv", "column": "loss"}
    data = document(phase("ReduceLROnPlateau"), metric=metric, groups=THREE_GROUPS)
    result = verify(read(data).in_folder(tmp_path), "json")
    assert result.equal
    assert result.target == "json"
    assert verify(read(document(phase("OneCycleLR"))), "json").equal


def test_json_that_says_something_else_is_caught() -> None:
    schedule = read(DECAY)
    text = lrd.dumps(schedule).replace('"gamma": 0.9', '"gamma": 0.8')
    result = verify(schedule, "json", code=text)
    assert result.first_difference is not None
    assert result.first_difference.step == 1
    with pytest.raises(VerifyError, match="cannot be read"):
        verify(schedule, "json", code=text[:-10])
    longer = json.loads(lrd.dumps(schedule))
    longer["horizon"]["epochs"] += 1
    with pytest.raises(VerifyError, match="shape"):
        verify(schedule, "json", code=json.dumps(longer))


# -- targets ---------------------------------------------------------------------------------


def test_every_target_that_claims_to_run_does() -> None:
    schedule = read(document(phase("LinearLR", length="4 steps"), phase("CosineAnnealingLR")))
    for target in exporters():
        if target.executable:
            assert verify(schedule, target.key).equal


def test_a_target_that_cannot_run_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    spec: Any = dataclasses.replace(exporters()["json"], key="text", executable=False)
    monkeypatch.setattr(verify_module, "exporters", lambda: {"text": spec})
    with pytest.raises(VerifyError, match="text: "):
        verify(read(DECAY), "text")


def test_an_unknown_target() -> None:
    with pytest.raises(KeyError, match="no_target"):
        verify(read(DECAY), "no_target")
