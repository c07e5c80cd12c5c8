"""Exported torch code as a text: self-contained, harmless whatever the names, well formatted."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from documents import NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from exported_runs import read
from hypothesis import given, settings
from hypothesis import strategies as st

import lrdesigner as lrd
from lrdesigner.engine.simulate import make_plan
from lrdesigner.exporting import exporters

PHASED = (phase("ReduceLROnPlateau", length="4 epochs"), phase("OneCycleLR"))
SEQUENTIAL = (phase("LinearLR", length="4 steps"), phase("CosineAnnealingLR"))
KINDS = {"single": (phase("StepLR"),), "sequential": SEQUENTIAL, "phased": PHASED}


def export(*phases: dict[str, Any], **more: Any) -> str:
    return lrd.export(read(document(*phases, **more)))


def test_it_imports_torch_and_the_standard_library_only() -> None:
    for name in NAMES:
        for phases in ([phase(name)], [*PHASED, phase(name)], [*SEQUENTIAL, phase(name)]):
            code = export(*(dict(item, length="3 steps") for item in phases))
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.Import):
                    assert {alias.name for alias in node.names} <= {"torch", "math"}
                if isinstance(node, ast.ImportFrom):
                    module = str(node.module)
                    assert module.startswith("torch.optim") or module == "typing"
            assert "import torch\n" not in code or "torch." in code.partition("import torch\n")[2]
            assert ("import math\n" in code) == ("math." in code)


def test_what_torch_can_do_alone_is_torch_alone() -> None:
    for kind, phases in KINDS.items():
        code = export(*phases)
        assert ("class PhasedLR" in code) == (kind == "phased")
        assert ("SequentialLR(" in code) == (kind == "sequential")
    assert "    return StepLR(optimizer, step_size=3)\n" in export(phase("StepLR"))


def test_base_lrs_are_written_only_where_torch_would_take_others() -> None:
    back_at_base = (phase("LinearLR", length="9 steps"), phase("CosineAnnealingLR"))
    assert "base_lrs" not in export(*back_at_base)
    on_from_there = (phase("ExponentialLR", length="9 steps"), phase("CosineAnnealingLR"))
    assert "cosine.base_lrs = [0.0" in export(*on_from_there)
    base = (phase("ExponentialLR", length="9 steps"), phase("CosineAnnealingLR", start="base"))
    assert "base_lrs" not in export(*base)


@pytest.mark.parametrize(
    "cycle",
    [
        phase("CyclicLR", {"base_lr": 0.02, "max_lr": 0.5, "cycle_momentum": False}),
        phase("OneCycleLR", {"max_lr": 0.5, "cycle_momentum": False}),
    ],
    ids=["CyclicLR", "OneCycleLR"],
)
def test_a_cycle_that_comes_first_overwrites_what_later_phases_start_from(
    cycle: dict[str, Any],
) -> None:
    cycle = dict(cycle, length="9 steps")
    code = export(cycle, phase("CosineAnnealingLR", start="base"))
    assert "SequentialLR(" in code
    assert "cosine.base_lrs = [0.1]" in code


def test_names_are_unique() -> None:
    steps = [phase("LinearLR", length="3 steps") for _ in range(3)]
    code = export(*steps, phase("ExponentialLR", {"gamma": 1}, length="2 steps"), epochs=5)
    assert "[warm_up, warm_up_2, warm_up_3, decay, hold]" in code


def test_a_family_is_called_by_its_key_as_its_title_may_be_a_formula() -> None:
    later = phase("inverse_sqrt_fairseq", {"warmup_updates": 2}, start="base")
    code = export(phase("warmup_linear", {}, length="2 steps"), later)
    assert "[warmup_linear, inverse_sqrt_fairseq]" in code


def test_the_loop_in_the_comment_is_the_one_to_write() -> None:
    step, epoch = {"interval": "step"}, {"interval": "epoch"}
    every_step = export(phase("StepLR", **step))
    assert "            scheduler.step()\n\nTo resume" in every_step
    every_epoch = export(phase("StepLR", **epoch))
    assert "            optimizer.step()\n        scheduler.step()\n" in every_epoch
    plateau = export(phase("ReduceLROnPlateau"))
    assert "        scheduler.step(metric)\n" in plateau
    mixed = export(phase("StepLR", length="4 steps", **step), phase("StepLR", **epoch))
    assert "            scheduler.step()\n        scheduler.step_epoch()\n" in mixed
    with_metric = export(phase("StepLR", length="4 steps"), phase("ReduceLROnPlateau"))
    assert "        scheduler.step_epoch(metric)\n" in with_metric
    cycles = export(phase("OneCycleLR", length="9 steps"), phase("StepLR"))
    assert "class PhasedLR" in cycles
    assert "scheduler.step_epoch" not in cycles


def test_the_phased_scheduler_is_the_engine_s_own() -> None:
    source = Path(lrd.__file__).parent / "engine" / "phased.py"
    classes = []
    for text in (source.read_text(encoding="utf-8"), export(*PHASED)):
        body = ast.parse(text).body
        classes.append([ast.dump(n) for n in body if getattr(n, "name", "") == "PhasedLR"])
    assert classes[0]
    assert classes[0] == classes[1]


def test_rendering_does_not_import_torch(tmp_path: Path) -> None:
    """The window writes code in a process that never loads torch."""
    schedule = read(document(*PHASED, groups=THREE_GROUPS))
    bases = {str(k): v for k, v in lrd.simulate(schedule).bases.items()}
    program = f"""
import json, sys
import lrdesigner as lrd
from lrdesigner.engine.simulate import make_plan
from lrdesigner.exporting import exporters
schedule = lrd.loads({lrd.dumps(schedule)!r})
bases = {{int(k): tuple(v) for k, v in json.loads({json.dumps(bases)!r}).items()}}
code = exporters()["torch"].export(schedule, make_plan(schedule, bases))
assert "torch" not in sys.modules
sys.stdout.buffer.write(code.encode())
"""
    root = Path(lrd.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, check=True
    )
    assert done.stdout.decode().replace("\r\n", "\n") == lrd.export(schedule)


def test_exporters_stays_a_function_after_the_package_is_imported() -> None:
    assert lrd.exporters() == ["torch", "json"]
    lrd.export(read(document()), "json")
    assert lrd.exporters() == ["torch", "json"]


def test_an_unknown_target_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="did you mean 'torch'"):
        lrd.export(read(document()), "torhc")


# -- people's own text -------------------------------------------------------------------------

HOSTILE = [
    '"""',
    '\\"""\nimport os\n"""',
    "\\",
    "name\\",
    'quote"',
    '""""""',
    "\\N{BULLET}",
    "\\N{no such name}",
    "\\x",
    "\\u12",
    "\r\nimport os\r",
    "a\u2028import os\u2029b\x0c\x0b\x85c",
    "# -*- coding: utf-7 -*-",
    "\x00\x1b[31m",
    "\u202e drow desrever",
    "{{ 7 * 7 }} {% raw %} {# #}",
    "%s {0} ${x}",
    "привет 学習率 🎓",
    "'''",
    "",
    " ",
]
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.text(alphabet="\"\\\n\rN{}ux '#:", max_size=12),
)


def named(name: str, notes: str, group: str, kind: str) -> lrd.Schedule:
    data = document(*KINDS[kind], groups=[{"name": group or "g", "lr": 0.1}])
    return lrd.loads(json.dumps({**data, "name": name, "notes": notes}))


def skeleton(code: str) -> str:
    """The code without its docstring."""
    body = ast.parse(code.encode()).body
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    return ast.dump(ast.Module(body[1:], []))


@given(texts, texts, texts, st.sampled_from(list(KINDS)))
@settings(max_examples=300)
def test_no_text_of_the_document_becomes_code(name: str, notes: str, group: str, kind: str) -> None:
    schedule = named(name, notes, group, kind)
    plan = make_plan(schedule, PLANS[kind])
    code = exporters()["torch"].export(schedule, plan)
    assert skeleton(code) == skeleton(PLAIN[kind])
    assert all(character.isprintable() or character == "\n" for character in code)
    assert len(code.splitlines()) == code.count("\n")
    doc = ast.get_docstring(ast.parse(code), clean=False)
    assert doc is not None
    expected = " ".join(schedule.optimizer.groups[0].name.split())
    if expected.isprintable():
        assert f"    {expected}: lr=0.1\n" in doc


PLANS = {kind: dict(lrd.simulate(named("plain", "", "all", kind)).bases) for kind in KINDS}
PLAIN = {kind: lrd.export(named("plain", "", "all", kind)) for kind in KINDS}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_run(name: str) -> None:
    code = lrd.export(named(name, name, name, "sequential"))
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    assert "build_scheduler" in namespace
    assert "os" not in namespace


def test_long_notes_are_wrapped_and_keep_their_lines() -> None:
    notes = "first line\n\n" + "word " * 60 + "\n- last\n"
    code = lrd.export(named("n", notes, "g", "single"))
    assert "first line\n\nword word" in code
    assert "word\n- last\n\nHorizon" in code
    assert max(len(line) for line in code.splitlines()) <= 88


# -- format ------------------------------------------------------------------------------------


def ruff(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("ruff")
    return subprocess.run(
        [str(program), *arguments, "--isolated", "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_formatted_and_free_of_lint(tmp_path: Path) -> None:
    """Every class, alone and in company, with one group and three, before and after a plateau."""
    for name in NAMES:
        for index, params in enumerate(PARAMS[name]):
            alone = phase(name, params, length="9 steps")
            for place, phases in enumerate(([alone], [*SEQUENTIAL[:1], alone], [PHASED[0], alone])):
                path = tmp_path / f"{name}_{index}_{place}.py"
                path.write_text(export(*phases), encoding="utf-8")
        for index, params in enumerate(PER_GROUP.get(name, [])):
            alone = phase(name, params, length="9 steps")
            for place, phases in enumerate(([alone], [PHASED[0], alone])):
                path = tmp_path / f"{name}_groups_{index}_{place}.py"
                path.write_text(export(*phases, groups=THREE_GROUPS), encoding="utf-8")
    formatted = ruff("format", "--diff", str(tmp_path))
    assert formatted.returncode == 0, formatted.stdout
    checked = ruff("check", "--select", "E4,E7,E9,F,I,W,UP,B", str(tmp_path))
    assert checked.returncode == 0, checked.stdout


def test_long_arguments_are_broken_as_formatters_do(tmp_path: Path) -> None:
    many = [{"name": f"group {i}", "lr": 0.1 / 3 + i} for i in range(12)]
    lrs = [0.123456789 + i for i in range(12)]
    documents = [
        document(phase("MultiStepLR", {"milestones": list(range(2, 60))})),
        document(phase("SWALR", {"swa_lr": lrs}), groups=many),
        document(phase("OneCycleLR", {"max_lr": lrs, "div_factor": None}), groups=many),
        document(phase("ExponentialLR", length="9 steps"), phase("PolynomialLR"), groups=many),
        document(*(phase("LinearLR", length="1 steps") for _ in range(12))),
    ]
    for index, data in enumerate(documents):
        path = tmp_path / f"{index}.py"
        path.write_text(lrd.export(read(data)), encoding="utf-8")
    formatted = ruff("format", "--diff", str(tmp_path))
    assert formatted.returncode == 0, formatted.stdout


BATCHES = [
    ({"batch_size": 256}, ["Batch: 256 samples a step."], ["micro", "accelerate"]),
    (
        {"batch_size": 4, "accumulation": 8, "sequence_length": 2048},
        [
            "Batch: 4 samples × 8 micro-batches = 32 samples, 65,536 tokens a step.",
            "steps with the optimizer, not after every micro-batch.",
            "# 3 optimizer steps, each of 8 micro-batches",
        ],
        ["accelerate"],
    ),
    (
        {"batch_size": 16, "devices": 8},
        ["Batch: 16 samples × 8 devices = 128 samples a step.", "here 8 times as often as it"],
        ["micro"],
    ),
    ({"dataset_size": 50_000}, [], ["Batch:"]),
    (
        dict.fromkeys(("batch_size", "devices", "accumulation", "sequence_length"), 10**9),
        ["1,000,000,000 devices"],
        [],
    ),
]


@pytest.mark.parametrize(("batch", "said", "unsaid"), BATCHES)
def test_what_is_known_of_the_batches_is_told_and_changes_no_code(
    batch: dict[str, int], said: list[str], unsaid: list[str]
) -> None:
    data = document(phase("StepLR"))
    plain = lrd.export(read(data))
    told = lrd.export(read({**data, "horizon": {**data["horizon"], "batch": batch}}))
    assert told.split('"""', 2)[2] == plain.split('"""', 2)[2]
    assert max(map(len, told.splitlines())) <= 100
    for words in said:
        assert words in told
    for words in unsaid:
        assert words not in told
