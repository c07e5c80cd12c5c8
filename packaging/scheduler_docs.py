"""Write docs/schedulers.md and its pictures from what the schedulers declare of themselves.

    .venv/bin/python packaging/scheduler_docs.py

A test compares the page with the declarations, so run this after changing one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from lrdesigner.catalog import Category, SchedulerSpec, Severity, schedulers
from lrdesigner.params import Param
from lrdesigner.params.words import default_text, limits_text, unit_words
from lrdesigner.schedule.problems import rules
from lrdesigner.sources import pieces

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "schedulers.md"
PICTURES = ROOT / "docs" / "images" / "schedulers"
SIZE = (220, 64)
EDGE = 4

HEAD = """\
# Schedulers

<!-- Made by packaging/scheduler_docs.py of what the schedulers declare; change them, not this. -->

What every scheduler of lrdesigner does, when to use it, what its parameters mean and what people
trip over with it. The same pages are in the program: **F1**, or the context menu of a card. Which
of them is what in another framework says [families.md](families.md).

*lr(t)* is the learning rate of a parameter group at the scheduler's step *t*, counted from 0 at the
phase's start; *base* is the LR that the group starts the phase from. Steps are steps of the
optimizer, or epochs in a phase that steps once per epoch. The tests evaluate the formulas as they
stand here and compare them with the curve, which other tests hold against torch's own objects.
"""
WORDS: dict[Severity, str] = {"error": "Error", "warning": "Warning", "info": "Note"}
COLORS = {
    Category.WARM_UP: "#c26d00",
    Category.HOLD: "#68758a",
    Category.DECAY: "#1f6feb",
    Category.CYCLIC: "#7a4de0",
    Category.ADAPTIVE: "#0c8a63",
    Category.CUSTOM: "#b02aa0",
}


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    grouped = [(c, [*each]) for c, each in groupby(schedulers(), attrgetter("category"))]
    for category, specs in grouped:
        links = " · ".join(f"[{_plain(spec.title)}](#{spec.key})" for spec in specs)
        parts.append(f"**{category.title}**: {links}\n")
    for category, specs in grouped:
        parts.append(f"## {category.title}\n")
        parts += ["\n".join(_section(spec)) for spec in specs]
    return "\n".join(parts)


def _section(spec: SchedulerSpec) -> Iterator[str]:
    yield f'<a id="{spec.key}"></a>\n'
    yield f"### {_plain(spec.title)}\n"
    yield f"![Shape of {_plain(spec.title)}](images/schedulers/{spec.key}.svg)\n"
    yield f"`{spec.key}`. {_plain(spec.summary)}\n"
    yield "```math"
    yield r"\begin{aligned}"
    yield " \\\\[4pt]\n".join(f"& {line}" for line in spec.latex)
    yield r"\end{aligned}"
    yield "```\n"
    yield f"**Use it for.** {_plain(spec.use)}\n"
    if spec.params:
        yield "| Parameter | What it does | Unit | Default | It may be |"
        yield "|---|---|---|---|---|"
        yield from (_row(param) for param in spec.params)
        yield ""
    if spec.traps:
        order = [*WORDS]
        for trap in sorted(spec.traps, key=lambda trap: order.index(trap.severity)):
            checked = f" *Checked: {rules()[trap.rule].title}.*" if trap.rule else ""
            yield f"- **{WORDS[trap.severity]}.** {_plain(trap.text)}{checked}"
        yield ""
    links = (f"[{_plain(p.text)}]({p.url})" if p.url else _plain(p.text) for p in pieces(spec))
    yield f"Source: {''.join(links)}\n"


def _row(param: Param) -> str:
    cells = (
        f"`{param.name}`",
        _plain(param.help),
        unit_words(param),
        _plain(default_text(param)),
        _plain(limits_text(param)),
    )
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Text in which Markdown sees nothing to do."""
    for sign in ("\\", "*", "_", "|", "<", "[", "]", "`"):
        text = text.replace(sign, f"\\{sign}")
    return text


def points(spec: SchedulerSpec) -> list[tuple[float, float]]:
    """Where the line of a scheduler's picture goes, in pixels."""
    from lrdesigner.gui.palette.shapes import shape

    width, height = (side - 2 * EDGE for side in SIZE)
    return [
        (round(EDGE + x * width, 1), round(EDGE + (1 - y) * height, 1)) for x, y in shape(spec.key)
    ]


def picture(spec: SchedulerSpec) -> str:
    """A scheduler's shape as SVG; its colour can be seen on white and on black."""
    line = " ".join(f"{x:g},{y:g}" for x, y in points(spec))
    width, height = SIZE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><polyline points="{line}" fill="none" '
        f'stroke="{COLORS[spec.category]}" stroke-width="2" stroke-linejoin="round" '
        'stroke-linecap="round"/></svg>\n'
    )


def main() -> None:
    """Write page and pictures, and remove the pictures of schedulers that are no more."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path in PICTURES.glob("*.svg"):
        if path.stem not in schedulers():
            path.unlink()
    for spec in schedulers():
        path = PICTURES / f"{spec.key}.svg"
        path.write_text(picture(spec), encoding="utf-8", newline="\n")
    print(f"{PAGE}: {len(schedulers())} schedulers")


if __name__ == "__main__":
    main()
