"""Palette entries of one's own: files that come back as they were, and none that does harm."""

from __future__ import annotations

import json
import os

import pytest
from documents import document
from training import read

from lrdesigner import user_entries
from lrdesigner.catalog import Category
from lrdesigner.user_entries import EntryError, UserEntry, entries_of, load_all, make_entry, save

WAVES = UserEntry(
    "Größe – 學習率 🙂", "low + lr * exp(-k * t / T)", {"k": 5, "low": 1e-7}, "Falls, then stays."
)
PLAIN = UserEntry("plain", "lr / (1 + t)")
RISE = UserEntry("rise", "lr * t / T", category=Category.WARM_UP)


def titles(folder):
    return [item.entry.title for item in load_all(folder).stored]


def test_what_is_saved_comes_back(tmp_path):
    folder = tmp_path / "not" / "there" / "yet"
    assert load_all(folder) == user_entries.Entries()
    for entry in (WAVES, PLAIN, RISE):
        path = save(folder, entry)
        assert user_entries.load(path) == entry
    found = load_all(folder)
    assert [item.entry for item in found.stored] == [WAVES, PLAIN, RISE]
    assert list(found.stored[0].entry.constants) == ["k", "low"]
    assert not found.broken


def test_an_entry_of_the_same_title_has_a_file_of_its_own(tmp_path):
    paths = [save(tmp_path, UserEntry(title, "lr")) for title in ("A b", "a B", "学", "習", "a-b")]
    assert len({path.name.casefold() for path in paths}) == 5
    assert sorted(titles(tmp_path)) == ["A b", "a B", "a-b", "学", "習"]
    assert titles(tmp_path)[2:] == ["a-b", "学", "習"]


def test_a_change_goes_into_the_same_file(tmp_path):
    path = save(tmp_path, PLAIN)
    assert save(tmp_path, UserEntry("renamed", "lr"), path) == path
    assert titles(tmp_path) == ["renamed"]
    user_entries.delete(path)
    user_entries.delete(path)
    assert titles(tmp_path) == []


def entry_file(folder, **changes):
    data = {"format": "lrdesigner-entry", "version": 1, "title": "x", "formula": "lr", **changes}
    (folder / "bad.json").write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": "lrdesigner"}, "no palette entry"),
        ({"version": 2}, "newer version"),
        ({"title": ""}, "title is missing"),
        ({"title": " "}, "title is missing"),
        ({"title": "a\nb"}, "title must be a line of text"),
        ({"title": "x" * 10**6}, "title has 1,000,000 characters"),
        ({"title": 5}, "title must be"),
        ({"formula": ["lr", "lr"]}, "one formula for all groups"),
        ({"formula": "__import__('os').system('true')"}, "formula: "),
        ({"formula": "t.__class__"}, "formula: '.' has no meaning"),
        ({"formula": "__class__"}, "'__class__' is not known here"),
        ({"formula": "lambda: 0"}, "formula: "),
        ({"formula": "lr * k"}, "'k' is not known here; add it as a constant, or use one of t"),
        ({"formula": "t" * 10**6}, "1000000 characters; 2000 is the most"),
        ({"formula": "(" * 60 + "t" + ")" * 60}, "nested more than 50 deep"),
        ({"formula": "9 ** 9 ** 9"}, "has no value"),
        ({"constants": {"t": 1}}, "t means something else"),
        ({"constants": {"__class__": 1}}, "'__class__' is no name"),
        ({"constants": {"k": float("inf")}}, "k must be a finite number"),
        ({"constants": {f"k{i}": 1 for i in range(1000)}}, "1,000 entries; 32 are the most"),
        ({"constants": {"k": [1]}}, "k must be a finite number"),
        ({"summary": "x" * 201}, "summary has 201 characters"),
    ],
)
def test_hostile_and_broken_entries_are_told_of_and_kept(tmp_path, changes, words):
    save(tmp_path, PLAIN)
    entry_file(tmp_path, **changes)
    before = (tmp_path / "bad.json").read_bytes()
    found = load_all(tmp_path)
    assert [item.entry for item in found.stored] == [PLAIN]
    [broken] = found.broken
    assert words in broken.message
    assert len(broken.message) < 400
    assert broken.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 10**5, b"[]", b"1" * 5000])
def test_what_is_no_json_is_told_of(tmp_path, content):
    (tmp_path / "bad.json").write_bytes(content)
    [broken] = load_all(tmp_path).broken
    assert broken.path.name == "bad.json"
    assert broken.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_pipes_and_folders_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "notes.txt").write_text("not looked at")
    assert [broken.path.name for broken in load_all(tmp_path).broken] == [
        "folder.json",
        "pipe.json",
    ]


def test_a_folder_that_is_a_file_has_no_entries(tmp_path):
    (tmp_path / "file").write_text("")
    assert load_all(tmp_path / "file") == user_entries.Entries()
    with pytest.raises(OSError, match="file"):
        save(tmp_path / "file", PLAIN)


def test_a_document_brings_its_entries_along():
    def phase(**params):
        return {"scheduler": "formula", "length": "2 steps", "params": params}

    schedule = read(
        document(
            phase(**WAVES.params),
            phase(**{**WAVES.params, "constants": {"k": 9, "low": 0}}),
            phase(formula="lr"),
            phase(formula="k", title="no constant k"),
            phase(formula=["lr"], title="one for each group"),
            phase(formula="lr / 2", title="half"),
            {"scheduler": "LambdaLR", "length": "2 steps", "params": {"lr_lambda": "1"}},
        )
    )
    assert entries_of(schedule) == (WAVES, UserEntry("half", "lr / 2"))


def test_parameters_make_the_entry_they_come_from():
    assert make_entry(WAVES.params) == WAVES
    assert make_entry(PLAIN.params) == PLAIN
    assert PLAIN.params == {"formula": "lr / (1 + t)", "title": "plain"}
    with pytest.raises(EntryError, match="title"):
        make_entry({"formula": "lr"})
