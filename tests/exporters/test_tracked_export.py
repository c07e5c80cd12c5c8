"""Exported code of documents with tracks: the same numbers, readable, able to stand alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from documents import phase
from exported_runs import read, train_with
from hypothesis import given, settings
from hypothesis import strategies as st
from tracked_documents import (
    BACKBONE,
    COSINE,
    CYCLE,
    DOCUMENTS,
    PLATEAU,
    QUANTITIES,
    RISE,
    WARM_UP,
    reference,
    track,
    tracked,
)
from tracked_strategies import documents_with_tracks
from tracked_training import TrackedTraining, same

import lrdesigner as lrd
from lrdesigner.engine.simulate import run
from lrdesigner.exporting import exporters
from lrdesigner.verify import verify


def check(data: dict[str, Any]) -> str:
    """The exported code, trained with, holds what plain torch holds; bit for bit, every step."""
    schedule = read(data)
    _, plan = run(schedule)
    code = exporters()["torch"].export(schedule, plan)
    got, wanted = train_with(code, schedule, plan), reference(data)
    found = {q: values for q in QUANTITIES if (values := got.values(q)) is not None}
    assert {"lr", *(t["quantity"] for t in data["tracks"] if "quantity" in t)} <= set(found)
    same({**wanted, **found}, wanted)
    return code


def built_by(code: str) -> Any:
    namespace: dict[str, Any] = {}
    exec(compile(code, "<exported code>", "exec"), namespace)
    return namespace["build_scheduler"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_gives_the_curve(name):
    check(DOCUMENTS[name])


@given(documents_with_tracks())
@settings(max_examples=25)
def test_whatever_the_tracks(data):
    check(data)


@pytest.mark.parametrize("name", ["head cycles, then rests", "weight decay reacts", "betas"])
def test_it_resumes_at_every_step(name):
    data = DOCUMENTS[name]
    make = built_by(lrd.export(read(data)))
    whole = TrackedTraining(data, make)
    saved = []
    while whole.step < whole.total:
        whole.record()
        whole.advance()
        saved.append(whole.checkpoint())
    same(whole.values, reference(data))
    for place, checkpoint in enumerate(saved):
        again = TrackedTraining(data, make)
        again.load(checkpoint, optimizer_first=bool(place % 2))
        k = again.step
        same(again.finish(), whole.values, since=k)


# -- verify ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["several groups on two tracks", "everything reacts"])
def test_it_is_verified_in_a_fresh_interpreter(name):
    schedule = read(DOCUMENTS[name])
    for target in ("torch", "json"):
        result = verify(schedule, target)
        assert result.equal, result.message
        assert result.groups == len(DOCUMENTS[name]["optimizer"]["groups"])


@pytest.mark.parametrize(
    ("old", "new", "quantity", "step"),
    [
        ("eta_min=0.4", "eta_min=0.4000001", "weight_decay", 1),
        ("start_factor=0.99", "start_factor=0.98", "beta2", 0),
        ("start_factor=0.9,", "start_factor=0.91,", "momentum", 0),
        ("step_size=3", "step_size=4", "lr", 3),
    ],
)
def test_verify_sees_what_differs_of_all_that_groups_hold(old, new, quantity, step):
    data = tracked(
        phase("StepLR"),
        tracks=[
            track(RISE, on="weight_decay"),
            track(phase("LinearLR", {"start_factor": 0.99}), on="beta2"),
            track(phase("LinearLR", {"start_factor": 0.9}), on="momentum"),
        ],
    )
    schedule = read(data)
    code = lrd.export(schedule)
    assert old in code
    result = verify(schedule, code=code.replace(old, new))
    assert not result.equal
    assert (result.quantity, result.first_difference.step) == (quantity, step)
    assert f"{quantity} of group" in result.message


def test_verify_tells_of_the_lr_first_where_several_differ_at_once():
    schedule = read(tracked(phase("StepLR"), tracks=[track(RISE, on="weight_decay")]))
    code = lrd.export(schedule).replace("step_size=3", "step_size=1").replace("0.4", "0.5")
    result = verify(schedule, code=code)
    assert (result.quantity, result.first_difference.step) == ("lr", 1)


def test_verify_sees_a_lane_that_code_drives_and_the_document_does_not():
    lane = tracked(COSINE, tracks=[track(RISE, on="weight_decay"), track(on="beta2")])
    without = tracked(COSINE, tracks=[track(on="beta2")])
    result = verify(read(without), code=lrd.export(read(lane)))
    assert result.quantity == "weight_decay"


# -- the text --------------------------------------------------------------------------------------


def test_it_needs_torch_alone():
    for data in DOCUMENTS.values():
        for node in ast.walk(ast.parse(lrd.export(read(data)))):
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= {"torch", "math"}
            if isinstance(node, ast.ImportFrom):
                assert str(node.module).startswith("torch.optim") or node.module == "typing"


@pytest.mark.parametrize("arguments", [["format", "--check"], ["check"]], ids=" ".join)
def test_it_is_formatted_and_free_of_lint(tmp_path, arguments):
    many = [{"name": f"layer {index}", "lr": 0.1} for index in range(30)]
    odd = [group["name"] for group in many[::2]]
    large = tracked(
        COSINE,
        tracks=[track(PLATEAU, groups=odd), track(RISE, on="weight_decay", groups=odd)],
        groups=many,
    )
    for place, data in enumerate([*DOCUMENTS.values(), large]):
        (tmp_path / f"code_{place}.py").write_text(lrd.export(read(data)), encoding="utf-8")
    golden = Path(__file__).parents[1] / "golden" / "ruff.toml"
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("ruff")),
            *arguments,
            "--no-cache",
            "--config",
            str(golden),
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_our_classes_are_the_engine_s_own():
    code = lrd.export(read(DOCUMENTS["weight decay reacts"]))
    assert "class PhasedLR" in code
    for name in ("tracked.py", "phased.py"):
        source = (Path(lrd.__file__).parent / "engine" / name).read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                assert ast.unparse(node) in ast.unparse(ast.parse(code))
    assert "class PhasedLR" not in lrd.export(read(DOCUMENTS["weight decay"]))
    assert "class TrackedLR" not in lrd.export(read({**DOCUMENTS["weight decay"], "tracks": []}))


def test_functions_are_named_after_what_they_drive():
    code = lrd.export(
        read(
            tracked(
                COSINE,
                tracks=[
                    track(WARM_UP, CYCLE, groups=["head"]),
                    track(RISE, on="weight_decay"),
                    track(on="beta2", groups=["backbone"]),
                ],
            )
        )
    )
    for text in (
        'def backbone_lr(optimizer: Optimizer) -> LRScheduler:\n    """LR of backbone."""\n',
        "def head_lr_warm_up(optimizer: Optimizer)",
        '        ("lr", [1], head_lr, "both"),\n',
        'def weight_decay(optimizer: Optimizer) -> LRScheduler:\n    """Weight decay of backbone, ',
        '        ("beta2", [0], backbone_beta2, "step"),\n',
        "    backbone: lr=0.001, weight_decay=0.04, betas=(0.9, 0.999)\n",
        "    head: lr=0.01, weight_decay=0.3, betas=(0.9, 0.999)\n",
    ):
        assert text in code


def test_the_lr_of_all_groups_is_the_learning_rate():
    code = lrd.export(read(DOCUMENTS["weight decay"]))
    assert '        ("lr", [0, 1], learning_rate, "step"),\n' in code


def test_the_loop_in_the_comment_is_the_one_to_write():
    steps = lrd.export(read(DOCUMENTS["weight decay"]))
    assert "            scheduler.step()\n\nTo resume" in steps
    epochs = lrd.export(read(DOCUMENTS["weight decay in sequence"]))
    assert "            scheduler.step()\n        scheduler.step_epoch()\n" in epochs
    metric = lrd.export(read(DOCUMENTS["weight decay reacts"]))
    assert "        metric = ..." in metric
    assert "        scheduler.step_epoch(metric)\n" in metric


@given(st.lists(st.text(min_size=1, max_size=30), min_size=3, max_size=5, unique=True))
@settings(max_examples=30)
def test_any_names_of_groups_give_code_that_runs(names):
    try:
        "".join(names).encode()
    except UnicodeEncodeError:
        return  # a document cannot hold half a character
    groups = [{**BACKBONE, "name": name} for name in names]
    data = tracked(
        PLATEAU,
        tracks=[
            track(WARM_UP, CYCLE, groups=[names[0]]),
            track(WARM_UP, CYCLE, groups=[names[1]]),
            track(PLATEAU, on="weight_decay", groups=names[::2]),
        ],
        groups=groups,
    )
    check(data)


def test_names_that_look_alike_as_code_stay_apart():
    names = ["a b", "a-b", "a_b", "lr", "1", "é", "ü"]
    groups = [{**BACKBONE, "name": name} for name in names]
    tracks = [track(WARM_UP, CYCLE, groups=[name]) for name in names[:-1]]
    code = check(tracked(COSINE, tracks=tracks, groups=groups))
    functions = [node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)]
    assert len(functions) == len(set(functions)) == len(names) + 2 * (len(names) - 1) + 1
