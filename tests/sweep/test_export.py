"""Sweeps as files."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from documents import THREE_GROUPS, document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.sweep import (
    EpochsTarget,
    GroupLrTarget,
    ParamTarget,
    Sweep,
    SweepAxis,
    evaluate,
    file_names,
    save_documents,
    save_table,
    table,
)
from lrdesigner.sweep import summary as summaries


def sweep_of(*axes, counts, groups=None, name="base", **horizon):
    data = document(
        phase("LinearLR", {"start_factor": 0.1}, length="9 steps"),
        phase("wsd", {"warmup_steps": 3, "decay_steps": 5}),
        **{"epochs": 6, "per_epoch": 5, **horizon},
        groups=groups,
    )
    return Sweep(read({**data, "name": name}), axes, counts)


DECAY = SweepAxis(ParamTarget(1, "decay_steps"), 4, 20)
START = SweepAxis(ParamTarget(0, "start_factor"), 0.1, 0.9)


def test_file_names_say_the_values():
    sweep = sweep_of(START, DECAY, counts=(3, 2))
    assert file_names(sweep)[1] == "base--start_factor=0.1,decay_steps=20.json"
    assert file_names(sweep, "a/b: c")[0].startswith("a_b_ c--")
    assert len(set(file_names(sweep))) == 6


def test_file_names_are_different_and_not_too_long():
    groups = [{"name": "a/b", "lr": 0.1}, {"name": "a:b", "lr": 0.2}]
    sweep = sweep_of(
        SweepAxis(GroupLrTarget(0), 0.1, 0.2),
        SweepAxis(GroupLrTarget(1), 0.1, 0.2),
        counts=(2, 2),
        groups=groups,
        name="學" * 100,
    )
    names = file_names(sweep)
    assert len(set(names)) == 4
    assert all(len(name.encode()) < 200 for name in names)
    assert names[1].endswith("--lr[a_b]=0.1,lr[a_b]=0.2.json")


def test_documents_are_the_variants(tmp_path):
    fan = evaluate(sweep_of(DECAY, counts=(5,)))
    assert sorted(fan.errors) == [4]  # 20 and a warm-up of 3 do not fit into 21
    paths = save_documents(fan, tmp_path / "sweep")
    assert sorted(p.name for p in (tmp_path / "sweep").iterdir()) == sorted(p.name for p in paths)
    assert len(paths) == 4
    loaded = lrd.load(paths[1])
    assert loaded.name == "base, decay_steps = 8"
    assert loaded.replace(name="base") == fan.sweep.variant(1)
    assert [p.name for p in tmp_path.iterdir()] == ["sweep"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    fan = evaluate(sweep_of(DECAY, counts=(2,)))
    (tmp_path / "empty").mkdir()
    assert save_documents(fan, tmp_path / "empty")[0].exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    with pytest.raises(OSError, match="something in it"):
        save_documents(fan, tmp_path / "full")
    assert (tmp_path / "full" / "thesis.txt").read_text() == "mine"


def test_nothing_is_left_of_a_failure(tmp_path, monkeypatch):
    fan = evaluate(sweep_of(DECAY, counts=(3,)))
    monkeypatch.setattr(type(fan.sweep), "label", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save_documents(fan, tmp_path / "sweep")
    assert list(tmp_path.iterdir()) == []


def test_the_table_says_what_each_variant_comes_to(tmp_path):
    sweep = sweep_of(DECAY, counts=(5,), groups=THREE_GROUPS)
    save_table(sweep, tmp_path / "sweep.csv")
    with (tmp_path / "sweep.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:4] == [
        "variant",
        "decay_steps",
        "peak/backbone",
        "steps to peak/backbone",
    ]
    assert [row["decay_steps"] for row in rows] == ["4", "8", "12", "16", "20"]
    for index, row in enumerate(rows[:4]):
        exact = lrd.simulate(sweep.variant(index)).lr
        for place, group in enumerate(THREE_GROUPS):
            name = group["name"]
            assert float(row[f"peak/{name}"]) == pytest.approx(exact[place].max(), rel=1e-11)
            assert int(row[f"steps to peak/{name}"]) == exact[place].argmax()
            assert float(row[f"end/{name}"]) == pytest.approx(exact[place, -1], rel=1e-11)
            assert float(row[f"area/{name}"]) == pytest.approx(exact[place].sum(), rel=1e-11)
        assert row["error"] == ""
    assert "do not fit" in rows[4]["error"]
    assert rows[4]["peak/neck"] == ""


def test_runs_of_different_lengths_end_where_they_end(monkeypatch):
    sweep = sweep_of(SweepAxis(EpochsTarget(), 4, 8), counts=(5,))
    monkeypatch.setattr(summaries, "_BLOCK", 60)  # in several pieces
    head, rows = table(sweep)
    assert head == ["variant", "epochs", "peak", "steps to peak", "end", "area", "error"]
    for index, row in enumerate(rows):
        exact = lrd.simulate(sweep.variant(index)).lr[0]
        np.testing.assert_allclose(
            row[2:6], [exact.max(), exact.argmax(), exact[-1], exact.sum()], rtol=1e-11
        )


def test_runs_beyond_all_patience_are_looked_at_here_and_there(monkeypatch):
    sweep = sweep_of(START, counts=(3,), epochs=1000)
    exact = summaries.summarise(sweep)
    assert exact.exact
    monkeypatch.setattr(summaries, "MOST_VALUES", 3000)
    rough = summaries.summarise(sweep)
    assert not rough.exact
    np.testing.assert_allclose(rough.area, exact.area, rtol=1e-2)
    np.testing.assert_allclose(rough.end, exact.end)
