"""Every text that people see in the window passes through `tr`, `trn` or `mark`.

Read from the source: what is handed to a widget, and what looks like words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

GUI = Path(__file__).resolve().parents[1] / "lrdesigner" / "gui"
MODULES = sorted(path.relative_to(GUI).as_posix() for path in GUI.rglob("*.py"))

TRANSLATED = {"tr", "trn", "mark", "tr_in"}
# What is given to these is read by people, or read out to them.
SHOWN_BY = {
    "setText", "set_text", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText",
    "set_placeholder", "setAccessibleName", "setAccessibleDescription", "setTitle", "setTabText",
    "addTab", "addMenu", "addRow", "setInformativeText", "setLabelText", "set_help", "set_suffix",
    "show_message", "set_message", "show_error", "drawText", "QLabel", "QPushButton", "QCheckBox",
    "QRadioButton", "QGroupBox", "FieldRow", "SectionTitle", "CollapsibleSection", "EmptyState",
    "showMessage", "set_hint", "LaneLine", "Entry",
}  # fmt: skip
# What is given to these is for the program.
TECHNICAL = {
    "setObjectName", "setProperty", "property", "findChild", "findChildren", "compile", "match",
    "startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "partition",
    "rpartition", "join", "debug", "info", "warning", "error", "exception", "getattr", "hasattr",
    "invokeMethod", "QKeySequence", "partial", "TypeVar", "icon", "color", "font", "fullmatch",
    "sub", "search", "cast", "RuntimeError", "AssertionError", "KeyError", "TypeError",
}  # fmt: skip
WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z(]")
LETTERS = re.compile(r"[A-Za-z]{2,}")

# Names, which are the same in every language, and the tones of messages.
NAMES = {
    "lrdesigner", "Python", "JSON", "CSV", "lr", "CPU", "CUDA", "MPS", "Python {}",
    "lrdesigner {}", "hint", "error", "warning", "info",
}  # fmt: skip
ALLOWED: dict[str, set[str]] = {
    # On a terminal, before there is a window.
    "loading.py": {
        "Qt cannot be loaded: {}",
        ("Qt needs the library {}, which this system lacks (on Debian or Ubuntu: sudo apt-get "
        "install {})"),
    },
    # What the command line refuses; a dialog has fields for it.
    "picture_options.py": {"{} is no size such as 960x540, 3.25x2.5in or 8x6cm, nor {}"},
    # Patterns of English sentences, and what takes their place in English.
    "phase_look.py": {
        "\\bdown to\\b", "\\b(?:climbs|jumps?|goes) back up\\b", "goes back",
    },
    "canvas/metric_picture.py": {"bad epoch"},  # a key
    "inspector/stack_section.py": {" in with: "},  # a part of a path
    "inspector/batch_offer.py": {"scale LRs", "scale lengths"},  # keys of gestures
    # Words a search finds an entry by, beside those of the language.
    "dialogs/recipes.py": {"empty schedule nothing new basics"},
    "dialogs/recipe_details.py": {'{}<br><a href="{}" style="color: {}">{}</a>'},
    "overlays/tip.py": {
        "<span style='white-space:pre'>{}</span>", "<span style='color:{}'>■</span> {}",
    },
    "actions/picture_answers.py": {"PDF (*.pdf)"},
    # Names of fonts, fields of a file.
    "picture/lettering.py": {"Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans"},
    "picture/render.py": {"Title", "Software"},
    "picture/svg_surface.py": {
        '<svg xmlns="http://www.w3.org/2000/svg" {} {} {}>', '<polyline points="{}" {}/>',
        '<polygon points="{}" {}{}/>',
    },
    "theme/fonts.py": {
        "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei UI",
        "WenQuanYi Micro Hei",
    },
    # To programmers.
    "theme/color.py": {"not a #rrggbb colour: {}"},
    "theme/icons.py": {"no icon named {}; there are {}"},
}  # fmt: skip


def _plain(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return "".join(map(str, parts))


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for child in (
            getattr(node, "body", ()) if isinstance(getattr(node, "body", ()), list) else ()
        ):
            if isinstance(child, ast.Expr):
                yield child.value


def untranslated(source: str) -> list[str]:
    """The texts of a module that are seen, or look as if they were, and are not looked up."""
    tree = ast.parse(source)
    parent = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    settled = set(_docstrings(tree))
    for node in ast.walk(tree):
        if _called(node) in TRANSLATED or (_called(node) in TECHNICAL - SHOWN_BY):
            settled.update(ast.walk(node))
        if isinstance(node, ast.JoinedStr):
            for part in ast.walk(node):
                if part is not node and isinstance(part, ast.Constant):
                    settled.add(part)
        if isinstance(node, ast.Subscript):
            settled.update(ast.walk(node.slice))
        if isinstance(node, ast.Compare):
            settled.update(ast.walk(node))
        if isinstance(node, ast.Dict):
            settled.update(key for key in node.keys if isinstance(key, ast.Constant))
    found = []
    for node in ast.walk(tree):
        text = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if not text or node in settled:
            continue
        said = _plain(node)
        if not LETTERS.search(said.replace("{}", "")) or said in NAMES:
            continue
        if WORDS.search(said) or "…" in said or _is_shown(node, parent):
            found.append(said)
    return found


def _is_shown(node: ast.AST, parent: dict[ast.AST, ast.AST]) -> bool:
    """Whether a widget gets it as it stands, perhaps one of two."""
    above = parent.get(node)
    while isinstance(above, ast.IfExp | ast.BoolOp | ast.BinOp):
        above = parent.get(above)
    return _called(above) in SHOWN_BY if above is not None else False


@pytest.mark.parametrize("module", MODULES)
def test_no_text_of_the_window_is_english_only(module):
    found = untranslated((GUI / module).read_text(encoding="utf-8"))
    left = [text for text in found if text not in ALLOWED.get(module, ())]
    assert not left, "give these to tr(), or to mark() where the language is not known yet"


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_what_is_allowed_is_there(module):
    found = untranslated((GUI / module).read_text(encoding="utf-8"))
    assert set(ALLOWED[module]) <= set(found)


@pytest.mark.parametrize("module", MODULES)
def test_qt_s_own_look_up_is_not_used(module):
    """Its texts would be in no catalogue."""
    assert ".tr(" not in (GUI / module).read_text(encoding="utf-8")


def test_the_look_sees_what_people_see():
    seen = untranslated(
        'def f(self):\n    """Words in a docstring."""\n'
        '    self.setText("Fine")\n    self.setText(tr("Good"))\n'
        '    x = f"{n} more groups"\n    y = mark("not yet known")\n'
        '    self.setObjectName("not a text")\n    label.setText("on" if x else tr("off"))\n'
    )
    assert sorted(seen) == ["Fine", "on", "{} more groups"]
