"""Stretches of code by kind."""

from __future__ import annotations

from lrdesigner.gui.code.tokens import Span, spans, utf16_length


def kinds(text: str, language: str) -> list[list[tuple[str, str]]]:
    lines = text.split("\n")
    return [
        [(line[s.start : s.start + s.length], s.kind) for s in found]
        for line, found in zip(lines, spans(text, language), strict=True)
    ]


def test_python():
    text = 'from torch import x2\nlr = f(1e-3, "a # b", 0.5)  # 7 is\nif x: pass'
    assert kinds(text, "python") == [
        [("from", "keyword"), ("import", "keyword")],
        [("1e-3", "number"), ('"a # b"', "string"), ("0.5", "number"), ("# 7 is", "comment")],
        [("if", "keyword"), ("pass", "keyword")],
    ]


def test_text_over_several_lines():
    text = '"""One 1\n\ntwo if"""\nx = 1'
    assert kinds(text, "python") == [
        [('"""One 1', "comment")],
        [],
        [('two if"""', "comment")],
        [("1", "number")],
    ]


def test_json():
    text = '{\n  "lr": -1e-05, "a\\"b": "c: 1",\n  "x": [true, null, 2.5]\n}'
    assert kinds(text, "json") == [
        [],
        [('"lr"', "name"), ("-1e-05", "number"), ('"a\\"b"', "name"), ('"c: 1"', "string")],
        [('"x"', "name"), ("true", "keyword"), ("null", "keyword"), ("2.5", "number")],
        [],
    ]


def test_columns_are_qts():
    assert utf16_length("a🚀") == 3
    assert spans('"🚀": 1', "json") == [[Span(0, 4, "name"), Span(6, 1, "number")]]


def test_other_languages_are_plain():
    assert spans("if 1\n", "text") == [[], []]
