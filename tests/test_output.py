"""Curves as tables: the same columns and the very same numbers in CSV, JSON and npz."""

from __future__ import annotations

import csv
import io
import json
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lrdesigner import _float_text
from lrdesigner._float_text import float_texts
from lrdesigner.engine.curve import Curve
from lrdesigner.output import (
    CHUNK,
    OutputError,
    columns,
    csv_chunks,
    json_chunks,
    npz_chunks,
    save_curve,
    write_output,
)


def make_curve(steps=2500, groups=("head", "backbone"), *, momentum=False) -> Curve:
    """Values that cross every spelling of a float, from 1e-2 down to 1e-12."""
    t = np.arange(steps) / max(1, steps - 1)
    lr = np.stack([10.0 ** (-2 - i - 10 * t) for i in range(len(groups))])
    return Curve(tuple(groups), lr, np.cos(lr) if momentum else None, 7)


def naive_csv(curve: Curve) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = [f"lr/{name}" for name in curve.groups]
    rows = [*curve.lr]
    if curve.momentum is not None:
        names += [f"momentum/{name}" for name in curve.groups]
        rows += [*curve.momentum]
    writer.writerow(["step", "epoch", *names])
    for step in range(curve.steps):
        writer.writerow(
            [step, step // curve.steps_per_epoch, *(repr(float(r[step])) for r in rows)]
        )
    return file.getvalue()


CURVES = {
    "two groups": make_curve(),
    "momentum": make_curve(momentum=True),
    "one step": make_curve(1, ["all"]),
    "several chunks": make_curve(2 * CHUNK + 3, ["all"]),
    "exactly a chunk": make_curve(CHUNK, ["all"]),
    "names that need quotes": make_curve(3, ["a,b", 'say "hi"', "two\nlines", " Größe ", ""]),
}


def test_what_lanes_drive_has_columns_of_its_own():
    lr = np.array([[0.1, 0.2], [0.3, 0.4]])
    curve = Curve(("a", "b"), lr, None, 1, beta2=lr + 0.5, weight_decay=lr / 3)
    table = columns(curve)
    assert list(table) == [
        *("step", "epoch", "lr/a", "lr/b", "beta2/a", "beta2/b"),
        *("weight_decay/a", "weight_decay/b"),
    ]
    assert table["weight_decay/b"].tolist() == [0.3 / 3, 0.4 / 3]
    text = b"".join(csv_chunks(curve)).decode()
    assert text.splitlines()[1] == f"0,0,0.1,0.3,0.6,0.8,{0.1 / 3!r},{0.3 / 3!r}"
    assert json.loads(b"".join(json_chunks(curve)))["beta2/a"] == [0.6, 0.7]


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_csv_is_what_the_csv_module_writes(curve):
    assert b"".join(csv_chunks(curve)).decode() == naive_csv(curve)


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_json_and_npz_hold_the_same_columns(curve):
    table = columns(curve)
    from_json = json.loads(b"".join(json_chunks(curve)))
    from_npz = np.load(io.BytesIO(b"".join(npz_chunks(curve))))
    assert list(from_json) == list(table) == list(from_npz)
    for name, values in table.items():
        assert np.array(from_json[name], dtype=values.dtype).tobytes() == values.tobytes()
        assert from_npz[name].dtype == values.dtype
        assert from_npz[name].tobytes() == values.tobytes()


def test_columns_are_named_and_counted_from_zero():
    table = columns(make_curve(15, momentum=True))
    assert list(table) == [
        "step", "epoch", "lr/head", "lr/backbone", "momentum/head", "momentum/backbone",
    ]  # fmt: skip
    assert table["step"].tolist() == list(range(15))
    assert table["epoch"].tolist() == [0] * 7 + [1] * 7 + [2]


# -- floats as text --------------------------------------------------------------------------------

AWKWARD = [
    0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1e-300, 9.99e-100, 1e-10, 9.999999999999999e-10,
    1e-9, 1.5e-9, 1e-8, 1e-7, 1e-6, 9.9e-6, 9.999999999999999e-6, 1e-5, 1.0000000000000001e-5,
    1.2345e-5, 9e-5, 9.999999999999999e-5, 1e-4, 1.5e-4, 0.001, 0.1, 0.30000000000000004, 1.0, 2.5,
    123456789.123, 1e15, 9007199254740993.0, 1e16, 1.5e22, 1e300, -1e-5, -0.5,
]  # fmt: skip


def reprs(values) -> list[bytes]:
    return [repr(value).encode() for value in values.tolist()]


def test_awkward_floats_are_spelled_as_by_repr():
    for value in AWKWARD:
        assert float_texts(np.array([value])) == [repr(value).encode()]
    assert float_texts(np.array(AWKWARD)) == reprs(np.array(AWKWARD))


@pytest.mark.parametrize("value", [v for v in AWKWARD if 0 <= v < 1e16])
def test_long_stretches_are_spelled_as_by_repr(value):
    around = value * (1 + np.arange(200) * 1e-3)
    assert float_texts(around) == reprs(around)


@given(arrays(np.float64, st.integers(1, 200), elements=st.floats(0, 1, allow_subnormal=True)))
def test_any_floats_are_spelled_as_by_repr(values):
    assert float_texts(values) == reprs(values)
    assert float_texts(np.sort(values)) == reprs(np.sort(values))


def test_infinities_are_spelled_as_by_repr():
    values = np.array([np.inf, 1.0, np.nan, -np.inf])
    assert float_texts(values) == reprs(values)


def test_the_fast_way_is_taken_and_agrees(monkeypatch):
    def refuse(values):
        raise AssertionError("the slow way")

    values = make_curve(20_000).lr[0]
    expected = reprs(values)
    _float_text._writer_is_known()
    monkeypatch.setattr(_float_text, "_slow", refuse)
    assert float_texts(values) == expected


@pytest.mark.parametrize("spelling", ["{:.17e}", "{:.3f}", "<{!r}>"])
def test_a_writer_with_another_spelling_is_not_relied_on(monkeypatch, spelling):
    def other(values):
        return ("[" + ",".join(spelling.format(value) for value in values) + "]").encode()

    monkeypatch.setattr(_float_text, "to_json", other)
    _float_text._writer_is_known.cache_clear()
    try:
        values = make_curve(500).lr[0]
        assert float_texts(values) == reprs(values)
    finally:
        monkeypatch.undo()
        _float_text._writer_is_known.cache_clear()


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".json", ".npz", ".CSV"])
def test_the_suffix_says_the_format(tmp_path, suffix):
    path = tmp_path / f"curve{suffix}"
    save_curve(make_curve(10), path)
    start = path.read_bytes()[:4]
    assert start == {".csv": b"step", ".json": b'{\n"s', ".npz": b"PK\x03\x04"}[suffix.lower()]


@pytest.mark.parametrize("name", ["curve.txt", "curve", "csv"])
def test_another_suffix_is_refused_before_anything_is_written(tmp_path, name):
    with pytest.raises(OutputError, match=r"must end in \.csv, \.json, \.npz"):
        save_curve(make_curve(10), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_error_on_the_way_leaves_the_old_file(tmp_path):
    path = tmp_path / "curve.csv"
    path.write_text("old")

    def chunks():
        yield b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_output(path, chunks())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are Unix's")
def test_a_pipe_is_written_into_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_output(pipe, [b"first,", b"second"])
        assert os.read(reader, 100) == b"first,second"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
