"""Which schedulers the help lists for what is searched for. No Qt."""

from __future__ import annotations

from lrdesigner.catalog import Category, SchedulerSpec, schedulers
from lrdesigner.gui.palette.rows import Heading, rows
from lrdesigner.i18n import mark, tr
from lrdesigner.schedule.problems import rules

Entry = Heading | SchedulerSpec

MENTIONED = mark("Mentioned in the text")


def entries(query: str) -> list[Entry]:
    """What the palette finds, in its order, and below that what is only mentioned somewhere.

    Args:
        query: Words, all of which have to be found.
    """
    found: list[Entry] = [row for row in rows(query) if isinstance(row, (Heading, SchedulerSpec))]
    words = query.casefold().split()
    if not words:
        return found
    named = {entry.key for entry in found if isinstance(entry, SchedulerSpec)}
    more = [spec for spec in schedulers() if spec.key not in named and _mentions(spec, words)]
    if more:
        found += [Heading("mentioned", tr(MENTIONED), Category.CUSTOM, len(more)), *more]
    return found


def _mentions(spec: SchedulerSpec, words: list[str]) -> bool:
    """Whether its page says all these words."""
    traps = [text for trap in spec.traps for text in (trap.text, _rule(trap.rule))]
    params = [text for param in spec.params for text in (param.name, param.help)]
    texts = (spec.formula, spec.use, *traps, *params)
    page = "\n".join((*texts, *(tr(text) for text in texts))).casefold()
    return all(word in page for word in words)


def _rule(name: str) -> str:
    return rules()[name].title if name else ""
