"""Formulas as drawings."""

from __future__ import annotations

import builtins
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from lrdesigner.typeset import TypesetError, drawn, typeset


def test_a_drawing_is_paths_in_one_colour_and_knows_its_size():
    drawing = typeset(r"\frac{a}{b}")
    assert drawing.svg.startswith("<svg")
    assert "currentColor" in drawing.svg
    assert "black" not in drawing.svg
    assert "<text" not in drawing.svg
    assert 0.4 < drawing.width < 1.5
    assert 1.5 < drawing.height < 3
    assert 0.3 < drawing.depth < drawing.height


def test_a_wider_formula_is_wider():
    assert typeset("a+b+c").width > typeset("a+b").width > typeset("a").width


def test_a_name_is_a_word_without_gaps():
    assert typeset(r"\mathit{total\_steps}").width < typeset(r"total\_steps").width
    assert typeset(r"\mathit{total\_steps}").svg == typeset(r"\textit{total_steps}").svg


def test_what_was_drawn_is_known():
    text = r"a + known + \frac{1}{2}"
    assert drawn(text) is None
    assert drawn(text) is None, "asking draws nothing"
    assert typeset(text) is drawn(text)


def test_what_is_no_latex_is_an_error_of_ours():
    for text in (r"\frac{a}", r"\begin{cases}a", "{"):
        with pytest.raises(TypesetError):
            typeset(text)


def test_without_the_library_it_is_an_error_of_ours(monkeypatch):
    found = builtins.__import__

    def refuse(name, *args, **more):
        if name.startswith("ziamath"):
            raise ImportError("no ziamath")
        return found(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(TypesetError, match="no ziamath"):
        typeset("a + without + library")


def test_many_threads_draw_the_same(monkeypatch):
    texts = [rf"x_{{{n}}}=\frac{{{n}}}{{t+{n}}}" for n in range(6)]
    monkeypatch.setattr("lrdesigner.typeset._drawn", {})
    with ThreadPoolExecutor(4) as pool:
        found = [*pool.map(typeset, texts * 3)]
    monkeypatch.setattr("lrdesigner.typeset._drawn", {})
    assert found == [typeset(text) for text in texts * 3]


def test_the_library_is_not_imported_before_it_is_needed():
    code = "import sys, lrdesigner.typeset, lrdesigner.catalog; print('ziamath' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
